"""Points of the body that a place can be told from, by name."""

from collections.abc import Mapping, Sequence

from mmt.model.figures import Lengths

from .skeleton import Bone, Node
from .space import Vec, add, along, times
from .tube import Ring


def of_trunk(
    nodes: Sequence[Node], head: Node, trunk: Sequence[Ring], shoulders: Mapping[str, Vec]
) -> dict[str, Vec]:
    """Points of trunk and head."""
    turn = head.frame
    return {
        "hips": nodes[1].at,
        "tail": trunk[2].skin(180),
        "belly": trunk[4].skin(0),
        "low_back": trunk[4].skin(180),
        "chest": trunk[7].skin(0),
        "upper_back": trunk[7].skin(180),
        "this_hip_side": trunk[2].skin(90),
        "other_hip_side": trunk[2].skin(-90),
        "this_shoulder": shoulders["this"],
        "other_shoulder": shoulders["other"],
        "head": head.at,
        "crown": along(head.at, turn.up, 6.5),
        "face": add(head.at, turn.out((5.6, 0, -0.6))),
        "chin": add(head.at, turn.out((4.4, 0, -6.2))),
        "nape": add(head.at, turn.out((-4.6, 0, -2.0))),
        "this_ear": along(head.at, turn.left, 4.6),
        "other_ear": along(head.at, turn.left, -4.6),
    }


def of_leg(side: str, bones: Mapping[str, Bone], thigh: Sequence[Ring], lengths: Lengths) -> dict[str, Vec]:
    """Points of a leg."""
    shank, foot = bones["shank"], bones["foot"]
    middle = thigh[3]
    sole = along(foot.start, foot.front, -lengths.foot_height)
    found = {
        "knee": bones["thigh"].end,
        "kneecap": thigh[-1].skin(0),
        "thigh_top": middle.skin(0),
        "thigh_back": middle.skin(180),
        "shin": along(shank.at(0.35), shank.front, 2.1),
        "ankle": shank.end,
        "sole": sole,
        "heel": along(sole, foot.axis, lengths.foot * -0.22),
        "ball": along(sole, foot.axis, lengths.foot * 0.5),
        "toes": along(sole, foot.axis, lengths.foot * 0.72),
    }
    return {f"{side}_{name}": at for name, at in found.items()}


def of_arm(side: str, bones: Mapping[str, Bone]) -> dict[str, Vec]:
    """Points of an arm."""
    hand = bones["hand"]
    found = {
        "elbow": bones["upper"].end,
        "wrist": bones["fore"].end,
        "palm": add(hand.at(0.45), times(hand.front, 0.9)),
        "fingers": hand.end,
    }
    return {f"{side}_{name}": at for name, at in found.items()}
