"""The band that interrupts: values that are not saved, alarms that wait to be acknowledged."""

from textual.content import Content

from mmt.tui.station.alarms import Alarms
from mmt.tui.station.keeper import Keeper

from .clicks import clickable
from .wrap import wrapped


def band(alarms: Alarms, keeper: Keeper, across: int) -> list[Content]:
    """The lines of what interrupts now; none where nothing does."""
    lines = []
    if alarms.standing:
        first, *others = alarms.standing
        lines += _rows(f"ALARM, {first.level}: {first.text} {first.action}", across)
        said = (_row(f"ALARM, {alert.level}: {alert.text}") for alert in others)
        lines += [row.truncate(across, ellipsis=True) for row in said]
        more = f"{len(others) + 1} alarms" if others else "it"
        enter = clickable(" Enter ", "enter", "bold reverse")
        lines.append(Content(" ") + enter + Content(f" acknowledges {more}; digits, + and − go on working"))
    return [*unsaved_band(keeper, across), *(_grounded(line, across) for line in lines)]


def unsaved_band(keeper: Keeper, across: int) -> list[Content]:
    """The lines that say what is not saved, and which key tries again; none where all is saved."""
    if keeper.clear:
        return []
    values = "value" if keeper.count == 1 else "values"
    said = _rows(f"NOT SAVED: {keeper.count} {values}. {keeper.trouble}", across)
    again = Content(" ") + clickable(" R ", "r", "bold reverse") + Content(" tries again")
    return [_grounded(line, across) for line in (*said, again)]


def _rows(text: str, across: int) -> list[Content]:
    return [_row(row) for row in wrapped(text, across - 2)]


def _row(text: str) -> Content:
    return Content.styled(f" {text}", "bold")


def _grounded(line: Content, across: int) -> Content:
    """The line over the whole width on the ground of alarms."""
    cut = line.truncate(across, ellipsis=True)
    return cut.pad_right(across - cut.cell_length).stylize_before("$background on $error")
