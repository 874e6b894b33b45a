"""How a stretch is done: its steps, and its drawings in terminals that can show them (Sixel, or the graphics
protocol of kitty)."""

import io
from collections.abc import Iterator
from functools import cache
from typing import Any

from textual.app import App, ComposeResult, SuspendNotSupported
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from mmt.model.base import Side
from mmt.model.papers import SheetItem
from mmt.model.stretches import Stretch
from mmt.model.visit import Prescribed
from mmt.tui.desk import Desk
from mmt.tui.dialogs.dialog import Dialog
from mmt.tui.keys.bar import KeyBar
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.wrap import Hanging

from .sheet_rows import SIDES

_NO_PICTURES = "This terminal shows no pictures; the patient's sheet has the drawings."


class Picture(Container):
    """A picture as large as its place allows."""


class DrawingScreen(Dialog[None]):
    """Shows a stretch as the patient will do it, on the side that the sheet has it for."""

    def __init__(self, desk: Desk, stretch: Stretch, side: Side | None) -> None:
        super().__init__(name="drawing")
        self._desk = desk
        self._stretch = stretch
        self._side = side
        self._item = SheetItem(
            prescribed=Prescribed(stretch=stretch.id, side=side, dose=stretch.dose),
            stretch=stretch,
            pictures=desk.protocol.drawn(stretch.id),
            forms=desk.review.prescription.forms.get(stretch.id, ()),
        )

    def compose(self) -> ComposeResult:
        columns = list(self._columns())
        with Vertical(classes="dialog with-pictures" if columns else "dialog"):
            yield from self._steps()
            yield Horizontal(*columns, id="drawings") if columns else Static(_NO_PICTURES, classes="hint")
        yield KeyBar()

    def _steps(self) -> ComposeResult:
        text, form = self._item.text("en"), self._item.form("en")
        side = f" · {SIDES[self._side]}" if self._stretch.sides == "each" else ""
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

    def _columns(self) -> Iterator[Widget]:
        for one in self._desk.pictures(self._item):
            if image := _image(self.app):
                yield Vertical(Static(one.steps, classes="part"), Picture(image(io.BytesIO(one.png))))


@cache
def _image(app: App[Any]) -> Any:
    """What shows pictures in the terminal of this program; nothing where it shows none.

    The terminal is asked once, the first time a picture is wanted, while the program steps aside: as long as
    the program runs, it would take the answer for keys.
    """
    try:
        with app.suspend():
            from textual_image.renderable import Image, SixelImage, TGPImage
            from textual_image.widget import Image as Shown
    except SuspendNotSupported:
        return None
    return Shown if Image in (SixelImage, TGPImage) else None
