"""What a patient tells of each stretch of the last sheet, and what is proposed for the next one."""

from collections.abc import Collection, Mapping
from typing import Annotated, Literal, get_args

from msgspec import Meta

from .base import Item, Value
from .review import Proposed
from .stretches import Kind

Done = Literal["all", "most", "some", "none"]
"""How much of a stretch was done: as asked, more than half, less than half, not at all."""

Felt = Literal["harder", "easy", "pain"]
"""How it felt: a harder form is wanted, it was easy, it hurt."""

DONE: tuple[Done, ...] = get_args(Done)
MOSTLY: tuple[Done, ...] = ("all", "most")
FELT: tuple[Felt, ...] = get_args(Felt)


def mostly_done(home: Mapping[str, Collection[str]]) -> tuple[int, int] | None:
    """How many stretches were done more than half, and of how many that is told; None where of none."""
    told = [words for words in home.values() if not {*DONE}.isdisjoint(words)]
    return (sum(not {*MOSTLY}.isdisjoint(words) for words in told), len(told)) if told else None


class Proposal(Value, frozen=True, kw_only=True):
    """One row of the proposals: what is proposed where all that it names holds.

    `done` and `felt`: one of these was told of the stretch. `worse`: a score or the rating is worse since the
    sheet was given. `over` names questions of the story with the number above which their answer counts; one
    of them is enough. `kinds`: only of stretches of these kinds. `running`: it was told so at so many visits
    running. `unless`: not beside a finding of these rules, nor an alert of these levels. `unless_worse`: not
    where one of these tests is worse since, nor one that the stretch answers or waits for.
    """

    propose: Proposed
    done: tuple[Done, ...] = ()
    felt: tuple[Felt, ...] = ()
    worse: bool = False
    over: dict[str, float] = {}
    kinds: tuple[Kind, ...] = ()
    running: Annotated[int, Meta(ge=2)] | None = None
    unless: tuple[str, ...] = ()
    unless_worse: tuple[str, ...] = ()


class AtHomeRule(Item, frozen=True, kw_only=True):
    """What is proposed of each stretch of the last sheet: by the first of `proposals` that holds and would
    change something, or that changes nothing on purpose.

    Fewer times is once a day less, and from once a day on `fewer_days` less a week, down to `least_days`.
    """

    proposals: Annotated[tuple[Proposal, ...], Meta(min_length=1)]
    fewer_days: Annotated[int, Meta(ge=1)]
    least_days: Annotated[int, Meta(ge=1)]
