"""Clinics with made-up patients and histories, and what of them goes to a FHIR server."""

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from made_up import PUBLIC, SMALL, MadeUp, keep, made_up

from mmt.clinic import Clinic
from mmt.model.acts import Act
from mmt.model.people import Letterhead
from mmt.paths import Places
from mmt.storage import protocols
from mmt.storage.clinic_data import add_practitioner, add_signing_key

Json = dict[str, Any]


def made_clinic(folder: Path, name: str, patients: int) -> Clinic:
    """A clinic with so many patients, the same each time."""
    places = Places(folder / name)
    Clinic.create(places, Letterhead(name=f"{name} Clinic"), "Dr Example").close()
    clinic = Clinic.open(places)
    assert isinstance(clinic, Clinic)
    with clinic.store.writing(Act.SET) as db:
        protocols.keep(db, SMALL)
        add_practitioner(db, "A", clinic.now())
        add_signing_key(db, "A", PUBLIC)

    @given(made_up(most=2))
    @settings(
        max_examples=patients,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    def fill(made: MadeUp) -> None:
        with clinic.store.writing(Act.IMPORTED) as db:
            keep(db, made)

    fill()
    return clinic


def bundles_of(clinic: Clinic, folder: Path) -> list[Json]:
    """The transactions that `mmt export --as fhir` writes."""
    written = clinic.exchange().write("fhir", folder)
    return [json.loads(line) for line in written.path.read_text(encoding="utf-8").splitlines()]
