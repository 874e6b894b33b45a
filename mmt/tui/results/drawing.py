"""How a stretch is done: its steps, and its drawings where the terminal can show them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from mmt.model.base import Side
from mmt.model.papers import SheetItem
from mmt.model.stretches import Stretch
from mmt.model.visit import Prescribed
from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import DIALOG, bindings
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.wrap import Hanging

from .picture import picture
from .sheet_rows import SIDES

if TYPE_CHECKING:
    from mmt.clinic import OpenVisit

_NO_PICTURES = "This terminal shows no pictures; the patient's sheet has the drawings."


class DrawingScreen(ModalScreen[None]):
    """Shows a stretch as the patient will do it, on the side that the sheet has it for."""

    PLACE = DIALOG
    BINDINGS = bindings(PLACE)

    def __init__(self, desk: "OpenVisit", stretch: Stretch, side: Side | None) -> None:
        super().__init__(name="drawing")
        self._desk = desk
        self._stretch = stretch
        self._side = side
        self._item = SheetItem(
            prescribed=Prescribed(stretch=stretch.id, side=side, dose=stretch.dose),
            stretch=stretch,
            forms=desk.review.prescription.forms.get(stretch.id, ()),
        )

    def compose(self) -> ComposeResult:
        text, form = self._item.text("en"), self._item.form("en")
        side = f" · {SIDES[self._side]}" if self._stretch.sides == "each" else ""
        columns = list(self._columns())
        with Vertical(classes="dialog with-pictures" if columns else "dialog"):
            yield Static(plain(f"{text.name}{side}"), classes="title")
            with VerticalScroll(id="steps"):
                if form:
                    yield Static(plain(form), classes="part")
                for part in text.parts:
                    if part.title:
                        yield Static(plain(part.title), classes="part")
                    for number, step in enumerate(part.steps, start=1):
                        yield Static(Hanging(Content(f"{number:>2} "), plain(step)))
                yield Static(Hanging(Content("Feel: "), plain(text.feel)))
            yield Horizontal(*columns, id="drawings") if columns else Static(_NO_PICTURES, classes="hint")
        yield KeyBar()

    def _columns(self) -> Iterator[Widget]:
        if self._item.other_steps:
            return
        for one in self._desk.pictures(self._stretch.id, self._side):
            shown = picture(self.app, one.png)
            if shown is not None:
                yield Vertical(Static(one.steps, classes="part"), shown)

    def action_back(self) -> None:
        """Close."""
        self.dismiss()
