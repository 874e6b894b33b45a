"""A visit and a patient's history: what was asked, seen, decided and signed."""

import datetime
from functools import cached_property
from typing import Literal, get_args

from msgspec import field
from msgspec.structs import replace

from .base import Side, Text, Value, grouped
from .observation import Observation
from .people import Patient

Answer = bool | int | float | str | tuple[str, ...]
"""An answer of the story: yes or no, a number, a word of a list, free text, or several words."""


class Dose(Value, frozen=True, kw_only=True):
    """How much of a stretch: hold in s, repetitions, sets, minutes (for walking and rest), times a day,
    days a week, weeks."""

    hold_s: int | None = None
    reps: int | None = None
    sets: int | None = None
    minutes: int | None = None
    per_day: int
    days_per_week: int
    weeks: int


class Prescribed(Value, frozen=True, kw_only=True):
    """A stretch that the clinician takes onto the sheet.

    `side` is None for items of both sides. `why` names the reason's sentence in the stretch's wording.
    `ticked` are the precaution codes that the clinician has looked at and allowed. `note` is what the
    clinician adds for this patient, printed as it was typed.
    """

    stretch: Text
    side: Side | None = None
    dose: Dose
    why: str = "default"
    ticked: tuple[str, ...] = ()
    note: str = ""


class Decision(Value, frozen=True, kw_only=True):
    """What a clinician decided about a suggestion: accepted or set aside, by whom, when (UTC)."""

    verdict: Literal["accepted", "set-aside"]
    by: str
    at: datetime.datetime


class Override(Value, frozen=True, kw_only=True, omit_defaults=True):
    """Why a named clinician went on although an emergency had locked the exam.

    `covers` names the emergencies that stood then: another one locks the visit again. Without any, as earlier
    versions wrote it, all are covered.
    """

    reason: Text
    by: Text
    at: datetime.datetime
    covers: tuple[str, ...] = ()


Topic = Literal["safety", "story", "precautions", "home"]
"""What a question is about: each topic of a visit holds its own answers."""

TOPICS: tuple[Topic, ...] = get_args(Topic)


def local_day(at: datetime.datetime) -> datetime.date:
    """The day of a time stamp at the clinic, by this computer's time zone."""
    return at.astimezone().date()


class Signature(Value, frozen=True, kw_only=True):
    """Who signed a visit, when (by the clinic's clock), and the SHA-256 digest of what was signed. `altered`
    is whether what is kept now is something else, or was not signed in mmt. `site` is the other clinic where
    it was signed, as it was named, or that a file alone says it was here; empty where it was here."""

    by: Text
    at: datetime.datetime
    digest: str
    altered: bool = False
    site: str = ""

    @property
    def who(self) -> str:
        """Who signed, and where, if not here: `Ben Cho (Lake Clinic)`."""
        return f"{self.by} ({self.site})" if self.site else self.by


class Addendum(Value, frozen=True, kw_only=True):
    """A note added to a signed visit, dated by the clinic's clock."""

    text: Text
    by: Text
    at: datetime.datetime


