"""Small histories made by hand, for what a single rule says of them word for word."""

import datetime
from typing import Any

from msgspec.structs import replace

from mmt.library.load import load
from mmt.model.base import Side
from mmt.model.observation import MEASURES, Observation
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.review import Reason
from mmt.model.said import Said
from mmt.model.visit import History, Visit
from mmt.paths import shipped
from mmt.reasoning.wording import missing_said, sentence, worded

PROTOCOL: Protocol = load([shipped("protocols")]).protocol
PATIENT = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2), sex="female", handedness="right")
FIRST = datetime.date(2026, 3, 2)
SECOND = datetime.date(2026, 3, 16)
THIRD = datetime.date(2026, 3, 30)


def seen(test: str, side: Side | None = "left", trial: int = 1, **value: Any) -> Observation:
    assert test in PROTOCOL.tests, f"no test is named {test}"
    return Observation(test=test, side=side, trial=trial, **value)


def visit(*observations: Observation, date: datetime.date = FIRST, **more: Any) -> Visit:
    known: dict[str, Any] = {"examiner": "A", "scale": "MRC-8", **more}
    return Visit(date=date, observations=observations, **known)


def history(*visits: Visit) -> History:
    return History(patient=PATIENT, visits=visits)


VALUES = (*MEASURES, "trial", "not_tested", "flags", "substitution")


def quote(test: str, side: Side | None = None, **more: Any) -> Reason:
    """A reason that tells of a test, and what was seen of it where a value is named."""
    value = {name: more.pop(name) for name in VALUES if name in more}
    seen_here = Observation(test=test, side=side, **value) if value else None
    return Reason(test=test, side=side, seen=seen_here, **more)


def told(found: Any, protocol: Protocol = PROTOCOL) -> Any:
    """What was concluded as a clinician reads it: its sentences in words, its sources by title."""
    if isinstance(found, list | tuple):
        return type(found)(told(one, protocol) for one in found)
    if isinstance(found, Said):
        return sentence(found, protocol)
    if not hasattr(found, "__struct_fields__"):
        return found
    read = {
        name: told(getattr(found, name), protocol)
        for name in ("because", "against", "lift", "why", "said", "counts", "marks")
        if hasattr(found, name)
    }
    for name in ("said", "action"):
        if isinstance(given := getattr(found, name, None), tuple):
            read[name] = worded(given, protocol)
    if hasattr(found, "missing"):
        read["missing"] = tuple(missing_said(one, str) for one in found.missing)
    if hasattr(found, "sources"):
        read["sources"] = protocol.cite(found.sources)
    return replace(found, **read)
