"""Yes/no tests over the visits: what was seen once alone is no change."""

import datetime

import pytest
from made import FIRST, PROTOCOL, history, seen, told, visit
from msgspec.structs import replace

from mmt.model.review import Change
from mmt.model.visit import Signature, Visit
from mmt.reasoning.change import compare

SIGNED = Signature(by="A", at=datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC), digest="0")
WORDS = {"+": "positive", "-": "negative"}
REPEAT = "a single answer counts only when it is repeated"
ONCE = "the answer before was seen only once"


def visits(answers: str, test: str = "SLR") -> list[Visit]:
    """Visits a week apart, each with the trials of a word: `+ -- +` are three, the second with two trials."""
    return [
        visit(
            *(seen(test, trial=trial, result=WORDS[one]) for trial, one in enumerate(trials, 1)),
            date=FIRST + datetime.timedelta(weeks=at),
            signature=SIGNED,
        )
        for at, trials in enumerate(answers.split())
    ]


def held(answers: str, since: int | None = None, test: str = "SLR") -> Change:
    """The last visit against the one before it, or against the one with index `since`."""
    past = history(*visits(answers, test))
    (one,) = compare(past, PROTOCOL, len(past.visits) - 2 if since is None else since)
    return told(one)


@pytest.mark.parametrize(
    ("answers", "verdict", "confidence", "why"),
    [
        ("+ +", "within-noise", None, ()),
        ("+ -", "within-noise", None, (REPEAT,)),
        ("- +", "within-noise", None, (REPEAT,)),
        ("++ -", "within-noise", None, (REPEAT,)),
        ("+ --", "better", "possible", (ONCE,)),
        ("- ++", "worse", "possible", (ONCE,)),
        ("++ --", "better", "likely", ()),
        ("-- ++", "worse", "likely", ()),
        ("+ -+", "within-noise", None, (REPEAT,)),
        ("++ -+", "within-noise", None, (REPEAT,)),
        ("+- --", "within-noise", None, (REPEAT,)),
        ("+ - -", "better", "possible", (ONCE,)),
        ("+ + - -", "better", "likely", ()),
        ("++ - -", "better", "likely", ()),
        ("- + + -", "within-noise", None, (REPEAT,)),
        ("+ + - +", "within-noise", None, (REPEAT,)),
        ("+ + -- -", "within-noise", None, ()),
        ("+ - - -", "within-noise", None, ()),
        ("+- - -", "within-noise", None, ()),
        ("- + - -", "within-noise", None, (ONCE,)),
        ("- - + --", "within-noise", None, (ONCE,)),
        ("+ +- - -", "within-noise", None, ()),
    ],
)
def test_a_flip_counts_once_it_was_seen_twice(
    answers: str, verdict: str, confidence: str | None, why: tuple[str, ...]
) -> None:
    found = held(answers)
    assert (found.verdict, found.confidence, found.why) == (verdict, confidence, why)


def test_at_the_second_visit_running_it_is_held_against_the_one_before_both() -> None:
    found = held("+ + - -")
    assert (found.from_, found.to, found.since) == ("positive", "negative", "2026-03-09")
    again = held("+ + - - -", since=1)
    assert (again.verdict, again.since) == ("better", "2026-03-09"), "as it is against that visit itself"
    assert held("+ -- +-", since=0).verdict == "within-noise"


def test_an_answer_in_between_that_does_not_agree_makes_it_no_surer() -> None:
    assert held("+ +- - -", since=0).confidence == "possible"
    assert held("- + - ++", since=1).verdict == "within-noise"


def test_a_draft_in_between_is_no_visit() -> None:
    first, draft, last = visits("+ - -")
    past = history(
        first, Visit(date=draft.date, examiner="A", scale="MRC-8", observations=draft.observations), last
    )
    (found,) = compare(past, PROTOCOL, 0)
    assert told(found).why == (REPEAT,)
    (with_draft,) = compare(past, PROTOCOL, 1)
    assert (with_draft.verdict, with_draft.since) == ("better", "2026-03-02"), "but it may be compared with"


def test_an_angle_alone_is_no_answer() -> None:
    first, last = visits("++ --")
    angle = seen("SLR", trial=3, degrees=40)
    past = history(replace(first, observations=(*first.observations, angle)), last)
    (found,) = compare(past, PROTOCOL, 0)
    assert (found.verdict, found.confidence) == ("better", "likely")


def test_without_a_known_agreement_it_is_possible_at_most() -> None:
    found = held("++ --", test="SLUMP")
    assert (found.verdict, found.confidence) == ("better", "possible")
    assert found.why == ("no error limit is known for this test",)
    assert held("+ -", test="SLUMP").why == (REPEAT,)
