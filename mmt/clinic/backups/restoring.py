"""The way back: a clinic's folder from a backup, whole or not at all."""

import os
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from mmt.clinic.signing_in import Ask, look_into
from mmt.clinic.verified import earlier
from mmt.files import make_folder, sync_folder
from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.paths import Places
from mmt.storage.keyfile import Secrets
from mmt.storage.store import Store

from .last import keep
from .making import found
from .manifest import NAME, Manifest, NoManifestError, SpoiltError, checked, read, sealed


def restore(
    backup: Path,
    to: Path,
    ask: Ask = lambda _: None,
    tell: Callable[[str], object] = lambda _: None,
) -> Manifest:
    """Put a backup into a folder that is missing or empty; what it holds.

    One of an earlier mmt is brought up to date, and looked through by the chain of acts before the folder
    gets its name: what is to be said of that is told, a sentence each.

    Where it opens by a passphrase, `ask` is asked who signs in, of those who may; of nobody, by the recovery
    code.

    Its files are held against the manifest before anything is written; the copy is opened and looked through
    before it gets its name. Raises ClinicError with a sentence; then the folder is as it was.
    """
    backup, to = backup.resolve(), to.resolve()
    _refuse_taken(to)
    opened: list[Secrets] = []

    def secrets() -> Secrets:
        opened.append(look_into(Places(backup), ask, backup=True))
        return opened[0]

    try:
        _refuse_no_backup(backup)
        manifest = sealed(backup, secrets)
    except SpoiltError as error:
        raise ClinicError(f"{error} Nothing was restored from it. Take another backup.") from None
    try:
        make_folder(to.parent)
        for left in to.parent.glob(f".{to.name}-restore-*"):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=f".{to.name}-restore-", dir=to.parent) as room:
            part = Path(room) / to.name
            _copied(backup, manifest, part)
            _check(part, opened[0], backup)
            (part / NAME).unlink()
            for line in _said(Places(part), opened[0], manifest):
                tell(line)
            keep(Places(part).last_backup, backup, manifest)
            _placed(part, to)
    except OSError as error:
        raise ClinicError(
            f"Nothing was restored: {error.filename or to} cannot be written or read ({error.strerror}). "
            "Check the disk and your rights there, or name another folder with --to."
        ) from None
    return manifest


def _refuse_taken(to: Path) -> None:
    """Refuse a place that is no empty folder: what lies there may be the records of somebody; and one inside
    a backup, which may be removed, or is no longer as it was made then."""
    for above in to.parents:
        if (above / NAME).exists():
            raise ClinicError(
                f"{to} lies in the backup {above}, which would no longer be as it was made. Name a folder "
                "outside of it with --to."
            )
    try:
        there = sorted(to.iterdir()) if os.path.lexists(to) else []
    except OSError as error:
        raise ClinicError(f"{to} cannot be looked into ({error.strerror}). Name another with --to.") from None
    if there:
        raise ClinicError(
            f"{to} is not empty ({there[0].name} lies there), and nothing in it is replaced. Move the whole "
            "folder away and keep it, or name another one with --to."
        )


def _refuse_no_backup(folder: Path) -> None:
    """Refuse a folder that is no backup; where it holds some, the newest is named."""
    try:
        read(folder)
    except NoManifestError as error:
        if newest := newest_in(folder):
            way = f"mmt restore {shlex.quote(str(newest))}"
            raise ClinicError(f"{folder} holds backups and is none itself. The newest: {way}") from None
        raise ClinicError(str(error)) from None


def newest_in(folder: Path) -> Path | None:
    """The newest backup in a folder; None where it holds none, or cannot be looked into."""
    with suppress(OSError):
        return next(iter(found(folder)), None)
    return None


def _copied(backup: Path, manifest: Manifest, part: Path) -> None:
    """Copy the files of a backup, durably, for their owner alone."""
    for name in (*(one.name for one in manifest.files), NAME):
        make_folder((part / name).parent)
        made = os.open(part / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(made, "wb") as to, (backup / name).open("rb") as source:
            shutil.copyfileobj(source, to, 1 << 20)
            to.flush()
            os.fsync(to.fileno())
    for folder in {(part / one.name).parent for one in manifest.files}:
        sync_folder(folder)


def _check(part: Path, secrets: Secrets, backup: Path) -> None:
    """Look through the copy; what is wrong with it is said of the backup."""
    try:
        checked(part, secrets)
    except ClinicError:
        raise ClinicError(
            f"The records of the backup {backup} do not hold what its manifest says, or the disk here spoils "
            "what is written. Nothing was restored. Name another folder with --to, or take another backup."
        ) from None


def _said(places: Places, secrets: Secrets, manifest: Manifest) -> Iterator[str]:
    """Let the chain say that the records were restored: newer backups hold what they have not. What is to be
    said of those of an earlier mmt."""
    if manifest.head:
        with closing(Store.open(places.database, places.key, secrets)) as store:
            store.log(Act.RESTORED)
    return earlier(places, secrets, manifest.contents.shape)


def _placed(part: Path, to: Path) -> None:
    """Give the finished folder its name, durably. Raises OSError where something else has it by now."""
    sync_folder(part)
    if os.name == "nt" and to.is_dir():
        to.rmdir()
    part.rename(to)  # takes the place of an empty folder only
    sync_folder(to.parent)
