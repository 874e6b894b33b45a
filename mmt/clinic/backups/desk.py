"""The backups of an open clinic: where they go, whether one is due, and what the last one was."""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event, Lock

from msgspec.structs import replace

from mmt.clinic.practice import Practice
from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.storage.before import forget_before
from mmt.storage.clinic_data import any_signed
from mmt.storage.keyfile import Secrets

from . import last
from .drives import drives
from .making import Made, make, rotate

OLD_DAYS = 7
"""A last backup that is older is told on the list of patients, and followed by a new one even where nothing
was changed: drives are lost and wear out."""

_WAIT_S = 2.0
"""So long the end of the program waits for a backup that was given up: a drive may hang."""

CHOOSE = "F9, then B chooses a folder or a USB drive for it."


class BackupDesk:
    """Makes backups, one at a time, also in a thread beside the program's own work."""

    def __init__(self, clinic: Practice) -> None:
        self._clinic = clinic
        self._one = Lock()
        self._given_up = Event()
        self._fresh: list[str] = []

    @property
    def folder(self) -> str:
        """Where backups go by themselves; empty where nothing was chosen."""
        return self._clinic.settings.backups

    def offered(self) -> tuple[str, ...]:
        """What may be chosen without typing it."""
        return drives()

    def choose(self, typed: str) -> str:
        """Let backups go to this folder by themselves from now on, with nothing typed nowhere; what follows.

        Raises ClinicError with a sentence where no backup could be put there now.
        """
        if not typed:
            self._keep("")
            return "No backup is made by itself any more."
        folder = _home(typed).resolve()
        records = self._clinic.places.root
        if not folder.is_dir():
            raise ClinicError(f"There is no folder {folder}. Make it, or connect the disk that it lies on.")
        if folder.is_relative_to(records.resolve()):
            raise ClinicError(
                f"{folder} lies among the records, and would be lost with them. Choose another."
            )
        try:
            with tempfile.TemporaryFile(dir=folder):
                same = folder.stat().st_dev == records.stat().st_dev
        except OSError as error:
            raise ClinicError(
                f"{folder} cannot be written to ({error.strerror}). Check your rights there."
            ) from None
        self._keep(str(folder))
        said = f"Backups go to {folder}: when you leave mmt, and when it was left alone for a while."
        return f"{said} It is on the disk of the records: should that fail, both are gone." if same else said

    def _keep(self, folder: str) -> None:
        self._clinic.change_settings(replace(self._clinic.settings, backups=folder))

    def told(self) -> str:
        """How old the last backup is and what to do; empty where it is recent, or nothing is signed yet."""
        with self._clinic.store.reading() as db:
            if not any_signed(db):
                return ""
        before = last.read(self._clinic.places.last_backup)
        if before is not None and self._age(before) <= OLD_DAYS:
            return ""
        said = f"The last backup is {self._age(before)} days old" if before else "No backup was made yet"
        if not self.folder:
            return f"{said}. {CHOOSE}"
        return f"{said}: leave mmt (Ctrl+Q) with {self.folder} connected."

    def _age(self, before: last.Last) -> int:
        """Days since a backup by the clinic's clock."""
        return (self._clinic.today() - before.made.astimezone().date()).days

    def ready(self) -> Callable[[], Made | None]:
        """`make_if_due` with the keys of this moment: the records may be locked while it is made."""
        return partial(self.make_if_due, self._clinic.store.secrets)

    def make_if_due(self, secrets: Secrets | None = None) -> Made | None:
        """Make a backup where they go by themselves, and remove older ones; None where none is due.

        Raises ClinicError with a sentence, StoppedError where it was given up. Safe in a thread.
        """
        if not self.folder:
            return None
        secrets = secrets or self._clinic.store.secrets
        with self._one:
            into, before, same = Path(self.folder), last.read(self._clinic.places.last_backup), ""
            if before and self._age(before) <= OLD_DAYS:
                there = Path(before.folder)
                with suppress(OSError):
                    same = before.state if there.parent == into and there.is_dir() else ""
            return self._made(into, same, secrets)

    def make(self, folder: Path | None = None) -> Made:
        """Make a backup in a folder, else where they go by themselves. Raises ClinicError with a sentence.

        Only where they go by themselves older ones are removed.
        """
        if folder is None and not self.folder:
            raise ClinicError(
                "No folder for backups was chosen. Name one (mmt backup FOLDER), or choose it in mmt: "
                "F9, then B."
            )
        with self._one:
            made = self._made(Path(folder or self.folder).resolve(), "", self._clinic.store.secrets)
        self.write_down()
        assert made is not None, "without a state that is known a backup is always made"
        return made

    def _made(self, into: Path, same: str, secrets: Secrets) -> Made | None:
        clinic = self._clinic
        now = clinic.now().astimezone().replace(microsecond=0)
        made = make(clinic.places, secrets, into, now, stopped=self._given_up.is_set, unless=same)
        if made is not None:
            last.keep(clinic.places.last_backup, made.folder, made.manifest)
            forget_before(clinic.places.database)
            self._fresh.append(made.folder.name)
            if str(into) == self.folder:
                rotate(into, made)
        return made

    def write_down(self) -> None:
        """Keep in the chain which backups were made since. Where the records are open, not in a thread."""
        while self._fresh:
            self._clinic.note(Act.BACKED_UP.of(self._fresh.pop(0)))

    @property
    def busy(self) -> bool:
        """Whether a backup is being made."""
        return self._one.locked()

    def give_up(self) -> None:
        """Let a backup that is being made end soon; nothing is left of it. No other is made after."""
        self._given_up.set()

    def close(self) -> None:
        """Give up, and wait a moment until nothing of the records is read any more."""
        self.give_up()
        if self._one.acquire(timeout=_WAIT_S):
            self._one.release()
        self.write_down()


def _home(typed: str) -> Path:
    """A path as it was typed, `~` for one's own folder."""
    try:
        return Path(typed).expanduser()
    except RuntimeError:  # the home of a user who does not exist
        return Path(typed)
