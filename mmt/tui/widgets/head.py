"""The top line of a visit: whose it is, of which day, who examines; whole words at any width."""

from textual.content import Content
from textual.widget import Widget

from mmt.model.people import Patient
from mmt.model.visit import Visit
from mmt.tui.plain import plain

_LEAST = 8
"""Columns of the examiner's name that a long patient's name does not take."""


class HeadLine(Widget):
    """Shows the patient and the visit; what is least needed gives way on a narrow screen."""

    def __init__(self, patient: Patient, visit: Visit) -> None:
        super().__init__(id="head")
        self._patient = patient
        self._visit = visit

    def render(self) -> Content:
        return head_line(self._patient, self._visit, self.size.width)


def head_line(patient: Patient, visit: Visit, across: int) -> Content:
    """The line in so many columns: the fullest wording that fits, else the names are shortened."""
    name, examiner = plain(patient.name), plain(visit.examiner)
    born, day = patient.birth_date.isoformat(), visit.date.isoformat()
    state = "signed" if visit.signed else "draft"
    wordings = (
        f"  born {born}, {patient.age_on(visit.date)} years   visit {day}, {state}   examiner ",
        f"  born {born}   visit {day}, {state}   examiner ",
        f"  born {born}   visit {day}, {state}   ",
        f"  born {born}  {day} {state}  ",
    )
    for middle in wordings:
        if name.cell_length + len(middle) + examiner.cell_length <= across:
            break
    spare = max(0, across - len(middle))
    examiner = examiner.truncate(max(spare - name.cell_length, min(_LEAST, spare // 3)), ellipsis=True)
    name = name.truncate(max(0, spare - examiner.cell_length), ellipsis=True)
    return name.stylize("bold") + Content(middle) + examiner
