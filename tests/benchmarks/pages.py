"""How many pages seeded sheets take, and how full these are: by language, paper and print.

`uv run python tests/benchmarks/pages.py` prints a table.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

sys.path.append(str(Path(__file__).parent.parent / "reports"))

from paper_samples import PROTOCOL, STRETCHES, TEMPLATES, sheet

from mmt.model.papers import PaperSize
from mmt.reports.documents import documents
from mmt.reports.rows import stack

LANGUAGES = ("en", "es", "pl")
NEXT = ("", "2026-03-16", "2026-03-30")
"""When the next visit is: not known, in two weeks, in four."""

SEED, SHEETS = 15, 200
THIRD = 1 / 3
MOST_IN = 0.95
"""In so many of the sheets the pages are to be no more than the limit."""


class Kind(NamedTuple):
    """Sheets of so many moves in a language, on a paper and in a print, and how many pages they may take."""

    moves: int
    large: bool
    language: str
    size: PaperSize
    most: int


class Found(NamedTuple):
    """The pages of each sheet of a kind and of its plan, the share of each page but the last that is filled,
    and of what moves the sheets are."""

    kind: Kind
    pages: Sequence[int]
    plans: Sequence[int]
    least: Sequence[float]
    moves: Sequence[tuple[str, ...]]

    @property
    def met(self) -> bool:
        within = sum(one <= self.kind.most for one in self.pages) / len(self.pages)
        plan = 2 if self.kind.large else 1
        return within >= MOST_IN and min(self.least) >= THIRD and max(self.plans) <= plan


KINDS = [
    Kind(moves, large, language, size, most)
    for moves, large, most in ((3, False, 4), (5, False, 6), (4, True, 8))
    for language in LANGUAGES
    for size in get_args(PaperSize)
]


def drawn(count: int, chance: random.Random) -> tuple[str, ...]:
    """So many moves of the library, of the side they are for."""
    some = chance.sample(sorted(STRETCHES), count)
    sided = (f"{one}:{chance.choice(('left', 'right'))}" for one in some)
    return tuple(
        name if STRETCHES[one].sides == "each" else one for one, name in zip(some, sided, strict=True)
    )


def measured(kind: Kind, count: int = SHEETS, seed: int = SEED) -> Found:
    """So many seeded sheets of a kind, laid out."""
    chance, document = random.Random(seed), documents()["hand-out"]
    pages, plans, least, moves = [], [], [], []
    for _ in range(count):
        wanted = drawn(kind.moves, chance)
        value = sheet(
            *wanted,
            language=kind.language,
            size=kind.size,
            large_print=kind.large,
            next_visit=chance.choice(NEXT),
        )
        laid = document.laid(value, TEMPLATES["hand-out"])
        at = laid.setting
        pages.append(len(laid.pages))
        plans.append(laid.front)
        least.append(min(stack(page).height / at.body for page in laid.pages[:-1]))
        moves.append(wanted)
    return Found(kind, pages, plans, least, moves)


def table(count: int = SHEETS) -> Iterator[str]:
    """A Markdown table, a row a kind."""
    yield "| moves | print | language | paper | pages: sheets | limit | within | plan | emptiest page | met |"
    yield "|---:|---|---|---|---|---:|---:|---:|---:|---|"
    for kind in KINDS:
        found = measured(kind, count)
        counts = ", ".join(f"{one}: {found.pages.count(one)}" for one in sorted(set(found.pages)))
        within = sum(one <= kind.most for one in found.pages) / count
        large = "large" if kind.large else "usual"
        yield (
            f"| {kind.moves} | {large} | {kind.language} | {kind.size} | {counts} | {kind.most} "
            f"| {within:.0%} | {max(found.plans)} | {min(found.least):.0%} | {'yes' if found.met else 'no'} |"
        )


if __name__ == "__main__":
    assert PROTOCOL.stretches
    for line in table(int(sys.argv[1]) if len(sys.argv) > 1 else SHEETS):
        print(line, flush=True)
