"""One of a few names: a digit or a click marks another one, Enter takes it."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, RowList, RowWalk

from .dialog import Dialog
from .keys import CHOICE


class ChooseScreen(RowWalk, Dialog[str]):
    """Gives back the name that is marked when Enter is pressed; a digit marks another one."""

    AUTO_FOCUS: ClassVar[str] = "#choices"
    PLACE = CHOICE

    def __init__(
        self, title: str, about: str, names: Sequence[str], marked: str, said: str, name: str = "choose"
    ) -> None:
        """`said` stands beside the name that is `marked` at first."""
        super().__init__(name=name)
        self._title, self._about = title, about
        self._names = tuple(dict.fromkeys((*names, marked)))
        self._first, self._said = marked, said

    def body(self) -> ComposeResult:
        yield Static(plain(self._title), classes="title")
        yield RowList(id="choices")
        yield Static(self._about, classes="hint")

    def on_mount(self) -> None:
        lines = self.query_one(RowList)
        rows = []
        for at, name in enumerate(self._names):
            digit = str(at + 1) if at < 9 else " "
            said = (f"  {self._said}", "dim") if name == self._first else ""
            rows.append(Row(Content.assemble((f"{digit}  ", "bold"), plain(name), said), str(at)))
        lines.show(rows)
        lines.move_to(str(self._names.index(self._first)))

    def action_choose(self, digit: str) -> None:
        """Mark the name of this number."""
        if int(digit) <= len(self._names):
            self.query_one(RowList).move_to(str(int(digit) - 1))
        else:
            self.app.bell()

    def action_take(self) -> None:
        """Give back the marked name."""
        self.dismiss(self._names[int(self.query_one(RowList).cursor or 0)])
