"""Reflexes that are weaker than expected, or brisk on both sides: each is named."""

from collections.abc import Iterator
from itertools import groupby

from mmt.model.base import SIDES, Side, other
from mmt.model.exam_tests import ReflexTest
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Finding
from mmt.model.said import Said, Sentences, said
from mmt.model.visit import History

from . import seen
from .answers import holding
from .signs import brisk, upper_signs, upper_tests
from .strength import weak


def findings(history: History, protocol: Protocol) -> Iterator[Finding]:
    """A finding for each reflex and side that answers less than expected.

    Present where the other side answers better, possible where it does not or was not tested. One for both
    sides where it is brisk on both and that is no sign of cord or brain.
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
                said=_said(test, side, here, across, history, protocol),
                because=tuple(seen.reason(one) for one in (here, across) if one),
                missing=() if across else (said("other-side"),),
                sources=test.sources,
                evidence=test.evidence,
            )
    if not upper_signs(history, protocol):
        yield from _brisk(history, protocol)


def _brisk(history: History, protocol: Protocol) -> Iterator[Finding]:
    """Reflexes that were found brisk at this visit and are so on both sides, as tested last."""
    rule, visit = protocol.rules.upper_motor_neuron, history.visits[-1]
    missing = tuple(
        one.id
        for one in upper_tests(protocol)
        if not all(seen.latest(history, one.id, side, "result") for side in SIDES)
    )
    for name, found in groupby(brisk(history, protocol), key=lambda one: one[1].test):
        both = list(found)
        if any(then is visit for then, _ in both):
            yield Finding(
                rule="reflex",
                test=name,
                strength="possible",
                said=(said("reflex-brisk", test=name),),
                because=tuple(seen.reason(one, None if then is visit else then) for then, one in both),
                missing=missing,
                sources=rule.sources,
                evidence=rule.evidence,
            )


def common(test: ReflexTest, history: History) -> bool:
    """Whether healthy people of this patient's age often lack the reflex on both sides, whichever of the ages
    that may be the patient's it is."""
    youngest = history.patient.ages_on(history.visits[-1].date).least
    return test.both_absent_from is not None and youngest >= test.both_absent_from


def _said(
    test: ReflexTest,
    side: Side,
    here: Observation,
    across: Observation | None,
    history: History,
    protocol: Protocol,
) -> Sentences:
    word = said("reflex-lost" if here.number == 0 else "reflex-weak")
    given = {"test": test.id, "side": side, "word": word, "reflex": here.number, "other_side": other(side)}
    if across is None:
        return (said("reflex-alone", **given),)
    says = said("reflex", **given, other_reflex=across.number)
    if across.number > here.number or not common(test, history):
        return (says,)
    return says, _of_age(test, history, protocol) if test.both_absent_from else said("reflex-any-age")


def _of_age(test: ReflexTest, history: History, protocol: Protocol) -> Said:
    """What age has to do with it: nothing is put down to it beside weakness of both feet, or after a yes."""
    legs = protocol.rules.both_legs
    feet = weak(history.visits[-1], legs.distal, protocol, pained=True) if legs else ()
    if {one.side for one in feet} == set(SIDES):
        return said("reflex-age-weak")
    yes = (one for one in test.not_of_age if holding(history, "safety", one, lasting=False))
    return next((said("reflex-age-answered", question=one) for one in yes), said("reflex-age"))
