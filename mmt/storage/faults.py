"""What goes wrong in the database, turned into what a person can do about it.

A row can hold what mmt never writes: by another program with the key, or by a fault of disk or mmt.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from mmt.model.born import BirthDate, born_of
from mmt.model.errors import ClinicError, NotSavedError

from .driver import DatabaseError

_DAMAGED = (
    "The records are damaged, or the disk fails. Try again; if this stays, close mmt, move the whole folder "
    "away and keep it; `mmt restore` puts the last backup in its place."
)
_SENTENCES = (
    ("database or disk is full", "The disk is full. Make room on it, then try again."),
    ("disk i/o error", "The disk does not answer, or is full. Check it, then try again."),
    (
        "readonly database",
        "The folder of the records is read-only. Give the right to write in it, then try again.",
    ),
    (
        "unable to open database file",
        "The records cannot be opened. Check that their folder exists and that you may read and write in it.",
    ),
    ("database is locked", "Another program holds the records. Close it or wait a moment, then try again."),
    ("disk image is malformed", _DAMAGED),
    ("vtable constructor failed", _DAMAGED),
    (
        "file is not a database",
        "The records are damaged or belong to another key. Close mmt and start it again; if this stays, "
        "move the whole folder away and keep it; `mmt restore` puts the last backup in its place.",
    ),
    ("the visit was discarded", "This visit was discarded in another window. Go back; begin a new one."),
    ("the patient was discarded", "This patient was discarded in another window. Go back to the list."),
    ("the patient was joined", "This record was joined to another in another window. Go back to the list."),
    ("the visit is not signed", "This visit is open: write in its note. Dated notes come after signing."),
    ("the visit is signed", "This visit is signed. It stays as it is; add a dated note instead."),
)


def sentence(error: Exception) -> str:
    """What happened and what to do, for the message of a database error."""
    message = str(error).lower()
    for part, says in _SENTENCES:
        if part in message:
            return says
    return f"The records refused this ({type(error).__name__}). What was saved before stands; try again."


def spoils(error: Exception) -> bool:
    """Whether a connection fails from this error on: a page was not as it was written."""
    message = str(error).lower()
    return any(part in message for part in ("malformed", "not a database", "vtable constructor"))


@contextmanager
def saving() -> Iterator[None]:
    """Turn a database error within the block into a NotSavedError."""
    try:
        yield
    except DatabaseError as error:
        raise NotSavedError(sentence(error)) from error


class UnwritableError(ClinicError):
    """The disk of the records is full, or cannot be written. It may be read all the same."""


_UNWRITABLE = tuple(part for part, _ in _SENTENCES[:4])


@contextmanager
def reading() -> Iterator[None]:
    """Turn a database error within the block into a ClinicError."""
    try:
        yield
    except DatabaseError as error:
        unwritable = any(part in str(error).lower() for part in _UNWRITABLE)
        raise (UnwritableError if unwritable else ClinicError)(sentence(error)) from error


@contextmanager
def naming(record: str) -> Iterator[None]:
    """Turn a value within the block that cannot be one into a ClinicError that names the record."""
    try:
        yield
    except (msgspec.MsgspecError, ValueError) as error:
        raise ClinicError(
            f"{record} cannot be read: a value in it is damaged or was not written by mmt. Nothing was "
            "changed, and other records open as usual. Restore the last backup, or tell the makers of mmt."
        ) from error


def day_of(text: str | None) -> datetime.date | None:
    """The day that a column holds; None where that is none."""
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return None


def birth_of(text: str | None) -> BirthDate | None:
    """The birth date that a column holds, as far as it is known; None where that is none."""
    try:
        return born_of(text or "")
    except ValueError:
        return None


def local(text: object) -> str:
    """A time stamp by the clinic's clock, to the minute; where it is none, that."""
    try:
        return f"{stamp(str(text)):%Y-%m-%d %H:%M}"
    except ValueError:
        return "at no time"


def stamp(text: str) -> datetime.datetime:
    """A time stamp, in the file in UTC, by the clinic's clock: its day is the clinic's day."""
    return datetime.datetime.fromisoformat(text).astimezone()
