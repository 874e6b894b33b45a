"""What a comparison of two values comes to: the verdict, how sure it is and why."""

from typing import NamedTuple

from mmt.model.base import Side
from mmt.model.protocol import Protocol
from mmt.model.review import Change, Confidence, Reason, Verdict
from mmt.model.said import Said, Sentences, said
from mmt.model.visit import Visit

_WEAKER: dict[Confidence, Confidence] = {"real": "likely", "likely": "possible", "possible": "possible"}
OTHER_EXAMINER = said("another-examiner")
NO_LIMIT = said("no-limit")
ERROR_AS_LARGE = said("error-as-large")


class Judged(NamedTuple):
    """What a comparison came to."""

    verdict: Verdict
    confidence: Confidence | None = None
    why: Sentences = ()

    def lowered(self, *reasons: Said) -> "Judged":
        """One class of confidence down, and why."""
        if self.confidence is None:
            return self
        return Judged(self.verdict, _WEAKER[self.confidence], (*self.why, *reasons))

    def at_most_possible(self, *reasons: Said) -> "Judged":
        """Possible, however sure it was, and why."""
        return Judged(self.verdict, "possible", (*self.why, *reasons))


def change(
    test: str,
    side: Side | None,
    values: tuple[str, str],
    then: Visit,
    judged: Judged,
    sources: tuple[str, ...],
    protocol: Protocol,
) -> Change:
    """What was judged, as a conclusion with its reasons."""
    rule, since = protocol.rules.change, then.date.isoformat()
    says = said(judged.verdict, then=values[0], now=values[1])
    return Change(
        test=test,
        side=side,
        from_=values[0],
        to=values[1],
        since=since,
        verdict=judged.verdict,
        confidence=judged.confidence,
        why=judged.why,
        examiner_then=then.examiner,
        said=(says, said("change-why", why=judged.why)) if judged.why else (says,),
        because=(
            Reason(test=test, side=side, said=said("as-written", text=values[0]), date=since),
            Reason(test=test, side=side, said=said("as-written", text=values[1])),
        ),
        sources=sources,
        evidence=rule.evidence,
    )
