"""What the sign step says of the tests: done, not tested and why, not done."""

from paper_desk import protocol, then

from mmt.model.exam import walk
from mmt.model.observation import Observation
from mmt.tui.widgets.done import tests_done as told

QUICK = walk(protocol().tests[name] for name in protocol().exams["sciatica-quick"].tests)
DONE = tuple(Observation(test=one.test, side=one.side, grade="5") for one in QUICK)


def test_what_was_not_tested_is_no_done_and_says_why() -> None:
    assert told(then(observations=DONE), protocol()) == (True, "Every test was done.")
    why = Observation(test="TP", side="left", not_tested="time")
    pain = (Observation(test="QUAD", side=side, not_tested="pain") for side in ("right", "left"))
    visit = then(observations=DONE)
    for one in (why, *pain):
        visit = visit.recorded(one)
    said = (
        "Tests, each side: 23 done; 2 not tested (pain): Quadriceps; "
        "1 not tested (no time): Tibialis posterior left."
    )
    assert told(visit, protocol()) == (False, said)


def test_what_holds_nothing_is_not_done_and_a_trial_counts() -> None:
    again = Observation(test="HF", side="right", trial=2, not_tested="pain")
    visit = then(observations=(*DONE[:-1], again))
    assert told(visit, protocol()) == (
        False,
        "Tests, each side: 25 done; 1 not done: Gastrocnemius left.",
    )
