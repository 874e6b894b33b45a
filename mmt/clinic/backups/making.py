"""A backup: made under another name, held against what was copied, and only then called one."""

import datetime
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain, count
from pathlib import Path

from mmt.clinic.signing_in import key_file_of
from mmt.files import found_below, make_folder, read_regular, sync_folder, write_private
from mmt.model.base import Value
from mmt.model.errors import ClinicError
from mmt.paths import Places
from mmt.storage.backup import Snapshot, Stopped, StoppedError, snapshot
from mmt.storage.keyfile import Secrets
from mmt.storage.mark import fresh

from .manifest import FORMAT, NAME, Manifest, checked, filed, read, written
from .rotation import kept

PREFIX = "mmt-backup-"
_ROOM = f".{PREFIX}"
"""How the name of what is not finished, or is being removed, begins; then the clinic follows."""

_LEFT_S = 24 * 3600
"""Seconds after which such a folder is no other program's work any more: no backup takes a day."""

_LARGEST = 10_000_000
"""Bytes of a file beside the records. No protocol, template or logo that mmt reads comes near it."""

_SAME_DISK = "It lies on the disk of the records: if that one fails, both are gone."


class Made(Value, frozen=True, kw_only=True):
    """A backup: its folder, what it holds, and what of the clinic's files it does not hold, and why."""

    folder: Path
    manifest: Manifest
    left_out: tuple[str, ...] = ()
    same_disk: bool = False

    @property
    def said(self) -> str:
        """What was backed up and where, and what has to be known of it."""
        return "\n".join((f"Backed up {self.manifest.held} to {self.folder}.", *self.notes))

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to be known of it, a sentence each."""
        return (
            *([_SAME_DISK] if self.same_disk else []),
            *([f"Not in it: {'; '.join(self.left_out)}."] if self.left_out else []),
        )


class _Beside(Value, frozen=True, kw_only=True):
    """The clinic's files beside the records, the key first, each with what it holds, and those that are left
    out."""

    held: dict[str, bytes]
    left_out: tuple[str, ...]

    def with_state(self, records: str) -> str:
        """The state of records and files together."""
        told = hashlib.sha256(records.encode())
        for name, data in self.held.items():
            told.update(f"\n{name} {hashlib.sha256(data).hexdigest()}".encode())
        return told.hexdigest()


def make(
    places: Places,
    secrets: Secrets,
    into: Path,
    now: datetime.datetime,
    *,
    stopped: Stopped,
    unless: str = "",
) -> Made | None:
    """Copy all that a clinic needs into a new folder below `into`; None where its state is `unless`. The
    secrets are those that the records are open by.

    It gets its name once it is whole and checked. Others go on working meanwhile. Raises ClinicError with a
    sentence, and StoppedError; then nothing is left of it.
    """
    if not into.is_dir():
        raise ClinicError(
            f"There is no folder {into}. Make it, or connect the disk that it lies on, then try again."
        )
    beside = _beside(places, key_file_of(places, secrets))
    with _telling(into), snapshot(places.database, secrets) as records:
        state = beside.with_state(records.state)
        if unless == state:
            return None
        with tempfile.TemporaryDirectory(
            prefix=f"{_ROOM}{records.clinic}-", dir=into, ignore_cleanup_errors=True
        ) as room:
            part = Path(room) / f"{PREFIX}{now:%Y-%m-%dT%H%M%S}"
            part.mkdir(mode=0o700)
            manifest = _filled(part, secrets, records, beside, state, now, stopped)
            _check(part, secrets, manifest, stopped)
            folder = _named(part, into)
        same = into.stat().st_dev == places.root.stat().st_dev
        return Made(folder=folder, manifest=manifest, left_out=beside.left_out, same_disk=same)


@contextmanager
def _telling(into: Path) -> Iterator[None]:
    failed = f"No backup was made in {into}."
    try:
        yield
    except StoppedError:
        raise
    except (OSError, ClinicError) as error:
        if not into.is_dir():
            raise ClinicError(f"{failed} The folder is gone: was its disk taken out?") from None
        if isinstance(error, ClinicError):
            raise ClinicError(f"{failed} {error}") from None
        raise ClinicError(
            f"{failed} It cannot be written to ({error.strerror}). Check the disk and your rights there, or "
            "choose another folder."
        ) from None


def _beside(places: Places, key: bytes) -> _Beside:
    """The clinic's files beside the records, as they are now."""
    held = {places.key.name: key}
    left_out: list[str] = []
    found = [path for path in places.own_files if os.path.lexists(path)]
    for folder in places.own_folders:
        below, faults = found_below(folder, "*")
        found += [path for path in below if path.is_symlink() or not path.is_dir()]
        left_out += [f"{one.filename} ({one.strerror})" for one in faults]
    for path in found:
        name = path.relative_to(places.root).as_posix()
        try:
            if not name.isprintable() or "\\" in name or ":" in name:
                raise OSError(0, "its name cannot be kept everywhere")
            held[name] = read_regular(path, _LARGEST)
        except OSError as error:
            left_out.append(f"{name} ({error.strerror})")
    return _Beside(held=held, left_out=tuple(left_out))


