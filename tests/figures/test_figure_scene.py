"""A drawing is a row of flat shapes: near over far, mirrored whole, within its window."""

import pytest
from bodies import DRAWINGS, LENGTHS
from msgspec.structs import replace

from mmt.figures.scene import Scene, scene
from mmt.figures.shape import Shape, curves
from mmt.figures.tube import Ring, edges, eye
from mmt.model.figures import Arrow, Drawing, Leg, Pose, Prop, View

STANDING = Drawing(steps=(1,), caption={"en": "Stand."}, view=View(turn=90), pose=Pose(rest="legs"))


def fills(made: Scene, name: str) -> list[Shape]:
    return [one for one in made.shapes if one.fill == name]


def middle(shapes: list[Shape]) -> float:
    across = [x for one in shapes for x, _ in one.points]
    return sum(across) / len(across)


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_right_side_is_the_mirror_image_of_the_left(name: str) -> None:
    left, right = (scene(DRAWINGS[name], LENGTHS, side) for side in ("left", "right"))
    assert left.size == right.size
    for one, two in zip(left.shapes, right.shapes, strict=True):
        assert (one.fill, one.line, one.width, one.end) == (two.fill, two.line, two.width, two.end)
        assert [(-x, y) for x, y in one.points] == two.points


def test_tint_and_arrow_change_sides_with_the_body() -> None:
    drawing = replace(
        STANDING,
        view=View(turn=170),
        feel=("this.calf",),
        arrows=(Arrow(through=((0, 12, 30), (0, 12, 40))),),
    )
    left, right = (scene(drawing, LENGTHS, side) for side in ("left", "right"))
    for what in ("tint", "arrow"):
        assert middle(fills(left, what)) < 0 < middle(fills(right, what))


@pytest.mark.parametrize("side", ["this", "other"])
def test_the_outside_of_a_thigh_is_tinted_outside_and_the_inside_inside(side: str) -> None:
    """Seen from the front this side is at the right of the picture."""
    pose = Pose(rest="legs", this_leg=Leg(out=20), other_leg=Leg(out=20))
    front = replace(STANDING, view=View(turn=0), pose=pose)
    places = {
        where: middle(fills(scene(replace(front, feel=(f"{side}.thigh_{where}",)), LENGTHS), "tint"))
        for where in ("inside", "outside")
    }
    assert abs(places["inside"]) < abs(places["outside"])
    assert all(x > 0 for x in places.values()) == (side == "this")


def test_the_side_of_the_neck_is_tinted_on_its_side() -> None:
    front = replace(STANDING, view=View(turn=0))
    this, other = (
        middle(fills(scene(replace(front, feel=(f"{side}.neck_side",)), LENGTHS), "tint"))
        for side in ("this", "other")
    )
    assert other < 0 < this


def test_the_face_looks_where_the_body_faces() -> None:
    """In a view of the left side the nose is at the left of the head, the bun at the right."""
    made = scene(STANDING, LENGTHS)
    hair = fills(made, "hair")
    bun = min(hair, key=lambda one: max(x for x, _ in one.points) - min(x for x, _ in one.points))
    skin_at_head_height = [x for one in fills(made, "skin") for x, y in one.points if y > 88]
    assert min(skin_at_head_height) < middle(hair) < middle([bun])


def test_the_near_leg_lies_over_the_far_one() -> None:
    pose = Pose(rest="legs", this_leg=Leg(hip=30), other_leg=Leg(hip=-20))
    order = [
        one.fill
        for one in scene(replace(STANDING, pose=pose), LENGTHS).shapes
        if one.fill.startswith("shorts")
    ]
    assert order.index("shorts-far") < max(index for index, fill in enumerate(order) if fill == "shorts")
    assert order[0] == "shorts-far"


def test_the_legs_of_a_crossed_stand_differ_in_colour_when_seen_almost_from_the_front() -> None:
    made = scene(replace(STANDING, view=View(turn=-14)), LENGTHS)
    assert fills(made, "skin-far")
    assert fills(made, "skin")


def test_the_shoulders_of_one_who_lies_are_as_wide_as_the_ribs_when_seen_from_the_feet() -> None:
    """The outline goes where the skin is farthest out, not where it lies beside the middle line."""
    deep = Ring((0, 0, 0), (0, 0, 1), (0, 1, 0), 5, 5, 10)
    seen = eye(40, 30)
    rim = [seen.sees(deep.skin(degrees)) for degrees in range(360)]
    for found, true in zip(edges(deep, (0, 0), (1, 0), seen), (max(rim), min(rim)), strict=True):
        assert found == pytest.approx(true, abs=0.2)


def test_things_stand_behind_the_body_unless_told_otherwise() -> None:
    box = Prop(kind="box", at=(20, 0, 0), size=(2, 40, 50))
    behind = scene(replace(STANDING, props=(box,)), LENGTHS).shapes
    before = scene(replace(STANDING, props=(replace(box, front=True),)), LENGTHS).shapes
    assert behind[0].fill.startswith("wall")
    assert before[-1].fill.startswith("wall")


@pytest.mark.parametrize("name", DRAWINGS)
def test_nothing_leaves_its_window(name: str) -> None:
    made = scene(DRAWINGS[name], LENGTHS)
    left, low, right, high = made.window
    if made.close:
        body = (*fills(made, "shirt"), *fills(made, "skin"))
        inside = [one for one in body for x, y in one.points if left < x < right and low < y < high]
        assert inside
        return
    for shape in made.shapes:
        half = shape.width / 2 if shape.line else 0
        for run in shape.runs:
            ends = [curve[2] for curve in curves(run, closed=shape.end == "round")]
            for x, y in (*run, *ends):
                assert left + half <= x <= right - half
                assert low + half <= y <= high - half


def test_a_curve_passes_through_all_its_points() -> None:
    run = [(0.0, 0.0), (4.0, 1.0), (6.0, 5.0), (1.0, 6.0)]
    assert [curve[2] for curve in curves(run, closed=True)] == [*run[1:], run[0]]
    assert [curve[2] for curve in curves(run, closed=False)] == run[1:]
