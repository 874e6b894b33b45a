"""The clinic's data: on the first run to set it up, later to change what stands at the head of each paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Button, Input, Select, Static

from mmt.model.errors import ClinicError
from mmt.model.people import Letterhead
from mmt.tui.desk import Home
from mmt.tui.dialogs.dialog import Form, FormDialog
from mmt.tui.widgets.fields import button, choice_field, text_field
from mmt.tui.widgets.plain import plain

FIELDS = (
    ("name", "Clinic's name"),
    ("address", "Address"),
    ("telephone", "Telephone"),
    ("email", "E-mail"),
    ("practitioner", "Your name"),
)
LATER = (*FIELDS[:-1], ("emergency", "Emergency number"), ("practitioner", "One more name"))
"""The fields of the form that changes them: without a number, papers say *your emergency number*."""

PRINTS = (("all; papers say what is not signed off", "all"), ("only what is signed off", "signed"))
"""What is offered and printed for patients, by what the clinic's clinicians signed off."""


def _fields(fields: Sequence[tuple[str, str]], letterhead: Letterhead) -> ComposeResult:
    for name, label in fields:
        yield text_field(label, f"field-{name}", getattr(letterhead, name, ""))


class SetupScreen(Form[None]):
    """Asks once for what stands at the head of each paper, and who examines."""

    ends_with = f"field-{FIELDS[-1][0]}"

    @dataclass
    class Filled(Message):
        """The form is filled in."""

        screen: "SetupScreen"
        letterhead: Letterhead
        practitioner: str

    def __init__(self, folder: str) -> None:
        super().__init__(name="setup")
        self._folder = folder

    def body(self) -> ComposeResult:
        yield Static("Welcome. Set up your clinic.", classes="title")
        yield Static(
            "The first four lines stand at the head of each paper; what stays empty prints as a blank line. "
            "Your name stands in each visit.",
            classes="hint",
        )
        yield Static("", id="form-problem")
        yield from _fields(FIELDS, Letterhead())
        yield button("Set up the clinic (F10)")
        yield Static(
            plain(
                f"The records will be kept, encrypted, in\n{self._folder}\n"
                "If you have a backup, leave with Ctrl+Q and type: mmt restore"
            ),
            classes="hint",
        )

    def failed(self, sentence: str) -> None:
        """Say what is wrong, with a beep."""
        self.problem(sentence)
        self.app.bell()

    @on(Button.Pressed)
    def action_save(self) -> None:
        """Hand the form in."""
        typed = {name: self.typed(f"field-{name}") for name, _ in FIELDS}
        practitioner = typed.pop("practitioner")
        if not practitioner:
            self.failed("Type your name: each visit says who examined.")
            self.query_one("#field-practitioner", Input).focus()
            return
        self.post_message(self.Filled(self, Letterhead(**typed), practitioner))

    def action_back(self) -> None:
        """There is nothing to go back to before the clinic is set up."""
        self.failed("Fill in the form to begin, or leave with Ctrl+Q.")


class ClinicForm(FormDialog[None]):
    """Changes the letterhead and lets another practitioner examine."""

    def __init__(self, home: Home) -> None:
        super().__init__(name="clinic-form")
        self._home = home
        self._read = home.letterhead
        self._only_signed = home.only_signed
        self._asked = LATER[:-1] if home.signed_in else LATER

    def body(self) -> ComposeResult:
        yield Static("The clinic", classes="title")
        yield Static("", id="form-problem")
        yield from _fields(self._asked, self._read)
        yield choice_field("Offers and prints", "field-prints", PRINTS, PRINTS[self._only_signed][1])
        who = f"Who examines: {', '.join(self._home.practitioners)}"
        more = ". F9, then W says who signs in." if self._home.signed_in else ""
        yield Static(plain(who + more), classes="hint")
        yield button("Save (F10)")

    @on(Button.Pressed)
    def action_save(self) -> None:
        """Keep what is typed."""
        typed = {name: self.typed(f"field-{name}") for name, _ in self._asked}
        practitioner = typed.pop("practitioner", "")
        try:
            self._home.change_letterhead(replace(self._read, **typed), was=self._read)
            if practitioner and practitioner not in self._home.practitioners:
                self._home.add_practitioner(practitioner)
            self._set_printing()
        except ClinicError as error:
            self.problem(str(error))
            return
        self.dismiss()

    def _set_printing(self) -> None:
        """Keep what is offered and printed for patients, where that was chosen anew."""
        only = self.query_one("#field-prints", Select).value == "signed"
        if only != self._only_signed:
            self._home.sign_off().print_only_signed(only=only)
            self._home.read_content_anew()
            self._only_signed = only
