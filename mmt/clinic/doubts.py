"""What is odd about what was asked, as a sentence to show before it is done; empty where nothing is."""

import datetime
from collections.abc import Collection, Sequence

from mmt.model.born import when
from mmt.model.people import OLDEST, Patient, PatientRow
from mmt.model.visit import History, Prescribed
from mmt.reasoning.same_person import Clue, clues
from mmt.reasoning.wording import left_open

from .allowed import Refusals
from .held_visit import HeldVisit

YEAR = datetime.timedelta(days=366)
SUGGESTED = "Suggested, not kept yet: without them there is no sheet."
AT_EXAM = "In the step Exam, T tests it again and C confirms it."
SUGGESTED_TOO = "Suggested, not kept yet: they will not stand on the sheet."
CLUES: dict[Clue, str] = {
    "chart": "One chart number.",
    "born": "One birth date.",
    "part": "Of a birth date only a part is known.",
    "exchanged": "Day and month of birth are exchanged.",
    "digit": "The birth dates differ in one digit.",
}
"""What tells that two records may be of one person."""

NO_SHEET = "There are findings, and no stretch is kept: once signed, this visit can have no hand-out."


class Doubts:
    """What is odd about going on with an open visit now, one sentence each; empty where nothing is."""

    def __init__(self, known: HeldVisit) -> None:
        self._known = known

    @property
    def _may_have_a_sheet(self) -> bool:
        """Whether a sheet can still be put together."""
        closed = self._known.watch.status in ("locked", "no-sheet") or self._known.visit.blind
        return not closed and not Refusals(self._known).change()

    def leave_stretches(self, waiting: Collection[Prescribed] = ()) -> str:
        """That what is suggested for the sheet would be left without being kept: all of it, or what is still
        `waiting` beside stretches that are kept."""
        if not self._may_have_a_sheet:
            return ""
        if self._known.visit.prescription is None:
            return SUGGESTED if self._known.review.prescription.offered else ""
        return SUGGESTED_TOO if waiting else ""

    def fall(self) -> str:
        """That a fall was not tested again and that nothing confirms it, while nothing was done about it."""
        known = self._known
        if Refusals(known).change():
            return ""
        said = left_open(known.watch.alerts, known.protocol, acted=bool(known.visit.action))
        return said and f"{said} {AT_EXAM}"

    def sign(self) -> str:
        """That a fall is left open; that a finding stands that no sheet answers, and that none can once the
        visit is signed."""
        return " ".join(filter(None, (self.fall(), self._without_sheet())))

    def _without_sheet(self) -> str:
        visit = self._known.visit
        if visit.prescription or not self._may_have_a_sheet:
            return ""
        verdicts = (visit.decisions.get(one.key) for one in self._known.review.findings)
        stands = any(one is None or one.verdict == "accepted" for one in verdicts)
        return NO_SHEET if stands else ""


def day_of_visit(today: datetime.date, history: History, newest: datetime.date | None) -> str:
    """Why a visit of this patient may not be of `today`; `newest` is the day of the visit begun last of all.

    A clock that fell back or ran ahead would spoil each later comparison, and the day of a signed visit
    stays.
    """
    patient = history.patient
    here = history.visits[-1].date if history.visits else None
    if here and today < here:
        odd = f"but {patient.name} was here on {here.isoformat()}, which is later"
    elif newest and today < newest:
        odd = f"but the newest visit in these records is of {newest.isoformat()}, which is later"
    elif newest and today > newest + YEAR:
        odd = f"more than a year after the newest visit in these records ({newest.isoformat()})"
    elif (ages := patient.ages_on(today)).most < 0 or ages.least > OLDEST:
        odd = f"but {patient.name} was born {when(patient.birth_date)}"
    else:
        return ""
    return (
        f"This computer says that today is {today.isoformat()}, {odd}. A visit keeps its day for good: "
        "if the day is wrong, set the computer's clock first."
    )


def from_paper(day: datetime.date, history: History) -> str:
    """That a visit of this day was entered already, where one was."""
    if all(one.date != day for one in history.visits):
        return ""
    return f"{history.patient.name} has a visit of {day.isoformat()} already: is this another one?"


def one_person(here: Patient, there: Patient) -> str:
    """That two records may be of two people, where birth date or sex differ."""
    born = {one.birth_date.isoformat() for one in (here, there)}
    sexes = {one.sex for one in (here, there)} - {"unknown"}
    apart = (
        f"{here.name} was born {when(here.birth_date)}, {there.name} {when(there.birth_date)}"
        if len(born) > 1
        else "",
        f"{here.name} is {here.sex}, {there.name} {there.sex}" if len(sexes) > 1 else "",
    )
    told = "; ".join(filter(None, apart))
    return told and f"{told}. Are they one person?"


def behind(today: datetime.date, visit: datetime.date) -> str:
    """That what is signed or noted now would bear a day before the visit, where it would."""
    if today >= visit:
        return ""
    return f"This computer says that today is {today.isoformat()}, before the visit: set its clock first."


def second_record(patient: Patient, others: Sequence[PatientRow]) -> str:
    """Who of `others`, with birth dates near that of `patient` or the same chart number, may be `patient`."""
    typed = PatientRow(
        name=patient.name,
        id=patient.id,
        birth_date=patient.birth_date,
        chart_number=patient.chart_number,
    )
    told = {one.id: clues(typed, one) for one in others}
    taken = [one for one in others if "chart" in told[one.id]]
    same = [one for one in others if set(told[one.id]) - {"chart"}]
    same.sort(key=lambda one: (one not in taken, one.birth_date != patient.birth_date))
    said = ""
    if same:
        more = f" So may {len(same) - 1} more." if len(same) > 1 else ""
        how = " ".join(CLUES[clue] for clue in told[same[0].id] if clue in ("part", "exchanged", "digit"))
        said = f"{known_as(same[0])}, has a record already and may be the same person. {how}{more}".strip()
    if taken and taken[0] not in same:
        said = f"{said} The chart number is taken: it is that of {known_as(taken[0])}."
    return said.strip()


def birth_date(patient: Patient) -> str:
    """That a birth date is kept without what is missing of it, where something is."""
    born = patient.birth_date
    if isinstance(born, datetime.date):
        return ""
    lacks = "The day of birth is" if born.month else "Day and month of birth are"
    return f"{lacks} missing: the birth date is kept as {born}, and nothing is put in its place."


def known_as(one: PatientRow) -> str:
    """A person by name, birth date and chart number."""
    chart = f", chart {one.chart_number}" if one.chart_number else ""
    return f"{one.name}, born {one.birth_date or 'on a day that cannot be read'}{chart}"