class Visit(Value, frozen=True, kw_only=True, dict=True):
    """One visit. `date` is the clinic's local date; time stamps are UTC. `entered` is the day on which one of
    an earlier date was entered from paper; None where it was recorded at the table.

    `safety`, `story` and `precautions` hold only what was asked: a question that is absent was not asked.
    `home` tells by stretch how the last sheet went at home: how much of it was done, and how it felt.
    `observations` holds the present value of each test, side and trial.
    `place` is the one stored cursor: where the walk was left (`exam:TA:left`).
    A second examiner does a `blind` visit: nothing recorded before is seen until it is signed.
    """

    id: int = 0
    date: datetime.date
    examiner: Text
    scale: Text
    exam: str = ""
    safety: dict[str, bool] = field(default_factory=dict)
    story: dict[str, Answer] = field(default_factory=dict)
    precautions: dict[str, bool] = field(default_factory=dict)
    home: dict[str, tuple[str, ...]] = field(default_factory=dict)
    observations: tuple[Observation, ...] = ()
    action: str = ""
    override: Override | None = None
    decisions: dict[str, Decision] = field(default_factory=dict)
    prescription: tuple[Prescribed, ...] | None = None
    note: str = ""
    next_visit: str = ""
    place: str = ""
    signature: Signature | None = None
    addenda: tuple[Addendum, ...] = ()
    entered: datetime.date | None = None
    blind: bool = False

    @property
    def signed(self) -> bool:
        """Whether the visit is closed: from then on only addenda."""
        return self.signature is not None

    @property
    def altered(self) -> bool:
        """Whether what is kept is not what was signed: it is not relied on."""
        return self.signature is not None and self.signature.altered

    @property
    def bare(self) -> "Visit":
        """This visit as it was begun: no answer, value, note or decision. Where the walk stands is none."""
        begun = ("id", "date", "entered", "blind", "examiner", "scale", "exam", "place")
        return Visit(**{name: getattr(self, name) for name in begun})

    @property
    def empty(self) -> bool:
        """Whether nothing is recorded."""
        return self == self.bare

    @cached_property
    def cells(self) -> dict[tuple[str, Side | None], tuple[Observation, ...]]:
        """The trials of each test and side that was seen, in the order of trials; worked out once a value."""
        found = grouped((one.cell, one) for one in self.observations)
        return {cell: tuple(sorted(trials, key=lambda one: one.trial)) for cell, trials in found.items()}

    def seen(self, test: str, side: Side | None = None) -> tuple[Observation, ...]:
        """All trials of a test and side, in the order of trials."""
        return self.cells.get((test, side), ())

    def recorded(self, observation: Observation) -> "Visit":
        """This visit with `observation` in place of an earlier value of the same test, side and trial."""
        kept = tuple(one for one in self.observations if one.key != observation.key)
        return replace(self, observations=(*kept, observation))

    def withdrawn(self, test: str, side: Side | None, trial: int = 1) -> "Visit":
        """This visit without the value of a test, side and trial: not done, which is not normal."""
        kept = tuple(one for one in self.observations if one.key != ((test, side), trial))
        return replace(self, observations=kept)


class Moved(Value, frozen=True, kw_only=True):
    """A visit of this `date` that was put to the wrong patient: as seen from this record, moved to the one of
    the number `to`, or here from that of the number `origin`; why, by whom and when."""

    date: datetime.date
    to: int | None = None
    origin: int | None = None
    reason: Text
    by: Text
    at: datetime.datetime


class Parted(Value, frozen=True, kw_only=True):
    """That two records that were joined are apart again: why, by whom and when."""

    reason: Text
    by: Text
    at: datetime.datetime


class Joined(Value, frozen=True, kw_only=True):
    """The join of this number: the record of `patient` was joined to the one of the number `to`, why, by whom
    and when, when so many visits of both were `signed`; and that it was undone."""

    id: int
    patient: Patient
    to: int
    signed: int
    reason: Text
    by: Text
    at: datetime.datetime
    parted: Parted | None = None


class History(Value, frozen=True, kw_only=True):
    """A patient with all visits, oldest first, and those that were moved to or from this record; and the
    records that were joined to it, of which the visits are among these, or this one to another. So many
    visits are `hidden`, while a blind one is open."""

    patient: Patient
    visits: tuple[Visit, ...] = ()
    moved: tuple[Moved, ...] = ()
    joined: tuple[Joined, ...] = ()
    hidden: int = 0

    @property
    def blinded(self) -> "History":
        """What may be seen of this history now: of one with an open blind visit that visit alone."""
        blind = tuple(one for one in self.visits if one.blind and not one.signed)
        return replace(self, visits=blind, hidden=len(self.visits) - len(blind)) if blind else self

    @property
    def people(self) -> tuple[Patient, ...]:
        """The patient as each of the records names them that are joined now, this one first."""
        return (self.patient, *(one.patient for one in self.joined if one.parted is None))

    @property
    def signed_before(self) -> list[int]:
        """Where in the history the signed visits before the last one stand, oldest first."""
        return [at for at, one in enumerate(self.visits[:-1]) if one.signed]

    def in_values_of(self, other: "History") -> "History":
        """This history with the very values of another where both hold the same, so that what was worked out
        of those holds of these."""
        known = {one.id: one for one in other.visits}
        same = (known[one.id] if known.get(one.id) == one else one for one in self.visits)
        who = other.patient if other.patient == self.patient else self.patient
        return replace(self, patient=who, visits=tuple(same))

    @property
    def before(self) -> "History":
        """The history as it stood before the last visit."""
        return replace(self, visits=self.visits[:-1])

    def up_to(self, index: int) -> "History":
        """The history as it stood at the visit with this index: this one at the last."""
        return replace(self, visits=self.visits[: index + 1]) if index < len(self.visits) - 1 else self

    def with_visit(self, visit: Visit) -> "History":
        """This history with `visit` in place of the one of the same id, or at the end."""
        if any(one.id == visit.id for one in self.visits):
            return replace(self, visits=tuple(visit if one.id == visit.id else one for one in self.visits))
        return replace(self, visits=(*self.visits, visit))
