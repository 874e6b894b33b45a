"""The items in the order in which they are read, and where the reader stands."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from mmt.model.base import Value
from mmt.model.signoff import ReviewItem, Standing

Standings = Mapping[str, Standing]


class Queue(Value, frozen=True, kw_only=True):
    """What lapsed first, then group by group. `at` is behind the last one where nothing is open any more."""

    items: tuple[ReviewItem, ...]
    at: int = 0

    @property
    def item(self) -> ReviewItem | None:
        """The item that is read; None at the end."""
        return self.items[self.at] if self.at < len(self.items) else None

    def moved(self, by: int) -> "Queue":
        """One item on or back."""
        return replace(self, at=min(max(self.at + by, 0), len(self.items)))

    def onto_open(self, standing: Standings) -> "Queue":
        """On to the next open item; behind the last one to the first that was skipped, else the end."""
        places = (*range(self.at, len(self.items)), *range(self.at))
        found = (place for place in places if is_open(self.items[place], standing))
        return replace(self, at=next(found, len(self.items)))

    def next_group(self, standing: Standings) -> "Queue":
        """The first open item of the next group that has one, round to the first group again."""
        here = self.items[min(self.at, len(self.items) - 1)].group
        groups = list(dict.fromkeys(one.group for one in self.items))
        turned = groups[groups.index(here) + 1 :] + groups[: groups.index(here) + 1]
        for group in turned:
            for place, one in enumerate(self.items):
                if one.group == group and is_open(one, standing) and place != self.at:
                    return replace(self, at=place)
        return self


def opened(items: Sequence[ReviewItem], standing: Standings) -> Queue:
    """The items with those that lapsed in front, at the first that is open."""
    lapsed = [one for one in items if one.id in standing and standing[one.id].lapsed]
    others = [one for one in items if one not in lapsed]
    return Queue(items=(*lapsed, *others)).onto_open(standing)


def is_open(item: ReviewItem, standing: Standings) -> bool:
    """Whether an item waits for a decision: there is none, or it changed since."""
    found = standing.get(item.id)
    return found is None or found.lapsed
