"""How far the records had come, kept beside them: so records that lost their end, or older ones, are noticed.

The mark holds the last act that is durable. It is written after each of them without waiting for the disk, so
that it may lag behind, and never runs ahead.
"""

import os
from contextlib import suppress
from pathlib import Path

from mmt.files import read_regular, sync_folder, write_private
from mmt.model.errors import ClinicError

from .driver import Database
from .faults import local
from .keyfile import Secrets
from .ledger import NOTHING, Head, head, sealed_by
from .remains import mark_of

_LINES = 2
"""Acts take turns in them: one torn by a power cut leaves the other."""

_LARGEST = 1000


OTHER_CHAIN = (
    "The newest act in {name} is not sealed by the chain key of the key file: one of both was changed by "
    "something else than mmt."
)


class RolledBackError(ClinicError):
    """The records are not those that mmt left here last: their end is missing, or they are older ones."""


def fresh(secrets: Secrets, at: Head) -> bytes:
    """What a new mark holds."""
    return _line(secrets, at) * _LINES


def write_fresh(path: Path, secrets: Secrets, at: Head) -> None:
    """Put a new mark in the place of what is there, durably. Raises ClinicError with a sentence."""
    try:
        write_private(path, fresh(secrets, at))
        sync_folder(path.parent)
    except OSError as error:
        raise ClinicError(
            f"{path} cannot be written ({error.strerror}). Give yourself the right to write in its folder, "
            "then try again."
        ) from None


class Mark:
    """The mark of open records, to be moved on. Where it cannot be written it stays where it is: what was
    kept is kept all the same."""

    def __init__(self, path: Path | None, secrets: Secrets) -> None:
        self._secrets = secrets
        self._handle: int | None = None
        if path is None:  # of records that nothing is written into
            return
        with suppress(OSError):
            self._handle = os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0))

    def line(self, at: Head) -> bytes:
        """What `put` writes of an act: worked out before the disk is waited for, it costs a third."""
        return _line(self._secrets, at)

    def put(self, at: Head, line: bytes = b"") -> None:
        """Move it on to an act that is durable."""
        if self._handle is not None:
            line = line or self.line(at)
            with suppress(OSError):
                _write_at(self._handle, line, at.seq % _LINES * len(line))

    def close(self) -> None:
        """Make it durable and let go of it."""
        if self._handle is not None:
            with suppress(OSError):
                os.fsync(self._handle)
            os.close(self._handle)
            self._handle = None


def rolled_back(db: Database, database: Path, secrets: Secrets) -> str:
    """Why records are not those that mmt left here, in a sentence; empty where they are."""
    path = mark_of(database)
    try:
        marked = _read(path, secrets)  # before the records: another program may be moving both on
    except FileNotFoundError:
        return f"{path.name}, which says how far the records had come, is missing in {path.parent}. {_GO_ON}"
    except OSError as error:
        return f"{path} cannot be read ({error.strerror}). Give yourself the right to read it."
    if marked is None:
        return f"{path.name} in {path.parent} is damaged, or does not belong to {database.name}. {_GO_ON}"
    row = db.conn.execute("select hash from acts where seq = ?", (marked.seq,)).fetchone()
    if (row[0] if row else NOTHING.seal) == marked.seal:
        return (
            "" if sealed_by(db, secrets, marked) else f"{OTHER_CHAIN.format(name=database.name)} {_WAY_BACK}"
        )
    if (count := marked.seq - head(db).seq) > 0:
        entries = "The newest entry is" if count == 1 else f"The newest {count:,} entries are"
        return f"{entries} missing in {database}: what is there ends {_ends(db)}. {_WAY_BACK}"
    return f"{database} is not the file that mmt left here: it went another way. {_WAY_BACK}"


def refuse_rolled_back(db: Database, database: Path, secrets: Secrets) -> None:
    """Raise RolledBackError where records are not those that mmt left here."""
    if why := rolled_back(db, database, secrets):
        raise RolledBackError(why)


def refuse_older(database: Path, secrets: Secrets) -> None:
    """Refuse records without a chain where their mark says that they had one. Raises RolledBackError."""
    with suppress(OSError):
        marked = _read(mark_of(database), secrets) if secrets.whole else None
        if marked is not None and marked.seq > 1:  # the first is that of a start that was cut off
            raise RolledBackError(
                f"{database} is of an earlier mmt, and older than what mmt left here. {_WAY_BACK}"
            )


_WAY_BACK = (
    "Was its log (-wal) moved or deleted, put it back. Else move the whole folder away and keep it; `mmt "
    "restore` puts the last backup in its place. `mmt verify --accept` goes on with what is there."
)
_GO_ON = (
    "Put it back if you have it: without it nobody knows whether the newest entries are there. `mmt verify "
    "--accept` goes on with the records as they are."
)


def _ends(db: Database) -> str:
    row = db.conn.execute("select at from acts order by seq desc limit 1").fetchone()
    return f"on {local(row[0])}" if row else "before its first entry"


def _line(secrets: Secrets, at: Head) -> bytes:
    said = f"{at.seq:020d} {at.seal.hex()}"
    return f"{said} {secrets.seal('mark', said.encode()).hex()}\n".encode()


def _read(path: Path, secrets: Secrets) -> Head | None:
    """The act that a mark holds; None where no line of it is sealed with these secrets. Raises OSError."""
    data, size = read_regular(path, _LARGEST), len(_line(secrets, NOTHING))
    found = [_head(data[at : at + size]) for at in range(0, len(data), size)]
    ours = [one for one, line in found if one is not None and line == _line(secrets, one)]
    return max(ours, default=None)


def _head(line: bytes) -> tuple[Head | None, bytes]:
    try:
        seq, seal, _ = line.decode("ascii").split()
        return Head(int(seq), bytes.fromhex(seal)), line
    except ValueError:
        return None, line


def _write_at(handle: int, data: bytes, at: int) -> None:
    if hasattr(os, "pwrite"):
        os.pwrite(handle, data, at)
    else:  # Windows
        os.lseek(handle, at, os.SEEK_SET)
        os.write(handle, data)
