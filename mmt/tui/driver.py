"""The driver of Unix terminals, steady where a terminal sends what it should not, or goes away."""

import sys
from contextlib import suppress
from typing import Any, cast

from textual.drivers.linux_driver import LinuxDriver

from mmt import terminal

NOT_UTF8 = "What the terminal sent just now is not UTF-8, and was left out. Set the terminal to UTF-8."


class SteadyDriver(LinuxDriver):
    """Reads on after bytes that are no text, and leaves alone a terminal that is gone or not its own.

    `mmt.tui.ending` sees that the terminal is gone, and ends the program.
    """

    def __init__(self, *values: Any, **named: Any) -> None:
        super().__init__(*values, **named)
        self._file = cast(Any, _Output(sys.__stderr__))
        self._aside = False

    def run_input_thread(self) -> None:
        """Read keys until the program leaves."""
        while True:
            try:
                super().run_input_thread()
            except UnicodeDecodeError:
                self._app.call_later(self._say)
            except OSError:
                return
            else:
                return

    def suspend_application_mode(self) -> None:
        """Give the terminal to the shell."""
        super().suspend_application_mode()
        self._aside = True

    def resume_application_mode(self) -> None:
        """Take the terminal again; not to leave at once, and not where it is gone: a hang-up wakes us too."""
        if not getattr(self._app, "leaving", False) and not terminal.gone():
            self._aside = False
            super().resume_application_mode()

    def stop_application_mode(self) -> None:
        """Put the terminal back, unless the shell has it."""
        if not self._aside:
            super().stop_application_mode()

    def disable_input(self) -> None:
        """Read no more keys, unless the shell has the terminal: it reads them."""
        if not self._aside:
            super().disable_input()

    def _say(self) -> None:
        self._app.bell()
        self._app.notify(NOT_UTF8, severity="warning", markup=False)


class _Output:
    """The stream that screens are written to; lost is only what a terminal that is gone would have shown."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()

    def fileno(self) -> int:
        return cast(int, self._stream.fileno())
