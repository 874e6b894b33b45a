"""Weak muscles, differences between the sides, and what takes over for a weak muscle."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from mmt.model.base import SIDES, Side
from mmt.model.exam_tests import CountTest, MuscleTest
from mmt.model.grades import at_most, crosses_gravity, halves
from mmt.model.observation import Observation
from mmt.model.people import Handedness
from mmt.model.protocol import Protocol
from mmt.model.review import Finding, Strength
from mmt.model.rules import SideDifferenceRule, WeaknessRule
from mmt.model.said import Said, Sentences, said
from mmt.model.visit import History, Visit

from . import seen
from .remembered import remembered_of_visit

Weak = Mapping[tuple[str, Side | None], Observation]


def findings(history: History, protocol: Protocol) -> Iterator[Finding]:
    """All findings that grades give, in the order of the library's tests."""
    visit = history.visits[-1]
    seen_here = {one.test for one in visit.observations}
    for test in protocol.of(MuscleTest):
        if test.id not in seen_here:
            continue
        sides: tuple[Side | None, ...] = SIDES if test.sides == "each" else (None,)
        for side in sides:
            yield from _weak_by_eye(seen.last(visit, test.id, side, "result"), test, protocol)
        grades = {side: seen.best(visit, test.id, side) for side in sides}
        for grade in grades.values():
            if grade is not None:
                yield from _weakness(grade, visit.seen(*grade.cell), test, protocol)
                yield from _substitution(grade, test, protocol)
        right, left = grades.get("right"), grades.get("left")
        hand = history.patient.handedness
        apart = list(_difference(right, left, test, hand, protocol)) if right and left else []
        yield from apart or _force(visit, test, hand, protocol)


def weak(
    visit: Visit, tests: Iterable[str], protocol: Protocol, *, pained: bool = False
) -> tuple[Observation, ...]:
    """The worst grades of some muscles that are weak, right before left, then in the midline; those with pain
    where `pained`."""
    found = _weak(visit, protocol)[pained]
    return tuple(found[cell] for cell in product(tests, (*SIDES, None)) if cell in found) if found else ()


@remembered_of_visit
def _weak(visit: Visit, protocol: Protocol) -> tuple[Weak, Weak]:
    """The worst grades of a visit that are weak, by test and side: those without pain, and all."""
    limit = protocol.rules.motor_alarm.both_sides
    every = [seen.graded(visit, *cell) for cell in visit.cells]
    without = (next((one for one in trials if not one.pained), None) for trials in every)
    worst = (trials[0] if trials else None for trials in every)
    low = ({one.cell: one for one in found if one and at_most(one.code, limit)} for found in (without, worst))
    return next(low), next(low)


def not_tested(history: History, protocol: Protocol) -> Iterator[Finding]:
    """One finding a side for all that was to be tested at this visit and was not, with the reasons, in the
    order of the library's tests."""
    rule, visit = protocol.rules.weakness, history.visits[-1]
    for side in (*SIDES, None):
        cells = (visit.seen(test, side) for test in protocol.tests)
        left = [trials[-1] for trials in cells if trials and not any(one.measured for one in trials)]
        why = tuple(
            said(
                "not-tested-why",
                names=tuple(one.test for one in left if one.not_tested == reason),
                why=reason,
            )
            for reason in dict.fromkeys(one.not_tested for one in left)
        )
        if why:
            yield Finding(
                rule="not-tested",
                side=side,
                said=(said("not-tested", side=side, why=why),),
                because=tuple(map(seen.reason, left)),
                missing=tuple(one.test for one in left),
                sources=rule.sources,
                evidence=rule.evidence,
            )


def gave_way(history: History, protocol: Protocol) -> Iterator[Finding]:
    """One finding for the muscles that gave way suddenly, where there are enough of them to tell."""
    rule, visit = protocol.rules.gave_way, history.visits[-1]
    if rule is None:
        return
    cells = product((one.id for one in protocol.of(MuscleTest)), (*SIDES, None))
    trials = ([one for one in seen.graded(visit, *cell) if "gives-way" in one.flags] for cell in cells)
    muscles = tuple(flagged[-1] for flagged in trials if flagged)
    if len(muscles) >= rule.fewest:
        yield Finding(
            rule="gives-way",
            strength="possible",
            said=(said("gave-way", n=len(muscles), names=muscles),),
            because=tuple(map(seen.reason, muscles)),
            sources=rule.sources,
            evidence=rule.evidence,
        )


def _weakness(
    grade: Observation, trials: Sequence[Observation], test: MuscleTest, protocol: Protocol
) -> Iterator[Finding]:
    strength = level(grade.code, protocol.rules.weakness)
    if strength is None:
        return
    if grade.pained:
        strength = "possible"
    says = said(f"weak-{strength}", test=test.id, side=grade.side, grade=grade.code)
    yield weakness(grade, strength, (says, *seen.spread(trials, "grade")), test, protocol)


def _weak_by_eye(found: Observation | None, test: MuscleTest, protocol: Protocol) -> Iterator[Finding]:
    """A muscle that no grade is given for: weak where its test is positive."""
    if found is None or found.result != "positive":
        return
    strength: Strength = "possible" if found.pained else "present"
    says = said("weak-seen", test=test.id, side=found.side)
    yield weakness(found, strength, (says,), test, protocol)


