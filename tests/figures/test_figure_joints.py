"""Joints are measured on the bones, so that a limb that bends the wrong way is found."""

import pytest
from bodies import BODY, LENGTHS

from mmt.figures.build import build
from mmt.figures.faults import faults
from mmt.figures.joints import joints
from mmt.model.figures import Arm, Drawing, Leg, Pose, Prop, View


def measured(pose: Pose) -> dict[str, float]:
    return {one.name: one.degrees for one in joints(build(pose, LENGTHS), pose, BODY.limits)}


def told(pose: Pose) -> list[str]:
    return list(faults(Drawing(steps=(1,), caption={"en": "Stand."}, view=View(turn=90), pose=pose), BODY))


@pytest.mark.parametrize("side", ["this", "other"])
@pytest.mark.parametrize(
    ("hip", "out", "turn", "knee", "foot"), [(90, 0, 0, 90, 0), (30, 40, 20, 10, 30), (-15, 5, -30, 60, -10)]
)
def test_a_leg_goes_as_far_as_its_angles_say(
    side: str, hip: float, out: float, turn: float, knee: float, foot: float
) -> None:
    leg = Leg(hip=hip, out=out, turn=turn, knee=knee, foot=foot)
    found = measured(Pose(lean=40, tilt=15, **{f"{side}_leg": leg}))
    names = ("hip", "out", "turn", "knee", "foot")
    assert [found[f"{side}_leg.{name}"] for name in names] == pytest.approx([hip, out, turn, knee, foot])


@pytest.mark.parametrize("side", ["this", "other"])
def test_an_arm_goes_as_far_as_its_angles_say(side: str) -> None:
    found = measured(Pose(lean=30, **{f"{side}_arm": Arm(lift=60, turn=25, elbow=70, wrist=20)}))
    assert found[f"{side}_arm.elbow"] == pytest.approx(70)
    assert found[f"{side}_arm.wrist"] == pytest.approx(20)
    assert found[f"{side}_arm.turn"] == pytest.approx(25)


def test_a_knee_that_bends_forward_is_named() -> None:
    assert told(Pose(rest="legs", this_leg=Leg(knee=-40))) == [
        "this_leg.knee is at -40 degrees; it goes from -3 to 158"
    ]


def test_a_knee_that_points_backward_is_found_by_the_turn_of_its_hip() -> None:
    wrong = Pose(
        hips=(0, 0, 45), this_leg=Leg(sole=(0, 5, 0), knee_to=(-1, 0, 0)), other_leg=Leg(sole=(0, -5, 0))
    )
    assert any("this_leg.turn is at" in one for one in told(wrong))


def test_an_elbow_that_bends_backward_is_named() -> None:
    assert any("this_arm.elbow is at -50" in one for one in told(Pose(rest="legs", this_arm=Arm(elbow=-50))))


def test_a_back_that_bends_too_far_is_named() -> None:
    assert any(one.startswith("low_back is at 90") for one in told(Pose(rest="legs", low_back=90)))


def test_a_body_that_floats_or_sinks_is_named() -> None:
    assert told(Pose(hips=(0, 0, 60))) == [f"the body floats {60 - 53:.1f} above the floor"]
    assert any("foot is 3.0 under the floor" in one for one in told(Pose(hips=(0, 0, 50))))


def test_names_that_do_not_exist_are_answered_with_those_that_do() -> None:
    drawing = Drawing(
        steps=(1,),
        caption={"en": "Stand."},
        view=View(turn=90),
        pose=Pose(rest="legs"),
        feel=("this.tail", "calf"),
        over=("this_wing",),
    )
    found = list(faults(drawing, BODY))
    assert len(found) == 3
    assert "buttock" in found[0]
    assert "this_shank" in found[2]


def test_what_is_felt_on_the_far_side_is_named() -> None:
    fields = {"steps": (1,), "caption": {"en": "Stand."}, "pose": Pose(rest="legs"), "feel": ("this.calf",)}
    assert list(faults(Drawing(view=View(turn=180), **fields), BODY)) == []
    assert "turned away" in next(faults(Drawing(view=View(turn=0), **fields), BODY))


def test_a_body_that_floats_above_floor_or_bed_is_named() -> None:
    def lying(high: float, *props: Prop) -> list[str]:
        pose = Pose(hips=(0, 0, high), rest="trunk", lean=-90)
        drawing = Drawing(steps=(1,), caption={"en": "Lie."}, view=View(turn=90), pose=pose, props=props)
        return list(faults(drawing, BODY))

    bed = Prop(kind="bed", size=(110, 50, 28))
    assert lying(0) == lying(28, bed) == []
    assert [one.split(" floats ")[1] for one in (*lying(28), *lying(40, bed))] == [
        "28.0 above the floor",
        "12.0 above the bed",
    ]
