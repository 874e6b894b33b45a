"""The patient's one-page card for an emergency: go now, what to say there, which signs, what to take."""

from collections.abc import Iterator
from math import inf

from mmt.model.papers import Paper
from mmt.model.wording import plain, sentence, sentences
from mmt.reasoning.answers import latest
from mmt.reports.blocks.head import BLANK
from mmt.reports.blocks.texts import CALL, bullets, emergency_number, halves, heading
from mmt.reports.document import Block, Document, Question
from mmt.reports.page import Group
from mmt.reports.record import Record
from mmt.reports.rows import Row, lines, panel, stack, tied
from mmt.reports.setting import Setting
from mmt.reports.style import Style

SMALLEST = 12
"""Points: what a patient reads is never set smaller."""

SMALLEST_LARGE = 16
"""Points: large print is never set smaller; the page that sends nobody comes onto one page by it."""

SAID = (
    "saddle-numbness",
    "bladder",
    "bowel",
    "sexual-function",
    "both-legs-pain",
    "both-legs-weak",
    "weakness-rapid",
    "fever-neuro",
    "fever",
    "pulsating-mass",
    "collapse",
    "deep-boring-pain",
    "chest-pain-breathless",
    "cold-pale-leg",
    "cauda-equina",
    "motor-deficit",
    "upper-motor-neuron",
)
"""What can send a patient to an emergency department and has words of its own: safety questions that were
answered yes, then groups that alerted by what was tested alone."""

_MOST = 4
"""So many things to say stand on a card at most, which has to stay one page."""

_ASKS = Question(
    words="Nothing alerts as an emergency. Sent there all the same? What the patient says there:",
    hint="Enter makes the card; empty makes the page on when to get help. Esc makes none.",
)
_GAP = 1.3
"""White above a heading, in sizes of the text: less than elsewhere, so that the card stays on one page."""


class WarningCard(Paper, frozen=True, kw_only=True):
    """The patient's one-page card for an emergency.

    `groups` are the ids of the safety groups that alerted, `said` the questions that were answered yes for
    it, or the group where it was found by testing; `say` are the clinician's own words for the patient to
    say there. With neither nothing was found or told: the page only says when to get help. `pain` is whether
    the patient told of any.
    """

    groups: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    say: str = ""
    pain: bool = False

    @property
    def sends(self) -> bool:
        """Whether the patient is sent to an emergency department, for something found or told."""
        return bool(self.groups or self.say)


def _groups(record: Record) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.rule for one in record.review.alerts if one.level == "emergency"))


def _said(record: Record) -> tuple[str, ...]:
    """What the emergencies rest on: the questions that were answered yes, else the group itself."""
    found: dict[str, None] = {}
    for one in record.review.alerts:
        if one.level == "emergency":
            asked = [why.question for why in one.because if why.question and why.answer is True]
            found |= dict.fromkeys(asked or [one.rule])
    return tuple(found)


def _pain(record: Record) -> bool:
    """Whether a score of pain was over 0 when it was told last."""
    rule, told = record.protocol.rules.part, latest(record.history, "story")
    scores = (told[name][1] for name in (rule.scores if rule else ()) if name in told)
    return any(isinstance(one, int | float) and one > 0 for one in scores)


def _smallest(card: WarningCard) -> float:
    """In large print the card that sends someone may take two pages."""
    if card.large_print:
        return inf if card.sends else SMALLEST_LARGE
    return SMALLEST


def go_now(card: WarningCard, at: Setting) -> Iterator[Group]:
    """A dark panel that says where to go, at once; where nothing was found, when that is."""
    pad = at.gap
    room = at.width - 2 * pad
    title = at.type.title._replace(colour=at.type.label.colour)
    told = _loud(at)._replace(colour=at.type.label.colour)
    key = "go-now" if card.sends else "general"
    rows = lines(at.words(key), title, room)
    call = at.words("emergency-call", number=emergency_number(card, at))
    for text in (*at.words.rows(f"{key}-lines"), call):
        rows += lines(text, told, room, gap=at.gap * 0.4)
    yield Group([panel(stack(rows), at.width, pad, fill=at.colours.stop)._replace(gap=at.gap)])


def say(card: WarningCard, at: Setting) -> Iterator[Group]:
    """What to say there, in the patient's own voice: why this card was given, and by whom."""
    if not card.sends:
        return
    own = [at.words(f"say-{one}") for one in card.said if at.words.has(f"say-{one}")][:_MOST]
    own += [card.say] if card.say else []
    last = at.words("say-last", practitioner=card.practitioner or BLANK)
    style = _loud(at)
    rows: list[Row] = []
    first = [at.words("say-first")] if card.pain else []
    for text in (*first, *own, last):
        rows += lines(text, style, at.width - 2 * at.gap, gap=at.gap * 0.2 if rows else 0)
    quoted = panel(stack(rows), at.width, at.gap, fill=at.colours.tint)._replace(gap=at.gap / 2)
    yield Group(tied([*heading("say", at, _GAP), quoted]))


def signs(_: WarningCard, at: Setting) -> Iterator[Group]:
    """The signs that are an emergency, whichever of them comes."""
    rows = bullets(at.listed["emergency"], at.width, at)
    yield Group(tied([*heading("signs", at, _GAP), rows[0]._replace(gap=at.gap / 3), *rows[1:]]))


def take(card: WarningCard, at: Setting) -> Iterator[Group]:
    """What to take along on the left, the clinic's telephone on the right."""
    left = [
        *lines(at.words("take"), at.type.section, at.half),
        *bullets(at.words.rows("take-list" if card.sends else "general-take"), at.half, at),
    ]
    right = [
        *lines(at.words("call"), at.type.section, at.half),
        *lines(card.letterhead.telephone or BLANK, at.type.title, at.half),
    ]
    yield Group([halves([left, right], at)._replace(gap=at.gap * _GAP)])


def _loud(at: Setting) -> Style:
    return at.type.lead._replace(face=at.type.strong.face)


_GO_NOW = {
    **plain("go-now", "general"),
    "go-now-lines": sentences(),
    "general-lines": sentences(),
    **CALL,
}
_SAY = {
    **plain("say", "say-first", *(f"say-{one}" for one in SAID)),
    "say-last": sentence("practitioner"),
}

DOCUMENT = Document(
    id="warning-card",
    title="Warning card for the patient",
    key="3",
    for_patients=True,
    items=lambda record: tuple(map(record.protocol.ruled_by, _groups(record))),
    blocks={
        "go-now": Block(go_now, _GO_NOW),
        "say": Block(say, _SAY),
        "signs": Block(signs, plain("signs")),
        "take": Block(take, {**plain("take", "call"), "take-list": sentences(), "general-take": sentences()}),
    },
    fill=lambda record, head: WarningCard(
        **head,
        groups=_groups(record),
        said=_said(record),
        say=record.wanted.answer(0),
        pain=_pain(record),
    ),
    smallest=_smallest,
    asks=lambda record: () if _groups(record) else (_ASKS,),
)
