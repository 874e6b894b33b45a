"""Balance of muscles: agonist against antagonist, and the crossed patterns of short and weak muscles."""

from collections.abc import Iterator, Sequence
from itertools import product

from mmt.model.base import SIDES, Side, grouped
from mmt.model.grades import at_most, halves
from mmt.model.patterns import CrossedRule
from mmt.model.protocol import Protocol
from mmt.model.review import STRENGTHS, Finding
from mmt.model.said import said
from mmt.model.visit import History, Visit

from . import seen
from .strength import how_far


def findings(history: History, found: Sequence[Finding], protocol: Protocol) -> Iterator[Finding]:
    """What the pairs of muscles and the crossed patterns give; `found` are the findings made before."""
    yield from _pairs(history.visits[-1], protocol)
    for crossed in ("lower_crossed", "upper_crossed"):
        yield from _crossed(crossed, history.visits[-1], found, protocol)


def _pairs(visit: Visit, protocol: Protocol) -> Iterator[Finding]:
    """A finding for each muscle and side that is weaker than muscles that work against it."""
    rule, limits = protocol.rules.pairs, protocol.rules.side_difference
    sides: tuple[Side | None, ...] = (*SIDES, None)
    found = []
    for pair, side in product(rule.pairs, sides):
        one, two = (seen.best(visit, name, side) for name in pair)
        if one is None or two is None or one.pained or two.pained:
            continue
        weaker, better = sorted((one, two), key=lambda each: halves(each.code))
        if halves(better.code) - halves(weaker.code) >= limits.possible:
            found.append((weaker, better))
    for weaker, others in grouped(found).items():
        key = "pair" if len(others) == 1 else "pairs"
        yield Finding(
            rule="pair",
            test=weaker.test,
            side=weaker.side,
            strength=max((how_far(weaker, one, limits) for one in others), key=STRENGTHS.index),
            said=(said(key, test=weaker.test, grade=weaker.code, against=tuple(others), side=weaker.side),),
            because=tuple(map(seen.reason, (weaker, *others))),
            sources=rule.sources,
            evidence=rule.evidence,
        )


def _crossed(crossed: str, visit: Visit, found: Sequence[Finding], protocol: Protocol) -> Iterator[Finding]:
    """The crossed pattern where enough of its muscles are short and enough weak, and what does not fit."""
    rule: CrossedRule = getattr(protocol.rules, crossed)
    short = [one for one in found if one.rule == "short" and any(one.test in group for group in rule.short)]
    groups = [group for group in rule.short if any(one.test in group for one in short)]
    grades = [
        grade
        for test in rule.weak
        for side in (*SIDES, None)
        if (grade := seen.best(visit, test, side)) is not None and not grade.pained
    ]
    weak = [one for one in grades if at_most(one.code, rule.weak_from)]
    weak_muscles = dict.fromkeys(one.test for one in weak)
    if len(groups) < rule.fewest_short or len(weak_muscles) < rule.fewest_weak:
        return
    seen_lengths = {one.test for one in visit.observations if one.measured}
    unfit = [
        *(t for group in rule.short if group not in groups for t in group if t in seen_lengths),
        *(t for t in dict.fromkeys(one.test for one in grades) if t not in weak_muscles),
    ]
    listed = (*(test for group in rule.short for test in group), *rule.weak)
    graded = {one.test for one in grades}
    painful = {one.test for one in visit.observations if one.grade is not None} - graded
    missing = tuple(
        said("not-counted", test=one) if one in painful else one
        for one in listed
        if one not in graded and (one in painful or one not in seen_lengths)
    )
    because = (*(r for one in short for r in one.because), *map(seen.reason, weak))
    says = said("crossed", crossed=crossed, short=len(groups), weak=len(weak_muscles))
    yield Finding(
        rule=f"pattern-{rule.id}",
        strength="possible",
        said=(says, said("crossed-unfit", names=tuple(unfit))) if unfit else (says,),
        because=because,
        missing=missing,
        sources=rule.sources,
        evidence=rule.evidence,
    )
