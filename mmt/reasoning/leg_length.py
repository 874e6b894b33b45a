"""Leg length: each method with its own error, and what they say together."""

from collections.abc import Iterable
from statistics import fmean

from msgspec.structs import replace

from mmt.model.base import SIDES, Side
from mmt.model.exam_tests import LegLengthTest
from mmt.model.protocol import Protocol
from mmt.model.review import Category, Finding, LegLength, MethodReading, Reading, Strength
from mmt.model.said import Sentences, said
from mmt.model.visit import History, Visit

from . import seen
from .lift import lift

_VOTING = ("true", "block", "apparent")
"""The methods that decide the reading; prone check and Allis never vote."""


def leg_length(history: History, protocol: Protocol) -> LegLength | None:
    """What the methods of this visit say together; None where nothing was measured."""
    visit = history.visits[-1]
    tests = protocol.of(LegLengthTest)
    readings = [one for test in tests if (one := method_reading(test, visit)) is not None]
    if not readings:
        return None
    by_method = {protocol.tests[one.method].method: one for one in readings}  # type: ignore[union-attr]
    reading, shorter = _reading({name: one for name, one in by_method.items() if not _open(one, protocol)})
    measured = {one.method for one in readings}
    decided = {one.method for one in _decided(by_method).values()}
    found = _size(by_method)
    category = _category(by_method, found, protocol)
    disagree = reading == "inconclusive" and (len(decided) > 1 or _contradicts(by_method))
    size = None if disagree else found
    rule = protocol.rules.leg_length
    least = history.patient.ages_on(visit.date).least
    on_lift = lift(reading, category, size, protocol.rules.lift, least) if decided else ()
    return LegLength(
        methods=tuple(readings),
        reading=reading,
        category=category,
        shorter=shorter,
        size=size,
        lift=on_lift,
        said=_said(by_method, reading, shorter, size, category, len(on_lift) > 1, protocol),
        because=tuple(
            seen.reason(one)
            for test in tests
            if test.id in measured
            for side in SIDES
            for one in visit.seen(test.id, side)
            if one.measured
        ),
        missing=tuple(one.id for one in tests if one.method in _VOTING and one.id not in decided),
        sources=(*rule.sources, *(protocol.rules.lift.sources if len(on_lift) > 1 else ())),
        evidence=rule.evidence,
    )


def _said(
    by_method: dict[str, MethodReading],
    reading: Reading,
    shorter: Side | None,
    size: float | None,
    category: Category,
    tried: bool,
    protocol: Protocol,
) -> Sentences:
    """The reading, then its size and side, when to refer where no lift is `tried`, what was written under
    both sides, a side that is not measured, and a third reading to take."""
    done, least = _decided(by_method), protocol.rules.leg_length.small_under
    says = [said(f"leg-{reading}", side=shorter)] if done else []
    if _apart(done):
        says = [said("leg-apart")]
    if size is not None:
        alone = next(iter(done.values()))
        if reading == "inconclusive" and alone.shorter:
            says.append(said("leg-by-one", test=alone.method, side=alone.shorter))
        says.append(said(f"size-{category}", size=size))
    if not tried and any(one.beyond_error and (one.difference or 0) >= least for one in done.values()):
        says.append(said("leg-refer-new"))
    says += [said("leg-both-sides", test=one.method) for one in by_method.values() if one.contradicts]
    for one in (each for each in by_method.values() if not each.contradicts):
        if (one.right is None) != (one.left is None):
            side = "right" if one.right is None else "left"
            says.append(said("leg-one-sided", test=one.method, side=side))
    says += [said("leg-single", test=one.method, limit=one.error) for one in by_method.values()
             if one.difference is not None and _single(one, protocol)]  # fmt: skip
    again = [protocol.tests[one.method] for one in by_method.values() if one.repeat]
    limits = [one.repeat_beyond for one in again if isinstance(one, LegLengthTest)]
    if limits:
        says.append(said("leg-repeat", limit=limits[0]))
    return tuple(says) or (said("leg-screening"),)


def _single(one: MethodReading, protocol: Protocol) -> bool:
    """Whether a method was read too few times for its usual limit."""
    test = protocol.tests[one.method]
    return isinstance(test, LegLengthTest) and one.error != test.error


def _open(one: MethodReading, protocol: Protocol) -> bool:
    """Whether too few readings leave it open: beyond the usual limit, within the wider one."""
    test = protocol.tests[one.method]
    usual = test.error if isinstance(test, LegLengthTest) else None
    if usual is None or one.difference is None:
        return False
    return not one.beyond_error and one.difference >= usual


def finding(found: LegLength | None) -> Iterable[Finding]:
    """The reading as a finding, where a method is beyond its error."""
    if found is None or found.reading == "none":
        return
    strength: Strength = "present"
    if found.reading == "inconclusive":
        strength = "possible"
    elif found.category == "likely-to-matter":
        strength = "marked"
    yield Finding(
        rule="leg-length",
        side=found.shorter,
        strength=strength,
        said=found.said,
        because=found.because,
        missing=found.missing,
        sources=found.sources,
        evidence=found.evidence,
    )


