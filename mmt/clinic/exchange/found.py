"""What was found in a file that would be taken in."""

from typing import NamedTuple

from mmt.model.counted import counted


class Found(NamedTuple):
    """What a file holds that would be taken in: so many `records` with `visits`; how many are `here` already,
    and how many are `repeated` in the file, counted in what the file is `made_of`. `problems` stand in
    the way of all of it where it is `whole` or nothing, else of what they are about, a line each; `doubts`
    tell who may have a record here already, and which record is not as in the file. `how` says how the file
    was read, or what it vouches for."""

    records: int = 0
    visits: int = 0
    here: int = 0
    repeated: int = 0
    problems: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    whole: bool = True
    how: str = ""
    made_of: str = "record"

    @property
    def stops(self) -> bool:
        """Whether nothing can be taken in."""
        return self.whole and bool(self.problems)

    @property
    def said(self) -> str:
        """What would be taken in, in a sentence."""
        visits = f" with {counted(self.visits, 'visit')}" if self.whole else ""
        told = [f"{counted(self.records, 'record')}{visits} to take in"]
        told += [f"here already: {counted(self.here, self.made_of)}"] if self.here else []
        told += [f"repeated in the file: {counted(self.repeated, self.made_of)}"] if self.repeated else []
        return f"{'; '.join(told)}."

    def and_then(self, other: "Found") -> "Found":
        """What both hold."""
        return Found(
            self.records + other.records,
            self.visits + other.visits,
            self.here + other.here,
            problems=(*self.problems, *other.problems),
            doubts=(*self.doubts, *other.doubts),
        )
