"""Records as one clinic's mmt hands them to another's, or to itself: each row as it was written.

A file is lines of JSON, one value a line. The first is the `Head`; then stands each kept protocol that a
visit refers to, then each `RecordSet`. The same records give the same bytes, whichever clinic they lie in:
their UUIDs name them, and nothing tells who wrote the file, or when.
"""

import datetime
from collections.abc import Collection, Iterator
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from mmt.model.base import Side, Text, Value
from mmt.model.born import BirthDate
from mmt.model.observation import Observation
from mmt.model.people import Handedness, Patient, Sex
from mmt.model.visit import Answer, Decision, Override, Prescribed, Topic

from .decoding import LARGEST, decoded

FORMAT, VERSION = "mmt-records", 1
"""What a file says of itself. The version changes where a reader of the one before would be misled."""

Uid = Annotated[str, Meta(pattern="^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$")]
"""A UUID in small letters."""

Stamp = Annotated[datetime.datetime, Meta(tz=True)]
Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Hex = Annotated[str, Meta(pattern="^([0-9a-f]{2})*$", max_length=256)]


class _Row(Value, frozen=True, kw_only=True, omit_defaults=True):
    """What is as usual is left out of the file."""


class Because(_Row, frozen=True, kw_only=True):
    """Why something was done, by whom and when."""

    reason: Text
    by: Text
    at: Stamp


class Seen(_Row, frozen=True, kw_only=True):
    """A value of a test, side and trial as it was written down; without a `value` it was taken back."""

    test: Text
    side: Side | None = None
    trial: Annotated[int, Meta(ge=1, le=99)] = 1
    value: Observation | None = None
    examiner: Text
    scale: Text
    at: Stamp


class Answered(_Row, frozen=True, kw_only=True):
    """An answer as it was given; without a `value` the question counts as not asked from then on."""

    topic: Topic
    question: Text
    value: Answer | None = None
    at: Stamp


class Decided(_Row, frozen=True, kw_only=True):
    """What was decided about a finding; without a `decision` it was taken back."""

    finding: Text
    decision: Decision | None = None
    at: Stamp


class ChangedExaminer(_Row, frozen=True, kw_only=True):
    """That another one examined in a draft than it was begun by."""

    was: Text
    became: Text
    reason: str = ""
    by: Text
    at: Stamp


class MovedVisit(Because, frozen=True, kw_only=True):
    """That a draft was put to the record `became` from the record `was`."""

    was: Uid
    became: Uid


class Signed(_Row, frozen=True, kw_only=True):
    """A signature: who, when, over which digest, and `kept`, what stood on the screen.

    `ed25519` is the signature by a key of the signer's own, `key` its public half, both in hexadecimal; empty
    where the clinic had none. `altered` says that the visit was not as it was signed when it went out.
    """

    by: Text
    at: Stamp
    digest: Digest
    kept: dict[str, Any]
    ed25519: Hex = ""
    key: Hex = ""
    altered: bool = False


class Note(_Row, frozen=True, kw_only=True):
    """A dated note."""

    text: Text
    by: Text
    at: Stamp


class VisitRecord(_Row, frozen=True, kw_only=True):
    """A visit, with each row of it in the order in which it was written.

    `site` is the clinic where it was recorded, `number` its number there, which its digest covers; `protocol`
    the digest of the protocol that it is judged under.
    """

    id: Uid
    site: Uid
    number: Annotated[int, Meta(ge=1, le=LARGEST)]
    date: datetime.date
    examiner: Text
    scale: Text
    exam: str
    protocol: Digest
    started: Stamp
    place: str = ""
    note: str = ""
    next_visit: str = ""
    action: str = ""
    override: Override | None = None
    prescription: tuple[Prescribed, ...] | None = None
    entered: datetime.date | None = None
    blind: bool = False
    moves: tuple[MovedVisit, ...] = ()
    examiners: tuple[ChangedExaminer, ...] = ()
    observations: tuple[Seen, ...] = ()
    answers: tuple[Answered, ...] = ()
    decisions: tuple[Decided, ...] = ()
    signature: Signed | None = None
    notes: tuple[Note, ...] = ()
    discarded: Because | None = None

    @property
    def open(self) -> bool:
        """Whether the visit is a draft."""
        return self.signature is None and self.discarded is None


class Restricted(Because, frozen=True, kw_only=True):
    """That a record was `restricted`, or that this was lifted."""

    restricted: bool


class GivenOut(_Row, frozen=True, kw_only=True):
    """What of a record was given out, of which visit if of one, and to whom as far as it was said."""

    what: Text
    visit: Uid | None = None
    to: str = ""
    by: Text
    at: Stamp


