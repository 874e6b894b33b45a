"""The last sheet: it stays offered with its dose and side, unless it went worse or its sheet was emptied."""

import datetime
from typing import Any

import pytest
from made import told
from msgspec.structs import replace

from mmt.library.load import load
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.review import Prescription, Reason
from mmt.model.visit import Dose, History, Prescribed, Signature, Visit
from mmt.paths import shipped
from mmt.reasoning import last_sheet, review

PROTOCOL: Protocol = load([shipped("protocols")]).protocol
PATIENT = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
NOON = datetime.datetime(2026, 2, 2, 12, tzinfo=datetime.UTC)
DOSE = Dose(hold_s=20, reps=3, per_day=2, days_per_week=5, weeks=2)


def given(name: str, side: Any = None, **more: Any) -> Prescribed:
    return Prescribed(stretch=name, side=side, dose=DOSE, **more)


def visit(day: int, *, signed: bool = True, **fields: Any) -> Visit:
    chosen = {"examiner": "A", "scale": "MRC-8", **fields}
    signature = Signature(by="A", at=NOON, digest="") if signed else None
    return Visit(id=day, date=datetime.date(2026, 2, day), signature=signature, **chosen)


def first(*sheet: Prescribed, **fields: Any) -> Visit:
    asked = {one.id: False for one in PROTOCOL.precautions.values() if one.asked}
    return visit(2, precautions=asked, prescription=sheet, **fields)


def suggested(*visits: Visit, protocol: Protocol = PROTOCOL) -> Prescription:
    return review(History(patient=PATIENT, visits=visits), protocol).prescription


def offered(found: Prescription) -> list[str]:
    return [one.stretch for one in found.offered]


def seen(test: str, side: str = "left", **value: Any) -> Observation:
    return Observation(test=test, side=side, **value)  # type: ignore[arg-type]


def test_what_was_given_is_offered_with_its_dose_side_and_sentence() -> None:
    before = first(given("E04", "right", why="tight"))
    (offer,) = (one for one in suggested(before, visit(16)).offered if one.stretch == "E04")
    assert (offer.side, offer.dose, offer.why) == ("right", DOSE, "tight")
    why = "done at home: not asked; on the last sheet"
    assert told(offer.because) == (Reason(rule="given-before", said=why, date="2026-02-02"),)


@pytest.mark.parametrize(
    ("side", "now"), [("left", "left"), ("right", None), (None, None)], ids=["same", "other", "both"]
)
def test_a_finding_adds_its_side_to_that_of_the_last_sheet(side: Any, now: Any) -> None:
    today = visit(16, observations=(seen("L-ADD", degrees=20.0), seen("L-PIR", result="positive")))
    (offer,) = (one for one in suggested(first(given("E04", side)), today).offered if one.stretch == "E04")
    assert offer.side == now
    assert offer.why == ("tight" if now else "default"), "what was found on one side is not said of both"


def test_what_was_told_when_the_sheet_was_given_is_of_the_time_before_it() -> None:
    then = {"sheet_done": "none", "groc": -4}
    (offer,) = (one for one in suggested(first(given("E15"), story=then), visit(16)).offered
                if one.stretch == "E15")  # fmt: skip
    assert "done at home: not asked" in told(offer.because)[0].said


def test_what_is_done_on_both_sides_at_once_has_none() -> None:
    (offer,) = (one for one in suggested(first(given("E15")), visit(16)).offered if one.stretch == "E15")
    assert offer.side is None


def test_the_sheet_stays_and_what_is_new_joins_it_while_there_is_room() -> None:
    before = first(given("E06", "left"), given("E15"), given("E11"))
    weak = (seen("GAS", grade="4"),)
    found = suggested(before, visit(16, observations=weak, story={"worsens": ("sitting",)}))
    assert offered(found) == ["E26", "E11", "E06", "E15", "E27"], "a weak key muscle stands before"
    assert [one.stretch for one in found.more] == ["E04", "E01"], "for a third stretch there is no room"


