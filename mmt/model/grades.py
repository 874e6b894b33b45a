"""Muscle grades: ordered labels, never numbers to average.

The ladder of codes is notation (MRC with the signs of Daniels & Worthingham and Kendall);
which of them a clinic uses, and what each one means, is a `Scale` in `protocols/scales/`.
"""

from typing import Annotated, Literal, get_args

from msgspec import Meta

from .base import Item, Text, Value

Code = Literal["0", "1", "1+", "2-", "2", "2+", "3-", "3", "3+", "4-", "4", "4+", "5-", "5"]
CODES: tuple[str, ...] = get_args(Code)

_RANK: dict[str, int] = {code: rank for rank, code in enumerate(CODES)}
_HALVES: dict[str, int] = {code: 2 * int(code[0]) + {"": 0, "+": 1, "-": -1}[code[1:]] for code in CODES}


class Step(Value, frozen=True, kw_only=True):
    """One grade of a scale: its code, its word, what earns it, its letter and Kendall's number for it."""

    code: Code
    word: Text
    criterion: Text
    letter: str = ""
    kendall: str = ""


class Scale(Item, frozen=True, kw_only=True):
    """A scale profile that a clinic may choose: the codes it has, worst first, with words and criteria.

    `about` tells what to know before choosing it.
    """

    name: Text
    about: str = ""
    steps: Annotated[tuple[Step, ...], Meta(min_length=1)]

    @property
    def codes(self) -> tuple[str, ...]:
        """The grade codes of this profile, worst first."""
        return tuple(step.code for step in self.steps)


def rank(code: str) -> int:
    """Place of a grade on the ladder, 0 (`0`) to 13 (`5`): for order only."""
    return _RANK[code]


def at_most(code: str, limit: str) -> bool:
    """Whether `code` is `limit` or worse (`3-` is at most `3`, `3+` is not)."""
    return _RANK[code] <= _RANK[limit]


def halves(code: str) -> int:
    """A grade in half grades, as a ruler for differences only: `+` adds one half, `-` takes one.

    `4+` and `5-` are both 9, `3-` is 5. Never printed, never averaged.
    """
    return _HALVES[code]


def holds_gravity(code: str) -> bool:
    """Whether the muscle moves its part through the full range against gravity (grade 3 or better)."""
    return _RANK[code] >= _RANK["3"]


def crosses_gravity(one: str, two: str) -> bool:
    """Whether the two grades stand on different sides of the 3-line."""
    return holds_gravity(one) != holds_gravity(two)


def signed(code: str, sign: str, codes: tuple[str, ...]) -> str | None:
    """`code` with `sign` (`+` or `-`) set, or removed where it stands; None where `codes` lacks it."""
    wanted = code[0] if code[1:] == sign else code[0] + sign
    return wanted if wanted in codes else None
