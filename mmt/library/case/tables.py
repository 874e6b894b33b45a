"""The tables of a case file: which keys they have, and what the protocol allows in them."""

import datetime
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, get_args

from mmt.model.base import SIDES
from mmt.model.people import Handedness, Sex
from mmt.model.protocol import Protocol
from mmt.model.questions import StoryQuestion

from .fields import (
    Check,
    Fault,
    Field,
    at,
    day,
    each,
    kind,
    language,
    meant,
    number,
    once,
    one_of,
    shown,
    table,
    text,
    words,
    yes_no,
)
from .observations import observation_faults, repeated


def case_faults(tables: dict[str, Any], protocol: Protocol) -> Iterator[Fault]:
    """Every fault of a case file, with its place."""
    fields = {
        "id": Field(text, required=True),
        "title": Field(text, required=True),
        "source": Field(text, required=True),
        "exam": Field(one_of(protocol.exams, "an exam of the library")),
        "clinic": Field(
            table(
                {key: Field(words) for key in ("name", "address", "telephone", "email", "emergency")},
                "[clinic]",
            )
        ),
        "patient": Field(_patient(protocol), required=True),
        "visits": Field(lambda value: _visits(value, protocol)),
        "expect": Field(_expect),
    }
    yield from table(fields, "a case file")(tables)
    if not tables.get("visits", []):
        yield "visits", "the case holds no visit"
    yield from _born_after(tables)


def _patient(protocol: Protocol) -> Check:
    return table(
        {
            "name": Field(words),
            "language": Field(language),
            "birth_date": Field(day, required=True),
            "sex": Field(one_of(get_args(Sex))),
            "handedness": Field(one_of(get_args(Handedness))),
            "conditions": Field(once(one_of(protocol.precautions, "a precaution code"))),
        },
        "[patient]",
    )


def _visits(value: Any, protocol: Protocol) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield "", f"must be written as [[visits]], one for each visit; it is {kind(value)}"
        return
    for index, row in enumerate(value):
        yield from at(f"[{index}]", _visit(row, protocol))
    dates = [row.get("date") if isinstance(row, dict) else None for row in value]
    for index, (before, after) in enumerate(pairwise(dates), 1):
        if type(before) is type(after) is datetime.date and after < before:
            yield f"[{index}].date", f"{after} is before {before}; the oldest visit stands first"


def _visit(row: Any, protocol: Protocol) -> Iterator[Fault]:
    scale = row.get("scale") if isinstance(row, dict) else None
    known_scale = scale if isinstance(scale, str) else ""
    fields = {
        "date": Field(day, required=True),
        "examiner": Field(text, required=True),
        "scale": Field(one_of(protocol.scales), required=True),
        "action": Field(words),
        "safety": Field(lambda value: _safety(value, protocol)),
        "story": Field(lambda value: _story(value, protocol)),
        "observations": Field(lambda value: _observations(value, protocol, known_scale)),
        "sheet": Field(lambda value: _sheet(value, protocol)),
    }
    yield from table(fields, "a visit")(row)


def _sheet(value: Any, protocol: Protocol) -> Iterator[Fault]:
    """What was given: each stretch once, with its side where it is done on one."""
    if not isinstance(value, list):
        yield "", f"must be a list of stretches, not {kind(value)}"
        return
    fields = {
        "stretch": Field(one_of(protocol.stretches, "a stretch of the library"), required=True),
        "side": Field(one_of(SIDES)),
    }
    yield from each(table(fields, "a stretch of a sheet"))(value)
    names = [row.get("stretch") if isinstance(row, dict) else None for row in value]
    for index, name in enumerate(names):
        if isinstance(name, str) and name in names[:index]:
            yield f"[{index}].stretch", f'"{name}" stands twice'


def _observations(value: Any, protocol: Protocol, scale: str) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield "", f"must be written as [[visits.observations]], one for each; it is {kind(value)}"
        return
    yield from each(lambda row: observation_faults(row, protocol, scale))(value)
    yield from repeated(value)


def _safety(value: Any, protocol: Protocol) -> Iterator[Fault]:
    questions = protocol.safety_questions.items()
    fields = {key: Field(_told if one.from_record else yes_no) for key, one in questions}
    yield from _answers(value, fields, "a safety question")


def _told(_value: Any) -> Iterator[Fault]:
    yield "", "is told by birth date and sex, not asked; leave it out"


def _story(value: Any, protocol: Protocol) -> Iterator[Fault]:
    yield from _answers(
        value, {key: Field(_answer(one)) for key, one in protocol.story.items()}, "a question of the story"
    )


def _answers(value: Any, fields: dict[str, Field], what: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield "", f"must be a table, not {kind(value)}"
        return
    for key, answer in value.items():
        if key in fields:
            yield from at(key, fields[key].check(answer))
        else:
            yield key, f"is not {what}{meant(key, fields)}"


def _answer(question: StoryQuestion) -> Check:
    """What answers a question of the story."""
    match question.answer:
        case "yes-no":
            return yes_no
        case "number":
            least = -1e9 if question.least is None else question.least
            most = 1e9 if question.most is None else question.most
            return number(least, most)
        case "choice":
            return one_of(question.choices)
        case "words":
            return once(one_of(question.choices))
        case "text":
            return words


def _expect(value: Any) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield "", f"must be a table under [expect], not {kind(value)}"


def _born_after(tables: dict[str, Any]) -> Iterator[Fault]:
    patient, visits = tables.get("patient"), tables.get("visits")
    born = patient.get("birth_date") if isinstance(patient, dict) else None
    rows = visits if isinstance(visits, list) else []
    dates = [row.get("date") for row in rows if isinstance(row, dict)]
    first = min((one for one in dates if type(one) is datetime.date), default=None)
    if type(born) is datetime.date and first is not None and born > first:
        yield "patient.birth_date", f"{shown(born)} is after the visit of {first}"
