"""Things beside the body: mat, floor, box (wall, door post, step), bed, table, chair, pillow, roll, strap."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from mmt.model.figures import Prop

from .reach import place
from .shape import Shape, polygon
from .space import Frame, Vec, add, dot, sub, times
from .tube import Eye, Ring, hull, outline

MAT_THICK = 0.9

SEAT, DEPTH, WIDTH, BACK = 26.0, 25.0, 25.0, 25.0
"""A chair: the height of its seat, how deep and wide it is, how high its back rises over the seat."""

LEG = 1.8

MATTRESS, SLAT, TOP = 7.0, 4.0, 2.2
"""How thick the mattress of a bed is, and the frame under it; how thick the top of a table is."""

HEAD = 13.0
"""How high the board at the head of a bed rises over the mattress."""

Piece = tuple[Vec, Vec]
"""Where a part of a thing stands, from the thing's own place, and its size."""


def prop(what: Prop, seen: Eye, points: Mapping[str, Vec]) -> Iterator[Shape]:
    """The shapes of a thing. Raises PoseError where a strap goes through no point of the body."""
    frame = Frame().bent(twist=what.turn)
    match what.kind:
        case "mat":
            corners = _corners(what.at, (what.size[0], what.size[1], 0), frame)
            top = hull([seen.sees(one) for one in corners.values()])
            yield polygon(hull([*top, *((x, y - MAT_THICK) for x, y in top)]), "mat-dark", "mat-line")
            yield polygon(top, "mat", "mat-line")
        case "floor":
            x, y = seen.sees(what.at)
            half = what.size[0] / 2
            yield Shape([[(x - half, y), (x + half, y)]], line="floor", width=0.9, end="open")
        case "box":
            yield from _box(what.at, what.size, frame, seen, "wall")
        case "bed":
            yield from _bed(what, frame, seen)
        case "table":
            deep, wide, high = what.size
            yield from _built(what.at, _legs(deep, wide, high - TOP), frame, seen)
            yield from _built(what.at, [((0.0, 0.0, high - TOP), (deep, wide, TOP))], frame, seen)
        case "chair":
            yield from _chair(what.at, frame, seen)
        case "pillow" | "roll":
            yield from _soft(what, frame, seen)
        case "strap":
            run = [seen.sees(place(one, points)) for one in what.through]
            yield Shape([run], line="line", width=1.5, end="open")
            yield Shape([run], line="strap", width=0.8, end="open")


def _corners(at: Vec, size: Vec, frame: Frame) -> dict[Vec, Vec]:
    """The corners of a box that stands on a place, by the signs of their way from its middle."""
    return {
        (x, y, z): add(at, frame.out((x * size[0] / 2, y * size[1] / 2, (z + 1) * size[2] / 2)))
        for x, y, z in product((-1.0, 1.0), repeat=3)
    }


def _box(at: Vec, size: Vec, frame: Frame, seen: Eye, fill: str) -> Iterator[Shape]:
    """The faces of a box that are seen: light from above, dark where it turns away."""
    corners = _corners(at, size, frame)
    for axis in range(3):
        for sign in (-1.0, 1.0):
            normal = times(frame[axis], sign)
            if dot(normal, seen.near) < 0.01:
                continue
            face = sorted(key for key in corners if key[axis] == sign)
            order = (face[0], face[1], face[3], face[2])
            shade = "-light" if axis == 2 else "-dark" if abs(dot(normal, seen.right)) > 0.6 else ""
            yield polygon([seen.sees(corners[key]) for key in order], fill + shade, "thing")


def _chair(at: Vec, frame: Frame, seen: Eye) -> Iterator[Shape]:
    """A chair, `at` the floor under the middle of its seat; its back stands behind the seat."""
    front, side = DEPTH / 2 - LEG / 2, WIDTH / 2 - LEG / 2
    seat: Piece = ((0.0, 0.0, SEAT - 2), (DEPTH, WIDTH, 2.0))
    posts: list[Piece] = [((-front, y, SEAT), (LEG, LEG, BACK)) for y in (-side, side)]
    rest: Piece = ((-front, 0.0, SEAT + BACK / 2), (LEG, WIDTH, BACK / 2))
    for pieces in (_legs(DEPTH, WIDTH, SEAT - 2), [seat], posts, [rest]):
        yield from _built(at, pieces, frame, seen)


def _bed(what: Prop, frame: Frame, seen: Eye) -> Iterator[Shape]:
    """A bed with its head at the back: `size` is its length, its width, and how high one lies on it."""
    long, wide, high = what.size
    base = high - MATTRESS
    board: Piece = ((-long / 2, 0.0, 0.0), (LEG, wide, high + HEAD))
    mattress: Piece = ((0.0, 0.0, base), (long, wide, MATTRESS))
    yield from _built(what.at, _legs(long, wide, base - SLAT), frame, seen)
    yield from _built(what.at, [((0.0, 0.0, base - SLAT), (long, wide, SLAT)), board], frame, seen)
    yield from _built(what.at, [mattress], frame, seen, "wall")


def _legs(deep: float, wide: float, high: float) -> list[Piece]:
    """Four legs under the corners of something so deep and so wide."""
    front, side = deep / 2 - LEG / 2, wide / 2 - LEG / 2
    return [((x, y, 0.0), (LEG, LEG, high)) for x in (-front, front) for y in (-side, side)]


def _built(at: Vec, pieces: Sequence[Piece], frame: Frame, seen: Eye, fill: str = "wood") -> Iterator[Shape]:
    """Boxes, the far ones first."""
    for place_, size in sorted(pieces, key=lambda piece: dot(frame.out(piece[0]), seen.near)):
        yield from _box(add(at, frame.out(place_)), size, frame, seen, fill)


def _soft(what: Prop, frame: Frame, seen: Eye) -> Iterator[Shape]:
    """A pillow or a rolled towel: `size` is its depth, its length to the left, its height."""
    deep, long, high = what.size
    rings = []
    for part, thick in ((-0.5, 0.75), (-0.3, 1), (0, 1), (0.3, 1), (0.5, 0.75)):
        centre = add(what.at, frame.out((0, long * part, high / 2)))
        rings.append(
            Ring(centre, frame.front, frame.up, deep / 2 * thick, deep / 2 * thick, high / 2 * thick)
        )
    yield Shape([outline(rings, seen)], "pillow", "thing", 0.5)
    if what.kind == "roll":
        end = max((rings[0], rings[-1]), key=lambda ring: dot(sub(ring.at, what.at), seen.near))
        for part in (0.6, 0.3):
            small = end._replace(f=end.f * part, b=end.b * part, s=end.s * part)
            run = [seen.sees(small.skin(degrees)) for degrees in range(0, 360, 30)]
            yield Shape([run], line="thing", width=0.35)
