"""How many pages a sheet takes, in a few seeded sheets; `tests/benchmarks/pages.py` counts two hundred."""

import sys
from pathlib import Path

import pytest
from msgspec.structs import replace
from paper_samples import TEMPLATES, item, sheet
from pdf_reading import text

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))

from pages import KINDS, THIRD, Kind, measured

from mmt.model.papers import PaperSize
from mmt.reports.documents import documents
from mmt.reports.rows import stack

SOME = [one for one in KINDS if (one.language, one.size) in (("en", "a4"), ("es", "letter"))]


@pytest.mark.parametrize("kind", SOME, ids=lambda one: f"{one.moves}-{one.language}-{one.size}")
def test_seeded_sheets_take_no_more_pages_than_they_may_and_none_is_almost_empty(kind: Kind) -> None:
    found = measured(kind, 2, seed=4)
    assert max(found.pages) <= kind.most
    assert min(found.least) > THIRD


def moves(*wanted: str, ordered: bool) -> list[str]:
    """The moves on the pages of a sheet, in the order in which they are printed."""
    hand_out, value = documents()["hand-out"], sheet(*wanted, ordered=ordered)
    found: list[str] = []
    document = replace(hand_out, arranged=lambda paper, at: taken(hand_out.arranged(paper, at), found))
    document.laid(value, TEMPLATES["hand-out"])
    return found


def taken(value: object, found: list[str]) -> object:
    found.extend(one.stretch.id for one in value.items)  # type: ignore[attr-defined]
    return value


def test_moves_are_ordered_to_fill_pages_unless_the_clinician_gave_an_order() -> None:
    wanted = ("E12:left", "E17:left", "E27")
    assert moves(*wanted, ordered=False) == ["E12", "E27", "E17"]
    assert moves(*wanted, ordered=True) == ["E12", "E17", "E27"]


@pytest.mark.parametrize("language", ["en", "es", "pl"])
@pytest.mark.parametrize("size", ["a4", "letter"])
def test_a_short_sheet_of_three_moves_is_one_page(language: str, size: PaperSize) -> None:
    value = sheet("E02", "E12:right", "E01:right", language=language, size=size)
    laid = documents()["short-sheet"].laid(value, TEMPLATES["hand-out"])
    assert len(laid.pages) == 1
    assert stack(laid.pages[0]).height > laid.setting.body * THIRD


def test_a_sheet_for_bed_and_chair_says_so() -> None:
    template, short = TEMPLATES["hand-out"], documents()["short-sheet"]
    told = str(template.wording["en"].text["form-flr"])
    usual = item("E12:left")
    for one, often in ((usual, 0), (replace(usual, forms=("FLR",)), 1)):
        assert text(short.drawn(sheet(items=(one,)), template)).count(told) == often
