"""One program at a time may change a draft; which one stands in the records, for all programs on them."""

import datetime
from contextlib import suppress
from typing import TYPE_CHECKING

from mmt.model.acts import Act
from mmt.model.errors import ClinicError, NotSavedError
from mmt.model.program import Holder
from mmt.storage import holds

from .practice import Practice
from .program import may_run

if TYPE_CHECKING:
    from mmt.storage.driver import Database

OPEN_ELSEWHERE = "Open elsewhere since {since} ({who}): here it can be looked at, not changed."
TAKEN_OVER = "Taken over elsewhere at {since} ({who}): what is shown here is what was kept then."
NOT_HELD = "Opened elsewhere in the meantime: what is shown here is what was kept then."
SIGNED_ELSEWHERE = "Signed elsewhere in the meantime: what is shown here is what was signed."
MOVED = "Moved to another patient or record in the meantime: what is shown here is what was kept before."
GONE = "Discarded elsewhere in the meantime: it counts as no visit any more."


def take(clinic: Practice, visit: int, *, over: bool = False) -> str:
    """Hold a draft for this program; else why not, in a sentence.

    One that another program may still have open stays there, unless it is taken `over`.
    """
    try:
        with clinic.store.writing(Act.HELD) as db:
            holder = holds.holder(db, visit)
            if holder and not over and may_run(holder.program, clinic.program):
                return "" if _mine(clinic, holder) else _said(clinic, OPEN_ELSEWHERE, holder)
            holds.take(db, visit, clinic.program, clinic.now())
    except NotSavedError as error:
        return str(error)
    return ""


def lost(clinic: Practice, db: "Database", visit: int) -> str:
    """Why this program holds a draft no more, in a sentence; empty while it does."""
    holder = holds.holder(db, visit)
    if holder is None:
        return NOT_HELD
    return "" if _mine(clinic, holder) else _said(clinic, TAKEN_OVER, holder)


def told(clinic: Practice, visit: int) -> str:
    """Where else a draft is open, in a sentence; empty where nowhere."""
    with clinic.store.reading() as db:
        holder = holds.holder(db, visit)
    if holder is None or _mine(clinic, holder) or not may_run(holder.program, clinic.program):
        return ""
    return _said(clinic, OPEN_ELSEWHERE, holder)


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


def _mine(clinic: Practice, holder: Holder) -> bool:
    return holder.program.token == clinic.program.token


def _said(clinic: Practice, sentence: str, holder: Holder) -> str:
    return sentence.format(since=_moment(holder.since, clinic.now()), who=holder.program.who)


def _moment(at: datetime.datetime, now: datetime.datetime) -> str:
    """A time of today by this computer's time zone; one of another day with its date."""
    local = at.astimezone()
    return f"{local:%H:%M}" if local.date() == now.astimezone().date() else f"{local:%Y-%m-%d %H:%M}"
