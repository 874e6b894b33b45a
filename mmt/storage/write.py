"""The one place that writes: only after `writing` has returned is something saved."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mmt.model.errors import NotSavedError

from .driver import Database
from .faults import saving


class Writer:
    """Writes to one open file, and knows whether it and its log are still those at their paths."""

    def __init__(self, db: Database, path: Path) -> None:
        self._db = db
        self._path = path
        self._log = path.with_name(path.name + "-wal")
        self._identity = self._look()

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """A transaction that is durable once the block is left without an error.

        `BEGIN IMMEDIATE` takes the write lock at once, so that a read inside the block cannot end in a
        refused upgrade. Raises NotSavedError with a sentence; then nothing of the block was kept.
        """
        with saving():
            if self._db.conn.in_transaction:
                with self._db.atomic():
                    yield self._db
                return
            self._db.conn.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._refuse_replaced()
                self._db.conn.execute("COMMIT")
            except BaseException:
                if self._db.conn.in_transaction:
                    self._db.conn.execute("ROLLBACK")
                raise
            self._refuse_replaced()

    def _refuse_replaced(self) -> None:
        """A file that was deleted or replaced under us gives no error at all: ask the folder."""
        if self._identity is None or self._look() != self._identity:
            raise NotSavedError(
                f"The records ({self._path.name}) were moved or replaced. Put them back and try again; if "
                "that does not help, write down what is not saved and start mmt again."
            )

    def _look(self) -> tuple[tuple[int, int], ...] | None:
        """Device and inode of the file and of its log; None where one of them is gone."""
        try:
            found = os.stat(self._path), os.stat(self._log)  # noqa: PTH116  (on the hot path)
        except OSError:
            return None
        return tuple((one.st_dev, one.st_ino) for one in found)
