"""The clinic's data: on the first run to set it up, later to change what stands at the head of each paper."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widgets import Button, Input, Static

from mmt.model.errors import ClinicError
from mmt.model.people import Letterhead
from mmt.model.text import clean
from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import FORM, bindings
from mmt.tui.widgets.fields import button, text_field
from mmt.tui.widgets.plain import plain

if TYPE_CHECKING:
    from mmt.clinic import Clinic

FIELDS = (
    ("name", "Clinic's name"),
    ("address", "Address"),
    ("telephone", "Telephone"),
    ("email", "E-mail"),
    ("practitioner", "Your name"),
)
LATER = (*FIELDS[:-1], ("emergency", "Emergency number"), ("practitioner", "One more name"))
"""The fields of the form that changes them: without a number, papers say *your emergency number*."""

Fields = Sequence[tuple[str, str]]


def _shown(fields: Fields, letterhead: Letterhead) -> ComposeResult:
    for name, label in fields:
        yield text_field(label, f"field-{name}", getattr(letterhead, name, ""))


def _typed(screen: Screen[Any], fields: Fields) -> dict[str, str]:
    return {name: clean(screen.query_one(f"#field-{name}", Input).value) for name, _ in fields}


class SetupScreen(Screen[None]):
    """Asks once for what stands at the head of each paper, and who examines."""

    AUTO_FOCUS = "Input"
    PLACE = FORM
    BINDINGS = bindings(PLACE)

    class Filled(Message):
        """The form is filled in."""

        def __init__(self, screen: "SetupScreen", letterhead: Letterhead, practitioner: str) -> None:
            super().__init__()
            self.screen = screen
            self.letterhead = letterhead
            self.practitioner = practitioner

    def __init__(self, folder: str) -> None:
        super().__init__(name="setup")
        self._folder = folder

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="form", can_focus=False):
            yield Static("Welcome. Set up your clinic.", classes="title")
            yield Static(
                "The first four lines stand at the head of each paper; what stays empty prints as a blank "
                "line. Your name stands in each visit.",
                classes="hint",
            )
            yield Static("", id="form-problem")
            yield from _shown(FIELDS, Letterhead())
            yield button("Set up the clinic (F10)")
            yield Static(plain(f"The records will be kept, encrypted, in\n{self._folder}"), classes="hint")
        yield KeyBar()

    def failed(self, sentence: str) -> None:
        """Say what is wrong; what was typed stays."""
        self.query_one("#form-problem", Static).update(plain(sentence))
        self.app.bell()

    @on(Input.Submitted)
    def next_field(self, event: Input.Submitted) -> None:
        """Enter goes to the next field, and saves from the last one."""
        if event.input.id == f"field-{FIELDS[-1][0]}":
            self.action_save()
        else:
            self.focus_next(Input)

    @on(Button.Pressed)
    def action_save(self) -> None:
        """Hand the form in."""
        typed = _typed(self, FIELDS)
        practitioner = typed.pop("practitioner")
        if not practitioner:
            self.failed("Type your name: each visit says who examined.")
            self.query_one("#field-practitioner", Input).focus()
            return
        self.post_message(self.Filled(self, Letterhead(**typed), practitioner))

    def action_back(self) -> None:
        """There is nothing to go back to before the clinic is set up."""
        self.failed("Fill in the form to begin, or leave with Ctrl+Q.")


class ClinicForm(ModalScreen[bool]):
    """Changes the letterhead and lets another practitioner examine; gives back whether it was saved."""

    AUTO_FOCUS = "Input"
    PLACE = FORM
    BINDINGS = bindings(PLACE)

    def __init__(self, home: "Clinic") -> None:
        super().__init__(name="clinic-form")
        self._home = home
        self._read = home.letterhead

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="form", can_focus=False):
            yield Static("The clinic", classes="title")
            yield Static("", id="form-problem")
            yield from _shown(LATER, self._read)
            yield Static(plain(f"Who examines: {', '.join(self._home.practitioners)}"), classes="hint")
            yield button("Save (F10)")
        yield KeyBar()

    @on(Input.Submitted)
    def next_field(self) -> None:
        """Enter goes to the next field."""
        self.focus_next(Input)

    @on(Button.Pressed)
    def action_save(self) -> None:
        """Keep what is typed."""
        typed = _typed(self, LATER)
        practitioner = typed.pop("practitioner")
        try:
            self._home.change_letterhead(replace(self._read, **typed), was=self._read)
            if practitioner and practitioner not in self._home.practitioners:
                self._home.add_practitioner(practitioner)
        except ClinicError as error:
            self.query_one("#form-problem", Static).update(plain(str(error)))
            return
        self.dismiss(True)

    def action_back(self) -> None:
        """Leave without keeping anything."""
        self.dismiss(False)
