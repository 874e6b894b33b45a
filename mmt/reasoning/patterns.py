"""Root against nerve: which patterns the weak muscles of a side are consistent with, and how well.

The counting rule of fact sheet 4.4, made finer by depth of weakness, reflexes, signs and normal findings;
every weight stands in `protocols/rules/patterns.toml`.
"""

from collections.abc import Iterable

from mmt.model.base import SIDES, Side, Value
from mmt.model.exam_tests import MuscleTest
from mmt.model.grades import at_most
from mmt.model.patterns import Pattern
from mmt.model.protocol import Protocol
from mmt.model.review import PatternMatch, Reason
from mmt.model.visit import History, Visit

from . import seen, signs, words
from .evidence import Evidence, gather, untested


class Fit(Value, frozen=True, kw_only=True):
    """How well a pattern explains one side.

    `hits` are expected findings that are there, `support` possible ones; `contradictions` count in full
    against the pattern, `doubts` less. `pieces` is how many hits the support amounts to without its depth.
    """

    pattern: Pattern
    side: Side
    hits: tuple[Evidence, ...]
    support: tuple[Evidence, ...]
    contradictions: tuple[Evidence, ...]
    doubts: tuple[Evidence, ...]
    pieces: float
    score: float

    @property
    def rests(self) -> bool:
        """Whether any of what the pattern rests on is there: a muscle that it expects weak, or a sign."""
        wanted = self.pattern.signs if self.pattern.rests_on == "signs" else self.pattern.weak
        return any(one.test in wanted for one in self.hits)


def patterns(history: History, protocol: Protocol) -> tuple[PatternMatch, ...]:
    """The patterns to consider on either side, best first; nothing where no muscle or sign speaks for one.

    With signs from cord or brain no other pattern is read from the strength.
    """
    visit = history.visits[-1]
    upper = signs.upper_signs(history, protocol)
    if upper:
        return tuple(_upper(visit, upper, protocol))
    shown = [one for side in SIDES for one in _shown(leading(visit, side, protocol), visit, protocol)]
    return tuple(_match(one, visit, protocol) for one in sorted(shown, key=_order))


def leading(visit: Visit, side: Side, protocol: Protocol) -> list[Fit]:
    """The patterns that explain a side nearly as well as the best one, best first."""
    evidence, rule = gather(visit, side, protocol), protocol.rules.patterns
    fits = [
        fit
        for pattern in protocol.patterns.values()
        if pattern.rests_on != "upper-signs"
        for fit in [_fit(pattern, side, evidence, protocol)]
        if fit.rests and len(fit.contradictions) <= rule.contradictions and fit.score >= rule.least
    ]
    best = max((one.score for one in fits), default=0.0)
    return sorted((one for one in fits if one.score > best - rule.margin), key=_order)


def _shown(fits: list[Fit], visit: Visit, protocol: Protocol) -> list[Fit]:
    """Those that rest on evidence enough."""
    rule = protocol.rules.patterns
    return [one for one in fits if one.pieces >= rule.fewest or _stands_alone(one, visit, protocol)]


def _stands_alone(fit: Fit, visit: Visit, protocol: Protocol) -> bool:
    """Whether one weak muscle is enough: it explains all, nothing contradicts it, and others are normal."""
    if fit.pattern.rests_on == "signs" or fit.contradictions:
        return False
    evidence = gather(visit, fit.side, protocol)
    muscles = [name for name in evidence if isinstance(protocol.tests[name], MuscleTest)]
    named = fit.pattern.named
    normal = [name for name in muscles if not evidence[name].abnormal and name not in named]
    weak = fit.pattern.weak
    tested = set(weak) - set(untested(weak, visit, fit.side, protocol))
    spared = any(name in evidence and not evidence[name].abnormal for name in tested)
    enough = len(normal) >= protocol.rules.patterns.alone
    return enough and not spared and 2 * len(tested) >= len(weak)


def _order(fit: Fit) -> tuple[float, int, str]:
    """Best first: by score, then by what is left of the expected findings."""
    return (-fit.score, len(fit.pattern.expected) - len(fit.hits), fit.side)


