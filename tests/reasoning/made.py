"""Small histories made by hand, for what a single rule says of them word for word."""

import datetime
from typing import Any

from mmt.library.load import load
from mmt.model.base import Side
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.visit import History, Visit
from mmt.paths import shipped

PROTOCOL: Protocol = load([shipped("protocols")]).protocol
PATIENT = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2), sex="female", handedness="right")
FIRST = datetime.date(2026, 3, 2)
SECOND = datetime.date(2026, 3, 16)
THIRD = datetime.date(2026, 3, 30)


def seen(test: str, side: Side | None = "left", trial: int = 1, **value: Any) -> Observation:
    return Observation(test=test, side=side, trial=trial, **value)


def visit(*observations: Observation, date: datetime.date = FIRST, **more: Any) -> Visit:
    known: dict[str, Any] = {"examiner": "A", "scale": "MRC-8", **more}
    return Visit(date=date, observations=observations, **known)


def history(*visits: Visit) -> History:
    return History(patient=PATIENT, visits=visits)
