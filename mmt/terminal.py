"""What mmt needs of its terminal, and how the terminal is put back where nothing else did.

All by file descriptors: Python's streams are missing where a descriptor was closed, and are others while a
screen is shown.
"""

import os
import select
import sys
from contextlib import suppress
from typing import Any

if sys.platform != "win32":
    import termios

_STREAMS = ("standard input", "standard output", "error output")
_NO_SCREEN = ("dumb", "unknown")
"""What TERM says of terminals that cannot place text."""

_PUT_BACK = (
    "\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1004l"  # frames, pasting, wrapping, size, focus
    "\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"  # mouse
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[0m"  # keys, second screen, cursor, colours
)


def lacking() -> str:
    """Why no screen can be shown here and what to do, as a sentence; empty where one can."""
    if missing := _not_a_terminal():
        return (
            "mmt shows screens and takes keys, so it needs a terminal. Redirected or closed: "
            f"{', '.join(missing)}. Type the command in a terminal window, without < > or |. "
            "`mmt explain` and `mmt handout` work without one."
        )
    if (kind := os.environ.get("TERM")) in _NO_SCREEN:
        return f"This terminal cannot show screens (TERM is {kind}). Type the command in a terminal window."
    return ""


def gone() -> bool:
    """Whether the terminal went away: its window was closed, or its line cut, or its page is gone."""
    return bool(_not_a_terminal()) or (bool(os.environ.get("TEXTUAL_DRIVER")) and _hung_up())


def _hung_up() -> bool:
    """Whether nobody is left at the other end of the pipe that keys come by."""
    if not hasattr(select, "poll"):
        return False
    line = select.poll()
    line.register(0, 0)  # it is told of a hang-up unasked
    return bool(line.poll(0))


def let_go() -> None:
    """Part from a terminal that is gone: what is still written to it goes nowhere, and raises nothing."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in range(len(_STREAMS)):
            os.dup2(nowhere, number)


def modes() -> Any:
    """How the terminal treats its keys (echo, lines, signals); None where it does not say."""
    if sys.platform != "win32":
        with suppress(termios.error):
            return termios.tcgetattr(0)
    return None


def put_back(before: Any) -> None:
    """Leave the second screen, show the cursor, report no mouse, and treat keys as `before`."""
    if sys.platform != "win32" and before is not None:
        with suppress(termios.error):
            termios.tcsetattr(0, termios.TCSANOW, before)
    with suppress(OSError):
        os.write(2, _PUT_BACK.encode())


def _not_a_terminal() -> list[str]:
    """The streams that are no terminal. A driver that the environment names (textual-serve) needs none."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return []
    return [name for number, name in enumerate(_STREAMS) if not os.isatty(number)]
