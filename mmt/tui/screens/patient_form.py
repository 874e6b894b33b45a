"""A patient's data in one form: of a new patient, or to correct those of a known one."""

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Select, Static

from mmt.model.errors import ClinicError
from mmt.model.people import Patient
from mmt.model.text import clean
from mmt.tui.commands import bindings
from mmt.tui.dates import birth_date
from mmt.tui.home import Home
from mmt.tui.plain import plain
from mmt.tui.widgets.fields import Choices, button, choice_field, text_field
from mmt.tui.widgets.key_bar import KeyBar

SEX: Choices = (("not said", "unknown"), ("female", "female"), ("male", "male"), ("other", "other"))
HANDS: Choices = (
    ("not said", "unknown"),
    ("right-handed", "right"),
    ("left-handed", "left"),
    ("both", "both"),
)


class PatientForm(ModalScreen[int | None]):
    """Asks for what a record needs; gives the record's number back. With a `patient` it corrects that one."""

    AUTO_FOCUS = "Input"
    BINDINGS = bindings("form")

    def __init__(self, home: Home, *, name: str = "", patient: Patient | None = None) -> None:
        super().__init__(name="patient-form")
        self._home = home
        self._known = patient
        self._first = patient.name if patient else name
        self._warned = False

    def compose(self) -> ComposeResult:
        known = self._known
        held = known or Patient(birth_date=self._home.today())
        born = held.birth_date.isoformat() if known else ""
        with VerticalScroll(classes="form", can_focus=False):
            yield Static("Patient's data" if known else "New patient", classes="title")
            yield Static("", id="form-problem")
            yield text_field("Name", "name", self._first)
            yield text_field("Birth date", "birth-date", born, "1979-05-02 or 2 May 1979")
            yield text_field("Chart number", "chart", held.chart_number, "may stay empty")
            yield choice_field("Sex", "sex", SEX, held.sex)
            yield choice_field("Handedness", "hand", HANDS, held.handedness)
            yield choice_field("Sheet's language", "language", self._languages(held), held.language)
            yield button("Save (F10)")
        yield KeyBar()

    def _languages(self, held: Patient) -> Choices:
        """Those a sheet can be printed in, and the patient's own where it is none of them."""
        known = {held.language: held.language, **self._home.languages}
        return tuple((name, code) for code, name in known.items())

    @on(Input.Submitted)
    def next_field(self) -> None:
        """Enter goes on to the next field; only F10 or the button saves."""
        self.focus_next("Input, Select")

    @on(Input.Changed)
    def look_again(self) -> None:
        """What is typed now may be another patient."""
        self._warned = False

    @on(Button.Pressed)
    def action_save(self) -> None:
        """Keep the patient; what is wrong is said and what was typed stays."""
        try:
            patient = self._typed()
            if not self._known and self._is_there(patient):
                return
            if self._known:
                self._home.change_patient(patient)
            else:
                patient = self._home.add_patient(patient)
        except ValueError as error:
            self._say(str(error))
            self.query_one("#birth-date", Input).focus()
            return
        except ClinicError as error:
            self._say(str(error))
            return
        self.dismiss(patient.id)

    def _typed(self) -> Patient:
        """The patient as the form says. Raises ValueError with a sentence."""
        fields = {
            "name": clean(self.query_one("#name", Input).value),
            "birth_date": birth_date(self.query_one("#birth-date", Input).value, self._home.today()),
            "chart_number": clean(self.query_one("#chart", Input).value),
            "sex": self._chosen("sex"),
            "handedness": self._chosen("hand"),
            "language": self._chosen("language"),
        }
        return replace(self._known, **fields) if self._known else Patient(**fields)  # type: ignore[arg-type]

    def _is_there(self, patient: Patient) -> bool:
        """Whether someone of this name and birth date has a record; says so once, the second time saves."""
        if self._warned or not patient.name:
            return False
        same = [one for one in self._home.search(patient.name) if one.birth_date == patient.birth_date]
        if not same:
            return False
        self._warned = True
        chart = f", chart {same[0].chart_number}" if same[0].chart_number else ""
        self._say(
            f"{same[0].name}, born {same[0].birth_date}{chart}, has a record already: Esc goes back to it. "
            "F10 once more keeps a second patient of this name."
        )
        return True

    def _say(self, text: str) -> None:
        self.query_one("#form-problem", Static).update(plain(text))
        self.app.bell()

    def _chosen(self, name: str) -> str:
        return str(self.query_one(f"#{name}", Select).value)

    def action_back(self) -> None:
        """Leave without keeping anything."""
        self.dismiss(None)
