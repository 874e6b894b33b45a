"""Another data key for the records: all of the file is written anew under it, or none of it."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from mmt.model.errors import ClinicError

from .connect import connect
from .driver import DatabaseError, OperationalError
from .faults import reading
from .keyfile import Secrets

IN_USE = (
    "The records are open in another window, on another station, or a backup of them is being made. Close "
    "mmt there, or wait for the backup, then try again. Nothing was changed."
)
REFUSED = (
    "The data key could not be changed: the disk is full, or does not answer. It takes as much room "
    "again as the records. Make room, then try again."
)
_HOLDS_ON = ("locked", "busy")


@contextmanager
def alone(database: Path, old: Secrets) -> Iterator[Callable[[Secrets], None]]:
    """Have the records open alone; what it gives writes all of them anew under another data key.

    Killed at any moment the old key opens them, or the new one. The log is folded in first and done without:
    what it holds under one key would be read with the other. Raises ClinicError with a sentence where others
    have the records open, or the disk refuses.
    """
    with reading(), closing(connect(database, old, "mode=rw").conn) as records:
        records.execute("pragma busy_timeout = 0")
        try:
            records.execute("pragma journal_mode = delete").fetchall()
            records.execute("pragma locking_mode = exclusive").fetchall()
            records.execute("BEGIN EXCLUSIVE")
            records.execute("COMMIT")
        except OperationalError as error:
            if any(word in str(error) for word in _HOLDS_ON):
                raise ClinicError(IN_USE) from None
            raise

        def rekey(new: Secrets) -> None:
            try:
                records.execute(new.rekey).fetchall()
            except DatabaseError as error:  # SQLCipher does not say which
                raise ClinicError(REFUSED) from error

        yield rekey


def opens(database: Path, secrets: Secrets) -> bool:
    """Whether this data key opens the records; a change that was cut off within them is taken back first.

    Raises ClinicError with a sentence where they cannot be looked at.
    """
    with reading():
        try:
            with closing(connect(database, secrets, "mode=rw").conn) as records:
                return bool(records.execute("select count(*) from sqlite_master").fetchone()[0])
        except OperationalError:
            raise
        except DatabaseError:
            return False
