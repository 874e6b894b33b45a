"""A pose becomes a body: limbs keep their length, hands and feet are where they are told to be."""

import pytest
from bodies import LENGTHS, apart

from mmt.figures.build import build
from mmt.figures.reach import PoseError, middle
from mmt.figures.space import angle, sub
from mmt.figures.tube import Ring, lowest
from mmt.model.figures import Arm, Leg, Near, Pose


def test_a_standing_body_is_as_high_as_its_parts() -> None:
    points = build(Pose(rest="legs"), LENGTHS).points
    assert points["hips"][2] == pytest.approx(3.9 + 24.6 + 24.5, abs=0.3)
    assert points["crown"][2] == pytest.approx(100, abs=1.5)
    assert points["this_shoulder"][2] == pytest.approx(81.8, abs=2.5)


@pytest.mark.parametrize("target", [(20, 8, 0), (30, 4, 10), (8, 12, 0)])
def test_a_limb_keeps_its_length_wherever_its_end_is(target: tuple[float, float, float]) -> None:
    points = build(Pose(hips=(0, 0, 40), this_leg=Leg(sole=target)), LENGTHS).points
    assert apart(points["this_knee"], points["this_ankle"]) == pytest.approx(LENGTHS.shank)
    assert points["this_ankle"] == pytest.approx((target[0], target[1], target[2] + LENGTHS.foot_height))


def test_the_joint_of_two_bones_points_where_it_is_told() -> None:
    forward = middle((0, 0, 10), (0, 0, 0), 6, 6, (1, 0, 0))
    back = middle((0, 0, 10), (0, 0, 0), 6, 6, (-1, 0, 0))
    assert forward[0] > 0 > back[0]
    assert forward[2] == back[2] == pytest.approx(5)


def test_what_is_out_of_reach_is_named_with_the_limb_and_by_how_much() -> None:
    pose = Pose(hips=(0, 0, 53), this_arm=Arm(palm=(0, 10.6, 20)))
    with pytest.raises(PoseError, match=r"this_arm: the target is \d+\.\d out of reach"):
        build(pose, LENGTHS)


def test_what_is_too_near_is_named_as_well() -> None:
    with pytest.raises(PoseError, match="too near"):
        middle((0, 0, 0), (0, 0, 1), 20, 10, (1, 0, 0))


def test_a_point_that_does_not_exist_is_answered_with_those_that_do() -> None:
    pose = Pose(rest="legs", this_arm=Arm(palm=Near(at="this_nose")))
    with pytest.raises(PoseError, match=r'"this_nose" is not a point .* this_kneecap'):
        build(pose, LENGTHS)


@pytest.mark.parametrize("height", [0, 26])
def test_who_sits_touches_the_seat(height: float) -> None:
    built = build(
        Pose(hips=(0, 0, height), rest="trunk", this_leg=Leg(hip=90), other_leg=Leg(hip=90)), LENGTHS
    )
    assert -lowest(built.tubes["trunk"]) == pytest.approx(height, abs=0.01)


def test_who_kneels_touches_the_floor_with_the_legs() -> None:
    kneeling = Leg(knee=90, foot=70)
    built = build(Pose(rest="legs", this_leg=kneeling, other_leg=kneeling), LENGTHS)
    low = [-lowest(built.tubes[f"this_{part}"]) for part in ("shank", "foot")]
    assert min(low) == pytest.approx(0, abs=0.01)


def test_the_hand_goes_to_a_point_of_the_body() -> None:
    pose = Pose(
        rest="trunk",
        this_leg=Leg(sole=(32, 6, 0), knee_to=(0, 0, 1)),
        this_arm=Arm(palm=Near(at="this_kneecap"), elbow_to=(0, 1, 0)),
    )
    points = build(pose, LENGTHS).points
    assert apart(points["this_palm"], points["this_kneecap"]) < 1.5


def test_fingers_bend_towards_the_palm_and_the_palm_stays() -> None:
    def hand(curl: float) -> list[Ring]:
        arm = Arm(palm=(0, 20, 53), fingers=(0, 1, 0), palm_to=(0, 0, -1), curl=curl)
        return build(Pose(hips=(0, 0, 53), this_arm=arm), LENGTHS).tubes["this_hand"]

    flat, round_ = hand(0), hand(80)
    assert round_[:3] == flat[:3]
    assert round_[-1].at[2] < flat[-1].at[2] - 1.5
    assert apart(round_[-1].at, round_[-2].at) == pytest.approx(apart(flat[-1].at, flat[-2].at))


@pytest.mark.parametrize(("side", "inner"), [("this", -1), ("other", 1)])
def test_a_lifted_big_toe_rises_on_the_inner_side_of_its_foot(side: str, inner: int) -> None:
    leg = Leg(sole=(10, 6 * -inner, 0), big_toe=50)
    built = build(Pose(hips=(0, 0, 45), **{f"{side}_leg": leg}), LENGTHS)
    toe, foot, *others = (built.tubes[f"{side}_{part}"] for part in ("toe", "foot", "toe2", "toe5"))
    assert toe[-1].at[2] > foot[-1].at[2] + 2
    assert (toe[0].at[1] - foot[-1].at[1]) * inner > 1
    assert [round(lowest(one)) for one in others] == [0, 0]


@pytest.mark.parametrize("arm", [Arm(lift=180), Arm(palm=(0, 12, 112))])
def test_a_raised_arm_carries_its_shoulder_up_and_in(arm: Arm) -> None:
    built = build(Pose(hips=(0, 0, 53), this_arm=arm), LENGTHS)
    raised, hanging = (built.bones[f"{side}_upper"].start for side in ("this", "other"))
    assert raised[2] > hanging[2] + 1
    assert abs(raised[1]) < abs(hanging[1]) - 2


def test_a_back_bends_where_it_is_told() -> None:
    straight = build(Pose(rest="legs"), LENGTHS)
    bent = build(Pose(rest="legs", upper_back=40), LENGTHS)
    for built, degrees in ((straight, 0), (bent, 40)):
        chest = sub(built.spine[-1].at, built.spine[-2].at)
        assert angle(built.spine[0].frame.up, chest) == pytest.approx(degrees, abs=0.1)


def test_both_sides_read_alike() -> None:
    leg = Leg(ankle=(10, 0, 20), knee_to=(0.3, 1, 0))
    points = build(Pose(hips=(0, 0, 10), this_leg=leg, other_leg=leg), LENGTHS).points
    this, other = points["this_knee"], points["other_knee"]
    assert this == pytest.approx((other[0], -other[1], other[2]))
