"""The blocks of the referral letter: to whom, how urgent, what was found, what was done. No diagnosis."""

from collections.abc import Iterator, Sequence

from mmt.model.base import grouped
from mmt.model.papers import GradeRow, LetterFinding, ReferralLetter
from mmt.model.review import LEVELS
from mmt.model.visit_note import VisitNote
from mmt.reports.page import Group
from mmt.reports.rows import Row, beside, lines, panel, rule, spaced, stack, tied
from mmt.reports.setting import Setting
from mmt.reports.style import Style
from mmt.reports.words import Words

from .head import BLANK, patient_name
from .texts import bullets, halves, heading, opened, ruled

_HALVED_FROM = 6
"""A table with more rows than this is set in two halves beside each other."""

_TOLD_FROM = 3
"""So many tests with one value on both sides are told in a line instead of rows."""


def addressee(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """To whom the letter goes, and about whom it is."""
    patient = letter.patient
    about = at.words(
        "about",
        name=patient_name(letter, at),
        birth_date=at.words.date(patient.birth_date),
        age=patient.age_on(letter.date),
    )
    to = at.words("to", to=letter.to or BLANK)
    yield Group(
        [
            *lines(to, at.type.body, at.width, gap=at.gap),
            *lines(about, at.type.strong, at.width, gap=at.gap * 0.4),
        ]
    )


def urgency(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """How soon the patient should be seen: the most urgent of the alerts, in words."""
    levels = [one.level for one in letter.alerts]
    if not levels:
        return
    told = at.words(f"urgency-{min(levels, key=LEVELS.index)}")
    text = stack(lines(told, at.type.section, at.width - 2 * at.gap))
    yield Group(
        [panel(text, at.width, at.gap * 0.7, indent=at.gap, fill=at.colours.tint)._replace(gap=at.gap)]
    )


def alerts(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """What alerted, each with the facts that it rests on; why one went on although it was an emergency."""
    rows: list[Row] = []
    for alert in letter.alerts:
        told = [*lines(alert.text, at.type.strong, at.width), *bullets(alert.facts, at.width, at)]
        rows += spaced(told, at.gap * 0.4)
    if over := letter.went_on:
        said = at.words("went-on", reason=over.reason, by=over.by)
        rows += lines(said, at.type.body, at.width, gap=at.gap * 0.4)
    if rows:
        yield Group([*heading("alerts", at), rows[0]._replace(keep=True), *rows[1:]])


def red_flags(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """What was asked and answered yes, how much was answered no, and what was not asked."""
    said = (lines(text, at.type.body, at.width) for text in red_flags_said(letter, at.words))
    rows = [row for told in said for row in told]
    yield Group(tied([*heading("red-flags", at), *spaced(rows, at.gap * 0.3)]))


def red_flags_said(paper: ReferralLetter | VisitNote, words: Words) -> Iterator[str]:
    """What was asked and answered yes, how much was answered no, and what was not asked."""
    if paper.answered_yes:
        yield f"{words('answered-yes')} {' '.join(paper.answered_yes)}"
    elif paper.answered_no:
        yield words("none-yes")
    if paper.answered_no:
        yield words.counted("answered-no", paper.answered_no)
    missing = [
        words("not-asked-group", group=one.group, missing=one.missing, of=one.of) for one in paper.not_asked
    ]
    yield words("not-asked", questions="; ".join(missing)) if missing else words("all-asked")


def told(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """What the patient told: the conditions that were asked, then the story, topic by topic, run on."""
    conditions = [
        at.words("told-present", names="; ".join(letter.present)) if letter.present else "",
        at.words.counted("told-absent", letter.absent) if letter.absent else "",
    ]
    said = (" ".join(filter(None, some)) for some in (conditions, letter.told))
    rows = [row for text in said if text for row in lines(text, at.type.body, at.width, gap=at.gap * 0.3)]
    if rows:
        yield Group(tied([*heading("told", at), *rows]))


def grades(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """Every test with both sides. Values that many tests share on both sides are told in a line each."""
    if not letter.grades:
        return
    shared = _shared(letter.grades)
    told = [
        at.words("grades-same", value=opened(value), tests=", ".join(one.test for one in some))
        for value, some in shared.items()
    ]
    told.append(at.words("grades-key", scale=letter.scale))
    told += [f"* {text}" for one in letter.grades for text in one.notes]
    rows = heading("grades", at)
    if apart := [one for one in letter.grades if one.right not in shared or not _same(one)]:
        rows.append(_halved(apart, at)._replace(gap=at.gap * 0.3))
    yield Group(
        tied(rows + [row for text in told for row in lines(text, at.type.body, at.width, gap=at.gap * 0.3)])
    )


def _same(row: GradeRow) -> bool:
    return row.right == row.left and not row.notes


def _shared(rows: Sequence[GradeRow]) -> dict[str, list[GradeRow]]:
    """The values that stand on both sides of several tests, each with those tests."""
    by_value = grouped((row.right, row) for row in filter(_same, rows))
    return {value: some for value, some in by_value.items() if len(some) >= _TOLD_FROM}


def _halved(grades: Sequence[GradeRow], at: Setting) -> Row:
    """The table, in two halves beside each other where it is long."""
    if len(grades) <= _HALVED_FROM:
        return stack(_table(grades, at.width, at))
    split = (len(grades) + 1) // 2
    return halves([_table(half, at.half, at) for half in (grades[:split], grades[split:])], at)


def _table(grades: Sequence[GradeRow], room: float, at: Setting) -> list[Row]:
    heads = [at.words(f"grades-{part}") for part in ("test", "right", "left")]
    rows = (_cells([one.test, one.right, one.left], at.type.body, room, at) for one in grades)
    return [_cells(heads, at.type.quiet, room, at), *ruled(rows, room, at, at.gap * 0.15)]


def _cells(texts: Sequence[str], style: Style, room: float, at: Setting) -> Row:
    starts = (0.0, room * 0.56, room * 0.78)
    rooms = (room * 0.56 - at.gap / 2, room * 0.22 - at.gap / 2, room * 0.22)
    cells = zip(starts, texts, rooms, strict=True)
    return beside([(start, stack(lines(text, style, wide))) for start, text, wide in cells])


def findings(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """What else was found, in words of the letter."""
    if letter.findings:
        told = dict.fromkeys(finding_said(one, at.words) for one in letter.findings)
        rows = bullets(tuple(told), at.width, at)
        yield Group([*heading("findings", at), *spaced(rows, at.gap * 0.3)])


def finding_said(found: LetterFinding, words: Words) -> str:
    """A finding in the words of its kind, else in its own."""
    if not found.kind:
        return found.text
    size = words.millimetres(round(found.size)) if found.size is not None else ""
    side = words(f"finding-{found.side or 'midline'}")
    return words(f"finding-{found.kind}", name=found.name, side=side, size=size)


def action(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """What was done already."""
    if letter.action:
        yield Group([*heading("action", at), *lines(letter.action, at.type.body, at.width, gap=at.gap * 0.3)])


def note(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """What the practitioner adds."""
    if letter.note:
        yield Group([*heading("note", at), *lines(letter.note, at.type.body, at.width, gap=at.gap * 0.3)])


def signature(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """The closing sentence, and the lines to sign and date."""
    name = at.words("signature", practitioner=letter.practitioner)
    columns = (
        [rule(at.half, at.colours.ink), *lines(text, at.type.quiet, at.half, gap=at.gap * 0.2)]
        for text in (name, at.words("signature-date"))
    )
    closing = lines(at.words("closing"), at.type.body, at.width, gap=at.gap * 1.2)
    yield Group(tied([*closing, halves(columns, at)._replace(gap=at.gap * 3)]))
