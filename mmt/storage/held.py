"""The files of open records, watched by their names alone: what happens to them under us gives no error.

They are only asked for their size and number: to open and close one of them here would cancel SQLite's locks.
A file that is written over without becoming smaller cannot be seen so; SQLCipher notices it at the next read.
"""

import os
from pathlib import Path

from mmt.model.errors import NotSavedError


class HeldFiles:
    """The records, their log and the log's index, as they were last seen.

    None of them becomes smaller while it is open: records shrink by vacuum alone, which mmt does only where
    no other program has them open, and the log is folded in without being cut.
    """

    def __init__(self, database: Path) -> None:
        self._name = database.name
        self._paths = tuple(f"{database}{end}" for end in ("", "-wal", "-shm"))
        self._held = self._look()

    def refuse_lost(self) -> None:
        """Raise NotSavedError with a sentence where a file is gone, replaced, or shorter than it was."""
        now, held = self._look(), self._held
        if now is None or held is None or now[0] != held[0]:
            raise NotSavedError(
                f"The records ({self._name}) were moved or replaced. Put them back and try again; if "
                "that does not help, write down what is not saved and start mmt again."
            )
        if any(size < before for size, before in zip(now[1], held[1], strict=True)):
            raise NotSavedError(
                f"The records ({self._name}) were cut short while they were open. Write down what is not "
                "saved and leave mmt; then move the whole folder away and keep it; `mmt restore` puts the "
                "last backup in its place."
            )
        self._held = now

    def _look(self) -> tuple[list[tuple[int, int]], list[int]] | None:
        """Device and number of each file, and their sizes in bytes; None where one of them is gone."""
        try:
            found = [os.stat(path) for path in self._paths]  # noqa: PTH116  (on the hot path)
        except OSError:
            return None
        return [(one.st_dev, one.st_ino) for one in found], [one.st_size for one in found]
