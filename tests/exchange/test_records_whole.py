"""Records go out, into an empty clinic, and out again: the same bytes."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from made_up import NOW, PUBLIC, SMALL, MadeUp, as_if, keep, made_up, record

from mmt.exchange.records import line_of, read_line
from mmt.model.acts import Act
from mmt.model.people import Letterhead
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
@given(made_up())
@settings(QUICK, max_examples=1000)
def test_a_thousand_records_are_the_same_in_another_clinic(stores: tuple[Store, Store], made: MadeUp) -> None:
    comes_back_the_same(made, stores)
