"""First run: one short form for the clinic, and where its records will be."""

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Button, Input, Label, Static

from mmt.model.people import Letterhead
from mmt.model.text import clean
from mmt.tui.commands import bindings
from mmt.tui.plain import plain
from mmt.tui.widgets.key_bar import KeyBar

FIELDS = (
    ("name", "Clinic's name"),
    ("address", "Address"),
    ("telephone", "Telephone"),
    ("practitioner", "Practitioner's name"),
)


class SetupScreen(Screen[None]):
    """Asks once for what stands at the head of each paper, and who examines."""

    AUTO_FOCUS = "Input"
    BINDINGS = bindings("form")

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
        with VerticalScroll(id="setup-form", classes="form"):
            yield Static("Welcome. Set up your clinic.", classes="title")
            yield Static("", id="form-problem")
            yield Static(plain(f"The records will be kept, encrypted, in {self._folder}"))
            for name, label in FIELDS:
                yield Label(label)
                yield Input(compact=True, id=f"field-{name}")
            yield Button("Set up the clinic (Enter)", variant="primary", compact=True, id="save")
        yield KeyBar()

    def failed(self, sentence: str) -> None:
        """Say what is wrong; what was typed stays."""
        self.query_one("#form-problem", Static).update(plain(sentence))

    @on(Input.Submitted)
    def next_field(self, event: Input.Submitted) -> None:
        """Enter goes to the next field, and saves from the last one."""
        if event.input.id == f"field-{FIELDS[-1][0]}":
            self.save()
        else:
            self.focus_next(Input)

    @on(Button.Pressed)
    def save(self) -> None:
        """Hand the form in."""
        typed = {name: clean(self.query_one(f"#field-{name}", Input).value) for name, _ in FIELDS}
        practitioner = typed.pop("practitioner")
        if not practitioner:
            self.failed("Type the practitioner's name: each visit says who examined.")
            self.query_one("#field-practitioner", Input).focus()
            return
        self.post_message(self.Filled(self, Letterhead(**typed), practitioner))

    def action_back(self) -> None:
        """There is nothing to go back to before the clinic is set up."""
        self.failed("Fill in the form to begin, or leave with Ctrl+Q.")

    def action_save(self) -> None:
        """Hand the form in from any field."""
        self.save()
