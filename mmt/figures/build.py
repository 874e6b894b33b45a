"""A pose as a body in space: its bones, its round parts, and its points by name."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from mmt.model.figures import Arm, Leg, Lengths, Pose

from . import flesh, points
from .reach import PoseError
from .skeleton import SIDES, Bone, Node, arm, leg, neck_and_head, spine
from .space import Vec, add, along
from .tube import Ring, lowest


class Built(NamedTuple):
    """A body that has been posed. Bones and tubes are named by side and part (`this_thigh`)."""

    spine: tuple[Node, ...]
    head: Node
    bones: Mapping[str, Bone]
    tubes: Mapping[str, list[Ring]]
    points: Mapping[str, Vec]


def build(pose: Pose, lengths: Lengths) -> Built:
    """The body in this pose. Raises PoseError where no body can take it."""
    nodes = spine(pose, _rested(pose, lengths), lengths)
    neck, head = neck_and_head(pose, nodes[-1], lengths)
    shoulders = {side: _shoulder(pose, nodes, sign, lengths) for side, sign in SIDES.items()}
    bones = {"neck": neck}
    tubes = {"trunk": flesh.trunk(nodes), "neck": flesh.along_bone(neck, flesh.NECK)}
    named = points.of_trunk(nodes, head, tubes["trunk"], shoulders)
    for side in _order(pose):
        how = pose.this_leg if side == "this" else pose.other_leg
        with _told(f"{side}_leg"):
            made = leg(how, _hip(nodes, side, lengths), nodes[0].frame, SIDES[side], lengths, named)
        bones |= {f"{side}_{part}": bone for part, bone in made.items()}
        tubes |= {f"{side}_{part}": tube for part, tube in _leg_flesh(made, lengths).items()}
        if how.big_toe:
            tubes[f"{side}_foot"] = flesh.foot(made["foot"], lengths, flesh.TOELESS)
            toes = flesh.toes(made["foot"], SIDES[side], how.big_toe, lengths)
            tubes |= {f"{side}_{name}": tube for name, tube in toes.items()}
        named |= points.of_leg(side, made, tubes[f"{side}_thigh"], lengths)
    for side in ("other", "this"):
        reach = pose.this_arm if side == "this" else pose.other_arm
        with _told(f"{side}_arm"):
            made = arm(reach, shoulders[side], nodes[-2].frame, SIDES[side], lengths, named)
        bones |= {f"{side}_{part}": bone for part, bone in made.items()}
        tubes |= {f"{side}_{part}": tube for part, tube in _arm_flesh(made, SIDES[side], reach).items()}
        named |= points.of_arm(side, made)
    return Built(nodes, head, bones, tubes, named)


@contextmanager
def _told(limb: str) -> Iterator[None]:
    """Names the limb in a fault of its pose."""
    try:
        yield
    except PoseError as error:
        raise PoseError(f"{limb}: {error}") from None


def _order(pose: Pose) -> tuple[str, str]:
    """The legs, one that rests on the other after it."""
    on_this = any(
        getattr(place, "at", "").startswith("this_") for place in (pose.other_leg.sole, pose.other_leg.ankle)
    )
    return ("this", "other") if on_this else ("other", "this")


def _hip(nodes: tuple[Node, ...], side: str, lengths: Lengths) -> Vec:
    return along(nodes[1].at, nodes[1].frame.left, lengths.hip * SIDES[side])


def _shoulder(pose: Pose, nodes: tuple[Node, ...], sign: int, lengths: Lengths) -> Vec:
    chest = nodes[-2].frame
    root = along(nodes[-1].at, chest.up, pose.shrug - flesh.SHOULDER_DROP)
    return add(root, chest.out((-0.3, lengths.shoulder * sign, 0)))


def _leg_flesh(bones: Mapping[str, Bone], lengths: Lengths) -> dict[str, list[Ring]]:
    return {
        "thigh": flesh.along_bone(bones["thigh"], flesh.THIGH),
        "shank": flesh.along_bone(bones["shank"], flesh.SHANK),
        "foot": flesh.foot(bones["foot"], lengths),
    }


def _arm_flesh(bones: Mapping[str, Bone], sign: int, how: Arm) -> dict[str, list[Ring]]:
    made = {
        "upper": flesh.along_bone(bones["upper"], flesh.UPPER),
        "fore": flesh.along_bone(bones["fore"], flesh.FORE),
        "hand": flesh.along_bone(bones["hand"], flesh.FIST)
        if how.fist
        else flesh.hand(bones["hand"], how.curl),
    }
    return made if how.fist else {**made, "thumb": flesh.thumb(bones["hand"], sign)}


def _rested(pose: Pose, lengths: Lengths) -> Vec:
    """The middle of the hips, after trunk or legs have sunk to what they rest on."""
    x, y, height = pose.hips
    if pose.rest is None:
        return pose.hips
    nodes = spine(pose, (x, y, 0), lengths)
    if pose.rest == "trunk":
        return x, y, height + lowest(flesh.trunk(nodes))
    tubes = [tube for side in SIDES for tube in _hanging(pose, nodes, side, lengths)]
    if not tubes:
        raise PoseError('"legs" can only rest where one leg is told by angles')
    return x, y, height + max(map(lowest, tubes))


def _hanging(pose: Pose, nodes: tuple[Node, ...], side: str, lengths: Lengths) -> list[list[Ring]]:
    """Shank and foot of a leg that is told by angles."""
    how: Leg = pose.this_leg if side == "this" else pose.other_leg
    if how.placed:
        return []
    made = leg(how, _hip(nodes, side, lengths), nodes[0].frame, SIDES[side], lengths, {})
    tubes = _leg_flesh(made, lengths)
    return [tubes["shank"], tubes["foot"]]
