"""A double click: told from two clicks, so that it records once."""

from textual import events
from textual.screen import Screen

from .commands import click, commands, of_screen
from .held import MOVES
from .symbols import symbol

DOUBLE_S = 0.5
"""Seconds within which two clicks on one spot are a double click: what Windows and Textual take it for."""

COUNTS_ONCE = "A double click counts once."


class Doubled:
    """Watches the mouse as it is pressed."""

    def __init__(self) -> None:
        self._last: events.MouseDown | None = None
        self._off = False

    def repeats(self, event: events.MouseEvent, screen: Screen[object]) -> bool:
        """Whether this press, or letting go after it, is the rest of a double click on what counts once."""
        if isinstance(event, events.MouseDown):
            last, self._last = self._last, event
            here = last is not None and last.offset == event.offset
            self._off = bool(here and last and event.time - last.time < DOUBLE_S) and _counts_once(
                event, screen
            )
        return self._off and isinstance(event, events.MouseDown | events.MouseUp)


def _counts_once(event: events.MouseDown, screen: Screen[object]) -> bool:
    """Whether what stands here does something by a click that a key may not do again while it is held."""
    found = screen.get_style_at(event.x, event.y).meta
    does = found.get("@click")
    if does is None:
        return "option" in found
    if any(one.held and does == click(one) for one in commands(*of_screen(screen))):
        return False
    if isinstance(does, tuple) and does[0] == "screen.press":
        key = does[1][0]
        return key not in MOVES and not getattr(screen, "half_typed", "").endswith(symbol(key))
    return True
