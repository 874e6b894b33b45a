"""A clinic with a patient for each of sixteen rooms, whose visit stands at the exam."""

import datetime
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from mmt.clinic import Clinic
from mmt.model.observation import Observation
from mmt.model.people import Letterhead, Patient
from mmt.paths import Places

STATIONS = tuple(f"Room {number}" for number in range(1, 17))
PATIENTS = (
    *("Alba", "Bruno", "Clara", "Dario", "Elena", "Fabio", "Greta", "Hugo"),
    *("Irene", "Jonas", "Katja", "Livio", "Mirja", "Nils", "Olga", "Pavel"),
)
BORN = datetime.date(1980, 5, 17)


def made(folder: Path) -> Path:
    """A copy of that clinic in this folder."""
    return shutil.copytree(_made(), folder)


@cache
def _made() -> Path:
    folder = Path(mkdtemp(prefix="mmt-sixteen-")) / "clinic"
    clinic = Clinic.create(Places(folder), Letterhead(name="Sixteen rooms"), "Dr Example")
    for number, name in enumerate(PATIENTS):
        born = BORN + datetime.timedelta(days=40 * number)
        patient = clinic.add_patient(Patient(name=f"{name} Example", birth_date=born), sure=True)
        clinic.begin(patient.id, "Dr Example", exam="sciatica-quick").move("exam")
    clinic.close()
    return folder


def kept(folder: Path, name: str) -> list[Observation]:
    """What is recorded in the visit of a patient."""
    clinic = Clinic.open(Places(folder))
    try:
        (row,) = clinic.search(name)
        return list(clinic.history(row.id).visits[-1].observations)
    finally:
        clinic.close()
