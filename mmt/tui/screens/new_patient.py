"""A new patient, in one form."""

import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Select, Static

from mmt.model.errors import ClinicError
from mmt.model.people import Patient
from mmt.model.text import clean
from mmt.tui.commands import bindings
from mmt.tui.dates import birth_date
from mmt.tui.home import Home
from mmt.tui.plain import plain
from mmt.tui.widgets.key_bar import KeyBar

SEX = (("not said", "unknown"), ("female", "female"), ("male", "male"), ("other", "other"))
HANDS = (("not said", "unknown"), ("right-handed", "right"), ("left-handed", "left"), ("both", "both"))
LANGUAGES = (("English", "en"), ("Español", "es"), ("Polski", "pl"))


class NewPatientScreen(ModalScreen[int | None]):
    """Asks for what a record needs; gives the new record's number back."""

    AUTO_FOCUS = "Input"
    BINDINGS = bindings("form")

    def __init__(self, home: Home, name: str, today: datetime.date) -> None:
        super().__init__(name="new-patient")
        self._home = home
        self._searched = name
        self._today = today

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="form"):
            yield Static("New patient", classes="title")
            yield Static("", id="form-problem")
            yield Label("Name")
            yield Input(self._searched, compact=True, id="name")
            yield Label("Birth date (1979-05-02)")
            yield Input(compact=True, id="birth-date")
            yield Label("Chart number (may stay empty)")
            yield Input(compact=True, id="chart")
            yield Label("Sex, hand, language of the sheet")
            yield Select(SEX, value="unknown", allow_blank=False, compact=True, id="sex")
            yield Select(HANDS, value="unknown", allow_blank=False, compact=True, id="hand")
            yield Select(LANGUAGES, value="en", allow_blank=False, compact=True, id="language")
            yield Button("Save (F10)", variant="primary", compact=True)
        yield KeyBar()

    @on(Input.Submitted)
    def next_field(self, event: Input.Submitted) -> None:
        """Enter goes on, and saves from the last line of text."""
        if event.input.id == "chart":
            self.action_save()
        else:
            self.focus_next(Input)

    @on(Button.Pressed)
    def action_save(self) -> None:
        """Keep the patient; what is wrong is said and what was typed stays."""
        name = clean(self.query_one("#name", Input).value)
        try:
            born = birth_date(self.query_one("#birth-date", Input).value, self._today)
            patient = Patient(
                name=name,
                birth_date=born,
                chart_number=clean(self.query_one("#chart", Input).value),
                sex=self._chosen("sex"),  # type: ignore[arg-type]
                handedness=self._chosen("hand"),  # type: ignore[arg-type]
                language=self._chosen("language"),
            )
            kept = self._home.add_patient(patient)
        except (ValueError, ClinicError) as error:
            self.query_one("#form-problem", Static).update(plain(str(error)))
            return
        self.dismiss(kept.id)

    def _chosen(self, name: str) -> str:
        return str(self.query_one(f"#{name}", Select).value)

    def action_back(self) -> None:
        """Leave without keeping anything."""
        self.dismiss(None)
