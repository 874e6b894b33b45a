"""What a comparison of two values comes to: the verdict, how sure it is and why."""

from typing import Any, NamedTuple

from msgspec.structs import replace

from mmt.model.base import Side
from mmt.model.protocol import Protocol
from mmt.model.review import Change, Confidence, Reason, Verdict
from mmt.model.said import Said, Sentences, said
from mmt.model.visit import Visit

from .ruler import Ruler

_WEAKER: dict[Confidence, Confidence] = {"real": "likely", "likely": "possible", "possible": "possible"}
OTHER_EXAMINER = said("another-examiner")
ERROR_AS_LARGE = said("error-as-large")


_BY_FLAGS = {"pain-limited", "taken-over", "range-limited"}
"""The reasons of a verdict that the flags among its marks tell as well."""


def beside(found: Change) -> Sentences:
    """What there is to know beside a verdict, each thing once: its marks, then its other reasons but for
    what is said with what counts."""
    counted: Any = found.counts.value("ways") if found.counts else ()
    known = (*found.marks, *counted)
    return (*found.marks, *(one for one in found.why if one.key not in _BY_FLAGS and one not in known))


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
    ruler: Ruler,
    sources: tuple[str, ...],
    protocol: Protocol,
    marks: Sentences = (),
) -> Change:
    """What was judged, as a conclusion with its reasons."""
    rule, since = protocol.rules.change, then.date.isoformat()
    found = Change(
        test=test,
        side=side,
        from_=values[0],
        to=values[1],
        since=since,
        verdict=judged.verdict,
        confidence=judged.confidence,
        why=judged.why,
        examiner_then=then.examiner,
        limit=ruler.limit,
        better=ruler.better,
        counts=ruler.counts,
        marks=marks,
        said=(),
        because=(
            Reason(test=test, side=side, said=said("as-written", text=values[0]), date=since),
            Reason(test=test, side=side, said=said("as-written", text=values[1])),
        ),
        sources=sources,
        evidence=rule.evidence,
    )
    says = said(found.told, then=values[0], now=values[1])
    return replace(found, said=(says, said("change-why", why=judged.why)) if judged.why else (says,))
