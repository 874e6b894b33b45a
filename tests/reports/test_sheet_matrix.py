"""The hand-out in every shape a clinic can ask for: one to five moves, both papers, both print sizes, long
names, with and without the clinic's data. What is asserted is read from the PDF itself."""

import itertools
from typing import Any, get_args

import pytest
from msgspec.structs import replace
from paper_samples import LETTERHEAD, PATIENT, STRETCHES, TEMPLATES, printed, sheet
from pdf_reading import Drawn, drawn, pages, squeezed

from mmt.model.papers import PaperSize, Sheet
from mmt.model.people import Letterhead

MOVES = ("E03", "E01:left", "E12:right", "E14:left", "E27")
SIZES = {"a4": (595.3, 841.9), "letter": (612, 792)}
MM = 72 / 25.4
HALF_A_POINT = 0.5
FULL_ENOUGH = 0.28
"""Share of the body that is used at least on every page."""

LONG: dict[str, Any] = {
    "patient": replace(
        PATIENT, name="Maria Magdalena Wolfeschlegelsteinhausenbergerdorff-Papadopoulou de la Santísima"
    ),
    "practitioner": "Dr. Aleksandra Konstantinopoulou-Wierzbicka, DC",
}
LONG_CLINIC = Letterhead(
    name="Riverside Family Chiropractic and Sports Rehabilitation Centre of Greater Springfield",
    address="Suite 1200, The Old Corn Exchange, 12-14 Mill Lane, Springfield, Oregon 97477",
    telephone="+1 (541) 555 0100 ext. 4417",
    email="reception.desk@riverside-family-chiropractic.example",
)


CHOICES = (range(1, 6), get_args(PaperSize), (False, True), (False, True), (False, True))
"""How many moves, the paper, and whether the print is large, the names are long, and the clinic is told."""


def shape(*at: int) -> Any:
    """The shape of these places of the choices. Every two choices meet in those of two even sums; the others
    are read in the long run."""
    chosen = [one[place] for one, place in zip(CHOICES, at, strict=True)]
    return pytest.param(chosen, marks=[pytest.mark.long] if sum(at[:3]) % 2 or sum(at[2:]) % 2 else [])


@pytest.fixture(
    params=itertools.starmap(shape, itertools.product(*(range(len(one)) for one in CHOICES))),
    ids=lambda one: "{}-{}{}{}{}".format(
        one[0],
        one[1],
        *(f"-{name}" * on for name, on in zip(("large", "long", "clinic"), one[2:], strict=True)),
    ),
)
def value(request: pytest.FixtureRequest) -> Sheet:
    count, size, large, long, clinic = request.param
    letterhead = (LONG_CLINIC if long else LETTERHEAD) if clinic else Letterhead()
    fields = {"size": size, "large_print": large, "letterhead": letterhead, **(LONG if long else {})}
    return sheet(*MOVES[:count], **fields)


def test_the_sheet_is_whole_in_every_shape(value: Sheet) -> None:
    is_whole(value)


@pytest.mark.parametrize(
    ("size", "large"), [("a4", False), pytest.param("letter", True, marks=pytest.mark.long)]
)
@pytest.mark.parametrize("stretch", STRETCHES)
def test_every_stretch_of_the_library_makes_a_whole_sheet(stretch: str, size: PaperSize, large: bool) -> None:
    side = ":left" if STRETCHES[stretch].sides == "each" else ""
    is_whole(sheet(stretch + side, size=size, large_print=large))


def is_whole(value: Sheet) -> None:
    shown = [drawn(page) for page in pages(printed(value, TEMPLATES["hand-out"]))]
    read = [squeezed("".join(one.text for one in page.said)) for page in shown]
    assert len(shown) <= (4 if value.large_print else 2) + 2 * len(value.items) + 1
    for number, (page, told) in enumerate(zip(shown, read, strict=True), start=1):
        names_itself(value, told, f"Page {number} of {len(shown)}")
        is_large_enough(value, page)
        stays_within_its_margins(value, page)
        is_full_enough(value, page)
        has_no_line_on_another(page)
    keeps_boxes_whole(read)
    parts_no_move_at_its_ends(value, read)


def names_itself(value: Sheet, told: str, number: str) -> None:
    for name in (value.patient.name, value.letterhead.name, "2 March 2026", number):
        assert squeezed(name) in told, name


def is_large_enough(value: Sheet, page: Drawn) -> None:
    assert min(one.size for one in page.said) >= (16 if value.large_print else 12)


def stays_within_its_margins(value: Sheet, page: Drawn) -> None:
    margins = TEMPLATES["hand-out"].page.margins
    wide, high = SIZES[value.size]
    left, right = margins.left * MM - HALF_A_POINT, wide - margins.right * MM + HALF_A_POINT
    low, top = margins.bottom * MM - HALF_A_POINT, high - margins.top * MM + HALF_A_POINT
    for one in page.said:
        assert left <= one.x < one.right <= right, one
        assert low <= one.y <= top - one.size * 0.72, one
    for x, y in page.corners:
        assert left <= x <= right, (x, y)
        assert low <= y <= top, (x, y)


def is_full_enough(value: Sheet, page: Drawn) -> None:
    """The foot is set last; what stands above it reaches far enough down the page."""
    _, high = SIZES[value.size]
    foot = max(one.y for one in page.said[-4:] if "Questions" in one.text) + 2 * page.said[-1].size
    lowest = min(one.y for one in page.said if one.y > foot)
    assert high - lowest > FULL_ENOUGH * high


def has_no_line_on_another(page: Drawn) -> None:
    for one, two in itertools.combinations(page.said, 2):
        apart = abs(one.y - two.y) > 0.75 * min(one.size, two.size)
        assert apart or one.right <= two.x + 0.5 or two.right <= one.x + 0.5, (one, two)


def keeps_boxes_whole(read: list[str]) -> None:
    template = TEMPLATES["hand-out"]
    words = template.wording["en"].text
    emergency, stop = (
        [one.text["en"] for one in template.listed(action)] for action in ("emergency", "stop")
    )
    for heading, told in (("emergency", emergency), ("stop-name", stop), ("sitting", words["sitting-tips"])):
        parts = [words[heading], *told]
        assert any(all(squeezed(str(part)) in page for part in parts) for page in read), heading


def parts_no_move_at_its_ends(value: Sheet, read: list[str]) -> None:
    for item in value.items:
        words = item.text("en")
        first = words.parts[0].steps[0]
        assert any(squeezed(words.name) in page and f"1{squeezed(first)}" in page for page in read)
        for part in words.parts:
            steps = [f"{at}{squeezed(step)}" for at, step in enumerate(part.steps, start=1)]
            for pair in (steps[:2], steps[-2:]):
                assert any(all(step in page for step in pair) for page in read), pair
