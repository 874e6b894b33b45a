"""Patterns that an earlier visit told and whose tests were not done again since: silence is no answer."""

from collections.abc import Iterator, Sequence

from mmt.model.protocol import Protocol
from mmt.model.review import Finding, PatternMatch, Reason
from mmt.model.said import said
from mmt.model.visit import History, Visit

from .patterns import patterns


def findings(history: History, told: Sequence[PatternMatch], protocol: Protocol) -> Iterator[Finding]:
    """Each pattern of an earlier visit of the episode that is not `told` now and of which a test was not done
    again since, or in pain alone."""
    rule = protocol.rules.patterns
    named = {(one.id, one.side) for one in told}
    for at in reversed(range(len(history.visits) - 1)):
        then, *since = history.visits[at:]
        if (since[0].date - then.date).days > rule.pause:
            return
        for one in patterns(history.up_to(at), protocol):
            if (one.id, one.side) in named:
                continue
            named.add((one.id, one.side))
            if left := tuple(
                why for why in one.because if why.seen and not why.date and not _done(why, since)
            ):
                day = then.date.isoformat()
                names = tuple(dict.fromkeys(why.test for why in left if why.test))
                yield Finding(
                    rule=rule.id,
                    pattern=one.id,
                    side=one.side,
                    said=(said("pattern-again", pattern=one.id, side=one.side, date=day, names=names),),
                    because=tuple(
                        Reason(test=why.test, side=why.side, seen=why.seen, date=day) for why in left
                    ),
                    sources=one.sources,
                    evidence=rule.evidence,
                )


def _done(why: Reason, since: Sequence[Visit]) -> bool:
    """Whether a test was done again without pain."""
    trials = (one for visit in since for one in visit.seen(why.test or "", why.side))
    return any(one.measured and not one.pained for one in trials)
