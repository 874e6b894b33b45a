"""What stands in a backup beside its files: by that it is believed."""

import datetime
import hashlib
import json
import tomllib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

import msgspec

from mmt.files import read_regular
from mmt.model.base import Value
from mmt.model.errors import ClinicError
from mmt.paths import Places
from mmt.storage.backup import Contents, Stopped, StoppedError, holds
from mmt.storage.keyfile import Secrets, read_secrets
from mmt.storage.shape import SHAPE
from mmt.toml.depth import too_deep

NAME = "manifest.toml"
FORMAT = 1
"""Of a manifest. A later mmt may add keys, which this one passes over; what it may not leave unread has a
higher number."""

_HEAD = """\
# What this backup holds. `mmt restore` puts it back where every file is as it says here.
"""
_LARGEST = 10_000_000
"""Bytes of a manifest."""

_CHUNK = 1 << 20

_SEAL = b"\nseal = "


class Filed(Value, frozen=True, kw_only=True):
    """A file of a backup: its path below the backup's folder with `/`, its bytes, their SHA-256."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds: made when, in the clinic's time, by which `program`; `state` is that of records
    and files together, `contents` those of the records, `head` the number and the seal of their last act,
    which what an earlier mmt made has not."""

    format: int
    program: str
    made: Annotated[datetime.datetime, msgspec.Meta(tz=True)]
    state: str
    contents: Contents
    head: str = ""
    files: tuple[Filed, ...]

    @property
    def held(self) -> str:
        """How many patients and visits it holds, how many of these are signed, and up to which day."""
        rows, until = self.contents.rows, self.contents.until
        counted = " and ".join(
            f"{rows.get(name, 0)} {name[:-1] if rows.get(name) == 1 else name}"
            for name in ("patients", "visits")
        )
        if rows.get("visits"):
            counted += f" ({rows.get('signatures', 0)} signed)"
        return f"{counted}, the last of {until.isoformat()}," if until else counted


class NoManifestError(ClinicError):
    """There is no manifest, or none that can be read."""


class SpoiltError(ClinicError):
    """A backup is not as it was made. What to do is said by whoever reads it, and why."""


def written(manifest: Manifest, secrets: Secrets) -> bytes:
    """The manifest as TOML that people read, with the seal of the chain key below it."""
    held = manifest.contents
    lines = [
        f"{_HEAD}\nformat = {manifest.format}",
        f"program = {_text(manifest.program)}",
        f"made = {manifest.made.isoformat(timespec='seconds')}",
        f"state = {_text(manifest.state)}",
        *([f"head = {_text(manifest.head)}"] if manifest.head else []),
        f"\n[contents]\nclinic = {_text(held.clinic)}\nshape = {held.shape}",
        *([f"until = {held.until.isoformat()}"] if held.until else []),
        "\n[contents.rows]",
        *(f"{name} = {count}" for name, count in held.rows.items()),
    ]
    for one in manifest.files:
        lines.append(
            f"\n[[files]]\nname = {_text(one.name)}\nsize = {one.size}\nsha256 = {_text(one.sha256)}"
        )
    return _sealed("\n".join(lines).encode() + b"\n\n[sealed]", secrets)


def _sealed(said: bytes, secrets: Secrets) -> bytes:
    return said + _SEAL + _text(secrets.seal("manifest", said).hex()).encode() + b"\n"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def read(folder: Path) -> tuple[Manifest, bytes]:
    """The manifest of a backup, and the file that it stands in.

    Raises NoManifestError where there is none, SpoiltError where it is none any more, ClinicError where it
    cannot be read or a newer mmt wrote it.
    """
    path = folder / NAME
    try:
        data = read_regular(path, _LARGEST)
    except (FileNotFoundError, NotADirectoryError):
        raise NoManifestError(f"{folder} is no whole backup of mmt: no {NAME} lies in it.") from None
    except OSError as error:
        raise ClinicError(f"{path} cannot be read ({error.strerror}). Check rights and disk.") from None
    tables = _tables(data)
    if isinstance(number := tables.get("format"), int) and number > FORMAT:
        raise ClinicError(_newer(tables.get("program")))
    try:
        manifest = msgspec.convert(tables, Manifest, builtin_types=(datetime.date, datetime.datetime))
    except msgspec.ValidationError:
        raise _spoilt(folder, NAME) from None
    if manifest.contents.shape > SHAPE:
        raise ClinicError(_newer(manifest.program))
    return manifest, data


