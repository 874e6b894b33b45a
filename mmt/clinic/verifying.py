"""Whether the records of a clinic, or of a backup, are as mmt left them."""

from collections.abc import Iterator
from pathlib import Path

from mmt.model.base import Value
from mmt.model.errors import ClinicError
from mmt.paths import Places
from mmt.storage.reading_alone import looked_at
from mmt.storage.remains import missing
from mmt.storage.verifying import OtherShapeError, Progress, Verifier

from .backups.manifest import NAME, sealed
from .signing_in import Ask, look_into

MOST = 20
"""So many breaks are told: who sees them restores a backup."""

OTHER = (
    "These records are of an earlier or a later mmt. Open them with the newest mmt, which brings them up to "
    "date, then verify; restore a backup elsewhere first (`mmt restore BACKUP --to FOLDER`)."
)
SOUND = "All {acts:,} acts and {signed:,} signed visits are as mmt left them. Head {head}."
DOUBTFUL = "Do not rely on these records before you know why. `mmt restore` puts a backup in their place."


class Verified(Value, frozen=True, kw_only=True):
    """What was found: `head` of the chain as far as it holds, how many `acts` and `signed` visits there are,
    and what is not as mmt left it, a sentence each."""

    head: str
    acts: int
    signed: int
    breaks: tuple[str, ...]

    @property
    def lines(self) -> Iterator[str]:
        """What is to be said of it."""
        if not self.breaks:
            yield SOUND.format(acts=self.acts, signed=self.signed, head=self.head)
            return
        yield from self.breaks[:MOST]
        if len(self.breaks) > MOST:
            yield f"And {len(self.breaks) - MOST:,} more."
        yield DOUBTFUL


def verify(folder: Path, progress: Progress = lambda *_: None, ask: Ask = lambda _: None) -> Verified:
    """Look through the records in a folder, of the clinic itself or of a backup, without changing anything.
    Where they open by a passphrase, `ask` is asked who signs in, of those who may.

    Raises ClinicError with a sentence where they cannot be looked through.
    """
    places = Places(folder)
    if not places.database.is_file():
        raise ClinicError(missing(places.database, places.key))
    backup = (folder / NAME).exists()
    secrets = look_into(places, ask, backup=backup)
    if backup:
        sealed(folder, lambda: secrets)
    with looked_at(places.database, secrets) as db:
        verifier = Verifier(db, secrets)
        try:
            breaks = tuple(verifier.breaks(progress))
        except OtherShapeError:
            raise ClinicError(OTHER) from None
    head = verifier.head
    return Verified(head=str(head), acts=head.seq, signed=verifier.signed, breaks=breaks)
