"""The side of the body in words that cannot be overread."""

from mmt.model.papers import SheetItem
from mmt.reports.setting import Setting


def side_word(item: SheetItem, at: Setting) -> str:
    """LEFT or RIGHT, both where a one-sided move is done on both, empty where the move has no side."""
    if item.prescribed.side is not None:
        return at.words(f"side-{item.prescribed.side}")
    return at.words("side-both") if item.stretch.sides == "each" else ""
