"""A key that is held down: told from one that is pressed again, so that it records once."""

from typing import NamedTuple

from textual import events
from textual.screen import Screen
from textual.widget import Widget

from .commands import commands, names, of_screen
from .symbols import text_of

APART_S = 0.1
"""Seconds within which no hand presses one key twice: the finger-tapping test, one finger as fast as it can,
gives 50 to 70 taps in ten seconds, some 140 ms or more from tap to tap. A held key comes again every 25 to
90 ms: on Windows up to 30 times a second (SPI_SETKEYBOARDSPEED), on macOS every 90 ms or less, on a Linux
console 11 times a second."""

DELAY_S = 1.1
"""Seconds until a held key comes for the second time, at most: Windows waits 0.25 to 1 s
(SPI_SETKEYBOARDDELAY)."""

TOGETHER_S = 0.02
"""Seconds within which keys come together, in one packet of a slow line or a paste: no hand and no keyboard
sends two so fast."""

NOT_TAKEN = "A key came twice at once, so it and the {n} behind it were not taken: go on from here."
"""After a repeat that is refused what came with it would be recorded one place too early."""

COUNTS_ONCE = "A key that is held down counts once: let go and press again."

MOVES = {
    *("up", "down", "left", "right", "pageup", "pagedown", "home", "end"),
    *("backspace", "delete", "tab", "shift+tab"),
}
"""Keys that only move or erase, and repeat as they do everywhere."""


class Press(NamedTuple):
    """The last key that came: which, when, and where it went."""

    key: str
    time: float
    screen: Screen[object]
    focused: Widget | None


class Hold:
    """Watches the keys as they come."""

    def __init__(self) -> None:
        self._last: Press | None = None
        self._told = False

    def repeats(self, event: events.Key, after: events.Event | None, apart: float) -> bool | None:
        """Whether a key comes from being held down; None where only what comes next can tell.

        The first repeat comes as late as a second press would, but the one after it does not. `after` is what
        has come behind the key so far, `apart` the seconds of APART_S.
        """
        last = self._last
        if last is None or last.key != event.key or not apart:
            return False
        gap = event.time - last.time
        if gap < apart:
            return True
        if gap > DELAY_S:
            return False
        if after is None:
            return None
        return isinstance(after, events.Key) and after.key == event.key and after.time - event.time < apart

    def counts_each_time(self, event: events.Key, screen: Screen[object]) -> bool:
        """Whether a repeat of the last key is as good as a press: it moves, or it goes on with a text."""
        last = self._last
        if last is None or last.screen is not screen:
            return False
        repeated = (names(one) for one in commands(*of_screen(screen)) if one.held)
        if event.key in MOVES or any(event.key in keys for keys in repeated):
            return True
        if screen.focused is not None and screen.focused.check_consume_key(event.key, event.character):
            return screen.focused is last.focused
        text = text_of(event.key, event.character)
        return bool(text) and getattr(screen, "half_typed", "").endswith(text)

    def pressed(self, event: events.Key, screen: Screen[object]) -> None:
        """The key counts."""
        self._last, self._told = Press(event.key, event.time, screen, screen.focused), False

    def held(self, event: events.Key) -> bool:
        """The key does not count; whether that was told before in this hold."""
        assert self._last is not None
        self._last = self._last._replace(time=event.time)
        told, self._told = self._told, True
        return told
