"""Whether the patient came back later than was asked for."""

from collections.abc import Iterator

from mmt.model.protocol import Protocol
from mmt.model.review import Finding, Reason
from mmt.model.said import said
from mmt.model.visit import History


def findings(history: History, protocol: Protocol, days: int | None) -> Iterator[Finding]:
    """That more days went by than the `days` within which the visit before asked to see the patient again."""
    rule, before = protocol.rules.early_look, history.signed_before
    if rule is None or days is None or not before:
        return
    then = history.visits[before[-1]].date
    went = (history.visits[-1].date - then).days
    if went > days:
        told = {"went": went, "days": days, "date": then.isoformat()}
        yield Finding(
            rule=rule.id,
            said=(said("seen-late", **told),),
            because=(Reason(rule=rule.id, said=said("seen-late-why", days=days), date=then.isoformat()),),
            sources=rule.sources,
            evidence=rule.evidence,
        )
