"""The top line of a visit: whose it is, of which day, who examines; whole words at any width."""

from textual.content import Content
from textual.widget import Widget

from mmt.model.people import Patient
from mmt.model.visit import Visit
from mmt.tui.widgets.plain import plain

_LEAST = 8
"""Columns of an examiner's name that still say who it is; with less room it is left out."""


class HeadLine(Widget):
    """Shows the patient and the visit; what is least needed gives way on a narrow screen."""

    def __init__(self, patient: Patient, visit: Visit) -> None:
        super().__init__(id="head")
        self._patient = patient
        self._visit = visit

    def render(self) -> Content:
        return head_line(self._patient, self._visit, self.size.width)


def head_line(patient: Patient, visit: Visit, across: int) -> Content:
    """The line in so many columns: the fullest that fits. The patient's name is the last to give way."""
    name, examiner = plain(patient.name).stylize("bold"), plain(visit.examiner)
    born, day = f"  born {patient.birth_date.isoformat()}", visit.date.isoformat()
    state = ("NOT AS SIGNED" if visit.altered else "signed" if visit.signed else "draft") + (
        " from paper" if visit.entered else ""
    )
    state += " blind" if visit.blind else ""
    spare = across - name.cell_length
    wordings = (
        f"{born}, {patient.ages_on(visit.date)} years   visit {day}, {state}   examiner ",
        f"{born}   visit {day}, {state}   examiner ",
        f"{born}   visit {day}, {state}   ",
        f"{born}  {day} {state}  ",
    )
    for middle in wordings:
        if len(middle) + examiner.cell_length <= spare:
            return name + middle + examiner
    if len(middle) + _LEAST <= spare:
        return name + middle + examiner.truncate(spare - len(middle), ellipsis=True)
    for short in (f"{born}  {day} {state}", f"{born}  {day}", born):
        if len(short) <= spare:
            return name + short
    return name.truncate(max(1, across), ellipsis=True)
