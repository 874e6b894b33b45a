"""The muscle to feel: a patch of skin or cloth, where it faces the eye, with the grain of the muscle."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .shape import Shape
from .skeleton import SIDES
from .space import Vec
from .tube import Eye, Point, Tube

RINGS, STEPS = 7, 8


class Felt(NamedTuple):
    """Where a muscle lies on a part of the body: from where to where along it, and round it.

    Angles are degrees from the front of the part to its outer side (90) and its back (180). `after` are parts
    that lie under the patch.
    """

    part: str
    start: float
    end: float
    angles: tuple[float, float]
    after: tuple[str, ...] = ()


MUSCLES = {
    "buttock": (Felt("trunk", 0.0, 0.36, (55, 176), ("thigh",)),),
    "hip_side": (Felt("trunk", 0.0, 0.36, (30, 150), ("thigh",)),),
    "thigh_back": (Felt("thigh", 0.22, 0.88, (105, 255)),),
    "thigh_front": (Felt("thigh", 0.2, 0.9, (-70, 70)),),
    "thigh_inside": (Felt("thigh", 0.1, 0.7, (215, 325)),),
    "thigh_outside": (Felt("thigh", 0.1, 0.75, (40, 140)),),
    "hip_front": (Felt("thigh", 0.0, 0.42, (-65, 65)), Felt("trunk", 0.05, 0.22, (0, 75))),
    "calf": (Felt("shank", 0.04, 0.66, (95, 265)),),
    "low_calf": (Felt("shank", 0.36, 0.9, (95, 265)),),
    "shin": (Felt("shank", 0.08, 0.72, (-12, 78)),),
    "low_back": (Felt("trunk", 0.25, 0.62, (118, 242)),),
    "back": (Felt("trunk", 0.25, 0.9, (118, 242)),),
    "upper_back": (Felt("trunk", 0.6, 0.95, (115, 245)),),
    "belly": (Felt("trunk", 0.16, 0.6, (-50, 50)),),
    "flank": (Felt("trunk", 0.28, 0.74, (30, 150)),),
    "chest": (Felt("trunk", 0.64, 0.93, (6, 85)),),
    "neck_side": (Felt("neck", 0.05, 1.0, (50, 170)),),
    "neck_front": (Felt("neck", 0.1, 0.9, (-60, 60)),),
    "neck_back": (Felt("neck", 0.15, 1.0, (110, 250)),),
    "shoulder_blade": (Felt("trunk", 0.66, 0.9, (105, 172)),),
}
"""The muscles that can be tinted, by the name that a drawing gives them."""


def felt(names: Sequence[str]) -> list[Felt]:
    """The muscles of these names (`this.buttock`), told for their side of the body; other names are none."""
    found = []
    for name in names:
        side, _, muscle = name.partition(".")
        for one in MUSCLES.get(muscle, ()):
            part = one.part if one.part in ("trunk", "neck") else f"{side}_{one.part}"
            low, high = (SIDES.get(side, 1) * degrees for degrees in one.angles)
            found.append(
                one._replace(part=part, angles=(low, high), after=tuple(f"{side}_{x}" for x in one.after))
            )
    return found


def patch(tube: Tube, muscle: Felt, seen: Eye) -> Iterator[Shape]:
    """The tinted patch with the grain of the muscle; nothing where it faces away."""
    edges: list[tuple[Point, Point]] = []
    low, high = muscle.angles
    angles = [low + (high - low) * k / STEPS for k in range(STEPS + 1)]
    for k in range(RINGS):
        along = (muscle.start + (muscle.end - muscle.start) * k / (RINGS - 1)) * (len(tube) - 1)
        below = min(int(along), len(tube) - 2)
        ring = tube[below].between(tube[below + 1], along - below)
        strip = [ring.skin(one) for one in angles if ring.faces(one, seen.near)]
        if len(strip) > 1:
            narrow = 0.1 + 0.4 * (1 - (1 - (2 * k / (RINGS - 1) - 1) ** 4) ** 0.5)
            edges.append((_inner(strip, narrow, seen), _inner(strip, 1 - narrow, seen)))
    if len(edges) < 3:
        return
    one, two = [a for a, _ in edges], [b for _, b in edges]
    yield Shape([[*one, *two[::-1]]], "tint", "halo", 0.55)
    for share in (0.25, 0.5, 0.75):
        grain = [_mid(a, b, share) for a, b in edges[1:-1]]
        yield Shape([grain], line="grain", width=0.35, end="open")


def _inner(strip: Sequence[Vec], share: float, seen: Eye) -> Point:
    """The point at this share of a strip across the muscle."""
    at = share * (len(strip) - 1)
    low = min(int(at), len(strip) - 2)
    return _mid(seen.sees(strip[low]), seen.sees(strip[low + 1]), at - low)


def _mid(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
