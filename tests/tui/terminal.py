"""A real terminal for the program: a pty with an emulator behind it that knows what a person would see."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

import pyte


class Terminal:
    """A command running under a pty, or a function in a copy of this process; `lines` is what stands on its
    screen.

    `answers` are what this terminal says when it is asked, by the question.
    """

    def __init__(
        self,
        command: Sequence[str] | Callable[[], object],
        env: Mapping[str, str],
        columns: int = 80,
        rows: int = 24,
        answers: Mapping[bytes, bytes] | None = None,
    ) -> None:
        self._answers = answers or {}
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            # cells of 10 by 20 pixels
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 10 * columns, 20 * rows))
            if callable(command):
                os.environ.update(env)
                _do(command)
            os.execvpe(command[0], list(command), dict(env))
        os.set_inheritable(self._fd, False)  # or the next terminal would hold the line of this one

    @property
    def lines(self) -> list[str]:
        """The lines of the screen."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    def send(self, keys: str | bytes) -> None:
        """Type."""
        os.write(self._fd, keys.encode() if isinstance(keys, str) else keys)

    def read(self, seconds: float = 0.05) -> bool:
        """Take in what the program printed within `seconds`; False once it has ended."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            ready, _, _ = select.select([self._fd], [], [], left)
            if not ready:
                return True
            try:
                data = os.read(self._fd, 65536)
            except OSError:
                return False
            if not data:
                return False
            self._answer(data)
            self.raw += data
            # pyte knows no private sequences with "<", "=" or ">" (kitty keys) and would print their tails
            self._stream.feed(_without_private(data))
        return True

    def fileno(self) -> int:
        """What tells a selector that the program printed something."""
        return self._fd

    def take(self) -> int:
        """Take in what was printed without showing it, as nobody looks; how many bytes that were."""
        return len(os.read(self._fd, 1 << 20))

    def _answer(self, data: bytes) -> None:
        for question, answer in self._answers.items():
            if question in data:
                self.send(answer)

    def wait_for(self, wanted: str | Callable[[str], bool], seconds: float = 20) -> str:
        """Read until the screen holds `wanted`; fails with the screen after `seconds`."""
        found = wanted if callable(wanted) else lambda text: wanted in text
        end = time.monotonic() + seconds
        while not found(self.text):
            if time.monotonic() > end or not self.read():
                raise AssertionError(f"never saw {wanted!r} on:\n{self.text}")
        return self.text

    def kill(self) -> None:
        """kill -9, and take in what had been printed before."""
        os.kill(self.pid, signal.SIGKILL)
        self.close()

    def hang_up(self) -> int:
        """Close the window: the line is cut. Wait for the end of the program and return its exit status."""
        os.close(self._fd)
        end = time.monotonic() + 20
        while not (ended := os.waitpid(self.pid, os.WNOHANG))[0]:
            if time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
                raise AssertionError("the program runs on without a terminal")
            time.sleep(0.01)
        return os.waitstatus_to_exitcode(ended[1])

    @property
    def modes(self) -> set[int]:
        """The private modes that are set: 25 shows the cursor, 1049 is the second screen, ..."""
        last = {int(mode): how for mode, how in re.findall(rb"\x1b\[\?(\d+)([hl])", self.raw)}
        return {mode for mode, how in last.items() if how == b"h"}

    @property
    def echoes(self) -> bool:
        """Whether the terminal shows what is typed, and takes it by lines."""
        flags = termios.tcgetattr(self._fd)[3]
        return bool(flags & termios.ECHO and flags & termios.ICANON)

    def echo(self, shown: bool) -> None:
        """Show what is typed, or not."""
        modes = termios.tcgetattr(self._fd)
        modes[3] = modes[3] | termios.ECHO if shown else modes[3] & ~termios.ECHO
        termios.tcsetattr(self._fd, termios.TCSANOW, modes)

    def close(self) -> int:
        """Wait for the end of the program and return its exit status (negative: the signal)."""
        while self.read(0.2):
            pass
        _, status = os.waitpid(self.pid, 0)
        os.close(self._fd)
        return os.waitstatus_to_exitcode(status)


def _do(work: Callable[[], object]) -> NoReturn:
    """Do it and end, whatever happens: what stands behind the fork is not for the copy."""
    try:
        work()
    except BaseException:
        traceback.print_exc()
    os._exit(0)


def _without_private(data: bytes) -> bytes:
    kept, at = bytearray(), 0
    while at < len(data):
        if data[at : at + 2] == b"\x1b[" and data[at + 2 : at + 3] in (b"<", b"=", b">"):
            at += 3
            while at < len(data) and not 0x40 <= data[at] <= 0x7E:
                at += 1
            at += 1
        else:
            kept.append(data[at])
            at += 1
    return bytes(kept)
