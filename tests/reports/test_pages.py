"""How many pages a sheet takes, in a few seeded sheets; `tests/benchmarks/pages.py` counts two hundred."""

import sys
from pathlib import Path

import pytest
from msgspec.structs import replace
from paper_samples import TEMPLATES, item, sheet
from pdf_reading import pages as pages_of
from pdf_reading import squeezed, text, words_of

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))

from pages import KINDS, THIRD, Kind, measured

from mmt.model.papers import PaperSize
from mmt.reports.documents import documents

SOME = [one for one in KINDS if (one.language, one.size) in (("en", "a4"), ("es", "letter"))]


@pytest.mark.parametrize("kind", SOME, ids=lambda one: f"{one.moves}-{one.language}-{one.size}")
def test_seeded_sheets_take_no_more_pages_than_they_may_and_none_is_almost_empty(kind: Kind) -> None:
    found = measured(kind, 2, seed=4)
    assert max(found.pages) <= kind.most
    assert max(found.plans) <= (2 if kind.large else 1)
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


LONG = ("E01:left", "E04:right", "E06:left", "E16:right", "E17:left")
"""Five moves with a side and a long name."""

STRONG = ("E12:left", "E11", "E30:left", "E26:left", "E27")
"""Five moves with a long dose."""


@pytest.mark.parametrize("language", ["en", "es", "pl"])
@pytest.mark.parametrize("size", ["a4", "letter"])
def test_the_plan_of_five_moves_is_one_page_that_says_all(language: str, size: PaperSize) -> None:
    template, short = TEMPLATES["hand-out"], documents()["short-sheet"]
    for wanted in (LONG, STRONG) if size == "letter" else (LONG,):
        value = sheet(*wanted, language=language, size=size)
        laid = short.laid(value, template)
        assert len(laid.pages) == 1
        assert laid.setting.type.body.size >= 12
    read = squeezed(text(short.drawn(value, template)))
    listed = list(template.listed("stop"))
    listed += [template.symptoms[one] for each in value.items for one in each.stretch.stops]
    assert {read.count(squeezed(one.text[language])) for one in listed} == {1}, "told once, for all moves"
    assert all(squeezed(each.gist(language)) in read for each in value.items)
    assert read.count(squeezed(str(template.wording[language].text["emergency"]))) == 1


def test_a_note_stands_on_the_page_of_the_plan_or_before_the_moves_and_never_alone() -> None:
    template, hand_out = TEMPLATES["hand-out"], documents()["hand-out"]
    for note, place, most in (("Walk to the shop.", 0, 4), ("Walk to the shop and rest there. " * 30, 1, 5)):
        value = sheet(*LONG[:most], language="es", size="letter", note=note)
        told = [squeezed(words_of(page)) for page in pages_of(hand_out.drawn(value, template))]
        assert squeezed(note) in told[place]
        assert squeezed("Mantenga") in told[0]
        first = value.items[0].text("es").parts[0].steps[0]
        assert squeezed(first) in told[1]


def test_a_sheet_for_bed_and_chair_says_so() -> None:
    template, short = TEMPLATES["hand-out"], documents()["short-sheet"]
    told = str(template.wording["en"].text["form-flr"])
    usual = item("E12:left")
    for one, often in ((usual, 0), (replace(usual, forms=("FLR",)), 1)):
        assert text(short.drawn(sheet(items=(one,)), template)).count(told) == often
