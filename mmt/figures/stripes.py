"""The mark of this side: stripes round sock and sleeve, which stay where a copy loses pale and dark."""

from collections.abc import Iterator, Sequence

from .shape import Shape, polygon
from .space import dot, sub
from .tube import Eye, Tube, foreshortened, hull

SOCK = 0.62
"""The sock goes up to this part of the shank, told from the knee."""

FOOT: Sequence[tuple[float, float]] = ((0.4, 0.52), (0.74, 0.86))
SHANK: Sequence[tuple[float, float]] = ((0.24, 0.42), (0.64, 0.82))
SLEEVE: Sequence[tuple[float, float]] = ((0.5, 0.64), (0.8, 0.93))
"""The dark stripes along foot, sock and sleeve, as shares of their length."""

STEPS = 12


def stripes(tube: Tube, shares: Sequence[tuple[float, float]], seen: Eye) -> Iterator[Shape]:
    """The stripes of a tube, the far ones first, so that each shows the near half of its edge.

    Where the tube points at the eye the nearest is alone: no white would be left between them.
    """
    towards = dot(sub(tube[-1].at, tube[0].at), seen.near) > 0
    ordered = sorted(shares, reverse=not towards)
    for share in ordered[-1:] if foreshortened(tube, seen) else ordered:
        rings = _piece(tube, *share)
        yield polygon(
            hull([seen.sees(ring.skin(360 * k / STEPS)) for ring in rings for k in range(STEPS)]), "stripe"
        )


def _piece(tube: Tube, start: float, end: float) -> Tube:
    """The rings of a tube between two shares of its length."""
    last = len(tube) - 1

    def at(share: float) -> int:
        return min(int(share * last), last - 1)

    one, two = (tube[at(x)].between(tube[at(x) + 1], x * last - at(x)) for x in (start, end))
    return [one, *(tube[k] for k in range(len(tube)) if start * last < k < end * last), two]