def _filled(
    part: Path,
    secrets: Secrets,
    records: Snapshot,
    beside: _Beside,
    state: str,
    now: datetime.datetime,
    stopped: Stopped,
) -> Manifest:
    """Write all files, durably, the manifest last; what stands in it."""
    from importlib.metadata import version  # slow to import, and not needed to open the records

    here = Places(part)
    contents = records.contents
    records.copy(here.database, stopped)
    write_private(here.mark, fresh(secrets, records.head))
    for name, data in beside.held.items():
        make_folder((part / name).parent)
        write_private(part / name, data)
        sync_folder((part / name).parent)
    names = (here.database.name, here.mark.name, *beside.held)
    manifest = Manifest(
        format=FORMAT,
        program=version("mmt"),
        made=now,
        state=state,
        contents=contents,
        head=f"{records.head.seq}-{records.head.seal.hex()}",
        files=tuple(filed(part, name) for name in names),
    )
    write_private(part / NAME, written(manifest, secrets))
    sync_folder(part)
    return manifest


def _check(part: Path, secrets: Secrets, manifest: Manifest, stopped: Stopped) -> None:
    """Look at the copy as a restore will, and hold it against what was copied."""
    try:
        if checked(part, secrets, stopped) == manifest:
            return
    except StoppedError:
        raise
    except ClinicError:
        pass
    raise ClinicError(
        "The copy does not hold what the records hold: the disk there may be failing. Choose another; if "
        "that does not help, the records are damaged."
    )


def _named(part: Path, folder: Path) -> Path:
    """Give the finished folder its name, durably; a name that is there is numbered, never replaced."""
    for name in chain([part.name], (f"{part.name}-{number}" for number in count(2))):
        path = folder / name
        if os.path.lexists(path):
            continue
        try:
            part.rename(path)
        except OSError:  # another program may have taken the name meanwhile
            if os.path.lexists(path):
                continue
            raise
        break
    sync_folder(folder)
    return path


def found(folder: Path, clinic: str = "") -> dict[Path, Manifest]:
    """The backups in a folder that hold a manifest, the newest first; with a name of those of this `clinic`.

    Raises OSError where the folder cannot be looked into.
    """
    there: dict[Path, Manifest] = {}
    for path in folder.iterdir():
        if path.name.startswith(PREFIX) and path.is_dir() and not path.is_symlink():
            with suppress(ClinicError):
                manifest, _ = read(path)
                if manifest.contents.clinic == clinic or not clinic:
                    there[path] = manifest
    return dict(sorted(there.items(), key=lambda one: (one[1].made, one[0].name), reverse=True))


def rotate(folder: Path, new: Made) -> None:
    """Remove the older backups of the clinic of a `new` one as `kept` says; nothing else, and never that one.

    Each first loses its name, so that none is ever half there. What cannot be removed stays.
    """
    clinic = new.manifest.contents.clinic
    with suppress(OSError):
        there = found(folder, clinic)
        keep = kept(one.made.astimezone() for one in there.values())
        for path, one in there.items():
            if one.made.astimezone() not in keep and path != new.folder:
                with suppress(OSError):
                    aside = Path(tempfile.mkdtemp(prefix=f"{_ROOM}{clinic}-", dir=folder))
                    path.rename(aside / path.name)
                    shutil.rmtree(aside, ignore_errors=True)
        for left in folder.glob(f"{_ROOM}{clinic}-*"):
            if time.time() - left.lstat().st_mtime > _LEFT_S and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
