"""A visit holds what was seen; an edit returns a new visit."""

import datetime
from collections.abc import Callable

import msgspec
import pytest
from msgspec.structs import replace

from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.visit import History, Joined, Parted, Signature, Visit, local_day

TODAY = datetime.date(2026, 3, 2)


def visit(*observations: Observation, number: int = 1) -> Visit:
    return Visit(id=number, date=TODAY, examiner="A", scale="MRC-8", observations=observations)


def test_a_correction_takes_the_place_of_the_earlier_value() -> None:
    first = Observation(test="TA", side="left", grade="4")
    changed = visit(first).recorded(Observation(test="TA", side="left", grade="3"))
    assert [one.grade for one in changed.seen("TA", "left")] == ["3"]


def test_a_new_trial_stands_beside_the_first() -> None:
    first = Observation(test="TA", side="left", grade="4")
    changed = visit(first).recorded(Observation(test="TA", side="left", grade="3", trial=2))
    assert [one.grade for one in changed.seen("TA", "left")] == ["4", "3"]


def test_the_sides_do_not_mix() -> None:
    changed = visit(Observation(test="TA", side="left", grade="4"))
    assert changed.seen("TA", "right") == ()


def test_a_withdrawn_value_is_not_done() -> None:
    first = Observation(test="TA", side="left", grade="4")
    assert visit(first).withdrawn("TA", "left").observations == ()


def test_a_misspelt_field_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="grad"):
        msgspec.convert({"test": "TA", "side": "left", "grad": "4"}, Observation)


def test_age_counts_completed_years() -> None:
    patient = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
    assert patient.ages_on(datetime.date(2026, 5, 1)) == (46, 46)
    assert patient.ages_on(datetime.date(2026, 5, 2)) == (47, 47)


def test_a_history_keeps_one_entry_a_visit() -> None:
    history = History(patient=Patient(birth_date=TODAY), visits=(visit(),))
    changed = history.with_visit(visit(Observation(test="TA", side="left", grade="4")))
    assert len(changed.visits) == 1
    assert len(changed.with_visit(visit(number=2)).visits) == 2
    assert len(changed.with_visit(visit(number=2)).up_to(0).visits) == 1


def test_a_history_read_again_takes_over_what_has_not_changed_and_nothing_else() -> None:
    here = visit(Observation(test="TA", side="left", grade="4"))
    known = History(patient=Patient(birth_date=TODAY), visits=(here, visit(number=2)))
    read = History(
        patient=Patient(birth_date=TODAY), visits=(replace(here), replace(visit(number=2), note="New"))
    )
    again = read.in_values_of(known)
    assert again == read
    assert again.patient is known.patient
    assert [one is then for one, then in zip(again.visits, known.visits, strict=True)] == [True, False]
    renamed = replace(read, patient=Patient(name="Ann Example", birth_date=TODAY))
    assert renamed.in_values_of(known).patient is renamed.patient


def test_while_a_blind_visit_is_open_it_alone_is_seen() -> None:
    blind = replace(visit(number=2), blind=True)
    signature = Signature(by="B", at=datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC), digest="0")
    history = History(patient=Patient(birth_date=TODAY), visits=(visit(), blind))
    assert (history.blinded.visits, history.blinded.hidden) == ((blind,), 1)
    done = history.with_visit(replace(blind, signature=signature))
    assert done.blinded == done


def test_a_joined_record_names_the_patient_too_until_it_is_parted() -> None:
    at, born = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC), Patient(id=1, birth_date=TODAY)
    other = Patient(id=2, birth_date=TODAY)
    joined = Joined(id=1, patient=other, to=1, signed=0, reason="Same", by="A", at=at)
    assert History(patient=born, joined=(joined,)).people == (born, other)
    parted = replace(joined, parted=Parted(reason="Two", by="A", at=at))
    assert History(patient=born, joined=(parted,)).people == (born,)


@pytest.mark.parametrize(
    ("observation", "shown"),
    [
        (Observation(test="TA", side="left", grade="4+"), "4+"),
        (Observation(test="TA", side="left", not_tested="pain"), "NT"),
        (Observation(test="SLR", side="left", result="positive", degrees=45), "positive 45°"),
        (Observation(test="L-PKE", side="left", degrees=35), "35°"),
        (Observation(test="LL-TRUE", side="left", millimetres=849.5), "849.5 mm"),
        (Observation(test="HEEL-RAISE", side="left", count=12), "12"),
    ],
)
def test_a_value_is_shown_as_a_clinician_writes_it(observation: Observation, shown: str) -> None:
    assert observation.shown == shown


@pytest.mark.parametrize(("place", "day"), [("Pacific/Honolulu", 2), ("Pacific/Auckland", 3), ("UTC", 3)])
def test_a_time_stamp_is_of_the_day_at_the_clinic(place: str, day: int, zone: Callable[[str], None]) -> None:
    zone(place)
    moment = datetime.datetime(2026, 3, 3, 6, 45, tzinfo=datetime.UTC)
    assert local_day(moment) == datetime.date(2026, 3, day)


@pytest.mark.parametrize("field", [{"safety": {"fever": False}}, {"prescription": ()}, {"note": "x"}])
def test_a_visit_is_empty_until_something_is_recorded_wherever_its_walk_stands(
    field: dict[str, object],
) -> None:
    begun = msgspec.structs.replace(visit(number=7), place="exam:TA:left")
    assert begun.empty
    assert not msgspec.structs.replace(begun, **field).empty


def test_who_signed_elsewhere_is_named_with_the_clinic() -> None:
    here = Signature(by="Ben Cho", at=datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC), digest="")
    assert here.who == "Ben Cho"
    assert replace(here, site="Lake Clinic").who == "Ben Cho (Lake Clinic)"