def _tables(data: bytes) -> dict[str, Any]:
    """What TOML holds, names of files to the letter; nothing where it is none."""
    try:
        text = data.decode()
        return {} if too_deep(text) else tomllib.loads(text)
    except ValueError:
        return {}


def _newer(program: object) -> str:
    return f"This backup was made by a newer mmt ({program}). Install the newest mmt, which can read it."


def _spoilt(folder: Path, name: str) -> SpoiltError:
    return SpoiltError(
        f"{name} of the backup {folder} is not as it was when the backup was made: the disk is failing, or "
        "it was changed."
    )


def sealed(folder: Path, open_key: Callable[[], Secrets], stopped: Stopped = lambda: False) -> Manifest:
    """Hold each file of a backup against its manifest, and that against its seal, by the secrets that
    `open_key` gives once no file is damaged.

    Raises SpoiltError where anything is otherwise, else as `read` does; StoppedError.
    """
    manifest, _ = read(folder)
    for one in manifest.files:
        if not _ours(one.name) or _digest(folder / one.name, stopped) != (one.size, one.sha256):
            raise _spoilt(folder, one.name)
    here = Places(folder)
    if not {here.database.name, here.key.name} <= {one.name for one in manifest.files}:
        raise _spoilt(folder, NAME)
    if not sealed_with(folder, open_key()):
        raise _spoilt(folder, NAME)
    return manifest


def sealed_with(folder: Path, secrets: Secrets) -> bool:
    """Whether the manifest in a folder bears the seal of these secrets: then it tells of the same records."""
    try:
        _, data = read(folder)
    except ClinicError:
        return False
    return data == _sealed(data.rpartition(_SEAL)[0], secrets)


def checked(folder: Path, secrets: Secrets | None = None, stopped: Stopped = lambda: False) -> Manifest:
    """Open the records of a backup that is as its manifest says, and look through them from end to end.
    Without `secrets` the key file holds them. Raises as `sealed` does."""
    here = Places(folder)
    held = secrets or read_secrets(here.key)
    manifest = sealed(folder, lambda: held, stopped)
    if not holds(here.database, held, manifest.contents, stopped):
        raise _spoilt(folder, here.database.name)
    return manifest


def _ours(name: str) -> bool:
    """Whether this is the path of what a backup may hold, below its folder and nowhere else."""
    path, here = PurePosixPath(name), Places(Path())
    if not path.parts or "\\" in name or ":" in name or ".." in path.parts:
        return False
    files = (here.database, here.key, here.mark, *here.own_files)
    return name in {one.name for one in files} or path.parts[0] in {one.name for one in here.own_folders}


def _digest(path: Path, stopped: Stopped) -> tuple[int, str]:
    """Size and SHA-256 of a file; of one that cannot be read such as no file has."""
    told, size = hashlib.sha256(), 0
    try:
        if not path.is_file() or path.is_symlink():
            return -1, ""
        with path.open("rb") as file:
            while part := file.read(_CHUNK):
                told.update(part)
                size += len(part)
                if stopped():
                    raise StoppedError("The check was stopped.")
    except OSError:
        return -1, ""
    return size, told.hexdigest()


def filed(folder: Path, name: str) -> Filed:
    """A file of a backup as it lies there. Raises OSError where it cannot be read."""
    size, told = _digest(folder / name, lambda: False)
    if size < 0:
        raise OSError(5, "what was written cannot be read", str(folder / name))
    return Filed(name=name, size=size, sha256=told)
