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
    if alarms.standing:
        first, *others = alarms.standing
        lines.append(Content.styled(f" ALARM, {first.level}: {first.text} {first.action}".rstrip(), "bold"))
        more = f"{len(others) + 1} alarms" if others else "it"
        enter = clickable(" Enter ", "enter", "bold reverse")
        lines.append(Content(" ") + enter + Content(f" acknowledges {more}; digits, + and − go on working"))
        lines += [Content(f" {alert.level}: {alert.text}") for alert in others]
    return Content("\n").join(lines)
