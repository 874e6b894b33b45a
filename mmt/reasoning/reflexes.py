"""Reflexes that are weaker than expected: each is named, lost on one side or on both."""

from collections.abc import Iterator

from mmt.model.base import SIDES, Side, other
from mmt.model.exam_tests import ReflexTest
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Finding
from mmt.model.said import Sentences, said
from mmt.model.visit import History

from . import seen


def findings(history: History, protocol: Protocol) -> Iterator[Finding]:
    """A finding for each reflex and side that answers less than expected.

    Present where the other side answers better, possible where it does not or was not tested.
    """
    visit = history.visits[-1]
    for test in protocol.of(ReflexTest):
        for side in SIDES:
            here, across = (seen.last(visit, test.id, one, "count") for one in (side, other(side)))
            if here is None or here.number >= test.expected:
                continue
            better = across is not None and across.number > here.number
            yield Finding(
                rule="reflex",
                test=test.id,
                side=side,
                strength="present" if better else "possible",
                said=_said(test, side, here, across, history),
                because=tuple(seen.reason(one) for one in (here, across) if one),
                missing=() if across else (said("other-side"),),
                sources=test.sources,
                evidence=test.evidence,
            )


def common(test: ReflexTest, history: History) -> bool:
    """Whether healthy people of this patient's age often lack the reflex on both sides."""
    age = history.patient.age_on(history.visits[-1].date)
    return test.both_absent_from is not None and age >= test.both_absent_from


def _said(
    test: ReflexTest, side: Side, here: Observation, across: Observation | None, history: History
) -> Sentences:
    word = said("reflex-lost" if here.number == 0 else "reflex-weak")
    given = {"test": test.id, "side": side, "word": word, "reflex": here.number, "other_side": other(side)}
    if across is None:
        return (said("reflex-alone", **given),)
    says = said("reflex", **given, other_reflex=across.number)
    if across.number >= test.expected or not common(test, history):
        return (says,)
    return says, said("reflex-age" if test.both_absent_from else "reflex-any-age")
