"""The band that interrupts: values that are not saved, alarms that wait to be acknowledged."""

from textual.content import Content

from mmt.tui.station.alarms import Alarms
from mmt.tui.station.keeper import Keeper

from .clicks import clickable


def band(alarms: Alarms, keeper: Keeper) -> Content:
    """What interrupts now; empty where nothing does."""
    lines = []
    if not keeper.clear:
        text = f" NOT SAVED: {keeper.count} {'value' if keeper.count == 1 else 'values'}. {keeper.trouble} "
        lines.append(
            Content.styled(text, "bold") + clickable(" r ", "r", "bold reverse") + Content(" tries again")
        )
    for alert in alarms.standing:
        lines.append(Content.styled(f" ALARM, {alert.level}: {alert.text} {alert.action}".rstrip(), "bold"))
    if alarms.standing:
        enter = clickable(" Enter ", "enter", "bold reverse")
        lines.append(Content(" ") + enter + Content(" acknowledges; digits, + and − go on working"))
    return Content("\n").join(lines)
