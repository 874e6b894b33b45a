"""Which side stands where on the screen, and how a side is called."""

from mmt.model.base import Side
from mmt.model.exam_tests import AnyTest, done_as

from .entry import Entry

SIDE_WORDS: dict[Side | None, str] = {"right": "RIGHT", "left": "LEFT", None: "MIDLINE"}
HEADINGS = {side: f"PATIENT'S {word}" if side else word for side, word in SIDE_WORDS.items()}


def columns(test: AnyTest) -> tuple[Side | None, ...]:
    """The sides from the left of the screen to its right, as the examiner sees the patient."""
    if test.sides == "midline":
        return (None,)
    return ("right", "left") if test.seen_from == "front" else ("left", "right")


def turned(entry: Entry) -> str:
    """What to say where the sides change places on the screen; empty where they stand as for the test before.

    A position in which they have changed places says it again at its first test.
    """
    cells, at = entry.exam.cells, entry.exam.at
    if at is None or at.side is None:
        return ""
    sided = [one for one in cells[: entry.exam.cursor + 1] if one.side is not None]
    behind = [done_as(entry.tests[one.test], one.variant).seen_from == "behind" for one in sided]
    now, before = behind[-1], len(behind) > 1 and behind[-2]
    entered = len(sided) < 2 or sided[-2].position != at.position
    if now:
        return "" if before and not entered else "columns turned"
    return "columns turned back" if before else ""
