"""What the clinic's own clinicians decided about the content: signed off, to be changed, or set aside."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal

from .base import Evidence, Text, Value

Decided = Literal["signed", "changed", "set-aside"]
"""Signed off as it is; to be changed first; not to be used."""

GROUPS = ("safety", "stretches", "papers", "rules", "tests", "story", "translations")
"""What the content is reviewed in, what matters first in front. Translations need one who speaks them."""


class SignOff(Value, frozen=True, kw_only=True):
    """What a clinician decided about one `item` (`stretches:E01`), as the clinic's file keeps it.

    `digest` and `text` are those of the item as it was then. `note` says what must change, or why it is not
    to be used.
    """

    item: Text
    decision: Decided
    name: Text
    licence: str = ""
    date: datetime.date
    note: str = ""
    digest: Text
    text: tuple[str, ...] = ()


class Standing(Value, frozen=True, kw_only=True):
    """How an item stands now: what was decided by whom, and whether it was changed since (`lapsed`)."""

    decision: Decided
    name: str
    licence: str = ""
    date: datetime.date
    note: str = ""
    lapsed: bool = False

    @property
    def signed(self) -> bool:
        """Whether a clinician signed the item off as it is now."""
        return self.decision == "signed" and not self.lapsed


class SignOffs(Value, frozen=True, kw_only=True):
    """How the items stand that anything was decided about, by their ids.

    With `only_signed` nothing is offered or printed for patients that is not signed off.
    """

    standing: dict[str, Standing] = {}
    only_signed: bool = False

    def signed(self, item: str) -> bool:
        """Whether a clinician signed this item off as it is now."""
        found = self.standing.get(item)
        return found is not None and found.signed

    def unused(self, item: str) -> bool:
        """Whether this item was set aside."""
        found = self.standing.get(item)
        return found is not None and found.decision == "set-aside"


class Signer(Value, frozen=True, kw_only=True):
    """Who signs: a clinician's name and licence number."""

    name: str = ""
    licence: str = ""


class Cited(Value, frozen=True, kw_only=True):
    """A source of an item, and whether it was read (`checked`), a book that was not, or a weak page."""

    title: str
    evidence: Evidence


class ReviewItem(Value, frozen=True, kw_only=True):
    """One thing to sign off. `lines` are all that it says, each with its label; `about` what it is for.

    `held` says in a sentence why it cannot be set aside; empty where it can. `digest` is over its meaning:
    the order and spacing of its file do not count.
    """

    id: str
    group: str
    kind: str
    title: str
    about: str = ""
    lines: tuple[tuple[str, str], ...]
    sources: tuple[Cited, ...] = ()
    cites: tuple[str, ...] = ()
    evidence: Evidence | None = None
    held: str = ""
    digest: str

    @property
    def text(self) -> tuple[str, ...]:
        """All that it says, a line each, as it is kept beside a decision."""
        lines = [" ".join(f"{label}: {told}".split()) for label, told in self.lines]
        lines += [f"Evidence: {self.evidence}"] if self.evidence else []
        return (*lines, *([f"Sources: {', '.join(self.cites)}"] if self.cites else []))

    def standing(self, decided: SignOff | None) -> Standing | None:
        """How it stands by what was decided about it; None where nothing was."""
        if decided is None:
            return None
        return Standing(
            decision=decided.decision,
            name=decided.name,
            licence=decided.licence,
            date=decided.date,
            note=decided.note,
            lapsed=decided.digest != self.digest,
        )


class Tally(Value, frozen=True, kw_only=True):
    """How many items there are, and how they stand. `by` and `last` are of what is signed off."""

    items: int
    signed: int = 0
    lapsed: int = 0
    asked: int = 0
    set_aside: int = 0
    by: tuple[str, ...] = ()
    last: datetime.date | None = None

    @property
    def unsigned(self) -> int:
        """How many are not signed off, whatever the reason, without those that are not used."""
        return self.items - self.signed - self.set_aside


def tally(items: Sequence[ReviewItem], standing: Mapping[str, Standing]) -> Tally:
    """How these items stand."""
    found = [standing[one.id] for one in items if one.id in standing]
    signed = [one for one in found if one.signed]
    return Tally(
        items=len(items),
        signed=len(signed),
        lapsed=sum(one.lapsed for one in found),
        asked=sum(one.decision == "changed" and not one.lapsed for one in found),
        set_aside=sum(one.decision == "set-aside" for one in found),
        by=tuple(dict.fromkeys(one.name for one in signed)),
        last=max((one.date for one in signed), default=None),
    )


def differences(before: Sequence[str], now: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What changed between two texts: lines that were and lines that stand there now, either may be empty."""
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    for tag, was, was_end, new, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield "\n".join(before[was:was_end]), "\n".join(now[new:new_end])
