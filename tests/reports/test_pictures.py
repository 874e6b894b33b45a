"""Drawings on paper: the right ones, for the patient's side, small, and never in the way of the sheet."""

import io
import itertools
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace
from paper_samples import PROTOCOL, TEMPLATES, item, printed, sheet
from pdf_reading import drawn, pages, squeezed, text, words_of
from pypdf import PageObject

from mmt.figures.colours import COLOURS
from mmt.figures.scene import scene
from mmt.model.figures import Arm
from mmt.reports.blocks.pictures import PLAIN, numbers
from mmt.reports.figure_sheet import figure_sheet

MOVES = replace(TEMPLATES["hand-out"], blocks=("moves",))
LONG = pytest.mark.long
Points = list[tuple[float, float]]


def made(*wanted: str, **changed: Any) -> bytes:
    return printed(sheet(*wanted, **changed), MOVES)


def surfaces(page: PageObject, what: str) -> Iterator[Points]:
    """The points of every surface in the colour of a thing, in the order they are drawn."""
    colour = tuple(int(COLOURS[what][at : at + 2], 16) / 255 for at in (1, 3, 5))
    state: dict[str, Any] = {"fill": (), "points": []}
    found: list[Points] = []

    def visit(operator: bytes, operands: list[Any], *_: Any) -> None:
        if operator == b"rg":
            state["fill"] = tuple(map(float, operands))
        elif operator == b"m":
            state["points"] = [tuple(map(float, operands))]
        elif operator in (b"l", b"c"):
            state["points"].append(tuple(map(float, operands[-2:])))
        elif operator in (b"f", b"B", b"f*", b"B*") and state["fill"] == pytest.approx(colour, abs=0.001):
            found.append(state["points"])

    page.extract_text(visitor_operand_before=visit)
    yield from found


def heads(pdf: bytes) -> int:
    """How many bodies are drawn: each has one bun of hair and its visible hair."""
    return sum(len(list(surfaces(page, "hair"))) for page in pages(pdf)) // 2


@pytest.mark.parametrize("wanted", ["E01:left", "E02", "E03", "E14:right"])
def test_each_drawing_of_a_stretch_is_on_its_sheet(wanted: str) -> None:
    own = [one for one in PROTOCOL.figures[wanted[:3]].drawings if not one.form]
    assert heads(made(wanted)) == len(own)


def test_each_drawing_names_the_steps_that_it_shows() -> None:
    read = text(made("E01:left")).split()
    assert [one for one in read if one in ("1–2", "4–5")] == ["1–2", "4–5"]


@pytest.mark.parametrize("wanted", ["E01:left", "E05", "E07:left", "E09"])
def test_on_a_page_with_room_each_step_stands_beside_the_drawing_that_shows_it(wanted: str) -> None:
    value = sheet(wanted)
    (page, *_) = pages(printed(value, MOVES))
    grounds = [min(y for _, y in one) for one in surfaces(page, "mat")]
    told = value.items[0].text("en").parts[0].steps
    for above, ground, picture in zip(
        [page.mediabox.top, *grounds], grounds, value.items[0].pictures, strict=False
    ):
        for number in picture.drawing.steps:
            (step,) = [one for one in drawn(page).said if told[number - 1].startswith(one.text)]
            assert ground - 20 < step.y < above


@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_another_way_to_do_a_stretch_says_so_over_its_drawing(language: str) -> None:
    told = [one.text for one in drawn(pages(made("E18:left", language=language))[0]).said]
    assert {one.caption[language] for one in PROTOCOL.figures["E18"].drawings} <= set(told)
    read = squeezed(text(made("E12:left", language=language)))
    assert squeezed(PROTOCOL.figures["E12"].drawings[0].caption[language]) not in read


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_a_second_part_has_its_title_over_its_own_drawing_and_steps(size: Any) -> None:
    value = sheet("E01:left", "E17:left", size=size)
    second = value.items[1].text("en").parts[1]
    every = pages(printed(value, MOVES))
    page = next(one for one in every if second.title in [said.text for said in drawn(one).said])
    (title,) = [one for one in drawn(page).said if one.text == second.title]
    (first,) = [one for one in drawn(page).said if second.steps[0].startswith(one.text)]
    tints = [min(y for _, y in one) for one in surfaces(page, "tint")]
    assert min(tints) < title.y
    assert first.y < title.y


def test_one_line_says_what_arrow_and_patch_mean_over_the_first_move_with_drawings() -> None:
    told = squeezed(TEMPLATES["hand-out"].wording["en"].text["drawings"])
    read = squeezed(text(made("E01:left", "E12:right")))
    assert read.count(told) == 1
    assert read.index(told) < read.index(squeezed("Seated buttock stretch"))
    value = sheet("E01:left")
    bare = replace(value, items=(replace(value.items[0], pictures=()),))
    assert told not in squeezed(text(printed(bare, MOVES)))


@pytest.mark.parametrize(
    ("steps", "told"), [((3,), "3"), ((4, 3, 5), "3–5"), ((1, 2), "1–2"), ((1, 3, 4), "1, 3, 4")]
)
def test_steps_are_told_as_a_reader_says_them(steps: tuple[int, ...], told: str) -> None:
    assert numbers(steps) == told


