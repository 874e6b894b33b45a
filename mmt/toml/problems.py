"""What is wrong in a person's file, said so that the person can put it right."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from mmt.model.base import Value

MOST = 100
"""So many faults of one file are named: whoever mends these sees how the others came about."""

_LONGEST = 1000
"""Characters of what is said of one fault: a file's own words may be of any length."""


class Problem(Value, frozen=True, kw_only=True):
    """One fault: the file, the place inside it (may be empty), what is wrong and what to do."""

    file: str
    place: str
    says: str

    def __str__(self) -> str:
        """The fault on one line, whatever line breaks the file's own words hold."""
        parts = (self.file, self.place, self.says) if self.place else (self.file, self.says)
        said = " ".join(": ".join(parts).split())
        return said if len(said) <= _LONGEST else f"{said[:_LONGEST]} …"


def in_file(file: str, faults: Iterable[tuple[str, str]]) -> list[Problem]:
    """Faults of one file: the place of each, and what is wrong there."""
    return [Problem(file=file, place=place, says=says) for place, says in faults]


def first_of(problems: Iterable[Problem]) -> list[Problem]:
    """The first faults of a file; where there are more, a last line says so. No others are looked for."""
    found = list(islice(problems, MOST + 1))
    if len(found) > MOST:
        found[-1] = Problem(file=found[-1].file, place="", says=f"has more faults; mend these {MOST} first")
    return found


def shown_path(path: Path, root: Path) -> str:
    """A path as a reader knows it: relative to the folder that was searched."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
