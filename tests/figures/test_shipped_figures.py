"""What mmt ships: every stretch is drawn, every body can do what is drawn, every hand and foot rests."""

import re
import warnings

import pytest
from bodies import BODY, DRAWINGS, LENGTHS, PROTOCOL, apart

from mmt.figures.build import build
from mmt.figures.faults import faults
from mmt.figures.reach import place
from mmt.figures.scene import scene
from mmt.figures.tube import lowest
from mmt.reports.typeface import unprintable

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from textstat import textstat

TOUCH = 1.0
"""Hundredths of the body's height: 17 mm on a tall person."""

FORBIDDEN = re.compile(r"\b(diagnos\w*|cure\w*|heal\w*|normal|disc)\b", re.IGNORECASE)


def test_each_stretch_has_two_to_five_drawings() -> None:
    wanted = {f"E{number:02}" for number in range(1, 29)} | PROTOCOL.stretches.keys()
    assert wanted <= PROTOCOL.figures.keys()
    for one in PROTOCOL.figures.values():
        assert 2 <= len([drawing for drawing in one.drawings if not drawing.form]) <= 5


def test_each_form_with_steps_of_its_own_is_drawn_and_none_for_bed_and_chair_on_the_floor() -> None:
    for name, stretch in PROTOCOL.stretches.items():
        drawings = PROTOCOL.figures[name].drawings
        drawn, steps = {one.form for one in drawings} - {""}, stretch.text["en"].instead
        assert {*map(steps.get, drawn)} == {*steps.values()}, f"{name}: each form, and the same steps once"
        floor = [one for one in drawings if one.form == "FLR" and any(p.kind == "mat" for p in one.props)]
        assert floor == [], name


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_body_can_do_what_is_drawn(name: str) -> None:
    assert list(faults(DRAWINGS[name], BODY)) == []


@pytest.mark.parametrize("name", DRAWINGS)
def test_hands_and_feet_are_where_they_are_told_to_be(name: str) -> None:
    pose = DRAWINGS[name].pose
    built = build(pose, LENGTHS)
    for side in ("this", "other"):
        leg, arm = getattr(pose, f"{side}_leg"), getattr(pose, f"{side}_arm")
        if leg.sole is not None:
            assert apart(built.points[f"{side}_sole"], place(leg.sole, built.points)) < TOUCH
        if leg.ankle is not None:
            assert apart(built.points[f"{side}_ankle"], place(leg.ankle, built.points)) < TOUCH
        if arm.palm is not None:
            hand = built.bones[f"{side}_hand"]
            touching = min(apart(hand.at(part), place(arm.palm, built.points)) for part in (0.25, 0.45))
            assert touching < TOUCH


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_flat_foot_or_hand_on_the_floor_touches_it(name: str) -> None:
    pose = DRAWINGS[name].pose
    built = build(pose, LENGTHS)
    for side in ("this", "other"):
        leg, arm = getattr(pose, f"{side}_leg"), getattr(pose, f"{side}_arm")
        if isinstance(leg.sole, tuple) and leg.sole[2] == 0 and leg.down == (0, 0, -1):
            assert -lowest(built.tubes[f"{side}_foot"]) == pytest.approx(0, abs=0.4)
        if isinstance(arm.palm, tuple) and arm.palm[2] <= 1 and arm.fingers:
            assert -lowest(built.tubes[f"{side}_hand"]) == pytest.approx(0, abs=TOUCH)


def test_who_walks_on_the_heels_has_the_toes_of_both_feet_up() -> None:
    for name in ("E31-2", "E31-3"):
        points = build(DRAWINGS[name].pose, LENGTHS).points
        for side in ("this", "other"):
            assert points[f"{side}_toes"][2] > points[f"{side}_heel"][2] + 3


def test_the_last_drawing_of_a_held_stretch_shows_what_is_felt_or_moves() -> None:
    for one in PROTOCOL.figures.values():
        if one.id in PROTOCOL.stretches and PROTOCOL.stretches[one.id].kind == "stretch":
            assert any(drawing.feel for drawing in one.drawings), one.id


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_caption_is_short_plain_and_prints(name: str) -> None:
    words = DRAWINGS[name].caption["en"]
    assert len(words.split()) <= 12
    assert words.endswith(".")
    assert not FORBIDDEN.search(words)
    assert unprintable(words) == ""


@pytest.mark.parametrize("wanted", PROTOCOL.figures)
def test_the_captions_of_a_stretch_read_at_grade_six_or_easier(wanted: str) -> None:
    told = " ".join(drawing.caption["en"] for drawing in PROTOCOL.figures[wanted].drawings)
    assert textstat.flesch_kincaid_grade(told) <= 6


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_small_and_wide_enough_for_a_page(name: str) -> None:
    made = scene(DRAWINGS[name], LENGTHS)
    assert len(made.shapes) < 150
    assert 30 < made.size[0] < 135
    assert 20 < made.size[1] < 135


def test_a_close_up_is_of_a_part_or_of_a_low_pose() -> None:
    """Who stands is as large in each drawing of a row; a window round a whole body would change that."""
    assert [name for name, one in DRAWINGS.items() if one.close and one.close.high > 60] == []


@pytest.mark.parametrize("wanted", PROTOCOL.stretches)
def test_each_drawing_of_a_side_shows_its_stripes_and_no_other_drawing_has_any(wanted: str) -> None:
    for one in PROTOCOL.drawn(wanted):
        made = scene(one.drawing, one.lengths, marked=one.marked)
        left, low, right, high = made.window
        inside = [
            shape
            for shape in made.shapes
            if shape.fill == "stripe" and all(left < x < right and low < y < high for x, y in shape.points)
        ]
        assert bool(inside) == (PROTOCOL.stretches[wanted].sides == "each")


def test_a_limb_has_a_light_edge_over_what_it_crosses() -> None:
    """Near and far stay apart where a copier makes pale and dark the same."""
    made = scene(DRAWINGS["E13-1"], LENGTHS)
    halos = [one for one in made.shapes if one.line == "halo" and not one.fill]
    assert len(halos) == 4 * 3
