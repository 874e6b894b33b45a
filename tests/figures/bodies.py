"""The shipped body and drawings, for tests."""

from mmt.figures.space import Vec, length, sub
from mmt.library.load import load
from mmt.model.figures import Drawing
from mmt.paths import shipped

PROTOCOL = load([shipped("protocols")]).protocol
BODY = PROTOCOL.bodies["adult"]
LENGTHS = BODY.lengths

DRAWINGS: dict[str, Drawing] = {
    f"{one.id}-{number}": drawing
    for one in PROTOCOL.figures.values()
    for number, drawing in enumerate(one.drawings, start=1)
}


def apart(one: Vec, two: Vec) -> float:
    return length(sub(one, two))
