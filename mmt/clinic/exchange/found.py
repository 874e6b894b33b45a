"""What was found in a file that would be taken in."""

from typing import NamedTuple

from mmt.model.counted import counted


class Found(NamedTuple):
    """What a file holds that would be taken in: so many `records` with `visits`; and how many are `here`
    already. `problems` stand in the way of all of it where it is `whole` or nothing, else of what they are
    about, a line each; `doubts` tell who may have a record here already, and which record is not as in the
    file. `how` says how the file was read, or what it vouches for."""

    records: int = 0
    visits: int = 0
    here: int = 0
    problems: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    whole: bool = True
    how: str = ""

    @property
    def stops(self) -> bool:
        """Whether nothing can be taken in."""
        return self.whole and bool(self.problems)

    @property
    def said(self) -> str:
        """What would be taken in, in a sentence."""
        visits = f" with {counted(self.visits, 'visit')}" if self.whole else ""
        fresh = f"{counted(self.records, 'record')}{visits} to take in"
        return f"{fresh}; {counted(self.here, 'record')} here already." if self.here else f"{fresh}."

    def and_then(self, other: "Found") -> "Found":
        """What both hold."""
        return Found(
            self.records + other.records,
            self.visits + other.visits,
            self.here + other.here,
            (*self.problems, *other.problems),
            (*self.doubts, *other.doubts),
        )
