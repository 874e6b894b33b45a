"""The one place that writes: only after `writing` has returned is something saved."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mmt.model.errors import NotSavedError

from .driver import Database, DatabaseError
from .faults import saving
from .held import HeldFiles


class Writer:
    """Writes to one open file, and knows whether it and its log are still those at their paths."""

    def __init__(self, db: Database, path: Path) -> None:
        self._db = db
        self._files = HeldFiles(path)
        self._unfolded = True

    @contextmanager
    def writing(self, *, fold: bool = False) -> Iterator[Database]:
        """A transaction that is durable once the block is left without an error.

        With `fold` the file alone holds it then, without its log, for whoever copies it.

        `BEGIN IMMEDIATE` takes the write lock at once, so that a read inside the block cannot end in a
        refused upgrade. Raises NotSavedError with a sentence; then nothing of the block was kept.
        """
        with saving():
            if self._db.conn.in_transaction:
                with self._db.atomic():
                    yield self._db
                return
            self._files.refuse_lost()
            self._db.conn.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.conn.execute("COMMIT")
            except BaseException:
                if self._db.conn.in_transaction:
                    self._db.conn.execute("ROLLBACK")
                raise
            self._unfolded = True
            self._files.refuse_lost()
            if fold:
                self.fold_in()

    @property
    def trouble(self) -> str:
        """What happened to the open files, in a sentence; empty where they are as they were left."""
        try:
            self._files.refuse_lost()
        except NotSavedError as error:
            return str(error)
        return ""

    def fold_in(self) -> None:
        """Bring what the log holds into the file itself, so that the file alone is whole.

        `passive` waits for nobody and lets nobody wait: what another window still reads stays in the log
        until the next time, as does everything where the disk refuses. The log is not cut.
        """
        if not self._unfolded:
            return
        try:
            self._files.refuse_lost()
            busy, held, folded = self._db.conn.execute("pragma wal_checkpoint(passive)").fetchone()
            self._unfolded = bool(busy) or held != folded
            self._files.refuse_lost()  # takes in the size that the file has now
        except (NotSavedError, DatabaseError):
            return
