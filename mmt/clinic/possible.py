"""What the data of a patient can be."""

import datetime
import re

from mmt.model.born import first_day
from mmt.model.errors import ClinicError
from mmt.model.people import OLDEST, Patient

from . import typed

_LANGUAGE = re.compile("[A-Za-z][A-Za-z0-9_-]{1,30}")
"""A code, or what the clinic's own templates call a language."""


def possible(patient: Patient, today: datetime.date) -> Patient:
    """The patient as it may be kept. Raises ClinicError for impossible data."""
    patient = typed.lines(patient, "The data of a patient")
    if not patient.name:
        raise ClinicError("Type the patient's name.")
    born = patient.birth_date.isoformat()
    if first_day(patient.birth_date) > today:
        raise ClinicError(f"The birth date {born} lies in the future; type it again.")
    if patient.ages_on(today).least > OLDEST:
        raise ClinicError(f"The birth date {born} is more than {OLDEST} years ago; type it again.")
    if not _LANGUAGE.fullmatch(patient.language):
        raise ClinicError(f'"{patient.language}" is no language: write its code, as en or pt-BR.')
    return patient
