"""Which side stands where on the screen, and how a side is called."""

from mmt.model.base import Side
from mmt.model.exam_tests import AnyTest

SIDE_WORDS: dict[Side | None, str] = {"right": "RIGHT", "left": "LEFT", None: "MIDLINE"}
HEADINGS: dict[Side | None, str] = {
    "right": "PATIENT'S RIGHT",
    "left": "PATIENT'S LEFT",
    None: "MIDLINE",
}


def columns(test: AnyTest) -> tuple[Side | None, ...]:
    """The sides from the left of the screen to its right, as the examiner sees the patient (decision 22)."""
    if test.sides == "midline":
        return (None,)
    return ("right", "left") if test.seen_from == "front" else ("left", "right")
