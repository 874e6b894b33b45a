"""One program at a time may change a draft; which one stands in the records, for all programs on them."""

import datetime
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from mmt.model.acts import Act
from mmt.model.errors import ClinicError, NotSavedError
from mmt.model.program import Holder
from mmt.model.visit import History
from mmt.storage import holds

from .practice import Practice
from .program import may_run

if TYPE_CHECKING:
    from mmt.storage.driver import Database

FROM = "at {here}, from {there}"
OPEN_ELSEWHERE = "Open elsewhere since {since} ({who}): here it can be looked at, not changed."
TAKEN_OVER = "Taken over elsewhere at {since} ({who}): what is shown here is what was kept then."
NOT_HELD = "Opened elsewhere in the meantime: what is shown here is what was kept then."
SIGNED_ELSEWHERE = "Signed elsewhere in the meantime: what is shown here is what was signed."
MOVED = "Moved to another patient or record in the meantime: what is shown here is what was kept before."
GONE = "Discarded elsewhere in the meantime: it counts as no visit any more."


class Held(NamedTuple):
    """Why this program does not hold a draft, in a sentence, and who does: empty and None while it does."""

    why: str = ""
    holder: Holder | None = None


def take(clinic: Practice, visit: int) -> Held:
    """Hold a draft for this program; one that another program may still have open stays there."""
    try:
        with clinic.store.writing(Act.HELD) as db:
            if held := _elsewhere(clinic, db, visit):
                return held
            holds.take(db, visit, clinic.here, clinic.now())
    except NotSavedError as error:
        return Held(str(error))
    return Held()


def take_over(clinic: Practice, history: History, visit: int, holder: Holder) -> Held:
    """Hold a draft of a patient that this other program has open; the chain says from whom it was taken.

    Where another one than this has it by now nothing is taken: who takes a draft over has read from whom.
    """
    act = Act.TOOK_OVER.of(FROM.format(here=clinic.here.who, there=holder.program.who))
    try:
        with clinic.store.writing(act, patient=history.patient.id, visit=visit, always=True) as db:
            if not _same(holds.holder(db, visit), holder):
                raise _OtherwiseError
            holds.take(db, visit, clinic.here, clinic.now())
    except _OtherwiseError:
        return take(clinic, visit)
    except NotSavedError as error:
        return Held(str(error))
    return Held()


class _OtherwiseError(Exception):
    """Another program has the draft by now, or none: nothing is kept of this try."""


def lost(clinic: Practice, db: "Database", visit: int) -> Held:
    """Why this program holds a draft no more, and who does."""
    holder = holds.holder(db, visit)
    if holder is None:
        return Held(NOT_HELD)
    return Held() if _mine(clinic, holder) else Held(_said(clinic, TAKEN_OVER, holder), holder)


def told(clinic: Practice, visit: int) -> str:
    """Where else a draft is open, in a sentence; empty where nowhere."""
    with clinic.store.reading() as db:
        held = _elsewhere(clinic, db, visit)
    return held.why if held else ""


def _elsewhere(clinic: Practice, db: "Database", visit: int) -> Held | None:
    """Which other program may have a draft open; None where none has."""
    holder = holds.holder(db, visit)
    if holder is None or _mine(clinic, holder) or not may_run(holder.program, clinic.program):
        return None
    return Held(_said(clinic, OPEN_ELSEWHERE, holder), holder)


def leave(clinic: Practice, *visits: int) -> None:
    """Let others open these drafts without a question; without any, all that this program holds.

    Where that cannot be kept nothing is lost: who opens one then is asked.
    """
    with suppress(ClinicError):
        with clinic.store.reading() as db:
            held = holds.of_program(db, clinic.program)
        if leaving := tuple(one for one in held if not visits or one in visits):
            with clinic.store.writing(Act.LEFT) as db:
                holds.leave(db, leaving, clinic.program)


def _same(one: Holder | None, other: Holder) -> bool:
    return one is not None and one.program.token == other.program.token


def _mine(clinic: Practice, holder: Holder) -> bool:
    return holder.program.token == clinic.program.token


def _said(clinic: Practice, sentence: str, holder: Holder) -> str:
    return sentence.format(since=_moment(holder.since, clinic.now()), who=holder.program.who)


def _moment(at: datetime.datetime, now: datetime.datetime) -> str:
    """A time of today by this computer's time zone; one of another day with its date."""
    local = at.astimezone()
    return f"{local:%H:%M}" if local.date() == now.astimezone().date() else f"{local:%Y-%m-%d %H:%M}"
