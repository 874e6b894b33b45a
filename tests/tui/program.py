"""The whole program in a test: a throwaway clinic in a given folder, and ways to press keys and read."""

from pathlib import Path
from typing import TYPE_CHECKING

from demo_copy import copy_demo
from looking import pieces
from textual import events
from textual.pilot import Pilot

from mmt.clinic import Clinic
from mmt.model.sign_in import SignIn
from mmt.paths import Places
from mmt.tui.app import MmtApp
from mmt.tui.opener import ClinicOpener

if TYPE_CHECKING:
    from mmt.clinic import OpenVisit


class FolderOpener(ClinicOpener):
    """Opens the clinic of a folder, with the demo's patients where asked."""

    def __init__(self, folder: Path, *, demo: bool = True) -> None:
        self.places = Places(folder)
        self._demo = demo
        self.backed_up = not demo

    def open(self, sign_in: SignIn | None = None) -> Clinic | None:
        if self._demo and not Clinic.exists(self.places):
            copy_demo(self.places.root)
        return super().open(sign_in)


class Program:
    """A running program and its pilot."""

    def __init__(self, app: MmtApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self._clicked_at = 0.0

    async def until(self, screen: str) -> None:
        """Wait until a screen of this id is on top."""
        for _ in range(500):
            await self.pilot.pause(0.01)
            if self.app.screen.name == screen:
                await self.pilot.pause()
                return
        raise AssertionError(f"never came to {screen}; it shows {self.app.screen.name}:\n{self.text}")

    async def press(self, *keys: str) -> None:
        """Press keys; a word of several characters that is no key is typed."""
        await self.pilot.press(*keys)
        await self.pilot.pause()
        await self.pilot.pause(0)  # what followed from it: a busy machine looks as if nothing was left to do

    async def click(self, word: str, *, times: int = 1) -> None:
        """Click on the second letter of a word in the lowest row that has it, as a terminal reports it.

        A second passes between two clicks, none between the `times` of a double click.
        """
        rows = self.rows
        y = max((at for at, row in enumerate(rows) if word in row), default=-1)
        assert y >= 0, f"{word!r} is not on the screen:\n" + "\n".join(rows)
        x = rows[y].index(word) + 1
        self._clicked_at += 1
        for _ in range(times):
            for kind in (events.MouseDown, events.MouseUp):
                event = kind(None, x, y, 0, 0, 1, False, False, False, x, y)
                event.time = self._clicked_at
                self.app.post_message(event)
            await self.pilot.pause()

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(words for _, _, words in pieces(self.app, whole=True))

    @property
    def rows(self) -> list[str]:
        """The rows of the screen from the top, each as it reads from left to right, without colours."""
        rows = [""] * self.app.size.height
        for column, row, words in pieces(self.app, whole=True):
            rows[row] = rows[row].ljust(column) + words
        return [row.rstrip() for row in rows]

    def marked(self, mark: str = "▶") -> list[str]:
        """What stands behind this mark on the screen: the line or side that the keys are for."""
        return [row.partition(mark)[2].strip() for row in self.rows if mark in row]

    @property
    def desk(self) -> "OpenVisit":
        """The open visit."""
        assert self.app.walk.desk is not None
        return self.app.walk.desk


def program(folder: Path, *, demo: bool = True) -> MmtApp:
    """The program on a clinic in this folder. It takes no key for held: a test presses faster than a hand."""
    app = MmtApp(FolderOpener(folder, demo=demo))
    app.APART_S = 0
    return app
