"""A weakness with further signs of one root, soon after it began: it is to be looked at again soon."""

from collections.abc import Iterator
from itertools import chain

from mmt.model.base import SIDES, Side
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Reason
from mmt.model.said import said
from mmt.model.visit import History

from . import seen
from .answers import dated, latest, weeks_since
from .evidence import gather
from .patterns import Fit, Standings
from .strength import weak

RULE = "early-look"


def alerts(history: History, fits: Standings, protocol: Protocol) -> Iterator[Alert]:
    """A caution for each side on which a root has signs enough, a weak muscle among them, in pain too, and
    whose pain is known to be new."""
    rule = protocol.rules.early_look
    visit, weeks = latest(history, "story").get(rule.question, (None, None)) if rule else (None, None)
    if rule is None or visit is None or not isinstance(weeks, int | float):
        return
    if weeks + weeks_since(visit, rule.question, history, protocol) > rule.most:
        return
    for side, where in zip(fits, SIDES, strict=False):
        told = chain(
            (_signs(one) for one in (*side.lead, *side.others) if one.pattern.kind == "root"),
            _muscles_and_signs(history, where, protocol),
        )
        found = next((signs for signs in told if len(signs) >= rule.signs), ())
        if any(one.grade for one in found):
            yield Alert(
                rule=RULE,
                level="caution",
                side=where,
                said=(said("early-look", names=tuple(one.test for one in found)),),
                action=(said("early-look-action", days=rule.days),),
                because=(
                    *map(seen.reason, found),
                    Reason(story=rule.question, answer=weeks, date=dated(visit, history)),
                ),
                sources=rule.sources,
                evidence=rule.evidence,
            )


def _signs(fit: Fit) -> tuple[Observation, ...]:
    """What speaks for a root: what it expects, and touch that is not normal."""
    return tuple(one.seen for one in (*fit.hits, *(one for one in fit.support if one.seen.touch)))


def _muscles_and_signs(history: History, side: Side, protocol: Protocol) -> Iterator[tuple[Observation, ...]]:
    """Of each root the signs beside weak muscles of it, in pain too; those that it may leave weak as well
    where its reflex is less than on the other side."""
    visit = history.visits[-1]
    evidence = gather(visit, side, protocol)
    for root in (one for one in protocol.patterns.values() if one.kind == "root"):
        named = (*root.lost, *root.signs, *root.numb)
        signs = [one for name, one in evidence.items() if one.abnormal and name in named]
        may_be = root.may_be_weak if any(one.compared for one in signs) else ()
        muscles = weak(visit, (*root.weak, *may_be), protocol, pained=True)
        here = tuple(one for one in muscles if one.side == side)
        if here and signs:
            yield (*here, *(one.seen for one in signs))
