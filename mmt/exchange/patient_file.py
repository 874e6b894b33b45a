"""All that is kept of one patient, as one value that other programs can read."""

import datetime
from typing import Any

import msgspec

from mmt.model.base import Value
from mmt.model.people import Letterhead, Patient
from mmt.model.rights import Disclosure, Restriction
from mmt.model.visit import Joined, Moved, Visit

FORMAT, VERSION = "mmt-patient", 1
"""What a file says of itself. The version changes where a reader of the one before would be misled."""


class PatientFile(Value, frozen=True, kw_only=True):
    """A patient's record as it stands, the oldest visit first, and below it `recorded`: each row as it was
    written, by table, corrections and withdrawals too, with who did what and when among `acts`."""

    format: str = FORMAT
    version: int = VERSION
    made: datetime.datetime
    clinic: Letterhead
    patient: Patient
    visits: tuple[Visit, ...] = ()
    moved: tuple[Moved, ...] = ()
    joined: tuple[Joined, ...] = ()
    restriction: Restriction | None = None
    disclosures: tuple[Disclosure, ...] = ()
    recorded: dict[str, list[dict[str, Any]]] = {}


def builtins(file: PatientFile) -> dict[str, Any]:
    """The value as what JSON has: tables, lists, texts and numbers; days and times in ISO 8601."""
    told: dict[str, Any] = msgspec.to_builtins(file)
    return told


def as_json(file: PatientFile) -> bytes:
    """The value as JSON to read: the same value gives the same bytes."""
    return msgspec.json.format(msgspec.json.encode(builtins(file)), indent=1) + b"\n"
