"""The log beside records. SQLite folds in whatever fits of it, be it damaged or older than the file, so that
it is looked at before anything can be written."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from mmt.model.errors import ClinicError

from .driver import Database, DatabaseError, OperationalError
from .mark import RolledBackError

ALONE = "mode=ro&immutable=1"
"""The file without its log."""

FOREIGN = (
    "In {folder}, {log} does not belong to {name}, or is damaged. Nothing was changed. If {name} was put "
    "back from a backup, move {log} and {name}-shm to another folder and start again. If not, copy the whole "
    "folder first: {log} may hold the newest records."
)
WHOLE_WITHOUT = (
    "In {folder}, {log} does not belong to {name}, or is damaged. Nothing was changed. {name} holds all "
    "entries without it: move {log} and {name}-shm to another folder, keep them, and start again. Nothing is "
    "lost."
)

_UNSOUND = "unsound"

Opens = Callable[[str], AbstractContextManager[Database]]
"""Opens the records to be read, as the words of SQLite's addresses say."""


def refuse_unfit(
    database: Path,
    opens: Opens,
    incomplete: Callable[[Database], str],
    how: str = "mode=ro",
    *,
    accept: bool = False,
) -> None:
    """Refuse a log that was left by other records, or lost entries: SQLite would fold it in, over what is
    there.

    `incomplete` says what records lack, in a sentence. Read-only, SQLite folds nothing in. The whole file is
    looked through, as the log may touch any page of it. A journal beside it says that the power failed while
    the file was given its first log: SQLite takes that step back before it reads, which it cannot do
    read-only. Raises ClinicError, or RolledBackError unless the caller is to `accept` that entries are lost.
    """
    log, journal = (database.with_name(database.name + end) for end in ("-wal", "-journal"))
    if not log.exists() or log.stat().st_size == 0 or (journal.exists() and journal.stat().st_size):
        return
    if not (with_log := _fault(opens, how, incomplete)):
        return
    alone = _fault(opens, ALONE, incomplete)
    told = {"folder": database.parent, "log": log.name, "name": database.name}
    if not alone:
        raise ClinicError(WHOLE_WITHOUT.format(**told))
    if with_log != _UNSOUND:
        if not accept:
            raise RolledBackError(with_log)
    elif alone != _UNSOUND:
        raise ClinicError(FOREIGN.format(**told))


def _fault(opens: Opens, how: str, incomplete: Callable[[Database], str]) -> str:
    """What is wrong with records opened like this and read to the end; empty where nothing is. Raises
    OperationalError of the disk."""
    try:
        with opens(how) as db:
            sound = db.conn.execute("pragma quick_check").fetchall() == [("ok",)]
            return incomplete(db) if sound else _UNSOUND
    except OperationalError:
        raise
    except DatabaseError:
        return _UNSOUND
