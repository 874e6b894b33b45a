"""Who signs: one of those who examine, by digit, or another name that is typed on purpose."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from mmt.tui.dialogs.ask_text import AskTextScreen
from mmt.tui.dialogs.dialog import Dialog
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, RowList, RowWalk

from .keys import SIGN_AS

ABOUT = "Enter signs with the marked name. A digit marks another one; T types one."


class SignAsScreen(RowWalk, Dialog[str]):
    """Gives back the name that signs: Enter takes the marked one. No other key can change or end it."""

    AUTO_FOCUS: ClassVar[str] = "#choices"
    PLACE = SIGN_AS

    def __init__(self, names: Sequence[str], examiner: str) -> None:
        super().__init__(name="sign-as")
        self._names = tuple(dict.fromkeys((*names, examiner)))
        self._examiner = examiner

    def body(self) -> ComposeResult:
        yield Static("Sign as", classes="title")
        yield RowList(id="choices")
        yield Static(ABOUT, classes="hint")

    def on_mount(self) -> None:
        lines = self.query_one(RowList)
        rows = []
        for at, name in enumerate(self._names):
            digit = str(at + 1) if at < 9 else " "
            examined = ("  examined at this visit", "dim") if name == self._examiner else ""
            rows.append(Row(Content.assemble((f"{digit}  ", "bold"), plain(name), examined), str(at)))
        lines.show(rows)
        lines.move_to(str(self._names.index(self._examiner)))

    def action_choose(self, digit: str) -> None:
        """Mark the name of this number."""
        if int(digit) <= len(self._names):
            self.query_one(RowList).move_to(str(int(digit) - 1))
        else:
            self.app.bell()

    def action_sign(self) -> None:
        """Give back the marked name."""
        self.dismiss(self._names[int(self.query_one(RowList).cursor or 0)])

    def action_other(self) -> None:
        """Ask for a name that does not stand here."""

        def typed(name: str | None) -> None:
            if name:
                self.dismiss(name)

        self.app.push_screen(AskTextScreen("Name of who signs", hint="Enter signs, Esc goes back."), typed)
