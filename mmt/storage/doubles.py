"""Records that may be of one person: those to look at beside one."""

import datetime

import msgspec

from mmt.model.people import Patient, PatientRow, chart_key
from mmt.reasoning.same_person import near

from .driver import Database
from .patients import found

CHART_KEY = "ltrim(replace(lower(chart_number), ' ', ''), '0')"
"""A chart number as an index holds it; as `chart_key` in the model."""

BESIDE = f"""
select id from patients where birth_date in (select value from json_each(:days)) and id != :id
union select id from patients where birth_date >= :part and birth_date < :beyond and id != :id
union select id from patients where {CHART_KEY} = :chart and :chart != '' and id != :id
"""
"""The numbers of records to hold against another, each by an index."""


def beside(db: Database, patient: Patient) -> list[PatientRow]:
    """The records that are to be held against that of `patient`: with a birth date near it or its chart
    number, however many there are."""
    born = patient.birth_date.isoformat()
    whole = isinstance(patient.birth_date, datetime.date)
    values = {
        "id": patient.id,
        "days": msgspec.json.encode([born, *near(born)]).decode(),
        "part": "" if whole else born,
        "beyond": "" if whole else f"{born}~",
        "chart": chart_key(patient.chart_number),
    }
    return found(db, BESIDE, "p.name, p.id", {**values, "limit": -1})
