"""What was seen of a test: which of several trials counts, and an observation as a reason."""

from made import FIRST, SECOND, history, seen, visit
from msgspec.structs import replace

from mmt.model.observation import Observation
from mmt.model.review import Reason
from mmt.reasoning import seen as rules


def test_a_reason_quotes_all_that_was_seen() -> None:
    everything = Observation(
        test="TA",
        side="left",
        trial=2,
        grade="4",
        degrees=12.0,
        millimetres=8.5,
        count=7,
        seconds=30.0,
        newtons=180.0,
        result="positive",
        not_tested="pain",
        flags=("substitution",),
        substitution="EDL",
    )
    quoted = Reason(test="TA", side="left", seen=everything)
    assert rules.reason(everything) == quoted
    assert rules.reason(everything, visit()) == replace(quoted, date="2026-03-02")


def test_grades_stand_worst_first_and_of_equal_ones_the_most_telling_last() -> None:
    pained = seen("TA", grade="4", trial=1, flags=("pain",))
    flagged = seen("TA", grade="4", trial=2, flags=("range-limited",))
    plain = seen("TA", grade="4", trial=3)
    again = seen("TA", grade="4", trial=4)
    worst = seen("TA", grade="3", trial=5)
    here = visit(again, plain, flagged, pained, worst, seen("TA", "right", grade="5"))
    assert rules.graded(here, "TA", "left") == [worst, pained, flagged, plain, again]
    assert rules.best(here, "TA", "left") == again
    assert rules.best(here, "EHL", "left") is None


def test_a_count_and_a_length_pass_over_trials_that_hold_no_value() -> None:
    refused = seen("HEEL-RAISE", trial=3, not_tested="time")
    here = visit(seen("HEEL-RAISE", count=12), seen("HEEL-RAISE", count=9, trial=2), refused)
    highest = rules.highest(here, "HEEL-RAISE", "left")
    assert highest is not None
    assert highest.count == 12
    last = rules.last(here, "HEEL-RAISE", "left", "count")
    assert last is not None
    assert last.count == 9
    lengths = visit(seen("L-PKE", degrees=10.0), seen("L-PKE", degrees=20.0, trial=2), seen("L-PKE", trial=3))
    assert rules.mean(lengths, "L-PKE", "left", "degrees") == 15.0
    assert rules.mean(lengths, "L-PKE", "right", "degrees") is None


def test_what_was_found_last_stands_until_it_is_tested_again() -> None:
    then = visit(seen("SLR", result="positive"), date=FIRST)
    now = visit(seen("SLR", "right", result="negative"), date=SECOND)
    found = rules.latest(history(then, now), "SLR", "left", "result")
    assert found == (then, then.observations[0])
    again = visit(seen("SLR", result="negative"), date=SECOND)
    assert rules.latest(history(then, again), "SLR", "left", "result") == (again, again.observations[0])
    assert rules.latest(history(then, now), "SLUMP", "left", "result") is None


def test_the_strongest_trial_is_one_of_force_and_without_pain() -> None:
    graded, sore = seen("TA", grade="5"), seen("TA", newtons=200.0, flags=("pain",), trial=2)
    forces = [seen("TA", newtons=newtons, trial=at) for at, newtons in ((3, 90.0), (4, 120.0), (5, 100.0))]
    assert rules.strongest(visit(graded, sore, *forces), "TA", "left") == forces[1]
    assert rules.strongest(visit(graded, sore), "TA", "left") is None
