"""Short muscles: a length beyond its limit, or clearly shorter than on the other side."""

from collections.abc import Iterator

from mmt.model.base import SIDES, Side
from mmt.model.exam_tests import LengthTest, ShortLimit
from mmt.model.observation import UNITS, Observation
from mmt.model.people import Sex
from mmt.model.protocol import Protocol
from mmt.model.review import Finding, Reason
from mmt.model.said import Said, said
from mmt.model.visit import History, Visit

from . import seen


def findings(history: History, protocol: Protocol) -> Iterator[Finding]:
    """A finding for each length test and side that counts as short."""
    visit, sex = history.visits[-1], history.patient.sex
    seen_here = {one.test for one in visit.observations}
    for test in protocol.of(LengthTest):
        if test.id not in seen_here:
            continue
        sides: tuple[Side | None, ...] = SIDES if test.sides == "each" else (None,)
        for side in sides:
            if says := _short(test, visit, side, sex):
                further = _further(test, visit, side)
                yield Finding(
                    rule="short",
                    test=test.id,
                    side=side,
                    strength="present",
                    said=(says, *(said("short-further", sign=one.test, value=one.shown) for one in further)),
                    because=(*_reasons(test, visit, side), *map(seen.reason, further)),
                    sources=test.sources,
                    evidence=test.evidence,
                )


def limit_for(short: ShortLimit, sex: Sex) -> float | None:
    """The limit that holds for this patient, in the test's own unit."""
    return short.by_sex.get(sex, short.limit)


def _short(test: LengthTest, visit: Visit, side: Side | None, sex: Sex) -> Said | None:
    """Why the test counts as short on this side; None where it does not."""
    if test.measure == "result":
        found = seen.last(visit, test.id, side, "result")
        positive = found is not None and found.result == "positive"
        return said("short-seen", test=test.id, side=side) if positive else None
    value = seen.mean(visit, test.id, side, test.measure)
    if test.short is None or value is None:
        return None
    sign, unit = (1 if test.short.direction == "over" else -1), UNITS[test.measure]
    limit = limit_for(test.short, sex)
    if limit is not None and sign * (value - limit) > 0:
        how = (test.id, f"{value:g}{unit}", f"{limit:g}{unit}")
        return said("short", test=test.id, side=side, beyond=how)
    across = seen.mean(visit, test.id, "left" if side == "right" else "right", test.measure) if side else None
    least = test.short.side_difference
    if least is not None and across is not None and sign * (value - across) >= least:
        return said("short-difference", test=test.id, side=side, value=f"{abs(value - across):g}{unit}")
    return None


def _further(test: LengthTest, visit: Visit, side: Side | None) -> tuple[Observation, ...]:
    """The sign of the same move that was negative at a larger angle than this length, beyond its error."""
    sign, value = seen.last(visit, test.same_move, side, "result"), seen.mean(visit, test.id, side, "degrees")
    if sign is None or value is None or sign.degrees is None or sign.result != "negative":
        return ()
    return (sign,) if sign.degrees - value > (test.error or 0) else ()


def _reasons(test: LengthTest, visit: Visit, side: Side | None) -> tuple[Reason, ...]:
    sides = SIDES if side and test.short and test.short.side_difference else (side,)
    return tuple(seen.reason(one) for each in sides for one in visit.seen(test.id, each) if one.measured)
