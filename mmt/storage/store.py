"""The clinic's store, and the one place that writes: only after `writing` has returned is something saved."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from mmt.model.acts import Act
from mmt.model.errors import ClinicError, NotSavedError
from mmt.model.people import Letterhead

from . import as_kept, connect, erasing
from .account import account
from .clinic_data import add_practitioner, keep_letterhead
from .driver import Database, DatabaseError
from .faults import UnwritableError, reading, saving, spoils
from .held import HeldFiles
from .keyfile import Secrets, fresh_secrets
from .ledger import Entry, Ledger, head
from .mark import Mark
from .reading_alone import ReadAlone, open_to_read
from .stable_ids import name_clinic

LOCKED = "The records are locked: sign in to go on. What was saved before stands."


def utc_now() -> datetime.datetime:
    """The present moment."""
    return datetime.datetime.now(datetime.UTC)


Again = Callable[[], connect.Opened]
"""Opens the file anew. Raises ClinicError with a sentence."""

NOT_ALONE = (
    "Another program has the records open. Close mmt in every other window and on every other station, then "
    "erase again. Nothing was erased."
)

CUT_OFF = (
    "The disk failed in the middle of it, and the records are locked. Once it is well and has room, start "
    "mmt again and look whether the record is erased. No other record is touched."
)


class Store:
    """One open clinic's file. It knows whether that and its log are still those at their paths.

    `actor` is who works with it, `clock` when: each act bears both. While it is locked, nothing opens the
    file, and no key is held.
    """

    def __init__(self, found: "_Found", database: Path, key_file: Path) -> None:
        self._at = database, key_file
        self._take(found)
        self.actor = account()
        self.clock: Callable[[], datetime.datetime] = utc_now

    def _take(self, found: "_Found") -> None:
        self._opened: connect.Opened | None
        self._again, self._opened, self._files = found
        self._used, self._failed = 0, False
        self._unfolded = True
        self._unwiped: list[int] | None = None

    @property
    def _held(self) -> connect.Opened:
        if self._opened is None:
            raise NotSavedError(LOCKED)
        return self._opened

    @property
    def _db(self) -> Database:
        return self._held.db

    @property
    def _ledger(self) -> Ledger:
        return self._held.ledger

    @property
    def _mark(self) -> Mark:
        return self._held.mark

    @property
    def secrets(self) -> Secrets:
        """What opens the records now. Raises NotSavedError while they are locked."""
        return self._held.secrets

    @classmethod
    def create(
        cls,
        database: Path,
        key_file: Path,
        head: Letterhead,
        practitioner: str,
        now: datetime.datetime,
        make_keys: Callable[[Path], Secrets] = fresh_secrets,
    ) -> "Store":
        """A new clinic's file with its first practitioner, and the key file that `make_keys` makes.

        Raises ClinicError where that is not possible.
        """

        def fill(db: Database) -> None:
            keep_letterhead(db, head, now)
            add_practitioner(db, practitioner, now)
            name_clinic(db)

        entry = Entry(Act.SET_UP, account(), now)
        opened = connect.create(database, key_file, fill, entry, make_keys)
        again = _existing(database, key_file, opened.secrets)
        return cls((again, opened, HeldFiles(database)), database, key_file)

    @classmethod
    def open(
        cls, database: Path, key_file: Path, secrets: Secrets | None = None, *, accept: bool = False
    ) -> "Store":
        """A clinic's file that exists. Without `secrets` the key file holds them.

        Where its disk is full or cannot be written it is there to be read alone; `trouble` says so.
        Raises ClinicError with a sentence where it cannot be opened, RolledBackError where it is not the one
        that mmt left here, unless the caller is to `accept` that.
        """
        return cls(_found(database, key_file, secrets, accept=accept), database, key_file)

    def beside(self, secrets: Secrets) -> "Store":
        """The same file with a connection of its own, for the thread that calls. Raises ClinicError."""
        database, key_file = self._at
        again = _existing(database, key_file, secrets)
        other = Store((again, connect.open_beside(database, secrets), HeldFiles(database)), *self._at)
        other.actor, other.clock = self.actor, self.clock
        return other

    def close(self) -> None:
        """Close the file and forget the keys. It is whole by itself then, unless another window holds it
        open."""
        if self._opened is not None:
            self.fold_in()
            with suppress(DatabaseError):
                self._mark.put(head(self._db))
            self._opened.close()
            self._opened, self._again = None, _stay_locked

    lock = close

    def unlock(self, secrets: Secrets) -> None:
        """Open the file again. Raises ClinicError as `open` does; then it stays locked."""
        self.close()
        self._take(_found(*self._at, secrets))

    @contextmanager
    def writing(
        self,
        act: str,
        *,
        patient: int | None = None,
        visit: int | None = None,
        fold: bool = False,
        always: bool = False,
    ) -> Iterator[Database]:
        """A transaction that is durable once the block is left without an error, and an act in the chain.

        Where nothing of the record is changed there is no act, unless there is `always` one; within another
        block its act is that one's.
        Which `patient` and `visit` it is about is told by what is changed, where it can be.
        With `fold` the file alone holds it then, without its log, for whoever copies it.

        `BEGIN IMMEDIATE` takes the write lock at once, so that a read inside the block cannot end in a
        refused upgrade. Raises NotSavedError with a sentence; then nothing of the block was kept.
        """
        with saving(), self._sound():
            if self._db.conn.in_transaction:
                with self._ledger.within(), self._db.atomic():
                    yield self._db
                return
            with self._at_once(act, patient, visit, always=always):
                yield self._db
            if fold:
                self.fold_in()

    def log(
        self,
        act: str,
        *,
        patient: int | None = None,
        visit: int | None = None,
        at: datetime.datetime | None = None,
    ) -> None:
        """Keep an act that changes nothing of the record, done now or `at` a moment before. It waits for the
        disk as any other: never between a key and its answer. Raises NotSavedError."""
        with saving(), self._sound(), self._at_once(act, patient, visit, always=True, at=at):
            pass

    def erase(self, patient: int) -> None:
        """Erase the record of a patient for good, with those that are read with it; no page of the file and
        no log holds anything of it afterwards. Backups are not touched.

        Where the disk refuses to write the file anew, parts of it stay in unused pages: `unwiped` tells, and
        `finish_erasing` does it later. Raises ClinicError where another program has the records open,
        NotSavedError where nothing could be erased.
        """
        with self._alone():
            with self._transaction(Act.ERASED, patient, forgets=True):
                erasing.erase(self._db, patient)
            with suppress(DatabaseError):
                self._wipe([patient])

    @property
    def unwiped(self) -> bool:
        """Whether parts of an erased record may lie in unused pages of the file. Raises ClinicError."""
        if self._unwiped is None:
            with self.reading() as db:
                self._unwiped = erasing.unwiped(db)
        return bool(self._unwiped)

    def finish_erasing(self) -> None:
        """Write the file anew where it was not after an erasure. Raises as `erase` does."""
        if self.unwiped:
            with self._alone():
                self._wipe(self._unwiped or [])

    def _wipe(self, patients: list[int]) -> None:
        erasing.wipe(self._db)
        for patient in patients:
            with self._transaction(Act.WIPED, patient, always=True):
                pass

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Within the block no other program has the records open; they are opened anew after it."""
        with saving():
            with self._sound():
                self._files.refuse_lost()
                if not erasing.alone(self._db):
                    raise ClinicError(NOT_ALONE)
            try:
                with self._sound():
                    yield
            finally:
                try:
                    self.unlock(self.secrets)
                except ClinicError as error:
                    raise NotSavedError(CUT_OFF) from error

    @contextmanager
    def _at_once(
        self,
        act: str,
        patient: int | None,
        visit: int | None,
        *,
        always: bool = False,
        at: datetime.datetime | None = None,
    ) -> Iterator[None]:
        self._files.refuse_lost()
        with self._transaction(act, patient, visit, always=always, at=at):
            yield
        self._unfolded = True
        self._files.refuse_lost()

    @contextmanager
    def _transaction(
        self,
        act: str,
        patient: int | None,
        visit: int | None = None,
        *,
        always: bool = False,
        forgets: bool = False,
        at: datetime.datetime | None = None,
    ) -> Iterator[None]:
        self._db.conn.execute("BEGIN IMMEDIATE")
        try:
            with self._ledger.collecting():
                yield
                entry = Entry(act, self.actor or account(), at or self.clock(), patient, visit)
                now = self._ledger.write(entry, always=always, forgets=forgets)
            line = self._mark.line(now) if now else b""
            self._db.conn.execute("COMMIT")
        except BaseException:
            self._ledger.undo()
            if self._db.conn.in_transaction:
                self._db.conn.execute("ROLLBACK")
            raise
        if now is not None:
            self._mark.put(now, line)

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """The open file, to read. Raises ClinicError with a sentence where it cannot be read."""
        with reading(), self._sound():
            yield self._db

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Work with a connection that no error has spoilt: SQLCipher lets one that met a damaged page
        fail from then on. Who comes first after that opens the file anew; raises NotSavedError where that is
        not possible."""
        if self._failed and not self._used:
            try:
                opened = self._again()
            except ClinicError as error:
                raise NotSavedError(str(error)) from error
            self._held.close()
            self._opened = opened
            self._failed = False
        self._used += 1
        try:
            yield
        except DatabaseError as error:
            self._failed = self._failed or spoils(error)
            raise
        finally:
            self._used -= 1

    def not_as_kept(self, patient: int) -> list[str]:
        """What another program changed of a patient's data and drafts, and whose it is. Costs about as much
        as reading the visits. Raises ClinicError."""
        with self.reading() as db:
            return [*as_kept.changed(db, self.secrets, self._ledger.tables, patient)]

    @property
    def trouble(self) -> str:
        """Why nothing can be written into the open files, in a sentence; empty where nothing is known."""
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
        except DatabaseError as error:
            self._failed = self._failed or spoils(error)
        except NotSavedError:
            return


def _existing(database: Path, key_file: Path, secrets: Secrets | None, *, accept: bool = False) -> Again:
    """How a file that exists is opened, now and again."""
    return lambda: connect.open_existing(
        database, key_file, Entry(Act.TAKEN_OVER, account(), utc_now()), secrets, accept=accept
    )


_Found = tuple[Again, connect.Opened, HeldFiles | ReadAlone]
"""How the file is opened anew, the open file, and what watches it."""


def _found(database: Path, key_file: Path, secrets: Secrets | None, *, accept: bool = False) -> _Found:
    again = _existing(database, key_file, secrets)
    first = _existing(database, key_file, secrets, accept=accept)
    try:
        return again, first(), HeldFiles(database)
    except UnwritableError:
        again = partial(open_to_read, database, key_file, secrets)
        return again, again(), ReadAlone()


def _stay_locked() -> connect.Opened:
    raise NotSavedError(LOCKED)
