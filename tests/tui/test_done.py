"""What the sign step says of the tests: done, not tested and why, not done."""

from paper_desk import protocol, then

from mmt.model.exam import walk
from mmt.model.observation import Observation
from mmt.tui.results.done import exam_done as told

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


def test_what_is_folded_and_was_not_asked_for_is_told_as_not_tested() -> None:
    folded = ["HF", "TOUCH-L5", "TOUCH-SADDLE"]
    said = "Every test was done. Folded, so not tested: Touch L5, Touch saddle."
    assert told(then(observations=DONE), protocol(), (), folded) == (True, said)


def test_what_the_visit_before_asks_for_is_asked_on_both_sides() -> None:
    visit = then(observations=(*DONE, Observation(test="REFLEX-ACHILLES", side="left", count=2)))
    assert told(visit, protocol(), ["REFLEX-ACHILLES"]) == (
        False,
        f"Tests, each side: {len(DONE) + 1} done; 1 not done: Achilles reflex right.",
    )


def test_an_added_test_counts_on_the_side_on_which_it_was_asked() -> None:
    visit = then(observations=(*DONE, Observation(test="SOL", side="left", grade="5")))
    assert told(visit, protocol()) == (True, "Every test was done. Added: Soleus left only.")
    visit = visit.recorded(Observation(test="SOL", side="left", not_tested="pain"))
    visit = visit.recorded(Observation(test="SOL", side="right", grade="5"))
    visit = visit.recorded(Observation(test="LL-TRUE", side="left", millimetres=850))
    said = "Tests, each side: 27 done; 1 not tested (pain): Soleus left. Added: Soleus."
    assert told(visit, protocol()) == (False, said)


def test_what_holds_nothing_is_not_done_and_a_trial_counts() -> None:
    again = Observation(test="HF", side="right", trial=2, not_tested="pain")
    visit = then(observations=(*DONE[:-1], again))
    assert told(visit, protocol()) == (
        False,
        "Tests, each side: 25 done; 1 not done: Gastrocnemius left.",
    )
