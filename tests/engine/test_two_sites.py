"""Two clinics at one real server: each finds its own copy whole, and reads the visits of the other."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from engine import Engine
from made_up import NOW, patient
from there import There
from to_send import add, choose, send, sign

from mmt.clinic import Clinic
from mmt.model.acts import Act
from mmt.model.people import Letterhead
from mmt.paths import Places
from mmt.storage import patients, stable_ids

Make = Callable[[str], Clinic]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Makes an empty clinic of a name, on a fixed day."""
    made: list[Clinic] = []

    def one(name: str) -> Clinic:
        places = Places(tmp_path / name)
        Clinic.create(places, Letterhead(name=f"{name} Clinic"), f"Dr {name}").close()
        made.append(Clinic.open(places, today=NOW.date, now=lambda: NOW))  # type: ignore[arg-type]
        return made[-1]

    yield one
    for clinic in made:
        clinic.close()


@pytest.fixture
def oak(make: Make, engine: Engine) -> Clinic:
    """A clinic that has sent two visits of a patient."""
    clinic = make("Oak")
    choose(clinic, engine.base)
    ann = add(clinic)
    for day in (2, 5):
        sign(clinic, ann, day, seen=12)
    assert send(clinic).accepted == 2
    return clinic


def test_what_is_missing_or_changed_there_is_told_and_sent_anew(oak: Clinic, there: There) -> None:
    with oak.store.reading() as db:
        who = stable_ids.uid_of(db, 1)
    assert oak.sending().reconcile()[:4] == (1, 1, 0, ())
    lost, changed, *_ = (one for one in there.resources(patient=who) if one["resourceType"] == "Observation")
    assert there.ask("DELETE", f"/Observation/{lost['id']}").status == 200
    grade = {"valueCodeableConcept": {"text": "5"}}
    assert there.ask("PUT", f"/Observation/{changed['id']}", changed | grade).status == 200
    told = " ".join(oak.sending().reconcile(send=True).lines)
    assert f"missing there (Observation/{lost['id']})" in told
    assert f"different there (Observation/{changed['id']})" in told
    assert send(oak).waits == 0
    assert oak.sending().reconcile().lines == ()


def test_the_visits_of_one_are_read_at_the_other(oak: Clinic, make: Make, engine: Engine) -> None:
    elm = make("Elm")
    with oak.store.reading() as db:
        uid = stable_ids.uid_of(db, 1)
    with elm.store.writing(Act.ADDED_PATIENT) as db:
        patients.add(db, patient(), NOW, uid)
    choose(elm, engine.base)
    assert [one.heading for one in elm.sending().fetch(1)] == [
        f"2026-03-0{day} · Oak Clinic, examined by Dr Oak, graded by Kendall-12" for day in (5, 2)
    ]
    sign(elm, 1, day=9)
    assert send(elm).accepted == 1
    assert [one.site for one in oak.sending().fetch(1)] == ["Elm Clinic"]
    for clinic in (oak, elm):
        assert clinic.sending().reconcile()[:4] == (1, 1, 0, ())
