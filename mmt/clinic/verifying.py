"""Whether the records of a clinic, or of a backup, are as mmt left them."""

import re
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from msgspec.structs import replace

from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.model.sign_in import SignIn
from mmt.paths import Places
from mmt.storage.driver import Database
from mmt.storage.in_clear import in_clear
from mmt.storage.keyfile import Secrets
from mmt.storage.mark import RolledBackError, rolled_back
from mmt.storage.reading_alone import looked_at
from mmt.storage.remains import missing
from mmt.storage.store import Store
from mmt.storage.verifying import OtherShapeError, Progress, Verifier, gone_on, holds_act, marked

from . import settings
from .backups import last
from .backups.making import found
from .backups.manifest import NAME, Manifest, SpoiltError, sealed, sealed_with
from .signing_in import Ask, look_into
from .verified import Verified

_MARK = re.compile(r"\d{1,18}-[0-9A-Fa-f]{8}")

OTHER = (
    "These records are of an earlier or a later mmt, and cannot be looked through as they are. Open them "
    "with the newest mmt, which brings them up to date, then verify. Of a backup `mmt restore BACKUP --to "
    "FOLDER` says whether it is as it was left."
)
NEWER = "The backup {folder} of {made} holds entries (up to {head}) that these records have not."
ANOTHER = "Do not rely on it: make another one (mmt backup), on another drive if this one fails."
MARKED = "The mark {mark} is that of {act}."
UNMARKED = "No act has the mark {mark}: the paper is of other records, or these were written anew since."
NO_MARK = 'A mark is a number and eight signs, as on a signed paper: 57-ab12cd34. "{mark}" is none.'


def verify(
    folder: Path, progress: Progress = lambda *_: None, ask: Ask = lambda _: None, mark: str = ""
) -> Verified:
    """Look through the records in a folder, of the clinic itself or of a backup, without changing anything.
    Where they open by a passphrase, `ask` is asked who signs in, of those who may. The `mark` of a signed
    paper has to be that of an act.

    Backups where they go by themselves, and the last one, are held against them as far as they can be
    reached. Raises ClinicError with a sentence where the records cannot be looked through.
    """
    places = Places(folder)
    if mark and not _MARK.fullmatch(mark):
        raise ClinicError(NO_MARK.format(mark=mark))
    if not places.database.is_file():
        raise ClinicError(missing(places.database, places.key))
    backup = (folder / NAME).exists()
    secrets = look_into(places, ask, backup=backup)
    if backup:
        try:
            sealed(folder, lambda: secrets)
        except SpoiltError as error:
            raise ClinicError(f"{error} {ANOTHER}") from None
    with looked_at(places.database, secrets) as db:
        found = _verified(db, places, secrets, progress)
        if not mark:
            return found
        if act := marked(db, mark):
            return replace(found, mark=MARKED.format(mark=mark, act=act))
        return replace(found, breaks=(*found.breaks, UNMARKED.format(mark=mark)))


def _verified(db: Database, places: Places, secrets: Secrets, progress: Progress) -> Verified:
    verifier = Verifier(db, secrets)
    try:
        marked = [why] if (why := rolled_back(db, places.database, secrets)) else []
        breaks = [*marked, *verifier.breaks(progress)]
        breaks += filter(None, [in_clear(db, places.key)])
    except OtherShapeError:
        raise ClinicError(OTHER) from None
    backups = _backups(places, secrets)
    newer = [] if breaks else list(_newer(db, backups))
    head = verifier.head
    return Verified(
        head=str(head),
        acts=head.seq,
        signed=verifier.signed,
        backups=len(backups),
        breaks=(*breaks, *newer),
    )


def _backups(places: Places, secrets: Secrets) -> dict[Path, Manifest]:
    """The backups of these records that can be reached and hold the head of their chain."""
    chosen, _ = settings.read(places.settings)
    before = last.read(places.last_backup)
    folders = {Path(one) for one in (chosen.backups, before and str(Path(before.folder).parent)) if one}
    there: dict[Path, Manifest] = {}
    for folder in folders:
        with suppress(OSError):
            there |= found(folder)
    return {path: one for path, one in there.items() if one.head and sealed_with(path, secrets)}


def _newer(db: Database, backups: dict[Path, Manifest]) -> Iterator[str]:
    """Backups that hold what the records have not, and that nobody went on without knowingly."""
    for path, one in backups.items():
        if not holds_act(db, one.head) and not gone_on(db, one.made):
            yield NEWER.format(folder=path, made=f"{one.made:%Y-%m-%d %H:%M}", head=one.head[:-56])


def unaccepted(places: Places, sign_in: SignIn | None = None) -> str:
    """Why mmt does not open records that it did not leave so, in a sentence; empty where nothing stops it.

    Raises ClinicError where something else does.
    """
    try:
        _opened(places, sign_in).close()
    except RolledBackError as error:
        return str(error)
    return ""


def go_on(places: Places, sign_in: SignIn | None = None) -> None:
    """Go on with the records as they are from now on; the chain says so for good. Raises ClinicError."""
    with closing(_opened(places, sign_in, accept=True)) as store:
        if sign_in is not None:
            store.actor = sign_in.who
        store.log(Act.WENT_ON)


def _opened(places: Places, sign_in: SignIn | None, *, accept: bool = False) -> Store:
    secrets = look_into(places, lambda _: sign_in)
    return Store.open(places.database, places.key, secrets, accept=accept)