def _fit(pattern: Pattern, side: Side, evidence: dict[str, Evidence], protocol: Protocol) -> Fit:
    rule = protocol.rules.patterns
    hits, support, against = [], [], []
    pieces = score = 0.0
    mild = not any(one.abnormal and at_most(one.seen.grade or "5", rule.marked) for one in evidence.values())
    for name, one in evidence.items():
        if one.abnormal and name in pattern.expected:
            hits.append(one)
            pieces += min(one.weight, 1.0)
            score += one.weight
        elif one.abnormal and name in pattern.possible:
            if one.seen.grade is not None:
                support.append(one)
                pieces += rule.possible * min(one.weight, 1.0)
                score += rule.possible * one.weight
        else:
            weight = one.weight * _against(name, one, pattern, evidence, mild, protocol)
            if weight:
                against.append((weight, one))
                score -= weight
    return Fit(
        pattern=pattern,
        side=side,
        hits=tuple(hits),
        support=tuple(support),
        contradictions=tuple(one for weight, one in against if weight >= 1),
        doubts=tuple(one for weight, one in against if weight < 1),
        pieces=pieces,
        score=score,
    )


def _against(
    name: str, one: Evidence, pattern: Pattern, evidence: dict[str, Evidence], mild: bool, protocol: Protocol
) -> float:
    """How much something counts against a pattern: 0 where it says nothing."""
    rule = protocol.rules.patterns
    if one.abnormal:
        return rule.stray if one.seen.result is not None else 1.0
    if name not in pattern.expected:
        return 0.0
    if name not in pattern.weak:
        return rule.quiet
    if pattern.kind != "root":
        return rule.spared_nerve
    if _telling(name, evidence, protocol):
        return 1.0
    return rule.spared_root_mild if mild else rule.spared_root


def _telling(name: str, evidence: dict[str, Evidence], protocol: Protocol) -> bool:
    """Whether a published figure makes this test tell patterns apart, given what else is weak."""
    return any(
        one.test == name and all(when in evidence and evidence[when].abnormal for when in one.when)
        for one in protocol.rules.next_test.published
    )


def _match(fit: Fit, visit: Visit, protocol: Protocol) -> PatternMatch:
    pattern = fit.pattern
    missing = tuple(untested(pattern.expected, visit, fit.side, protocol))
    because = [*fit.hits, *fit.support]
    against = [*fit.contradictions, *fit.doubts]
    said = words.PATTERN.format(
        name=pattern.name,
        side=fit.side,
        hits=len(fit.hits),
        expected=len(pattern.expected),
        fits=_named([one.seen.test for one in because], protocol),
    )
    if against:
        said += words.PATTERN_AGAINST.format(names=_named([one.seen.test for one in against], protocol))
    if missing:
        said += words.PATTERN_MISSING.format(names=_named(missing, protocol))
    return PatternMatch(
        id=pattern.id,
        side=fit.side,
        hits=len(fit.hits),
        expected=len(pattern.expected),
        contradictions=len(fit.contradictions),
        not_tested=missing,
        because=tuple(seen.reason(one.seen) for one in because),
        against=tuple(seen.reason(one.seen) for one in against),
        missing=missing,
        score=round(fit.score, 3),
        text=said,
        source=protocol.cite((*pattern.sources, *protocol.rules.patterns.sources)),
        evidence=pattern.evidence,
    )


def _upper(visit: Visit, upper: tuple[Reason, ...], protocol: Protocol) -> Iterable[PatternMatch]:
    """The one pattern that signs from cord or brain allow, on each side that shows them."""
    for pattern in protocol.patterns.values():
        if pattern.rests_on != "upper-signs":
            continue
        for side in SIDES:
            reasons = [one for one in upper if one.side in (side, None)]
            if reasons:
                weak = [one for name, one in gather(visit, side, protocol).items()
                        if one.abnormal and name in pattern.weak]  # fmt: skip
                yield PatternMatch(
                    id=pattern.id,
                    side=side,
                    hits=len(reasons) + len(weak),
                    expected=len(reasons) + len(pattern.weak),
                    contradictions=0,
                    not_tested=tuple(untested(pattern.weak, visit, side, protocol)),
                    because=(*reasons, *(seen.reason(one.seen) for one in weak)),
                    against=(),
                    text=words.PATTERN_UPPER.format(side=side),
                    source=protocol.cite(pattern.sources),
                    evidence=pattern.evidence,
                )


def _named(names: Iterable[str], protocol: Protocol) -> str:
    return ", ".join(protocol.tests[name].name if name in protocol.tests else name for name in names)
