"""What is said of records that were held against the chain of acts."""

from collections.abc import Iterator

from mmt.model.base import Value
from mmt.paths import Places
from mmt.storage.keyfile import Secrets
from mmt.storage.reading_alone import looked_at
from mmt.storage.shape import CHAINED, SHAPE
from mmt.storage.verifying import Verifier

MOST = 20
"""So many breaks are told: who sees them restores a backup."""

SOUND = "All {acts:,} acts and {signed:,} signed visits are as mmt left them. Head {head}."
DOUBTFUL = "Do not rely on these records before you know why. `mmt restore` puts a backup in their place."
AGREED = "{count} of the backups that can be reached {agree}."
NO_CHAIN = (
    "An mmt before the chain of acts kept them: whether another program changed them before this day cannot "
    "be told. From the next start on it can: `mmt verify`."
)


class Verified(Value, frozen=True, kw_only=True):
    """What was found: `head` of the chain as far as it holds, how many `acts` and `signed` visits there are,
    how many `backups` agree, and what is not as mmt left it, a sentence each; `mark` whose the mark of a
    paper is, where that was asked."""

    head: str
    acts: int
    signed: int
    backups: int = 0
    breaks: tuple[str, ...]
    mark: str = ""

    @property
    def lines(self) -> Iterator[str]:
        """What is to be said of it."""
        yield from filter(None, [self.mark])
        if not self.breaks:
            yield SOUND.format(acts=self.acts, signed=self.signed, head=self.head)
            if self.backups:
                agree = "agrees with them" if self.backups == 1 else "agree with them"
                yield AGREED.format(count=self.backups, agree=agree)
            return
        yield from self.breaks[:MOST]
        if len(self.breaks) > MOST:
            yield f"And {len(self.breaks) - MOST:,} more."
        yield DOUBTFUL


def earlier(places: Places, secrets: Secrets, shape: int) -> Iterator[str]:
    """What is to be said of records that an earlier mmt kept in this `shape`, and that were brought up to
    date now: before that they could not be looked through; nothing of those of this mmt."""
    if shape < CHAINED:
        yield NO_CHAIN
    elif shape < SHAPE:
        with looked_at(places.database, secrets) as db:
            verifier = Verifier(db, secrets)
            breaks = tuple(verifier.breaks())
            head = verifier.head
            yield from Verified(head=str(head), acts=head.seq, signed=verifier.signed, breaks=breaks).lines
