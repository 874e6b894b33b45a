"""Small settings of text that several blocks share."""

from collections.abc import Iterable, Iterator, Sequence

from mmt.model.papers import Paper, SheetItem
from mmt.model.wording import plain, sentence
from mmt.reports.page import Group
from mmt.reports.rows import Row, beginning, beside, high, lines, panel, read_as, rule, stack, tied
from mmt.reports.setting import Setting
from mmt.reports.style import Style

LABELS = 0.2
"""What labels at the left take of the width of a clinician's paper."""

CALL = {"emergency-call": sentence("number"), **plain("emergency-number")}
"""The sentences that a block needs to say whom to call where it cannot wait."""


def heading(key: str, at: Setting, gap: float | None = None) -> list[Row]:
    """The heading of a section, with white above it in sizes of the text, kept with what follows."""
    above = (1.2 if at.narrow else 1.6) if gap is None else gap
    first, *rows = lines(at.words(key), at.type.section, at.width, gap=at.gap * above)
    return [row._replace(keep=True) for row in (beginning(first, at.words(key)), *rows)]


def titled(title: str, summary: str, at: Setting) -> Group:
    """The title of a paper, and what it is about in one line."""
    first, *head = lines(title, at.type.title, at.width, gap=at.gap * 0.6)
    return Group([beginning(first, title), *head, *lines(summary, at.type.lead, at.width, gap=at.gap / 4)])


def opened(text: str) -> str:
    """The text as it opens a line: with a capital."""
    return text[:1].upper() + text[1:]


def bullets(texts: Sequence[str], room: float, at: Setting, style: Style | None = None) -> list[Row]:
    """Sentences under each other, each behind a bullet."""
    indent, style = at.gap, style or at.type.body
    mark = lines("•", at.type.body, indent)[0]
    return [
        read_as(beside([(0, mark), (indent, stack(lines(text, style, room - indent)))]), "•", text)
        for text in texts
    ]


def listed(texts: Sequence[str], room: float, at: Setting) -> Row:
    """Sentences behind bullets, in two columns where the page is wide enough for them."""
    if at.narrow:
        return stack(bullets(texts, room, at))
    wide = (room - at.gap) / 2
    left, right = split(bullets(texts, wide, at))
    return beside([(0, stack(left)), (wide + at.gap, stack(right))])


def split(rows: Sequence[Row]) -> tuple[Sequence[Row], Sequence[Row]]:
    """Rows in two columns about as high as each other, the first one no shorter where they can be alike."""
    cut = min(range(len(rows) + 1), key=lambda n: (max(high(rows[:n]), high(rows[n:])), -n))
    return rows[:cut], rows[cut:]


def halves(columns: Iterable[Sequence[Row]], at: Setting) -> Row:
    """Two columns beside each other, each `at.half` wide; an empty one leaves its place."""
    placed = zip((0, at.half + 2 * at.gap), columns, strict=True)
    return beside([(start, stack(rows)) for start, rows in placed if rows])


def ruled(rows: Iterable[Row], room: float, at: Setting, gap: float) -> list[Row]:
    """Rows with a line above each, and white of `gap` points above row and line."""
    line = rule(room, at.colours.rule)._replace(gap=gap, keep=True)
    return [one for row in rows for one in (line, row._replace(gap=gap))]


def flowing(head: Sequence[Row], rows: Iterable[Row], at: Setting, gap: float) -> Iterator[Group]:
    """Rows with a line above each as groups of their own, so that a long table fills its pages; the first one
    stays with its `head`."""
    for index, row in enumerate(rows):
        both = ruled([row], at.width, at, gap)
        yield Group(tied([*head, *both]) if index == 0 else both)


def warning(title: str, told: Sequence[Row], at: Setting, *, band: float, body: float) -> Row:
    """A dark band with a title over what is meant; white above and below each, in sizes of the text."""
    head = stack(lines(title, at.type.label, at.width - 2 * at.gap))
    upper = panel(head, at.width, at.gap * band, indent=at.gap, fill=at.colours.stop)
    lower = panel(stack(told), at.width, at.gap * body, indent=at.gap, stroke=at.colours.stop, thick=2)
    return beginning(stack([upper, lower])._replace(parts=()), title)


def side_word(item: SheetItem, at: Setting) -> str:
    """LEFT or RIGHT, both where a one-sided move is done on both, empty where the move has no side."""
    if item.prescribed.side is not None:
        return at.words(f"side-{item.prescribed.side}")
    return at.words("side-both") if item.each_side else ""


def emergency_number(paper: Paper, at: Setting) -> str:
    """The emergency number that the clinic gave, else words for whatever it is there."""
    return paper.letterhead.emergency or at.words("emergency-number")


def two_lines(text: str, style: Style) -> float:
    """The room that lets a text stand in two lines at most."""
    words = text.split(" ")
    return min(
        max(style.width(" ".join(words[:cut])), style.width(" ".join(words[cut:])))
        for cut in range(1, len(words) + 1)
    )
