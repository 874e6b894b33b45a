"""How much of the exam was done, in a sentence: what was not tested is never among it."""

from collections.abc import Iterable

from mmt.model.base import SIDES, Side, grouped
from mmt.model.exam_tests import LegLengthTest
from mmt.model.observation import NotTested
from mmt.model.protocol import Protocol
from mmt.model.visit import Visit
from mmt.reasoning.basis import name_of
from mmt.tui.visit.values import REASON_WORDS

Cell = tuple[str, Side | None]


def exam_done(
    visit: Visit, protocol: Protocol, also: Iterable[str] = (), folded: Iterable[str] = ()
) -> tuple[bool, str]:
    """Whether each test and side that was asked for was done, and how many; what was not, and why.

    The plan asks for both sides of its tests, the visit before and its findings for those of `also`; another
    added test counts on the sides on which it was asked. What of `folded` nothing asked for is told as well.
    """
    plan = protocol.exams.get(visit.exam)
    asked = (*(plan.tests if plan else ()), *also)
    sides = {name: SIDES if protocol.tests[name].sides == "each" else (None,) for name in asked}
    planned = [(name, side) for name in asked for side in sides[name]]
    measured = {one.id for one in protocol.of(LegLengthTest)}  # in a step of their own
    added = [cell for cell in visit.cells if cell not in planned and cell[0] not in measured]
    cells = [*planned, *added]
    waiting = ", ".join(name_of(protocol, name).split(" (")[0] for name in folded if name not in asked)
    end = _added(added, protocol) + (f" Folded, so not tested: {waiting}." if waiting else "")
    held = {cell: _why_not(visit, cell) for cell in cells if cell in visit.cells}
    not_done = [cell for cell in cells if cell not in held]
    reasons = dict.fromkeys(filter(None, held.values()))
    if not reasons and not not_done:
        return True, f"Every test was done.{end}"
    parts = [f"{sum(why is None for why in held.values())} done"]
    for why in reasons:
        refused = [cell for cell in held if held[cell] == why]
        parts.append(f"{len(refused)} not tested ({REASON_WORDS[why]}): {_named(refused, protocol)}")
    if not_done:
        parts.append(f"{len(not_done)} not done: {_named(not_done, protocol)}")
    return False, f"Tests, each side: {'; '.join(parts)}.{end}"


def _added(cells: Iterable[Cell], protocol: Protocol) -> str:
    """The tests that were asked beyond the plan, with the side where only one was."""
    named = _named(cells, protocol, " only")
    return f" Added: {named}." if named else ""


def _why_not(visit: Visit, cell: Cell) -> NotTested | None:
    """Why a test was not done in any of its trials; None where it was done in one."""
    trials = visit.cells[cell]
    return None if any(one.measured for one in trials) else trials[-1].not_tested


def _named(cells: Iterable[Cell], protocol: Protocol, only: str = "") -> str:
    """The tests by name, with the side (and `only`) where the other one is not among them."""
    names = ((name_of(protocol, test), held) for test, held in grouped(cells).items())
    return ", ".join(
        f"{name} {held[0]}{only}" if held[0] and len(held) == 1 else name for name, held in names
    )
