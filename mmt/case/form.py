"""What a case file holds, as it is written and as values.

What each value must be as it is written stands here, ids are looked up later.
"""

import datetime
from typing import Annotated, Any

from msgspec import Meta

from mmt.model.base import Side, Text, Value
from mmt.model.born import BirthDate
from mmt.model.observation import LARGEST, Observation
from mmt.model.people import Handedness, Letterhead, Sex
from mmt.model.visit import History

Language = Annotated[
    str,
    Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="a language code, such as en or es"),
]


class WrittenPatient(Value, frozen=True, kw_only=True):
    """`conditions` are the precautions that are present; None where nobody asked."""

    name: str = ""
    language: Language = "en"
    birth_date: BirthDate
    sex: Sex = "unknown"
    handedness: Handedness = "unknown"
    conditions: tuple[Text, ...] | None = None


class Seen(Observation, frozen=True, kw_only=True):
    """An observation whose grade may be of any scale: which one tells the visit."""

    grade: str | None = None
    degrees: Annotated[float, Meta(ge=-LARGEST["degrees"], le=LARGEST["degrees"])] | None = None
    millimetres: Annotated[float, Meta(ge=-LARGEST["millimetres"], le=LARGEST["millimetres"])] | None = None
    substitution: Text | None = None
    variant: Text | None = None


class Given(Value, frozen=True, kw_only=True):
    """A stretch that was given, in the library's dose; no side where it is done on both."""

    stretch: Text
    side: Side | None = None


class WrittenVisit(Value, frozen=True, kw_only=True):
    """A visit. An answer of the story is what its question takes. `home` tells of a stretch of the sheet
    before how much was done and how it felt; `accepted` are the keys of findings that were accepted."""

    date: datetime.date
    entered: datetime.date | None = None
    examiner: Text
    scale: Text
    action: str = ""
    safety: dict[str, bool] = {}
    story: dict[str, Any] = {}
    home: dict[str, Any] = {}
    accepted: tuple[Text, ...] = ()
    observations: tuple[Seen, ...] = ()
    sheet: tuple[Given, ...] | None = None


class CaseFile(Value, frozen=True, kw_only=True):
    """A whole file, the oldest visit first."""

    id: Text
    title: Text
    source: Text
    exam: Text = ""
    clinic: Letterhead = Letterhead()
    patient: WrittenPatient
    visits: Annotated[tuple[WrittenVisit, ...], Meta(min_length=1)]
    expect: dict[str, Any] = {}


class Case(Value, frozen=True, kw_only=True):
    """A case file as values. All its visits count as signed by their examiner.

    `source` says where the case comes from, `exam` is the plan that its visits follow (may be empty).
    `expect` is plain data, which reasoning never sees: what `mmt explain --json` must print, its `visits`
    aligned from the last one backwards.
    """

    id: Text
    title: Text
    source: Text
    exam: str = ""
    letterhead: Letterhead = Letterhead()
    history: History
    expect: dict[str, Any] = {}
