"""The blocks of the warning card: go now, what to say, which signs, what to take along."""

from collections.abc import Iterator

from mmt.model.papers import WarningCard
from mmt.reports.page import Group
from mmt.reports.rows import Row, beside, lines, panel, stack, tied
from mmt.reports.setting import Setting
from mmt.reports.style import Style

from .call import number
from .head import BLANK
from .texts import bullets, heading

_GAP = 1.3
"""White above a heading, in sizes of the text: less than elsewhere, so that the card stays on one page."""


def go_now(card: WarningCard, at: Setting) -> Iterator[Group]:
    """A dark panel that says where to go, at once; where nothing was found, when that is."""
    pad = at.gap
    room = at.width - 2 * pad
    title = at.type.title._replace(colour=at.type.label.colour)
    told = _loud(at)._replace(colour=at.type.label.colour)
    key = "go-now" if card.sends else "general"
    rows = lines(at.words(key), title, room)
    for text in (*at.words.rows(f"{key}-lines"), at.words("emergency-call", number=number(card, at))):
        rows += lines(text, told, room, gap=at.gap * 0.4)
    yield Group([panel(stack(rows), at.width, pad, fill=at.colours.stop)._replace(gap=at.gap)])


def say(card: WarningCard, at: Setting) -> Iterator[Group]:
    """What to say there, in the patient's own voice: why this card was given, and by whom."""
    if not card.sends:
        return
    own = [at.words(f"say-{group}") for group in card.groups if at.words.has(f"say-{group}")]
    own += [card.say] if card.say else []
    last = at.words("say-last", practitioner=card.practitioner or BLANK)
    style = _loud(at)
    rows: list[Row] = []
    for text in (at.words("say-first"), *own, last):
        rows += lines(text, style, at.width - 2 * at.gap, gap=at.gap * 0.2 if rows else 0)
    quoted = panel(stack(rows), at.width, at.gap, fill=at.colours.tint)._replace(gap=at.gap / 2)
    yield Group(tied([*heading("say", at, _GAP), quoted]))


def signs(_: WarningCard, at: Setting) -> Iterator[Group]:
    """The signs that are an emergency, whichever of them comes."""
    rows = bullets(at.listed["emergency"], at.width, at)
    yield Group(tied([*heading("signs", at, _GAP), rows[0]._replace(gap=at.gap / 3), *rows[1:]]))


def take(card: WarningCard, at: Setting) -> Iterator[Group]:
    """What to take along on the left, the clinic's telephone on the right."""
    between = at.gap * 2
    half = (at.width - between) / 2
    left = [
        *lines(at.words("take"), at.type.section, half),
        *bullets(at.words.rows("take-list" if card.sends else "general-take"), half, at),
    ]
    right = [
        *lines(at.words("call"), at.type.section, half),
        *lines(card.letterhead.telephone or BLANK, at.type.title, half),
    ]
    row = beside([(0, stack(left)), (half + between, stack(right))])
    yield Group([row._replace(gap=at.gap * _GAP)])


def _loud(at: Setting) -> Style:
    return at.type.lead._replace(face=at.type.strong.face)