def weakness(
    found: Observation, strength: Strength, says: Sentences, test: MuscleTest | CountTest, protocol: Protocol
) -> Finding:
    """The finding that a muscle is weak, with what its flags say about it; by hand a test without pain is
    missing where pain limited it."""
    rule = protocol.rules.weakness
    return Finding(
        rule=rule.id,
        test=test.id,
        side=found.side,
        strength=strength,
        said=(*says, *caveats(found)),
        because=(seen.reason(found),),
        missing=(said("without-pain"),) if found.pained and isinstance(test, MuscleTest) else (),
        sources=(*rule.sources, *test.sources),
        evidence=rule.evidence,
    )


def level(code: str, rule: WeaknessRule) -> Strength | None:
    """How weak a grade is; None where it is not weak."""
    if at_most(code, rule.marked):
        return "marked"
    if at_most(code, rule.present):
        return "present"
    return "possible" if at_most(code, rule.possible) else None


def caveats(grade: Observation) -> Sentences:
    """What the flags of a grade say about it."""
    says = {
        "pain": said("with-pain"),
        "substitution": said("with-substitution", other=grade.substitution),
        "range-limited": said("with-range"),
    }
    return tuple(one for flag, one in says.items() if flag in grade.flags)


def difference(key: str, weaker: Observation, better: Observation, **more: str) -> Said:
    """The sentence of a value that is lower on one side than on the other."""
    return said(
        key,
        test=weaker.test,
        side=weaker.side,
        grade=weaker.shown,
        other_side=better.side,
        other_grade=better.shown,
        **more,
    )


def _substitution(grade: Observation, test: MuscleTest, protocol: Protocol) -> Iterator[Finding]:
    if "substitution" not in grade.flags:
        return
    rule = protocol.rules.weakness
    yield Finding(
        rule="substitution",
        test=test.id,
        side=grade.side,
        strength="possible",
        took_over=grade.substitution,
        said=(said("substitution", other=grade.substitution, test=test.id, side=grade.side),),
        because=(seen.reason(grade),),
        sources=test.sources,
        evidence=rule.evidence,
    )


def _difference(
    right: Observation, left: Observation, test: MuscleTest, hand: Handedness, protocol: Protocol
) -> Iterator[Finding]:
    rule = protocol.rules.side_difference
    weaker, better = sorted((right, left), key=lambda one: halves(one.code))
    if right.pained or left.pained or halves(better.code) - halves(weaker.code) < rule.possible:
        return
    strength = how_far(weaker, better, rule)
    expected = test.region == "arm" and hand == better.side and not _fully(weaker, better, rule)
    if expected:
        says = difference("dominance", weaker, better)
    else:
        says = difference("difference", weaker, better, strength=strength)
    yield between_sides(weaker, better, strength, says, protocol, expected=expected)


def how_far(weaker: Observation, better: Observation, limits: SideDifferenceRule) -> Strength:
    """How clearly two grades differ, of the two sides or of a pair of muscles."""
    apart = halves(better.code) - halves(weaker.code)
    if apart >= limits.marked or at_most(weaker.code, limits.marked_at):
        return "marked"
    return "present" if _fully(weaker, better, limits) else "possible"


def _fully(weaker: Observation, better: Observation, limits: SideDifferenceRule) -> bool:
    apart = halves(better.code) - halves(weaker.code)
    return apart >= limits.present or crosses_gravity(weaker.code, better.code)


def _force(visit: Visit, test: MuscleTest, hand: Handedness, protocol: Protocol) -> Iterator[Finding]:
    """A muscle that gives clearly less force than on the other side, done the same way and without pain."""
    rule = protocol.rules.side_difference
    right, left = (seen.strongest(visit, test.id, side) for side in SIDES)
    if right is None or left is None or right.variant != left.variant:
        return
    weaker, better = sorted((right, left), key=lambda one: one.force)
    less = 100 * (better.force - weaker.force) / better.force if better.force else 0
    if rule.force_possible is None or less <= rule.force_possible:
        return
    strength: Strength = "present" if less > (rule.force_present or 100) else "possible"
    expected = test.region == "arm" and hand == better.side and strength == "possible"
    says = said(
        "force-dominance" if expected else "force-difference",
        test=test.id,
        side=weaker.side,
        force=f"{weaker.force:g}",
        other_side=better.side,
        other_force=f"{better.force:g}",
        less=f"{less:.0f}",
        strength=strength,
    )
    yield between_sides(weaker, better, strength, says, protocol, expected=expected)


def between_sides(
    weaker: Observation,
    better: Observation,
    strength: Strength,
    says: Said,
    protocol: Protocol,
    *,
    expected: bool = False,
    sources: tuple[str, ...] = (),
) -> Finding:
    """The finding that one side is weaker than the other; `expected` where handedness may explain it."""
    rule = protocol.rules.side_difference
    return Finding(
        rule="dominance-expected" if expected else rule.id,
        test=weaker.test,
        side=weaker.side,
        strength=strength,
        said=(says,),
        because=(seen.reason(weaker), seen.reason(better)),
        sources=(*rule.sources, *sources),
        evidence=rule.evidence,
    )
