"""Who examines, with which exam and scale, on which day: good defaults, Enter begins."""

import datetime
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from mmt.dates.typed import visit_day
from mmt.model.visit import History
from mmt.tui.desk import Home
from mmt.tui.dialogs.dialog import FormDialog
from mmt.tui.widgets.fields import button, choice_field, text_field

from .keys import NEW_VISIT

DAY = "an earlier day: from paper"


SECOND = (("no: earlier values are shown", ""), ("second examiner, blind: hidden until signed", "blind"))


class Chosen(NamedTuple):
    """What a visit is begun with."""

    examiner: str
    scale: str
    exam: str
    day: datetime.date
    blind: bool


class NewVisitScreen(FormDialog[Chosen]):
    """Gives back what was chosen. The day is today's unless another one is typed."""

    AUTO_FOCUS = "Button"
    PLACE = NEW_VISIT
    fields = "Input, Select"
    ends_with = "day"

    def __init__(self, home: Home, history: History) -> None:
        super().__init__(name="new-visit")
        self._home = home
        self._history = history
        self._last = history.visits[-1] if history.visits else None
        self._second = home.may_look_again(history)

    def body(self) -> ComposeResult:
        protocol, last = self._home.protocol, self._last
        people = self._home.names
        exams = tuple((one.name, one.id) for one in protocol.exams.values())
        scales = tuple((one.name, one.id) for one in protocol.scales.values())
        first = "sciatica-quick" if "sciatica-quick" in protocol.exams else exams[0][1]
        exam = last.exam if last and last.exam in protocol.exams else first
        scale = last.scale if last and last.scale in protocol.scales else protocol.exams[exam].scale
        examiner = last.examiner if last and last.examiner in people else people[0]
        yield Static("Follow-up visit" if last else "First visit", classes="title")
        yield Static("", id="form-problem")
        yield choice_field("Examiner", "examiner", tuple((name, name) for name in people), examiner)
        yield choice_field("Exam", "exam", exams, exam)
        yield choice_field("Scale", "scale", scales, scale)
        yield Static("The same scale at each visit lets grades be compared.", classes="hint")
        yield text_field("Day", "day", self._home.today().isoformat(), DAY)
        if self._second:
            yield choice_field("Second look", "blind", SECOND, "")
        yield button("Begin (Enter)")

    @on(Button.Pressed)
    def action_save(self) -> None:
        """Begin; a day that cannot be is said, and what was chosen stays."""
        try:
            day = visit_day(self.typed("day"), self._home.today(), self._history.patient.birth_date)
        except ValueError as error:
            self.problem(str(error))
            self.app.bell()
            self.query_one("#day", Input).focus()
            return
        blind = self._second and bool(self.chosen("blind"))
        if blind and (why := self._home.not_blind(self._history, self.chosen("examiner"), day)):
            self.problem(why)
            self.app.bell()
            return
        self.dismiss(Chosen(self.chosen("examiner"), self.chosen("scale"), self.chosen("exam"), day, blind))
