"""The band that interrupts: values that are not saved, alarms that wait to be acknowledged."""

from textual.content import Content

from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Alert
from mmt.reasoning.basis import place_said
from mmt.reasoning.wording import worded
from mmt.tui.widgets.clicks import clickable
from mmt.tui.widgets.wrap import clamped, wrapped

from .alarms import Alarms
from .keeper import Keeper

WRITE = "At Findings or Stretches T writes what was done."


def band(alarms: Alarms, keeper: Keeper, protocol: Protocol, across: int, down: int) -> list[Content]:
    """The lines of what interrupts now, so many at most; none where nothing does.

    Where room is short the trouble with saving is cut first, then further alarms, which are counted all the
    same, then the first alarm. A line of each and the key that answers it always stand.
    """
    first, *others = alarms.standing or (None,)
    trouble = _trouble(keeper, across)
    told = f"{_named(first, protocol)} {_todo(first, alarms.done, protocol)}" if first else ""
    alarm = wrapped(told, across - 2) if first else []
    more = [_named(alert, protocol) for alert in others]
    asks = _asks(alarms.asked, protocol)
    over = sum(bool(rows) + len(rows) for rows in (trouble, alarm)) + len(more) + len(asks) - down
    for rows, least in ((trouble, 2), (more, 0), (alarm, 2), (trouble, 1), (alarm, 1)):
        cut = max(0, min(over, len(rows) - least))
        rows[:] = clamped(rows, len(rows) - cut)
        over -= cut
    lines = [*map(_row, trouble), *([_again()] if trouble else []), *map(_row, (*alarm, *more))]
    if first:
        said = f"{len(alarms.standing)} alarms" if others else "it"
        enter = clickable(" Enter ", "enter", "bold reverse")
        lines.append(Content(" ") + enter + Content(f" acknowledges {said}; digits, + and − go on working"))
        lines += asks
    return [_grounded(line, across) for line in lines]


def _asks(fell: Observation | None, protocol: Protocol) -> list[Content]:
    """The keys that answer a fall which nothing confirms yet."""
    if fell is None:
        return []
    again, sure = (clickable(f" {key.upper()} ", key, "bold reverse") for key in "tc")
    place = place_said(protocol, *fell.cell)
    return [Content(" ") + again + Content(" tests again,  ") + sure + Content(f" confirms: {place}")]


def _named(alert: Alert, protocol: Protocol) -> str:
    return f"ALARM, {alert.level}: {worded(alert.said, protocol)}"


def _todo(alert: Alert, done: str, protocol: Protocol) -> str:
    """What to do about an alarm, or what was done."""
    asks = worded(alert.action, protocol)
    if alert.level != "urgent":
        return asks
    if done:
        return f"Done: {done}"
    return asks if alert.state == "not-confirmed" else f"{asks} {WRITE}"


def unsaved_band(keeper: Keeper, across: int, down: int) -> list[Content]:
    """The lines that say what is not saved, and which key tries again; none where all is saved."""
    said = clamped(_trouble(keeper, across), max(1, down - 1))
    return [_grounded(line, across) for line in (*map(_row, said), _again())] if said else []


def _trouble(keeper: Keeper, across: int) -> list[str]:
    if keeper.clear:
        return []
    values = "value" if keeper.count == 1 else "values"
    return wrapped(f"NOT SAVED: {keeper.count} {values}. {keeper.trouble}", across - 2)


def _again() -> Content:
    return Content(" ") + clickable(" R ", "r", "bold reverse") + Content(" tries again")


def _row(text: str) -> Content:
    return Content.styled(f" {text}", "bold")


def _grounded(line: Content, across: int) -> Content:
    """The line over the whole width on the ground of alarms."""
    cut = line.truncate(across, ellipsis=True)
    return cut.pad_right(across - cut.cell_length).stylize_before("$background on $error")
