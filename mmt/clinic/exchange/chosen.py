"""Which records go out: all, or those of one patient, or of whoever was here since a day."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

from mmt.clinic.allowed import BLIND_OPEN, obey
from mmt.clinic.practice import Practice
from mmt.model.counted import counted
from mmt.model.errors import ClinicError
from mmt.model.protocol import Protocol
from mmt.model.visit import History, Visit
from mmt.storage import acts, disclosures, patients, record_sets, restrictions, visits
from mmt.storage.driver import Database

RESTRICTED = "{counted} left out, as restricted: none of them goes out until the restriction is lifted."
ALTERED = "{counted} left out: not as it was signed. `mmt verify` names it."
BLIND = "{counted} left out: a second examiner's blind visit is open. Sign or discard it, then write again."

Progress = Callable[[int, int], object]
"""Told how much of how much is done."""

Tell = Callable[[str], object]
"""Told in a sentence what does not go out."""


class Chosen(NamedTuple):
    """Records that go out, those together that speak of each other, with visits `since` a day where they are
    told one by one; and why others are `left_out`, a sentence each."""

    sets: tuple[tuple[int, ...], ...]
    since: datetime.date | None = None
    left_out: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all of them."""
        return tuple(number for held in self.sets for number in held)

    def tells(self, visit: Visit) -> bool:
        """Whether a visit goes out where visits are told one by one."""
        return self.since is None or visit.date >= self.since


def choose(clinic: Practice, patient: int | None, since: datetime.date | None) -> Chosen:
    """The records of a `patient`, with those joined to it, or of all; of those with a visit `since` a day.

    Raises ClinicError where the one record is missing, restricted, or hidden by a blind visit.
    """
    among = None
    if patient is not None:
        history = clinic.history(patient)
        obey(BLIND_OPEN if history.hidden else "")
        among = {one.id for one in history.people}
    with clinic.store.reading() as db:
        found = record_sets.sets(db, among)
        if since is not None:
            seen = record_sets.seen_since(db, since)
            found = [held for held in found if not seen.isdisjoint(held)]
        if patient is not None:
            return Chosen(tuple(found), since)
        return _without_closed(db, found)._replace(since=since)


def _without_closed(db: Database, found: list[tuple[int, ...]]) -> Chosen:
    open_to_all, closed = [], {RESTRICTED: 0, BLIND: 0}
    for held in found:
        if any(restrictions.restriction(db, one) for one in held):
            closed[RESTRICTED] += len(held)
        elif any(acts.blind_visit(db, one) for one in held):
            closed[BLIND] += len(held)
        else:
            open_to_all.append(held)
    said = tuple(says.format(counted=counted(many, "record")) for says, many in closed.items() if many)
    return Chosen(tuple(open_to_all), left_out=said)


def histories(clinic: Practice, chosen: Chosen, progress: Progress, tell: Tell) -> Iterator[History]:
    """The patients that go out, each with all signed visits of it and of records that are joined to it, read
    one after the other. What is not as it was signed is left out, and told where it would have gone out."""
    altered, numbers = 0, chosen.numbers
    for done, number in enumerate(numbers, 1):
        with clinic.store.reading() as db:
            who = None
            with suppress(KeyError):  # discarded, or read with another record
                who = patients.get(db, number)
            found = visits.of_patient(db, number) if who else ()
        if who:
            signed = [one for one in found if one.signed]
            altered += sum(one.altered and chosen.tells(one) for one in signed)
            yield History(patient=who, visits=tuple(one for one in signed if not one.altered))
        progress(done, len(numbers))
    if altered:
        tell(ALTERED.format(counted=counted(altered, "visit")))


def protocol_of(clinic: Practice, visit: Visit) -> Protocol:
    """The protocol of a visit's day; where it cannot be read any more, the present one tells the names."""
    try:
        return clinic.rules_of(visit)
    except ClinicError:
        return clinic.protocol


def given_out(clinic: Practice, db: Database, numbers: tuple[int, ...], what: str, to: str) -> None:
    """Keep of each record that it was given out, and to whom."""
    for number in numbers:
        disclosures.keep(db, number, None, what, to, clinic.store.actor, clinic.now())
