"""A mild weakness with further signs of one root, soon after it began: it is to be looked at again soon."""

from collections.abc import Iterator

from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Reason
from mmt.model.said import said
from mmt.model.visit import History

from . import seen
from .answers import dated, latest, weeks_since
from .evidence import Evidence
from .patterns import Fit, Standings

RULE = "early-look"


def alerts(history: History, fits: Standings, protocol: Protocol) -> Iterator[Alert]:
    """A caution for each side on which a root has signs enough, a mildly weak muscle among them, and whose
    pain is known to be new. Weakness that alarms asks for more than this."""
    rule = protocol.rules.early_look
    visit, weeks = latest(history, "story").get(rule.question, (None, None)) if rule else (None, None)
    if rule is None or visit is None or not isinstance(weeks, int | float):
        return
    if weeks + weeks_since(visit, rule.question, history, protocol) > rule.most:
        return
    for side in fits:
        told = (_signs(one) for one in (*side.lead, *side.others) if _mild_root(one))
        found = next((signs for signs in told if len(signs) >= rule.signs), ())
        if any(one.seen.grade for one in found):
            yield Alert(
                rule=RULE,
                level="caution",
                side=found[0].seen.side,
                said=(said("early-look", names=tuple(one.test for one in found)),),
                action=(said("early-look-action", days=rule.days),),
                because=(
                    *(seen.reason(one.seen) for one in found),
                    Reason(story=rule.question, answer=weeks, date=dated(visit, history)),
                ),
                sources=rule.sources,
                evidence=rule.evidence,
            )


def _mild_root(fit: Fit) -> bool:
    return fit.pattern.kind == "root" and fit.told.mild


def _signs(fit: Fit) -> tuple[Evidence, ...]:
    """What speaks for a root: what it expects, and touch that is not normal."""
    return (*fit.hits, *(one for one in fit.support if one.seen.touch))
