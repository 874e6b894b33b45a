"""The flesh on the bones: how thick each part of the body is along its length.

A row of a profile is: how far along the bone, and how far the skin is from it at the front, at the back and
sideways, in hundredths of the body's height.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from mmt.model.figures import Lengths

from .skeleton import Bone, Node
from .space import add, along, cross, sub, times, turned
from .tube import Ring

Profile = Sequence[tuple[float, float, float, float]]

TRUNK = (
    (4.4, 5.6, 7.6),
    (5.0, 6.5, 8.7),
    (5.3, 6.3, 8.7),
    (5.1, 4.7, 7.5),
    (5.0, 4.0, 6.9),
    (5.4, 4.3, 7.3),
    (6.0, 4.9, 8.2),
    (6.0, 5.3, 9.4),
    (4.5, 5.0, 10.0),
    (2.6, 3.6, 4.4),
)
"""Front, back and side at each node of the spine, from below the hips to the base of the neck."""

NECK: Profile = ((0.0, 2.6, 2.7, 2.6), (0.5, 2.7, 2.7, 2.7), (1.0, 2.9, 3.2, 3.1))
THIGH: Profile = (
    (0.0, 4.1, 4.2, 4.0),
    (0.12, 4.7, 4.6, 4.4),
    (0.35, 4.6, 4.2, 4.2),
    (0.65, 3.9, 3.5, 3.5),
    (0.88, 3.1, 2.8, 2.9),
    (1.0, 2.95, 2.6, 2.75),
)
SHANK: Profile = (
    (0.0, 2.75, 2.5, 2.65),
    (0.12, 2.4, 2.9, 2.7),
    (0.3, 2.1, 3.5, 2.9),
    (0.55, 1.8, 2.7, 2.3),
    (0.8, 1.55, 1.7, 1.6),
    (1.0, 1.5, 1.6, 1.6),
)
UPPER: Profile = (
    (0.0, 2.2, 2.2, 2.1),
    (0.25, 2.45, 2.4, 2.3),
    (0.7, 2.1, 2.0, 2.0),
    (1.0, 1.8, 1.9, 1.8),
)
FORE: Profile = ((0.0, 1.8, 1.8, 1.8), (0.25, 2.0, 1.8, 2.0), (0.7, 1.4, 1.35, 1.5), (1.0, 1.1, 1.1, 1.25))
HAND: Profile = (
    (0.0, 1.0, 1.0, 1.25),
    (0.25, 1.1, 1.0, 1.9),
    (0.5, 1.0, 0.9, 2.0),
    (0.75, 0.8, 0.75, 1.7),
    (0.95, 0.5, 0.5, 0.9),
)
KNUCKLES = 3
"""Rings of the hand that do not bend with the fingers."""

FIST: Profile = ((0.0, 1.0, 1.0, 1.3), (0.2, 1.6, 1.4, 1.9), (0.42, 1.6, 1.2, 1.9))
FOOT = (
    (-0.20, 1.6, 1.5),
    (-0.05, 2.6, 1.75),
    (0.12, 2.7, 1.8),
    (0.33, 2.0, 2.1),
    (0.55, 1.35, 2.6),
    (0.70, 0.95, 2.4),
)
"""Along the foot from the ankle: half its height there, half its width."""

TOELESS = 4
"""Rings of a foot whose toes are drawn each by itself."""


class Toe(NamedTuple):
    """Where a toe begins (share of the foot from the ankle), how far inward, its length (share), half its
    height and width."""

    start: float
    inward: float
    long: float
    thick: float
    wide: float


TOES = {
    "toe": Toe(0.5, 1.5, 0.25, 1.1, 1.1),
    "toe2": Toe(0.52, 0.1, 0.2, 0.8, 0.6),
    "toe3": Toe(0.49, -0.9, 0.19, 0.75, 0.55),
    "toe4": Toe(0.45, -1.8, 0.18, 0.7, 0.55),
    "toe5": Toe(0.4, -2.5, 0.17, 0.7, 0.5),
}
"""Drawn each by itself only where the big one is lifted from the others."""

ROUND = ((0.0, 1.0), (0.7, 1.0), (1.0, 0.7))
"""Along a toe: which share of its thickness it has there."""

THUMB: Profile = ((0.0, 0.7, 0.7, 0.9), (0.6, 0.65, 0.65, 0.75), (1.0, 0.5, 0.5, 0.5))

SHOULDER_DROP = 2.9
"""How far the shoulder joints lie under the base of the neck."""


def along_bone(bone: Bone, profile: Profile, start: float = 0, end: float = 1, by: float = 0) -> list[Ring]:
    """The rings of a bone between two parts of its length; `by` makes them thicker, for cloth."""
    rows = [_row(profile, start), *(row for row in profile if start < row[0] < end), _row(profile, end)]
    side = bone.side
    return [Ring(bone.at(part), bone.front, side, f + by, b + by, s + by) for part, f, b, s in rows]


def _row(profile: Profile, part: float) -> tuple[float, float, float, float]:
    """The row of a profile at this part of the length, between its own rows."""
    for low, high in pairwise(profile):
        if part <= high[0]:
            share = (part - low[0]) / (high[0] - low[0])
            f, b, s = (a + (z - a) * share for a, z in zip(low[1:], high[1:], strict=True))
            return part, f, b, s
    return (part, *profile[-1][1:])


def trunk(nodes: Sequence[Node]) -> list[Ring]:
    """The trunk's rings, one at each node of the spine."""
    return [
        Ring(node.at, node.frame.front, node.frame.left, *row) for node, row in zip(nodes, TRUNK, strict=True)
    ]


