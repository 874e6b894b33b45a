"""The acts of a clinic, a page at a time, as people read them."""

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mmt.clinic.practice import HIDDEN, Practice
from mmt.model.acts import Act, Asked, Became, SentAct, Told
from mmt.model.errors import ClinicError
from mmt.storage import acts, restrictions, stable_ids
from mmt.storage.faults import day_of
from mmt.storage.watches import tables

from .words import Words

if TYPE_CHECKING:
    from mmt.storage.driver import Database

PAGE = 100
"""So many acts are read at a time: as quick of millions as of few."""

MOST = 20
"""So many rows that an act added are told one by one."""

RESTRICTED = "The record is restricted: what was changed is not shown here."
NOT_READ = "What was changed cannot be read."
_MANY = "… and {many} more"


class Page(NamedTuple):
    """Some acts, newest first, and whether there are older ones."""

    acts: tuple[Told, ...]
    more: bool


class ActsDesk:
    """The acts that were asked for. That they were asked for is an act, too."""

    def __init__(self, clinic: Practice, asked: Asked) -> None:
        self._clinic = clinic
        self.asked = asked
        self._words = Words(clinic.protocol)
        with clinic.store.reading() as db:
            self._tables = tables(db)
        clinic.note(Act.LOOKED_AT_ACTS, patient=asked.patient)

    @property
    def persons(self) -> list[str]:
        """Everybody who ever acted."""
        with self._clinic.store.reading() as db:
            return acts.persons(db)

    def page(self, before: int | None = None) -> Page:
        """The newest acts, or the newest of those with a number below `before`.

        Raises ClinicError where they cannot be read.
        """
        with self._clinic.store.reading() as db:
            found = self._newest(db, PAGE + 1, before)
            return Page(tuple(self._told(db, found[:PAGE])), len(found) > PAGE)

    def all(self) -> Iterator[Told]:
        """Every act, newest first, read while it is asked for."""
        before, more = None, True
        while more:
            page, more = self.page(before)
            yield from page
            before = page[-1].seq if page else None

    def sent(self) -> Iterator[SentAct]:
        """Every act as other programs take it, newest first, read while it is asked for: who did what with
        which record, without names of patients and without what was changed."""
        before = None
        while True:
            with self._clinic.store.reading() as db:
                found = self._newest(db, PAGE, before)
                patients = stable_ids.uids(db, (one.patient for one in found if one.patient))
                visits = stable_ids.visit_uids(db, (one.visit for one in found if one.visit))
            if not found:
                return
            for one in found:
                yield SentAct(
                    seq=one.seq,
                    seal=one.seal.hex(),
                    at=one.at,
                    person=one.actor,
                    act=one.act,
                    patient=one.patient,
                    patient_uid=patients.get(one.patient or 0, ""),
                    visit=one.visit,
                    visit_uid=visits.get(one.visit or 0, ""),
                )
            before = found[-1].seq

    def _newest(self, db: "Database", many: int, before: int | None) -> list[acts.Kept]:
        asked = self.asked
        return acts.newest(
            db,
            many,
            before=before,
            patient=asked.patient,
            person=asked.person,
            between=_day(asked.day) if asked.day else None,
        )

    def _told(self, db: "Database", found: list[acts.Kept]) -> Iterator[Told]:
        names = acts.names(db, (one.patient for one in found if one.patient))
        days = acts.days(db, (one.visit for one in found if one.visit))
        why = {number: self._restricted(db, number) for number in names}
        blind = {number: acts.blind_visit(db, number) for number in names}
        for one in found:
            hidden = why.get(one.patient or 0, "")
            if not hidden and blind.get(one.patient or 0) not in (None, one.visit):
                hidden = HIDDEN
            yield Told(
                seq=one.seq,
                at=one.at,
                person=one.actor,
                act=one.act,
                patient=one.patient,
                name=names.get(one.patient or 0, ""),
                visit=one.visit,
                day=day_of(days.get(one.visit or 0)),
                became=() if hidden else self._became(db, one),
                hidden=hidden if one.changes else "",
            )

    def _restricted(self, db: "Database", patient: int) -> str:
        closed = restrictions.restriction(db, patient) and not self._clinic.is_in(patient)
        return RESTRICTED if closed else ""

    def _became(self, db: "Database", kept: acts.Kept) -> tuple[Became, ...]:
        """What became of what, as far as it is kept and can be read."""
        try:
            return (*self._changed(db, kept), *self._added(db, kept))
        except (msgspec.MsgspecError, ValueError, TypeError, ClinicError):
            return (Became(of=NOT_READ),)

    def _changed(self, db: "Database", kept: acts.Kept) -> Iterator[Became]:
        for was, now in acts.before_and_after(db, kept):
            for column, old in was.items():
                yield from self._words.changed(column, old, now.get(column))

    def _added(self, db: "Database", kept: acts.Kept) -> Iterator[Became]:
        left = MOST
        for change in kept.changes:
            table = self._tables.get(change.table)
            if change.event != "insert" or table is None:
                continue
            rows = acts.added(db, table, kept, change, left) if left else []
            for row in rows:
                if said := self._words.added(table.name, row, acts.stood_before(db, table, row)):
                    yield said
            left -= len(rows)
            if isinstance(change.first, int) and isinstance(change.last, int):
                many = change.last - change.first + 1 - len(rows)
                if rows and many > 0:
                    yield Became(of=_MANY.format(many=many))


def _day(day: datetime.date) -> acts.Between:
    """A day of the clinic's clock."""
    since = datetime.datetime.combine(day, datetime.time.min).astimezone()
    until = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min).astimezone()
    return acts.Between(since, until)