def method_reading(test: LegLengthTest, visit: Visit) -> MethodReading | None:
    """What one method measured at a visit, in mm; None where it was not done."""
    if test.measure == "result":
        short = [side for side in SIDES if _positive(visit, test, side)]
        done = any(seen.last(visit, test.id, side, "result") for side in SIDES)
        return MethodReading(method=test.id, shorter=short[0] if len(short) == 1 else None) if done else None
    if test.side_means == "this-leg":
        return _two_legs(test, visit)
    signed = [
        -one.millimetres if side == "left" else one.millimetres
        for side in SIDES
        for one in visit.seen(test.id, side)
        if one.millimetres is not None
    ]
    if not signed:
        return None
    reading = MethodReading(method=test.id, error=test.error_of(len(signed)), readings=len(signed))
    if min(signed) < 0 < max(signed) and max(signed) - min(signed) >= (test.error or 0):
        return replace(reading, contradicts=True)
    return _compared(reading, fmean(signed))


def _compared(reading: MethodReading, signed: float) -> MethodReading:
    """A reading with its difference in mm, which is `signed`: above 0 where the right leg is the shorter."""
    return replace(
        reading,
        difference=abs(signed),
        shorter=None if signed == 0 else "right" if signed > 0 else "left",
        beyond_error=reading.error is not None and abs(signed) >= reading.error,
    )


def leg_shown(reading: MethodReading) -> str:
    """A leg-length difference in the shortest form: `12 mm (left shorter)`; of one leg alone its length."""
    if reading.difference is not None:
        shorter = f" ({reading.shorter} shorter)" if reading.shorter else ""
        return f"{reading.difference:.4g} mm{shorter}"
    sides = (("right", reading.right), ("left", reading.left))
    return ", ".join(f"{side} {length:.4g} mm" for side, length in sides if length is not None)


def _positive(visit: Visit, test: LegLengthTest, side: Side) -> bool:
    found = seen.last(visit, test.id, side, "result")
    return found is not None and found.result == "positive"


def _two_legs(test: LegLengthTest, visit: Visit) -> MethodReading | None:
    values = {
        side: [one.millimetres for one in visit.seen(test.id, side) if one.millimetres is not None]
        for side in SIDES
    }
    right, left = (fmean(values[side]) if values[side] else None for side in SIDES)
    if right is None and left is None:
        return None
    limit = test.repeat_beyond
    repeat = limit is not None and any(
        len(found) == 2 and max(found) - min(found) >= limit for found in values.values()
    )
    readings = min(len(found) for found in values.values())
    error = test.error_of(readings)
    reading = MethodReading(
        method=test.id, right=right, left=left, error=error, readings=readings, repeat=repeat
    )
    return reading if right is None or left is None else _compared(reading, left - right)


def _decided(by_method: dict[str, MethodReading]) -> dict[str, MethodReading]:
    """The deciding methods that have something to compare: a difference."""
    return {name: one for name in _VOTING if (one := by_method.get(name)) and one.difference is not None}


def _reading(by_method: dict[str, MethodReading]) -> tuple[Reading, Side | None]:
    """The reading of the methods together, and the side that is shorter where they agree."""
    done = _decided(by_method)
    beyond = {name: one for name, one in done.items() if one.beyond_error}
    sides = {one.shorter for one in beyond.values()}
    if len(sides) > 1 or _contradicts(by_method) or _apart(done):
        return "inconclusive", None
    if not beyond:
        return "none", None
    side = sides.pop()
    if "true" not in beyond:
        return ("functional", side) if "true" in done else ("inconclusive", None)
    if len(beyond) > 1:
        return "structural", side
    if "block" in done and "apparent" in done:
        return "structural-compensated", side
    return "inconclusive", None


def _contradicts(by_method: dict[str, MethodReading]) -> bool:
    """Whether a deciding method was written under both sides."""
    return any(one.contradicts for name, one in by_method.items() if name in _VOTING)


def _apart(done: dict[str, MethodReading]) -> bool:
    """Whether tape and blocks are beyond error on the same side, and further from each other than the errors
    of both: no one difference of the bones gives both readings."""
    both = [one for name in ("true", "block") if (one := done.get(name)) and one.beyond_error]
    if len(both) < 2 or both[0].shorter != both[1].shorter:
        return False
    tape, block = both
    apart = abs((tape.difference or 0) - (block.difference or 0))
    return apart > (tape.error or 0) + (block.error or 0)


def _size(by_method: dict[str, MethodReading]) -> float | None:
    """The size in mm: the block's where it was done, else the tape's."""
    done = _decided(by_method)
    found = done.get("block") or done.get("true")
    return found.difference if found else None


def _category(by_method: dict[str, MethodReading], size: float | None, protocol: Protocol) -> Category:
    rule = protocol.rules.leg_length
    measured = by_method.get("block") or by_method.get("true")
    if size is None or measured is None or not measured.beyond_error or size < rule.common_under:
        return "common"
    if size < rule.small_under:
        return "small"
    return "mild" if size < rule.mild_under else "likely-to-matter"