def test_a_full_sheet_stays_whole() -> None:
    before = first(given("E06", "left"), given("E15"), given("E11"), given("E12", "left"))
    found = suggested(before, visit(16, observations=(seen("SLR", result="positive", degrees=60.0),)))
    assert {"E06", "E15", "E11", "E12", "E27"} == set(offered(found))
    assert "E14" in [one.stretch for one in found.more]


def test_a_sheet_with_more_than_fits_by_now_ends_at_the_limit() -> None:
    limits = replace(PROTOCOL.rules.selection, most=3)
    small = replace(PROTOCOL, rules=replace(PROTOCOL.rules, selection=limits))
    found = suggested(first(given("E06", "left"), given("E15"), given("E11")), visit(16), protocol=small)
    assert offered(found) == ["E11", "E06", "E27"]


def test_of_one_move_the_form_that_was_given_stays() -> None:
    today = visit(16, observations=(seen("L-PIR", result="positive"),))
    assert "E01" in offered(suggested(first(), today))
    found = suggested(first(given("E04", "left")), today)
    assert "E04" in offered(found)
    assert "E01" not in offered(found)


def worse(*sheet: Prescribed, **now: Any) -> Prescription:
    before = first(*sheet, story={"nprs_leg": 3})
    return suggested(before, visit(16, story={"nprs_leg": 6}, **now))


def test_what_went_worse_holds_back_what_was_given_until_a_tick() -> None:
    (held,) = (one for one in worse(given("E15")).withheld if one.stretch == "E15")
    assert (held.code, held.needs, held.wanted) == ("WORSE", "tick", True)
    assert told(held.because[0]) == Reason(story="nprs_leg", answer=6, said="3 on 2026-02-02")
    ticked = given("E15", ticked=("WORSE",))
    assert "E15" in offered(worse(given("E15"), prescription=(ticked,)))
    assert "E15" not in offered(worse(ticked)), "a tick counts at its visit"


def test_the_default_items_stay_though_it_went_worse() -> None:
    assert {"E10", "E27"} <= set(offered(worse(given("E10"), given("E27"))))


@pytest.mark.parametrize(
    ("now", "stays"),
    [({}, False), ({"nprs_leg": 7}, False), ({"nprs_leg": 8}, True), ({"night_pain": True}, True)],
)
def test_a_rest_position_goes_on_only_while_the_visit_gives_a_reason(now: Any, stays: bool) -> None:
    before = first(given("E28"), story={"nprs_leg": 8})
    assert ("E28" in offered(suggested(before, visit(16, story=now)))) == stays


def test_what_was_answered_between_counts_until_it_is_asked_again() -> None:
    before = first(given("E15"), story={"nprs_leg": 3})
    between = visit(9, signed=False, story={"nprs_leg": 6, "sheet_done": "some"})
    (held,) = (one for one in suggested(before, between, visit(16)).withheld if one.stretch == "E15")
    assert held.because[0].date == "2026-02-09"
    again = suggested(before, between, visit(16, story={"nprs_leg": 3}))
    (offer,) = (one for one in again.offered if one.stretch == "E15")
    assert told(offer.because[-1]).said == "done at home: some days; on the last sheet"


@pytest.mark.parametrize(
    "visits",
    [
        (first(given("E15")),),
        (replace(first(given("E15")), signature=None), visit(16)),
        (first(given("E15")), visit(9, prescription=()), visit(16)),
        (first(), visit(16)),
    ],
    ids=["of this visit", "never signed", "emptied since", "empty"],
)
def test_there_is_no_last_sheet(visits: tuple[Visit, ...]) -> None:
    assert last_sheet(History(patient=PATIENT, visits=visits), PROTOCOL) is None


def test_a_protocol_of_before_knows_no_last_sheet() -> None:
    old = replace(PROTOCOL, rules=replace(PROTOCOL.rules, given_before=None))
    assert "E15" not in offered(suggested(first(given("E15")), visit(16), protocol=old))


def test_a_rating_that_is_no_number_says_nothing() -> None:
    today = visit(16, story={"groc": "worse"})
    assert "E15" in offered(suggested(first(given("E15")), today))
