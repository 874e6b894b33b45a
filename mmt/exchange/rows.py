"""A row an observation or an answer, for tables and statistics; and what each column means."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from mmt.model.observation import MEASURES, UNITS, Measure, Observation
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.visit import TOPICS, Answer, Topic, Visit

from .asked import asked
from .cells import as_cell, as_text
from .measures import value_first


class Row(NamedTuple):
    """What a row tells of: a visit of a patient, and what was `seen` or, with its topic, `asked` in it."""

    patient: Patient
    visit: Visit
    protocol: Protocol
    seen: Observation | None = None
    asked: tuple[Topic, str, Answer] | None = None

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What was measured, the value of the row first."""
        return value_first(self.seen) if self.seen else ()


class Column(NamedTuple):
    """A column: its name, what stands in it, and how it is told from a row."""

    name: str
    meaning: str
    of: Callable[[Row], object]


def rows(patient: Patient, visit: Visit, protocol: Protocol) -> Iterator[list[object]]:
    """The rows of a visit: each thing seen, then each answer. What was not asked or not done has no row."""
    for seen in visit.observations:
        yield _cells(Row(patient, visit, protocol, seen=seen))
    for topic in TOPICS:
        for name, value in getattr(visit, topic).items():
            yield _cells(Row(patient, visit, protocol, asked=(topic, name, value)))


def _cells(row: Row) -> list[object]:
    return [column.of(row) for column in COLUMNS]


def _yes(held: bool) -> str:
    return "yes" if held else "no"


def _item(row: Row) -> str:
    return row.seen.test if row.seen else ":".join(row.asked[:2]) if row.asked else ""


def _name(row: Row) -> str:
    if row.seen:
        test = row.protocol.tests.get(row.seen.test)
        return test.name if test else ""
    return asked(row.protocol, *row.asked[:2]) if row.asked else ""


def _value(row: Row) -> object:
    if row.asked:
        return _answer(row.asked[2])
    measure = next(iter(row.measures), None)
    if row.seen is None or measure is None:
        return ""
    value = getattr(row.seen, measure)
    return as_text(value) if isinstance(value, str) else value


def _answer(value: Answer) -> object:
    if isinstance(value, bool):
        return _yes(value)
    if isinstance(value, tuple):
        return as_cell("; ".join(value))
    return as_text(value) if isinstance(value, str) else value


def _measure(row: Row) -> str:
    return next(iter(row.measures), "") if row.seen else "answer"


def _unit(row: Row) -> str:
    if row.asked:
        asked = row.protocol.story.get(row.asked[1])
        return asked.unit if asked else ""
    return UNITS.get(_measure(row), "").strip()


def _beside(measure: Measure) -> Callable[[Row], object]:
    """A second measure of what was seen."""

    def told(row: Row) -> object:
        return getattr(row.seen, measure) if row.seen and measure in row.measures[1:] else ""

    return told


def _of(name: str) -> Callable[[Row], str]:
    """A text of what was seen; empty where there is none."""
    return lambda row: as_cell(getattr(row.seen, name) or "") if row.seen else ""


def _signed(row: Row) -> str:
    return as_cell(row.visit.signature.who) if row.visit.signature else ""


COLUMNS = (
    Column(
        "visit_date",
        "day of the visit at the clinic, as ISO 8601; rows stand in its order",
        lambda row: row.visit.date,
    ),
    Column("visit", "number of the visit in the records", lambda row: row.visit.id),
    Column("record", "number of the patient's record", lambda row: row.patient.id),
    Column("name", "the patient's name", lambda row: as_cell(row.patient.name)),
    Column(
        "birth_date",
        "1979-05-02; where only a part is known 1979-05 or 1979",
        lambda row: row.patient.birth_date,
    ),
    Column("sex", "female, male, other, unknown", lambda row: row.patient.sex),
    Column("chart_number", "chart number, as it was typed", lambda row: as_text(row.patient.chart_number)),
    Column("examiner", "who examined", lambda row: as_cell(row.visit.examiner)),
    Column("exam", "the exam that was done, by its id", lambda row: as_cell(row.visit.exam)),
    Column("scale", "the scale of the visit's grades, by its id", lambda row: as_cell(row.visit.scale)),
    Column(
        "entered",
        "day on which it was entered from paper; empty where at the table",
        lambda row: row.visit.entered or "",
    ),
    Column(
        "blind",
        "yes where a second examiner saw nothing of what was recorded before",
        lambda row: _yes(row.visit.blind),
    ),
    Column("kind", "seen at the table, or asked", lambda row: "seen" if row.seen else "asked"),
    Column("item", "id of the test, or topic and id of the question", lambda row: as_cell(_item(row))),
    Column("item_name", "its name in the protocol of that day", lambda row: as_cell(_name(row))),
    Column("side", "right, left; empty where it has none", _of("side")),
    Column(
        "trial",
        "which trial of the test on that side, from 1",
        lambda row: row.seen.trial if row.seen else "",
    ),
    Column("measure", f"what the value is: {', '.join(MEASURES)}, answer; empty where not tested", _measure),
    Column(
        "value", "the value: a grade (a code of the scale, no number), a number, a word, yes or no", _value
    ),
    Column("unit", "unit of a number: °, mm, s, N, per cent; empty for counts", _unit),
    Column("degrees", "angle in degrees beside a result", _beside("degrees")),
    Column("newtons", "force in newtons beside a grade or a result", _beside("newtons")),
    Column("not_tested", "why it was not tested; then there is no value", _of("not_tested")),
    Column(
        "flags",
        "what stands beside the value, parted by ; (pain: a grade is no evidence of weakness)",
        lambda row: "; ".join(row.seen.flags) if row.seen else "",
    ),
    Column("substitution", "muscle that took over", _of("substitution")),
    Column("variant", "variant of the test", _of("variant")),
    Column(
        "confirmed",
        "yes where the examiner was sure of a grade that fell",
        lambda row: _yes(row.seen.confirmed) if row.seen else "",
    ),
    Column("signed_by", "who signed the visit, and where if at another clinic", _signed),
)
"""The columns in their order."""


def dictionary() -> Iterator[tuple[str, str]]:
    """The data dictionary: each column with its meaning, under a head."""
    yield "column", "meaning"
    yield from ((column.name, column.meaning) for column in COLUMNS)