class Person(_Row, frozen=True, kw_only=True):
    """Who a patient is, as the form asks for it."""

    name: Text
    birth_date: BirthDate
    sex: Sex = "unknown"
    handedness: Handedness = "unknown"
    language: str = "en"
    chart_number: str = ""
    large_print: bool = False

    @classmethod
    def of(cls, patient: Patient) -> "Person":
        """The person of a patient's record."""
        return cls(**{name: getattr(patient, name) for name in cls.__struct_fields__})

    @property
    def patient(self) -> Patient:
        """The patient, without a number yet."""
        return Patient(**msgspec.structs.asdict(self))


class PatientRecord(_Row, frozen=True, kw_only=True):
    """The record of a patient, with each visit in the order in which it was begun."""

    id: Uid
    person: Person
    added: Stamp
    visits: tuple[VisitRecord, ...] = ()
    restrictions: tuple[Restricted, ...] = ()
    openings: tuple[Because, ...] = ()
    given_out: tuple[GivenOut, ...] = ()
    discarded: Because | None = None


class JoinedRecords(Because, frozen=True, kw_only=True):
    """That a record was joined to the one that it `became`, when so many visits of both were `signed`; and
    that it was undone."""

    patient: Uid
    became: Uid
    signed: Annotated[int, Meta(ge=0, le=LARGEST)]
    parted: Because | None = None


class ToldApart(_Row, frozen=True, kw_only=True):
    """That two records are of two people, or that this was taken back."""

    patient: Uid
    other: Uid
    apart: bool
    by: Text
    at: Stamp


class Head(Value, frozen=True, kw_only=True, tag_field="line", tag="head"):
    """The first line: how many lines of each kind follow, and the clinics that visits are of, by name."""

    format: str = FORMAT
    version: int = VERSION
    protocols: int = 0
    records: int = 0
    sites: dict[Uid, str] = {}


class KeptProtocol(_Row, frozen=True, kw_only=True, tag_field="line", tag="protocol"):
    """A protocol as it was read on the day of a visit, and its digest."""

    digest: Digest
    body: msgspec.Raw


class RecordSet(_Row, frozen=True, kw_only=True, tag_field="line", tag="records"):
    """Records that speak of each other, mostly one: joined, told apart, or with a visit moved between."""

    patients: Annotated[tuple[PatientRecord, ...], Meta(min_length=1)]
    joined: tuple[JoinedRecords, ...] = ()
    apart: tuple[ToldApart, ...] = ()

    @property
    def visits(self) -> Iterator[VisitRecord]:
        """Every visit of these records."""
        return (visit for patient in self.patients for visit in patient.visits)

    def faults(self, sites: Collection[str], protocols: Collection[str]) -> Iterator[str]:
        """What in it refers to nothing in the file, of which these are the clinics and protocols."""
        people = [one.id for one in self.patients]
        known = {one.id for one in self.visits}
        moves = [end for one in self.visits for move in one.moves for end in (move.was, move.became)]
        joins = [end for one in self.joined for end in (one.patient, one.became)]
        apart = [end for one in self.apart for end in (one.patient, one.other)]
        given = [one.visit for patient in self.patients for one in patient.given_out if one.visit]
        for what, named, there in (
            ("record", (*moves, *joins, *apart), people),
            ("visit", given, known),
            ("clinic", [one.site for one in self.visits], sites),
            ("protocol", [one.protocol for one in self.visits], protocols),
        ):
            if missing := sorted({*named} - {*there}):
                yield f"the {what} {missing[0]} is named, and is not in the file."
        if len({*people}) < len(people) or len(known) < len([*self.visits]):
            yield "a record or a visit stands in it twice."
        drafts = ([one for one in patient.visits if one.open] for patient in self.patients)
        if any(len(held) > 1 for held in drafts):
            yield "a patient has two open visits in it."
        rows = [row for one in self.visits for row in one.observations]
        if any(row.value and row.value.key != ((row.test, row.side), row.trial) for row in rows):
            yield "a value is of another test, side or trial than its row."
        if any(one.signature and one.discarded for one in self.visits):
            yield "a visit is signed and discarded at once."


Line = Head | KeptProtocol | RecordSet

_LINE: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)


def line_of(value: Line) -> bytes:
    """A value as its line."""
    return msgspec.json.encode(value) + b"\n"


def read_line(text: bytes) -> Line:
    """The value of a line. Raises UnreadableError where it is none."""
    return decoded(text, _LINE)
