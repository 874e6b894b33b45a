"""What no record may hold, though it has the form: told of a file of records by its place, in words."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from mmt.clinic import typed
from mmt.clinic.possible import possible
from mmt.exchange.located import Place, located, said
from mmt.exchange.records import Head, PatientRecord, RecordSet, VisitRecord
from mmt.model.born import first_day
from mmt.model.errors import ClinicError
from mmt.model.protocol import Protocol
from mmt.model.text import clean, never_kept
from mmt.model.visit import Dose

_DAY = datetime.timedelta(days=1)
"""The day of a clinic may be another one than that of UTC."""

_SHOWN = 60
"""Characters of a name that may be endless."""

_FIRST = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_LAST = datetime.datetime(9000, 1, 1, tzinfo=datetime.UTC)
"""Between them is whatever a computer's clock shows, right or wrong."""

_MOST, _DAYS = 9999, 7
"""Of each part of a dose, and of the days of a week."""

_STRANGE = "the text holds the sign U+{code:04X}, which no record does."
_LINES = "the text holds a line break, where a record has one line."
_SPACED = "the text has spaces around it or doubled, or letters and accents apart, as mmt keeps none."
_LONG = "the text has more than {most:,} characters."
_ELSEWHERE = "the time {at} is not in UTC, as mmt writes times."
_NO_CLOCK = "the time {at} is none that a computer's clock shows."
_TO_COME = "{what} lies in the future."
_UNBORN = "{day} lies before the patient's birth ({born})."
_EARLIER = "{entered} lies before the day of the visit ({day})."
_UNKNOWN = "{name} is no {kind} of the protocol of the visit."
_DOSE = "{many:,} is no part of a dose: from 1 to {most:,} there is."


def unfit(
    found: RecordSet, head: Head, now: datetime.datetime, protocols: Callable[[str], tuple[Protocol, ...]]
) -> Iterator[str]:
    """What may not come in of records that stand in a file with this head. What is in a draft is held against
    `protocols`, given by the digest of its own. What was signed is as it was signed, and stays so."""
    names = ((_SITE, name) for name in head.sites.values())
    for place, held in (*names, *located(found)):
        if why := _odd(place, held):
            yield f"{said(place)}: {why}"
    today = now.astimezone().date()
    for at, one in enumerate(found.patients):
        yield from _impossible(one, today)
        for which, visit in enumerate(one.visits):
            place = ("patients", at, "visits", which)
            for inner, why in (*_doses(visit), *(_draft(one, visit, now, protocols) if visit.open else ())):
                yield f"{said((*place, *inner))}: {why}"


def _impossible(one: PatientRecord, today: datetime.date) -> Iterator[str]:
    begun = one.added.date() + _DAY  # who was not too old then may be by now
    told = [_why_not(one, day) for day in dict.fromkeys((today, min(today, begun)))]
    if all(told):
        yield f"{one.person.name[:_SHOWN]}: {told[0]}"


def _why_not(one: PatientRecord, day: datetime.date) -> str:
    try:
        possible(one.person.patient, day)
    except ClinicError as error:
        return str(error)
    return ""


def _odd(place: Place, held: Any) -> str:
    """Why a value is in no record; empty where it may be."""
    if isinstance(held, datetime.datetime):
        if held.utcoffset():
            return _ELSEWHERE.format(at=held.isoformat())
        return "" if _FIRST <= held < _LAST else _NO_CLOCK.format(at=held.isoformat())
    if not isinstance(held, str):
        return ""
    if sign := never_kept(held):
        return _STRANGE.format(code=ord(sign))
    shown, note = "kept" in place, place[-1] == "note" or place[-3::2] == ("notes", "text")
    most = typed.LINE if place == _SITE else typed.NOTE
    if len(held) > most:
        return _LONG.format(most=most)
    if shown or held == clean(held, lines=note):
        return ""
    return _LINES if "\n" in held and not note else _SPACED


def _doses(visit: VisitRecord) -> Iterator[tuple[Place, str]]:
    for at, one in enumerate(visit.prescription or ()):
        for name in Dose.__struct_fields__:
            many, most = getattr(one.dose, name), _DAYS if name == "days_per_week" else _MOST
            if many is not None and not 1 <= many <= most:
                yield ("prescription", at, name), _DOSE.format(many=many, most=most)


def _draft(
    one: PatientRecord,
    visit: VisitRecord,
    now: datetime.datetime,
    protocols: Callable[[str], tuple[Protocol, ...]],
) -> Iterator[tuple[Place, str]]:
    """What is amiss in a visit that would be gone on with here."""
    born, today = first_day(one.person.birth_date), now.astimezone().date()
    for name, day in (("date", visit.date), ("entered", visit.entered)):
        if day and day > today + _DAY:
            yield (name,), _TO_COME.format(what=day)
    if visit.date < born:
        yield ("date",), _UNBORN.format(day=visit.date, born=one.person.birth_date)
    if visit.entered and visit.entered < visit.date:
        yield ("entered",), _EARLIER.format(entered=visit.entered, day=visit.date)
    for place, held in located(visit):
        if isinstance(held, datetime.datetime) and held > now + _DAY:
            yield place, _TO_COME.format(what=held.isoformat())
    yield from _unknown(visit, protocols(visit.protocol))


def _unknown(visit: VisitRecord, protocols: tuple[Protocol, ...]) -> Iterator[tuple[Place, str]]:
    """What of a draft is in none of these protocols, or does not fit the test of its name there."""
    named: list[tuple[Place, str, str]] = [(("exam",), visit.exam, "exams")] if visit.exam else []
    named += [(("scale",), visit.scale, "scales")]
    for at, row in enumerate(visit.observations):
        named += [(("observations", at, "test"), row.test, "tests")]
        named += [(("observations", at, "scale"), row.scale, "scales")]
    for at, item in enumerate(visit.prescription or ()):
        named += [(("prescription", at), item.stretch, "stretches")]
    for place, name, kinds in named:
        if not any(name in getattr(protocol, kinds) for protocol in protocols):
            yield place, _UNKNOWN.format(name=name, kind=_KINDS[kinds])
    for at, row in enumerate(visit.observations):
        tests = [protocol.tests[row.test] for protocol in protocols if row.test in protocol.tests]
        wrong = [next(iter(test.misfits(row.value)), None) for test in tests if row.value]
        if wrong and wrong[0] and all(wrong):
            name, why = wrong[0]
            yield ("observations", at, name), f"{why}."


_SITE = ("line 1", "name of a clinic")
_KINDS = {"exams": "exam", "scales": "scale", "tests": "test", "stretches": "stretch"}