def foot(bone: Bone, lengths: Lengths, rings: int = len(FOOT)) -> list[Ring]:
    """So many rings of the foot, from the heel on to the toes; its sole is flat under the ankle."""
    sole = along(bone.start, bone.front, -lengths.foot_height)
    way, side, front = bone.axis, bone.side, bone.front
    return [
        Ring(add(along(sole, way, lengths.foot * part), times(front, half)), front, side, half, half, wide)
        for part, half, wide in FOOT[:rings]
    ]


def toes(foot: Bone, sign: int, lift: float, lengths: Lengths) -> dict[str, list[Ring]]:
    """The toes by name, the big one (`toe`) on the inner side of the foot and lifted by so many degrees."""
    return {name: _toe(foot, sign, place, lift * (name == "toe"), lengths) for name, place in TOES.items()}


def _toe(foot: Bone, sign: int, place: Toe, lift: float, lengths: Lengths) -> list[Ring]:
    hinge = foot.side
    root = along(foot.start, foot.front, place.thick - lengths.foot_height)
    root = along(along(root, hinge, -place.inward * sign), foot.axis, lengths.foot * place.start)
    way = turned(foot.axis, hinge, -lift)
    tip = along(root, way, lengths.foot * place.long)
    profile = [(part, *(place.thick * share,) * 2, place.wide * share) for part, share in ROUND]
    return along_bone(Bone(root, tip, cross(way, hinge)), profile)


def hand(bone: Bone, curl: float) -> list[Ring]:
    """The rings of an open hand, its fingers bent towards the palm by so many degrees."""
    flat = along_bone(bone, HAND)
    if not curl:
        return flat
    made, at, hinge = flat[:KNUCKLES], flat[KNUCKLES - 1].at, cross(bone.axis, bone.front)
    for k, (before, ring) in enumerate(pairwise(flat[KNUCKLES - 1 :]), 1):
        bend = curl * k / (len(flat) - KNUCKLES)
        at = add(at, turned(sub(ring.at, before.at), hinge, bend))
        made.append(ring._replace(at=at, front=turned(ring.front, hinge, bend)))
    return made


def thumb(hand: Bone, sign: int) -> list[Ring]:
    """A thumb, on the side of the hand that is in front when the palm faces the body."""
    side = times(hand.side, sign)
    root = add(hand.at(0.16), side)
    bone = Bone(root, add(along(root, hand.axis, 3.2), times(side, 1.9)), hand.front)
    return along_bone(bone, THUMB)
