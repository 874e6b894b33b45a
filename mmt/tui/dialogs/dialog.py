"""What all dialogs and forms share."""

from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input, Select, Static

from mmt.model.text import clean
from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import DIALOG, FORM, Place, bindings
from mmt.tui.widgets.plain import plain

T = TypeVar("T")


class Boxed(Screen[T]):
    """A box with its keys below it. Subclasses give what stands in it as `body`."""

    PLACE: ClassVar[Place]

    def __init_subclass__(cls) -> None:
        if hasattr(cls, "PLACE"):
            cls.BINDINGS = bindings(cls.PLACE)
        super().__init_subclass__()

    def compose(self) -> ComposeResult:
        with self.box():
            yield from self.body()
        yield KeyBar()

    def box(self) -> Widget:
        """The box."""
        return Vertical(classes="dialog")

    def body(self) -> ComposeResult:
        """What stands in the box."""
        raise NotImplementedError


class Dialog(ModalScreen[T | None], Boxed[T | None]):
    """A box over another screen; Escape closes it and gives nothing back."""

    PLACE = DIALOG
    DEFAULT_CLASSES = "over"  # a style for its type would not reach where another base comes first

    def action_back(self) -> None:
        """Close it."""
        self.dismiss(None)


class Scrolled(Dialog[T]):
    """A dialog that may hold more than the screen."""

    def box(self) -> Widget:
        return VerticalScroll(classes="dialog")


class Form(Boxed[T]):
    """A box of fields to fill in. What is wrong is said above them, and what was typed stays.

    Enter goes to the next of its `fields`, and hands the form in from the line of text that it `ends_with`.
    """

    AUTO_FOCUS: ClassVar[str | None] = "Input"
    PLACE: ClassVar[Place] = FORM
    fields: ClassVar[str] = "Input"
    ends_with: ClassVar[str] = ""

    def box(self) -> Widget:
        return VerticalScroll(classes="form", can_focus=False)

    @on(Input.Submitted)
    def next_field(self, event: Input.Submitted) -> None:
        """Go on from the field in which Enter was pressed."""
        if event.input.id == self.ends_with:
            self.action_save()
        else:
            self.focus_next(self.fields)

    def action_save(self) -> None:
        """Hand the form in."""
        raise NotImplementedError

    def problem(self, text: str) -> None:
        """Say what is wrong."""
        self.query_one("#form-problem", Static).update(plain(text))

    def typed(self, field: str) -> str:
        """What is typed in a field."""
        return clean(self.query_one(f"#{field}", Input).value)

    def chosen(self, field: str) -> str:
        """What is chosen in a field."""
        return str(self.query_one(f"#{field}", Select).value)


class FormDialog(Dialog[T], Form[T | None]):
    """A form over another screen; Escape keeps nothing of it."""

    PLACE = FORM
