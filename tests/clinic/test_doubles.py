"""Records that may be of one person: found, joined or told apart, and then not asked about again."""

import datetime
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from mmt.clinic import Clinic
from mmt.clinic.doubles import NONE, lines
from mmt.model.acts import Act
from mmt.model.born import Incomplete
from mmt.model.errors import DoubtError
from mmt.model.people import Patient
from mmt.storage import doubles
from mmt.storage.ledger import head

BORN = datetime.date(1970, 6, 1)
ANNA = Patient(name="Anna Müller", birth_date=BORN, chart_number="100")


def found(clinic: Clinic) -> list[tuple[int, int]]:
    return [one.key for one in clinic.doubles().found()]


def test_what_was_told_apart_is_remembered_and_can_be_taken_back(
    clinic: Clinic, start: Callable[[], Clinic]
) -> None:
    assert list(lines(clinic.doubles().found())) == [NONE]
    one = clinic.add_patient(ANNA)
    other = clinic.add_patient(replace(ANNA, name="Anna Schmidt", chart_number=""), sure=True)
    assert list(lines(clinic.doubles().found())) == [
        f"Record {one.id}: Anna Müller, born 1970-06-01, chart 100\n"
        f"Record {other.id}: Anna Schmidt, born 1970-06-01\n  One birth date."
    ]
    clinic.doubles().tell(other.id, one.id, "Dr Example", apart=True)
    again = start()
    assert found(again) == []
    again.change_patient(replace(other, name="Anna Smith"), was=other)
    third = replace(ANNA, name="Anna Third", chart_number="")
    with pytest.raises(DoubtError, match=r"Anna Müller, born 1970-06-01, chart 100, .* So may 1 more"):
        again.add_patient(third)
    again.doubles().tell(one.id, other.id, "Dr Example", apart=False)
    assert found(clinic) == [(one.id, other.id)]
    with pytest.raises(DoubtError, match="Anna Müller"):
        again.change_patient(replace(other, name="Anna Other"), was=again.history(other.id).patient)


def test_what_was_joined_discarded_or_damaged_is_on_no_list(clinic: Clinic) -> None:
    one = clinic.add_patient(ANNA)
    other = clinic.add_patient(replace(ANNA, name="Anna Wolf", birth_date=Incomplete(year=1970)), sure=True)
    assert found(clinic) == [(one.id, other.id)], "by the chart number"
    clinic.join(one.id, other.id, "Typed twice", "Dr Example", sure=True)
    assert found(clinic) == []
    wolf = clinic.add_patient(Patient(name="Wolf Anna", birth_date=datetime.date(1970, 6, 8)), sure=True)
    last = clinic.add_patient(Patient(name="Anna Muller", birth_date=datetime.date(1970, 1, 6)), sure=True)
    assert found(clinic) == [(one.id, last.id), (one.id, wolf.id)], "known by either name"
    clinic.discard(wolf.id, None, "Mistake", "Dr Example")
    with clinic.store.writing(Act.CHANGED_PATIENT) as db:
        db.conn.execute("update patients set birth_date = 'x' where id = ?", (last.id,))
    assert found(clinic) == []


def test_who_was_added_changed_or_parted_since_an_act_is_known(clinic: Clinic) -> None:
    def came() -> list[str]:
        """Who since the last time, which is the present one from then on."""
        nonlocal last
        with clinic.store.reading() as db:
            names = [one.name for one in doubles.came_since(db, last)]
            last = head(db).seq
        return names

    last = 0
    one, other = clinic.add_patient(ANNA), clinic.add_patient(replace(ANNA, name="Ben Ash", chart_number=""))
    assert came() == ["Anna Müller", "Ben Ash"]
    clinic.join(one.id, other.id, "Typed twice", "Dr Example", sure=True)
    assert came() == []
    clinic.part(one.id, "Two people", "Dr Example")
    assert came() == ["Ben Ash"]
    clinic.change_patient(replace(other, name="Ben Elm"), was=other)
    assert came() == ["Ben Elm"]
    assert came() == []
