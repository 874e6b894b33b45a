"""Records go out, into an empty clinic, and out again: the same bytes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from made_up import EVERY_KIND, NOW, PUBLIC, SMALL, MadeUp, as_if, keep, kinds, made_up, record
from msgspec.structs import replace

from mmt.clinic import Clinic
from mmt.clinic.exchange.records_in import RecordsFile
from mmt.exchange.records import line_of, read_line
from mmt.model.acts import Act
from mmt.model.people import Letterhead
from mmt.model.visit import Signature
from mmt.paths import Places
from mmt.storage import patients, protocols, stable_ids, taking_in, visits
from mmt.storage.clinic_data import add_practitioner, add_signing_key
from mmt.storage.store import Store

QUICK = settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """Two clinics without patients, which keep the protocol already."""
    made = []
    for name in ("oak", "elm"):
        places = Places(tmp_path_factory.mktemp(name) / "clinic")
        store = Store.create(places.database, places.key, Letterhead(name=name), "Dr Example", NOW)
        with store.writing(Act.SET) as db:
            protocols.keep(db, SMALL)
            if name == "oak":
                add_practitioner(db, "A", NOW)
                add_signing_key(db, "A", PUBLIC)
        made.append(store)
    yield made[0], made[1]
    for store in made:
        store.close()


def comes_back_the_same(made: MadeUp, stores: tuple[Store, Store]) -> None:
    """Keep it in one clinic, take it into the other: both write the same line, and read the same visits."""
    oak, elm = stores
    with as_if(oak) as here, as_if(elm) as there:
        number = keep(here, made)
        went = record(here, number)
        sites = {stable_ids.clinic(here).uid: "Oak"}
        found = read_line(line_of(went))
        assert found == went
        taking_in.take_in(there, found, sites)  # type: ignore[arg-type]
        assert line_of(record(there, 1)) == line_of(went)
        assert patients.get(there, 1).name == made.history.patient.name
        before, after = visits.of_patient(here, number), visits.of_patient(there, 1)
        assert [one.observations for one in after] == [one.observations for one in before]
        assert [one.altered for one in after] == [False] * len(before)
        assert [one.signed for one in after] == [one.signed for one in before]


@given(made_up(most=2))
@QUICK
def test_a_record_is_the_same_in_another_clinic(stores: tuple[Store, Store], made: MadeUp) -> None:
    comes_back_the_same(made, stores)


@pytest.mark.long
def test_a_thousand_records_are_the_same_in_another_clinic_and_every_kind_is_among_them(
    stores: tuple[Store, Store],
) -> None:
    found: set[str] = set()

    @given(made_up())
    @settings(QUICK, max_examples=1000)
    def each(made: MadeUp) -> None:
        comes_back_the_same(made, stores)
        found.update(kinds(made.history))

    each()
    assert found == EVERY_KIND


def with_one_draft_at_most(made: MadeUp) -> MadeUp:
    """The same with each visit but the last signed: a clinic begins no second one beside a draft."""
    *earlier, last = made.history.visits
    signed = (replace(one, signature=Signature(by="A", at=NOW, digest="")) for one in earlier)
    return replace(made, history=replace(made.history, visits=(*signed, last)))


@pytest.mark.parametrize("patients", [10, pytest.param(1000, marks=pytest.mark.long)])
def test_the_file_of_a_clinic_is_the_same_from_the_empty_one_that_took_it_in(
    patients: int, oak: Clinic, elm: Clinic, tmp_path: Path
) -> None:
    """Those of whom a blind visit is open stay in: so some more are made up than have to go out."""
    with oak.store.writing(Act.SET) as db:
        protocols.keep(db, SMALL)
        add_practitioner(db, "A", NOW)
        add_signing_key(db, "A", PUBLIC)

    @given(made_up(most=2))
    @settings(QUICK, max_examples=patients * 3 // 2, phases=[Phase.generate])
    def fill(made: MadeUp) -> None:
        with oak.store.writing(Act.IMPORTED) as db:
            keep(db, with_one_draft_at_most(made))

    fill()
    went = oak.exchange().write("json", tmp_path / "out")
    assert went.records >= patients
    file = elm.exchange().file(went.path)
    assert isinstance(file, RecordsFile)
    file.doubtful = True  # names are drawn from few
    found = file.look()
    assert found.problems == ()
    assert found.records == went.records
    assert file.take() == went.records
    assert elm.exchange().write("json", tmp_path / "again").path.read_bytes() == went.path.read_bytes()
