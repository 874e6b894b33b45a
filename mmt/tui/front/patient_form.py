"""A patient's data in one form: of a new patient, or to correct those of a known one."""

import datetime

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from mmt.dates.typed import birth_date
from mmt.dates.words import in_words, with_age
from mmt.model.born import BirthDate
from mmt.model.errors import ClinicError, DoubtError
from mmt.model.people import Patient
from mmt.tui.desk import Home
from mmt.tui.dialogs.dialog import FormDialog
from mmt.tui.widgets.fields import Choices, Field, button, choice_field, text_field

SEX: Choices = (("not said", "unknown"), ("female", "female"), ("male", "male"), ("other", "other"))
DATE = "1979-05-02 or 2 May 1979"
HANDS: Choices = (
    ("not said", "unknown"),
    ("right-handed", "right"),
    ("left-handed", "left"),
    ("both", "both"),
)


class PatientForm(FormDialog[int]):
    """Asks for what a record needs; gives the record's number back. With a `patient` it corrects that one.
    Only F10 or the button saves."""

    fields = "Input, Select"

    def __init__(self, home: Home, *, name: str = "", patient: Patient | None = None) -> None:
        super().__init__(name="patient-form")
        self._home = home
        self._known = patient
        self._first = patient.name if patient else name
        self._warned = False

    def body(self) -> ComposeResult:
        known = self._known
        held = known or Patient(birth_date=self._home.today())
        born = held.birth_date.isoformat() if known else ""
        yield Static("Patient's data" if known else "New patient", classes="title")
        yield Static("", id="form-problem")
        yield text_field("Name", "name", self._first)
        told = with_age(held.birth_date, self._home.today()) if known else DATE
        yield text_field("Birth date", "birth-date", born, told)
        yield text_field("Chart number", "chart", held.chart_number, "may stay empty")
        yield choice_field("Sex", "sex", SEX, held.sex)
        yield choice_field("Handedness", "hand", HANDS, held.handedness)
        spoken = {held.language: held.language, **self._home.content.languages}
        languages = tuple((name, code) for code, name in spoken.items())
        yield choice_field("Sheet's language", "language", languages, held.language)
        yield button("Save (F10)")

    @on(Input.Changed)
    def look_again(self) -> None:
        """What is typed now may be another patient."""
        self._warned = False

    @on(Input.Changed, "#birth-date")
    @on(Input.Blurred, "#birth-date")
    def tell_date(self, event: Input.Changed | Input.Blurred) -> None:
        """The date as it will be kept stands beside the field; once that is left, why it is none."""
        told, problem = DATE, ""
        if event.value.strip():
            try:
                born = birth_date(event.value, self._home.today())
                told, problem = with_age(born, self._home.today()), _missing(born)
            except ValueError as error:
                problem = str(error)
        self.query_one("#birth-date", Input).query_ancestor(Field).say(told)
        if isinstance(event, Input.Blurred) and not self._warned:
            self.problem(problem)

    @on(Button.Pressed)
    def action_save(self) -> None:
        """Keep the patient; what is wrong is said and what was typed stays."""
        try:
            patient = self._patient()
            if self._known:
                self._home.change_patient(patient, was=self._known, sure=self._warned)
            else:
                patient = self._home.add_patient(patient, sure=self._warned)
        except ValueError as error:
            self._say(str(error))
            self.query_one("#birth-date", Input).focus()
            return
        except DoubtError as doubt:
            self._warned = True
            self._say(f"{doubt} Esc goes back and keeps nothing. F10 once more keeps what you typed.")
            return
        except ClinicError as error:
            self._say(str(error))
            return
        self.dismiss(patient.id)

    def _patient(self) -> Patient:
        """The patient as the form says. Raises ValueError with a sentence."""
        fields = {
            "name": self.typed("name"),
            "birth_date": birth_date(self.query_one("#birth-date", Input).value, self._home.today()),
            "chart_number": self.typed("chart"),
            "sex": self.chosen("sex"),
            "handedness": self.chosen("hand"),
            "language": self.chosen("language"),
        }
        return replace(self._known, **fields) if self._known else Patient(**fields)  # type: ignore[arg-type]

    def _say(self, text: str) -> None:
        self.problem(text)
        self.app.bell()


def _missing(born: BirthDate) -> str:
    """What a birth date that is not whole lacks, and that it may stay so; empty where it is whole."""
    if isinstance(born, datetime.date):
        return ""
    lacks = "The day is" if born.month else "Day and month are"
    return f"{lacks} missing. Where nobody knows, F10 twice keeps {in_words(born)} as it is."
