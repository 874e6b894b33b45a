"""What a visit holds of PART: pain, asymmetry, range of motion, tissue tone. Strength is no letter of it."""

from collections.abc import Iterable, Iterator

from mmt.model.observation import Flag
from mmt.model.protocol import Protocol
from mmt.model.review import Finding, Reason, Review
from mmt.model.rules import PartRule
from mmt.model.visit import Visit

from .seen import reason

Letters = dict[str, tuple[Reason, ...]]
"""What was recorded of each letter, in their order. One without any was not recorded, which is not normal."""


def part(visit: Visit, review: Review, protocol: Protocol) -> Letters:
    """What of this visit supports each letter; none where no rule tells of it. A finding that was set aside
    supports none, a method of leg length only beyond its error."""
    rule = protocol.rules.part
    if rule is None:
        return {}
    aside = {key for key, one in visit.decisions.items() if one.verdict == "set-aside"}
    known = tuple(one for one in review.findings if one.key not in aside)
    legs = review.leg_length.methods if review.leg_length else ()
    within = {one.method for one in legs if not one.beyond_error}
    return {
        "pain": (*_scores(visit, rule), *_flagged(visit, rule.pain_flags)),
        "asymmetry": tuple(one for one in _found(known, rule.asymmetry) if one.test not in within),
        "range": (*_found(known, rule.range), *_flagged(visit, rule.range_flags)),
        "tissue": tuple(_flagged(visit, rule.tissue_flags)),
    }


def _scores(visit: Visit, rule: PartRule) -> Iterator[Reason]:
    for name in rule.scores:
        told = visit.story.get(name)
        if isinstance(told, int | float) and told > 0:
            yield Reason(story=name, answer=told)


def _flagged(visit: Visit, flags: Iterable[Flag]) -> Iterator[Reason]:
    return (reason(one) for one in visit.observations if set(flags) & set(one.flags))


def _found(findings: Iterable[Finding], rules: Iterable[str]) -> Iterator[Reason]:
    return (why for one in findings if one.rule in rules for why in one.because if why.seen)
