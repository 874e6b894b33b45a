"""Records whose disk is full or cannot be written: opened all the same, to be read and nothing else."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from mmt.model.errors import ClinicError, NotSavedError

from .connect import WITH_LOG, Opened, connect, refuse_changed, refuse_log, refuse_unsound
from .driver import Database, DatabaseError, OperationalError
from .faults import reading
from .in_clear import refuse_in_clear
from .keyfile import Secrets, read_secrets
from .ledger import Ledger
from .mark import Mark, refuse_rolled_back
from .remains import key_of
from .shape import APPLICATION_ID, SHAPE

READ_ALONE = (
    "The records can only be read: their disk is full, or cannot be written. Nothing can be recorded. Make "
    "room, or give yourself the right to write in their folder, then start mmt again."
)

_WITHOUT_LOG = "mode=ro&immutable=1"


class ReadAlone:
    """Stands for the files of records that nothing is written into."""

    def refuse_lost(self) -> None:
        """Raise NotSavedError before anything is tried."""
        raise NotSavedError(READ_ALONE)


def open_to_read(database: Path, key_file: Path, secrets: Secrets | None) -> Opened:
    """Open a clinic's file to be read alone. Raises ClinicError with a sentence where not even that is
    possible, or an earlier mmt wrote it."""
    secrets = secrets or read_secrets(key_file)
    with reading():
        how = way_to_read(database, secrets)
        refuse_log(database, key_file, secrets, how)
        db = connect(database, secrets, how)
        try:
            if refuse_unsound(db, database) < SHAPE:
                raise ClinicError(
                    f"{database} was written by an earlier mmt, and cannot be brought up to date: its disk "
                    "is full or cannot be written. Make room or give the right to write, then try again."
                )
            refuse_changed(db, database)
            refuse_rolled_back(db, database, secrets)
            refuse_in_clear(db, key_file)
            db.conn.execute("pragma query_only = ON")
            return Opened(db, Ledger(db, secrets), secrets, Mark(None, secrets))
        except BaseException:
            db.conn.close()
            raise


@contextmanager
def looked_at(database: Path, secrets: Secrets) -> Iterator[Database]:
    """Records to be read alone, as they are at one moment; others may work with them meanwhile.

    Raises ClinicError with a sentence where they cannot be read, are not mmt's, or lie beside a log that is
    not theirs.
    """
    log = database.with_name(f"{database.name}-wal")
    logged = log.exists() and log.stat().st_size > 0
    with reading():
        how = way_to_read(database, secrets) if logged else _WITHOUT_LOG  # that leaves nothing behind
        if logged:
            refuse_log(database, key_of(database), secrets, how, accept=True)
        db = connect(database, secrets, how)
        with closing(db.conn):
            if db.conn.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
                raise ClinicError(f"{database} is not a file of mmt.")
            db.conn.execute("BEGIN")
            yield db


def way_to_read(database: Path, secrets: Secrets) -> str:
    """How a connection can read what the file and its log hold, in the words of `connect`.

    Raises OperationalError where there is no way.
    """
    log = database.with_name(f"{database.name}-wal")
    alone = WITH_LOG if log.exists() and log.stat().st_size > 0 else _WITHOUT_LOG
    try:
        return _tried(
            database, secrets, "mode=ro"
        )  # as long as the index of the log is there, or can be made
    except OperationalError:
        return _tried(database, secrets, alone)


def _tried(database: Path, secrets: Secrets, how: str) -> str:
    """This way, where the disk allows it: damage is told by whoever reads on. Raises OperationalError."""
    try:
        with closing(connect(database, secrets, how).conn) as connection:
            connection.execute("select count(*) from sqlite_master")
    except OperationalError:
        raise
    except DatabaseError:
        pass
    return how
