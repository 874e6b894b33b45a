"""The annex of the letter: all that was asked and seen, which the page of the letter names the key to."""

from collections.abc import Iterator, Sequence

from mmt.model.base import grouped
from mmt.model.papers import GradeRow, ReferralLetter
from mmt.reports.page import Group
from mmt.reports.rows import Row, beside, lines, read_as, spaced, stack, tied
from mmt.reports.setting import Setting
from mmt.reports.style import Style

from .findings import finding_said
from .texts import bullets, halves, heading, opened, ruled

CHANGED = 6
"""So many changes at most stand on the page of the letter itself."""

SHORT = 600
"""Letters: a longer note of the practitioner stands in the annex."""

_HALVED_FROM = 6
"""A table with more rows than this is set in two halves beside each other."""

_KEY_HALVED_FROM = 3
"""So on the page of the letter, which has less room."""

_TOLD_FROM = 3
"""So many tests with one value on both sides are told in a line instead of rows."""

_WHAT, _THEN, _NOW = 0.48, 0.62, 0.83
"""Where the columns of a table of changes end, of the width."""


def has_annex(letter: ReferralLetter) -> bool:
    """Whether anything is left for the annex."""
    told = letter.told or letter.present or letter.absent or letter.grades or letter.findings
    return bool(told or letter.alerts or len(letter.changes) > CHANGED or len(letter.note) > SHORT)


def annex(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """The heading with which the annex begins, on a page of its own."""
    if has_annex(letter):
        yield Group([*lines(at.words("annex"), at.type.title, at.width)], annex=True)


def basis(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """What alerted, each with the facts that it rests on."""
    rows: list[Row] = []
    for alert in letter.alerts:
        told = [*lines(alert.text, at.type.strong, at.width)]
        told += lines("; ".join(alert.facts), at.type.body, at.width) if alert.facts else []
        rows += spaced(told, at.gap * 0.4)
    if rows:
        yield Group([*heading("basis", at), rows[0]._replace(keep=True), *rows[1:]])


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


def key_table(rows: Sequence[GradeRow], at: Setting) -> Row:
    """Tests with both sides, in two halves beside each other where they are many."""
    return _halved(rows, at, _KEY_HALVED_FROM)


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


def _halved(grades: Sequence[GradeRow], at: Setting, most: int = _HALVED_FROM) -> Row:
    """The table, in two halves beside each other where it is long."""
    if len(grades) <= most:
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
    return read_as(beside([(start, stack(lines(text, style, wide))) for start, text, wide in cells]), *texts)


def findings(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """What else was found, in words of the letter."""
    if letter.findings:
        told = dict.fromkeys(finding_said(one, at.words) for one in letter.findings)
        rows = bullets(tuple(told), at.width, at)
        yield Group([*heading("findings", at), *spaced(rows, at.gap * 0.3)])


def change_rows(letter: ReferralLetter, most: int, at: Setting) -> list[Row]:
    """The changes as a table: what, then, now, and how sure; at most so many, all for 0."""
    then = at.words.day(letter.since) if letter.since else ""
    heads = (at.words("changes-what"), then, at.words("changes-now"), "")
    shown = letter.changes[:most] if most else letter.changes
    rows = (_change((one.name, one.then, one.now, one.verdict), at.type.body, at) for one in shown)
    return [_change(heads, at.type.quiet, at), *ruled(rows, at.width, at, at.gap * 0.15)]


def _change(texts: Sequence[str], style: Style, at: Setting) -> Row:
    starts, ends = (0.0, _WHAT, _THEN, _NOW), (_WHAT, _THEN, _NOW, 1.0)
    cells = zip(starts, ends, texts, strict=True)
    columns = [
        (at.width * start, stack(lines(text, style, at.width * (end - start) - at.gap / 2)))
        for start, end, text in cells
    ]
    return read_as(beside(columns), *texts)


def all_changes(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """Every change beyond measurement error, where the page of the letter does not hold them."""
    if len(letter.changes) > CHANGED:
        yield Group([*heading("all-changes", at), *change_rows(letter, 0, at)])


def whole_note(letter: ReferralLetter, at: Setting) -> Iterator[Group]:
    """The practitioner's own words, where they are too many for the page of the letter."""
    if len(letter.note) > SHORT:
        yield Group([*heading("note", at), *lines(letter.note, at.type.body, at.width, gap=at.gap * 0.3)])
