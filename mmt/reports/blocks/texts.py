"""Small settings of text that several blocks share."""

from collections.abc import Sequence

from mmt.reports.rows import Row, beside, lines, stack
from mmt.reports.setting import Setting


def heading(key: str, at: Setting, gap: float = 1.8) -> list[Row]:
    """The heading of a section, with white above it in sizes of the text, kept with what follows."""
    rows = lines(at.words(key), at.type.section, at.width, gap=at.gap * gap)
    return [row._replace(keep=True) for row in rows]


def opened(text: str) -> str:
    """The text as it opens a line: with a capital."""
    return text[:1].upper() + text[1:]


def bullets(texts: Sequence[str], room: float, at: Setting) -> list[Row]:
    """Sentences under each other, each behind a bullet."""
    indent = at.gap
    mark = lines("•", at.type.body, indent)[0]
    return [beside([(0, mark), (indent, stack(lines(text, at.type.body, room - indent)))]) for text in texts]
