"""What is odd about what was asked, as a sentence to show before it is done; empty where nothing is."""

from collections.abc import Sequence

from mmt.model.people import Patient, PatientRow
from mmt.reasoning import alike


def second_record(patient: Patient, others: Sequence[PatientRow]) -> str:
    """Whether `patient` has a record already among `others`, who share the birth date or the chart number."""
    chart = patient.chart_number.casefold()
    taken = [one for one in others if chart and one.chart_number.casefold() == chart]
    same = [one for one in others if one.birth_date == patient.birth_date and alike(one.name, patient.name)]
    same.sort(key=lambda one: one not in taken)
    said = ""
    if same:
        more = f" So may {len(same) - 1} more." if len(same) > 1 else ""
        said = f"{_named(same[0])}, has a record already and may be the same person.{more}"
    if taken and taken[0] not in same:
        said = f"{said} The chart number is taken: it is that of {_named(taken[0])}."
    return said.strip()


def _named(one: PatientRow) -> str:
    chart = f", chart {one.chart_number}" if one.chart_number else ""
    return f"{one.name}, born {one.birth_date.isoformat()}{chart}"