@pytest.mark.parametrize("what", ["tint", "arrow", "shirt", "mat"])
def test_for_the_other_side_the_drawing_is_its_mirror_image(what: str) -> None:
    left, right = (list(surfaces(pages(made(f"E12:{side}"))[0], what)) for side in ("left", "right"))
    if what == "arrow":
        left, right = ([one for one in side if len(one) == 3] for side in (left, right))
    assert left
    pairs = [pair for one, two in zip(left, right, strict=True) for pair in zip(one, two, strict=True)]
    assert all(one[1] == pytest.approx(two[1], abs=0.11) for one, two in pairs)
    axes = sorted(one[0] + two[0] for one, two in pairs)
    steps = [b - a for a, b in itertools.pairwise(axes) if b - a > 1]
    assert len(steps) <= 1, "one axis for each of the two drawings"
    assert any(abs(one[0] - two[0]) > 5 for one, two in pairs)


def test_a_stretch_done_on_both_sides_at_once_is_not_mirrored() -> None:
    one = item("E02")
    assert one.prescribed.side is None
    (first, *_) = list(surfaces(pages(made("E02"))[0], "hair"))
    (mat, *_) = list(surfaces(pages(made("E02"))[0], "mat"))
    assert max(x for x, _ in first) < sum(x for x, _ in mat) / len(mat)


def test_a_drawing_that_no_body_can_pose_for_is_left_out_and_the_sheet_is_whole() -> None:
    value = sheet("E12:right")
    (one,) = value.items
    wrong = replace(one.pictures[0].drawing.pose, this_arm=Arm(palm=(200, 0, 0)))
    bad = replace(one.pictures[0], drawing=replace(one.pictures[0].drawing, pose=wrong))
    pdf = printed(replace(value, items=(replace(one, pictures=(bad, one.pictures[1])),)), MOVES)
    assert heads(pdf) == 1
    for step in one.text("en").parts[0].steps:
        assert squeezed(step) in squeezed(text(pdf))


@pytest.mark.parametrize("wanted", ["E01:left", "E03"])
def test_a_stretch_without_drawings_has_all_its_words(wanted: str) -> None:
    value = sheet(wanted)
    (one,) = value.items
    pdf = printed(replace(value, items=(replace(one, pictures=()),)), MOVES)
    assert heads(pdf) == 0
    words = one.text("en")
    for told in (
        *(step for part in words.parts for step in part.steps),
        words.feel,
        *words.avoid,
        words.easier,
    ):
        assert squeezed(told) in squeezed(text(pdf))


def test_what_a_close_up_leaves_out_is_cut_off() -> None:
    cuts: list[bytes] = []
    pdf = pikepdf.open(io.BytesIO(figure_sheet(PROTOCOL, TEMPLATES["hand-out"], "a4", both=False)))
    for page in pdf.pages:
        cuts += [bytes(one.operator) for one in pikepdf.parse_content_stream(page)]
    close = [one for item in PROTOCOL.figures.values() for one in item.drawings if one.close]
    assert cuts.count(b"W*") == len(close) > 0


def test_drawings_stand_three_centimetres_high_at_least() -> None:
    standing = list(surfaces(pages(made("E03"))[0], "skin"))
    low, high = (pick(y for one in standing for _, y in one) for pick in (min, max))
    assert high - low > 75


def test_drawings_are_larger_where_a_page_has_room() -> None:
    picture = PROTOCOL.drawn("E12")[0]
    (shape,) = [one for one in scene(picture.drawing, picture.lengths).shapes if one.fill == "mat"]
    (points, *_) = list(surfaces(pages(made("E12:right"))[0], "mat"))
    alone, plain = (max(x for x, _ in some) - min(x for x, _ in some) for some in (points, shape.points))
    assert alone > 1.15 * PLAIN.scale * plain


def test_a_sheet_of_four_is_small_enough_to_send() -> None:
    assert len(printed(sheet("E02", "E01:left", "E11", "E14:left"), TEMPLATES["hand-out"])) <= 150_000


def test_two_moves_stand_on_one_page() -> None:
    shown = [words_of(page) for page in pages(made("E01:left", "E02", "E12:right", "E11"))]
    assert len(shown) == 2 + 1
    assert any("Cobra" in page and "Clam" in page for page in shown)


SOME = replace(PROTOCOL, figures={one: PROTOCOL.figures[one] for one in ("E01", "E03", "E11")})
"""Three stretches with drawings: two done on one side, one of several parts."""


@pytest.mark.parametrize(
    ("size", "protocol"), [("a4", PROTOCOL), ("letter", SOME), pytest.param("letter", PROTOCOL, marks=LONG)]
)
def test_the_contact_sheets_show_every_drawing_with_its_words(size: Any, protocol: Any) -> None:
    pdf = figure_sheet(protocol, TEMPLATES["hand-out"], size, both=False)
    read = squeezed(text(pdf))
    for one in protocol.figures.values():
        assert one.id in read
        for drawing in one.drawings:
            assert squeezed(drawing.caption["en"]) in read


@pytest.mark.parametrize("protocol", [SOME, pytest.param(PROTOCOL, marks=LONG)])
def test_the_contact_sheets_show_both_sides_on_request(protocol: Any) -> None:
    read = text(figure_sheet(protocol, TEMPLATES["hand-out"], "a4", both=True))
    sided = [one for one in protocol.stretches.values() if one.sides == "each" and one.id in protocol.figures]
    assert read.count("LEFT") == read.count("RIGHT") >= len(sided) > 0
