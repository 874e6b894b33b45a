"""Forms: a label and what is typed or chosen, side by side."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Label, Select

Choices = tuple[tuple[str, str], ...]


class Field(Horizontal):
    """One line of a form."""

    def __init__(self, label: str, widget: Widget, hint: str = "") -> None:
        super().__init__(classes="field")
        self._parts = [Label(label, classes="field-label"), widget]
        if hint:
            self._parts.append(Label(hint, classes="field-hint"))

    def compose(self) -> ComposeResult:
        yield from self._parts


def text_field(label: str, id: str, value: str = "", hint: str = "") -> Field:
    """A line of text."""
    return Field(label, Input(value, compact=True, id=id), hint)


def choice_field(label: str, id: str, choices: Choices, value: str) -> Field:
    """One of a few; the arrow keys change it, Enter shows all of them."""
    return Field(label, Select(choices, value=value, allow_blank=False, compact=True, id=id))
