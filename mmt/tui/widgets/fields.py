"""Forms: a label and what is typed or chosen, side by side. A mark shows where one is."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Button, Input, Label, Select

from .caret import led
from .plain import plain
from .rows import MARK

Choices = tuple[tuple[str, str], ...]


class FieldLabel(Label):
    """What stands before a field."""

    def render_line(self, y: int) -> Strip:
        """One line, as Textual asks for it."""
        return led(self, y, super().render_line(y))


class Field(Horizontal):
    """One line of a form, with a mark before the label while its widget has the focus."""

    def __init__(self, label: str, widget: Widget, hint: str = "") -> None:
        super().__init__(classes="field")
        self._words = label
        self._label = FieldLabel("", classes="field-label")
        self._hint = Label(plain(hint), classes="field-hint")
        self._parts = [self._label, widget, *([self._hint] if hint else [])]
        self._mark(here=False)

    def compose(self) -> ComposeResult:
        yield from self._parts

    def say(self, hint: str) -> None:
        """Say something else beside the field."""
        self._hint.update(plain(hint))

    def on_descendant_focus(self) -> None:
        self.look()

    def on_descendant_blur(self) -> None:
        self.look()

    def look(self) -> None:
        """Look whether the focus is in this line: an open list hands it back before it lets go."""
        focused = self.screen.focused
        self._mark(here=focused is not None and self in focused.ancestors)

    def _mark(self, *, here: bool) -> None:
        lead = (MARK, "bold") if here else " " * len(MARK)
        self._label.update(Content.assemble(lead, self._words))


def text_field(label: str, id: str, value: str = "", hint: str = "") -> Field:
    """A line of text."""
    return Field(label, Input(value, compact=True, id=id), hint)


def button(words: str) -> Field:
    """What hands the form in."""
    return Field("", Button(words, variant="primary", compact=True))


def choice_field(label: str, id: str, choices: Choices, value: str) -> Field:
    """One of a few; the arrow keys change it, Enter shows all of them."""
    return Field(label, Select(choices, value=value, allow_blank=False, compact=True, id=id))
