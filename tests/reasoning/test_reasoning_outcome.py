"""What became of a patient, when the next examination is due, and what scores come to over all patients."""

import datetime

import pytest
from made import FIRST, PROTOCOL, history, seen, visit
from msgspec.structs import replace

from mmt.model.visit import Signature, Visit
from mmt.reasoning import due
from mmt.reasoning.outcome import Outcome, done_said, outcome, score_said, share_said, shares

TODAY = FIRST + datetime.timedelta(days=60)
RULE = PROTOCOL.rules.re_examination
assert RULE is not None


def signed(one: Visit) -> Visit:
    at = datetime.datetime.combine(one.date, datetime.time(12), datetime.UTC)
    return replace(one, signature=Signature(by="A", at=at, digest="0"))


def on(day: int, *what: object, **story: object) -> Visit:
    known = {"date": FIRST + datetime.timedelta(days=day), "story": story}
    return signed(visit(*what, **known))  # type: ignore[arg-type]


def of(*visits: Visit) -> Outcome:
    found = outcome(history(*visits), PROTOCOL, TODAY)
    assert found is not None
    return found


def waits(day: int, *visits: Visit) -> list[str]:
    return [one.key for one in due(history(*visits), PROTOCOL, FIRST + datetime.timedelta(days=day))]


def test_a_score_goes_from_its_first_value_to_its_latest_over_signed_visits() -> None:
    visits = (
        on(0, nprs_leg=8, sheet_done="none"),
        on(7, nprs_back=4, nprs_leg=9),
        on(14, nprs_leg=2, sheet_done="some"),
    )
    found = of(*visits, visit(date=TODAY, story={"nprs_leg": 9}))
    assert [(one.test, one.from_, one.to, one.told) for one in found.scores] == [
        ("nprs_leg", "8", "2", "better")
    ]
    assert (found.visits, found.first, found.last, found.done) == (3, FIRST, visits[-1].date, "some")


def test_nothing_signed_has_no_outcome_and_nothing_asked_nothing_done() -> None:
    assert outcome(history(visit()), PROTOCOL, TODAY) is None
    assert of(on(0)).done is None
    older = replace(PROTOCOL, rules=replace(PROTOCOL.rules, given_before=None))
    assert outcome(history(on(0, sheet_done="all")), older, TODAY).done is None  # type: ignore[union-attr]


def test_over_all_patients_each_verdict_is_counted_and_who_has_less_is_missing() -> None:
    better = of(on(0, nprs_leg=8, odi=40), on(7, nprs_leg=2, odi=40))
    worse = of(on(0, nprs_leg=2), on(7, nprs_leg=8))
    found = {one.question: one for one in shares([better, worse, worse, of(on(0, nprs_leg=5))], PROTOCOL)}
    assert found["nprs_leg"].verdicts == {"better": 1, "worse": 2}
    assert (found["nprs_leg"].known, found["nprs_leg"].missing) == (3, 1)
    assert (found["odi"].verdicts, found["odi"].missing) == ({"same": 1}, 3)
    assert set(found) == {"nprs_leg", "odi"}


@pytest.mark.parametrize(
    ("day", "told"), [(27, []), (28, ["due-examination"]), (90, ["due-examination"]), (91, ["due-away"])]
)
def test_the_next_examination_is_due_by_weeks_until_the_patient_stays_away(day: int, told: list[str]) -> None:
    assert waits(day, on(0, seen("TA", grade="5"))) == told


@pytest.mark.parametrize(("visits", "told"), [(RULE.visits - 1, []), (RULE.visits, ["due-examination"])])
def test_the_next_examination_is_due_by_visits_without_a_test(visits: int, told: list[str]) -> None:
    assert waits(20, on(0, seen("TA", grade="5")), *(on(1 + at) for at in range(visits))) == told


def test_the_days_go_on_from_the_last_examination_and_the_last_visit() -> None:
    tested = seen("TA", grade="5")
    assert waits(28, on(0, tested), on(20, tested)) == []
    assert waits(95, on(0, tested), on(60)) == ["due-examination"]
    assert waits(20, on(0, tested), *(on(1 + at, tested) for at in range(RULE.visits))) == []


def test_a_draft_puts_no_examination_off() -> None:
    tested = seen("TA", grade="5")
    past = history(on(0, tested), replace(on(20, tested), signature=None))
    assert [one.key for one in due(past, PROTOCOL, FIRST + datetime.timedelta(days=28))] == [
        "due-examination"
    ]


def test_where_nothing_was_tested_or_no_rule_says_when_none_is_due() -> None:
    assert waits(80, on(0)) == []
    older = replace(PROTOCOL, rules=replace(PROTOCOL.rules, re_examination=None))
    assert due(history(on(0, seen("TA", grade="5"))), older, TODAY) == ()


def test_what_was_done_is_told_by_move_where_that_was_asked() -> None:
    assert done_said(of(on(0)), PROTOCOL) == ""
    assert done_said(of(on(0, sheet_done="some")), PROTOCOL).startswith("last sheet done: ")
    moves = replace(on(7), home={"E01": ("most",), "E02": ("none", "pain"), "E03": ("easy",)})
    assert done_said(of(on(0), moves, on(9)), PROTOCOL) == "moves mostly done: 1 of 2"


def test_scores_are_told_with_sign_word_and_how_sure() -> None:
    better, noise = of(on(0, nprs_leg=8), on(7, nprs_leg=2)), of(on(0, nprs_leg=5), on(7, nprs_leg=6))
    told = [score_said(change, PROTOCOL) for one in (better, noise) for change in one.scores]
    assert told == ["leg pain 8 → 2  ▲ better (likely)", "leg pain 5 → 6  ≈ within noise"]
    (share,) = shares([better, noise, of(on(0))], PROTOCOL)
    assert (
        share_said(share, PROTOCOL)
        == "leg pain, asked more than once in 2 of 3 patients: 1 better, 1 within noise; of 1 it is not known"
    )
