"""What the board shows of the test under the cursor: one column a side."""

from collections.abc import Callable
from typing import NamedTuple

from mmt.model.base import Side
from mmt.model.observation import Observation
from mmt.model.visit import Visit
from mmt.tui.visit.keeper import Keeper
from mmt.tui.visit.values import Earlier, day, large, notes, short

from .entry import Entry
from .sides import SIDE_WORDS, columns

Lookup = Callable[[str, Side | None], Earlier | None]


class Column(NamedTuple):
    """One side of the board. `value` is drawn large, `lines` stand below it; `asks` stands for the side.
    A click goes to this side of the `test`."""

    side: Side | None
    current: bool = False
    value: str = ""
    lines: tuple[str, ...] = ()
    asks: str = ""
    test: str = ""

    @property
    def word(self) -> str:
        """What is written above the value: the side, or what is asked of it beside the value."""
        return self.asks or SIDE_WORDS[self.side]


def columns_of(entry: Entry, keeper: Keeper, earlier: Lookup, visit: Visit, now: float) -> tuple[Column, ...]:
    """The columns from the left of the screen to its right; none past the end. `now` is read by the clock.

    An earlier value is shown only beside a new one, each with its date and examiner.
    """
    test = entry.test
    if test is None:
        return ()
    here = {cell.side for cell in entry.exam.cells if cell.test == test.id}
    return tuple(
        _column(entry, keeper, side, earlier(test.id, side), visit, now)._replace(test=test.id)
        for side in columns(test)
        if side in here
    )


def _column(
    entry: Entry, keeper: Keeper, side: Side | None, then: Earlier | None, visit: Visit, now: float
) -> Column:
    test, at = entry.test, entry.exam.at
    assert test is not None
    assert at is not None
    current = at.side == side
    held = entry.exam.value(test.id, side)
    value = _drawn(entry, held, current, now)
    asks = "ANGLE?" if current and entry.angle else ""
    if held is None:
        hidden = "Earlier value hidden until graded" if then else ""
        return Column(side, current, value, (hidden,) if hidden else ("not done",))
    lines = []
    if keeper.waits(held.key):
        lines.append("NOT SAVED")
    if qualified := notes(held, test):
        lines.append(qualified)
    trials = [one for one in entry.exam.observations if one.cell == held.cell]
    if len(trials) > 1 or (current and entry.new_trial):
        shown = ", ".join(short(one) for one in sorted(trials, key=lambda one: one.trial))
        lines.append(f"trials: {shown}" + (", now a new one" if current and entry.new_trial else ""))
    if then is not None and not (current and entry.new_trial):
        lines.append(f"then  {then.value} · {then.when} · {then.examiner}")
        lines.append(f"today {short(held)} · {day(visit)} · {visit.examiner}")
    return Column(side, current, value, tuple(lines), asks)


def _drawn(entry: Entry, held: Observation | None, current: bool, now: float) -> str:
    if current and entry.since is not None:
        return f"{int(now - entry.since)}"
    if current and (entry.typed or entry.angle) and entry.mode == "cell":
        return f"{entry.typed}_"
    if held is None or (current and entry.new_trial):
        return ""
    return large(held)
