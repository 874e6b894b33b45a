"""What is wrong in a person's file, said so that the person can put it right."""

from pathlib import Path

from mmt.model.base import Value


class Problem(Value, frozen=True, kw_only=True):
    """One fault: the file, the place inside it (may be empty), what is wrong and what to do."""

    file: str
    place: str
    says: str

    def __str__(self) -> str:
        """The fault on one line, whatever line breaks the file's own words hold."""
        parts = (self.file, self.place, self.says) if self.place else (self.file, self.says)
        return " ".join(": ".join(parts).split())


def shown_path(path: Path, root: Path) -> str:
    """A path as a reader knows it: relative to the folder that was searched."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
