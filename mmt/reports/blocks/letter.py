"""The blocks of the letter's own page: what is asked and how soon, why, what changed, what was done."""

from collections.abc import Iterator, Sequence

from mmt.model.papers import ReferralLetter
from mmt.model.review import LEVELS
from mmt.reports.page import Group
from mmt.reports.rows import Row, beside, lines, panel, read_as, rule, spaced, stack, tied
from mmt.reports.setting import Setting
from mmt.reports.typeface import legible

from .annex import CHANGED, SHORT, change_rows, has_annex, key_table
from .findings import finding_said, red_flags_said
from .head import BLANK
from .texts import LABELS, bullets, halves, heading

_REASONS = 5
"""So many reasons at most stand on the page of the letter itself."""


def addressee(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """To whom the letter goes, and about whom it is."""
    patient = letter.patient
    about = at.words(
        "about",
        name=patient.name if legible(patient.name) else BLANK,
        birth_date=at.words.born(patient.birth_date),
        age=patient.ages_on(letter.date),
    )
    to = at.words("to", to=letter.to or BLANK)
    yield Group(
        [
            *lines(to, at.type.body, at.width, gap=at.gap),
            *lines(about, at.type.strong, at.width, gap=at.gap * 0.4),
        ]
    )


def request(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """How soon the patient should be seen, by the most urgent of the alerts, and what is asked."""
    levels = [one.level for one in letter.alerts]
    level = min(levels, key=LEVELS.index) if levels else "plain"
    soon = [at.words(f"urgency-{level}")] if levels else []
    room = at.width - 2 * at.gap
    rows = [row for one in soon for row in lines(one, at.type.section, room)]
    rows += lines(at.words("ask"), at.type.quiet, room, gap=at.gap * 0.3 if rows else 0)
    rows += lines(letter.ask or at.words(f"ask-{level}"), at.type.strong, room)
    filled = panel(stack(rows), at.width, at.gap * 0.7, indent=at.gap, fill=at.colours.tint)
    yield Group([filled._replace(gap=at.gap)])


def why(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """What alerted, the most urgent first, else what was accepted; why one went on in an emergency."""
    alerts = [one.text for one in sorted(letter.alerts, key=lambda one: LEVELS.index(one.level))]
    told = alerts or [finding_said(one, at.words) for one in letter.accepted]
    told = list(dict.fromkeys(told))
    rows = bullets(told[:_REASONS], at.width, at)
    if more := len(told) - _REASONS:
        rows += lines(at.words.counted("why-more", more), at.type.body, at.width) if more > 0 else []
    if over := letter.went_on:
        said = at.words("went-on", reason=over.reason, by=over.by)
        rows += lines(said, at.type.body, at.width, gap=at.gap * 0.4)
    yield from _section("why", rows, at)


def changes(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """What changed, then and now: the surest of it, what is worse first."""
    if letter.since is None:
        return
    head = lines(
        at.words("changes", then=at.words.date(letter.since)), at.type.section, at.width, gap=at.gap * 1.2
    )
    if not letter.changes:
        yield Group(tied([*head, *lines(at.words("changes-none"), at.type.body, at.width)]))
        return
    rows = change_rows(letter, CHANGED, at)
    if (more := len(letter.changes) - CHANGED) > 0:
        rows += lines(at.words.counted("changes-more", more), at.type.body, at.width, gap=at.gap * 0.3)
    yield Group(tied([*head, *rows]))


def key_grades(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """The tests that the reasons are about, both sides."""
    if letter.key_grades:
        notes = (f"* {text}" for one in letter.key_grades for text in one.notes)
        rows = [key_table(letter.key_grades, at)]
        rows += [row for text in notes for row in lines(text, at.type.body, at.width, gap=at.gap * 0.2)]
        yield from _section("key-grades", rows, at)


def red_flags(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """What was asked and answered yes, how much was answered no, and what was not asked."""
    rows = lines(" ".join(red_flags_said(letter, at.words)), at.type.body, at.width)
    yield from _section("red-flags", rows, at)


def pain(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """What was told of the pain."""
    yield from _labelled("pain", letter.pain, at)


def tried(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """What was done about it before, and how the last sheet went at home."""
    yield from _labelled("tried", letter.tried, at)


def action(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """What was done already."""
    yield from _labelled("action", [letter.action] if letter.action else [], at)


def note(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """What the practitioner adds; where that is much, that it stands in the annex."""
    told = at.words("note-annexed") if len(letter.note) > SHORT else letter.note
    yield from _labelled("note", [told] if told else [], at)


def _labelled(key: str, texts: Sequence[str], at: Setting) -> Iterator[Group]:
    """What is told beside its label; nothing where there is nothing."""
    if texts:
        start = at.width * LABELS
        label = stack(lines(at.words(key), at.type.strong, start - at.gap / 2))
        told = [row for text in texts for row in lines(text, at.type.body, at.width - start)]
        row = read_as(beside([(0, label), (start, stack(told))]), at.words(key), *texts)
        yield Group([row._replace(gap=at.gap * 0.7)])


def _section(key: str, rows: Sequence[Row], at: Setting) -> Iterator[Group]:
    """A heading over its rows; nothing where there are none."""
    if rows:
        yield Group(tied([*heading(key, at, 1.2), *spaced(rows, at.gap * 0.3)]))


def signature(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """The closing sentence, and the lines to sign and date."""
    name = at.words("signature", practitioner=letter.practitioner)
    columns = (
        [rule(at.half, at.colours.ink), *lines(text, at.type.quiet, at.half, gap=at.gap * 0.2)]
        for text in (name, at.words("signature-date"))
    )
    said = at.words("closing-annex" if has_annex(letter) else "closing")
    closing = lines(said, at.type.body, at.width, gap=at.gap * 1.2)
    yield Group(tied([*closing, halves(columns, at)._replace(gap=at.gap * 3)]))
