"""The blocks of the comparison: what changed on either side, and what the judgement rests on."""

from collections.abc import Iterator, Sequence
from itertools import chain

from mmt.model.base import Side
from mmt.model.papers import ComparedChange, ComparisonSheet
from mmt.model.review import Change, Verdict
from mmt.reports.page import Group
from mmt.reports.rows import Row, beside, lines, rule, stack
from mmt.reports.setting import Setting
from mmt.reports.style import Style

from .texts import heading

_VERDICTS: dict[Verdict, str] = {"better": "▲", "worse": "▼", "within-noise": "=", "not-comparable": "?"}
"""The verdicts in the order they are counted, each with its sign."""

_HEADS = ("right", "test", "left")
_RIGHT, _RIGHT_VALUES, _NAME, _LEFT, _LEFT_VERDICT = 0.0, 0.23, 0.39, 0.63, 0.79
"""Where the columns start, as shares of the width."""

_SIDES: tuple[tuple[Side, float, float], ...] = (
    ("right", _RIGHT, _RIGHT_VALUES),
    ("left", _LEFT_VERDICT, _LEFT),
)
"""Where the verdict and the values of each side start."""

_OTHERS = 0.42
"""Where values and names of what has no side are parted."""

_HEAD_ROWS = 3
"""The head of a table, the line under it and the first row stay together."""


def title(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """Which visits are compared, and who examined at each."""
    words = at.words
    told = words("title", then=words.date(sheet.since), now=words.date(sheet.date))
    who = words("examiners", then=sheet.examiner_then, now=sheet.practitioner)
    yield Group(
        [
            *lines(told, at.type.name, at.width, gap=at.gap),
            *lines(who, at.type.body, at.width, gap=at.gap * 0.3),
        ]
    )


def summary(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """How many values are better, worse, within noise and not comparable."""
    verdicts = [one.change.verdict for one in sheet.changes]
    room = at.width / len(_VERDICTS)
    columns = []
    for index, (verdict, sign) in enumerate(_VERDICTS.items()):
        count = verdicts.count(verdict)
        unit = f"{sign} {at.words.counted(f'count-{verdict}', count)}"
        number = lines(str(count), at.type.number, room)
        columns.append((index * room, stack([*number, *lines(unit, at.type.body, room - at.gap)])))
    yield Group([beside(columns)._replace(gap=at.gap)])


def sides(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """One row a test: the patient's right on the left, the left on the right, each side with its verdict.

    Tests that gave one value on both sides at both visits are told in a line instead.
    """
    same = _same(sheet)
    told = {one.change.test for ones in same.values() for one in ones}
    sided = [one for one in sheet.changes if one.change.side is not None and one.change.test not in told]
    if sided:
        yield Group(_table(_side_rows(sided, at)))
    for value, ones in same.items():
        line = at.words("sides-same", value=value, tests=", ".join(one.name for one in ones))
        yield Group(lines(line, at.type.body, at.width, gap=at.gap * 0.5))


def _same(sheet: ComparisonSheet) -> dict[str, list[ComparedChange]]:
    """The values that stood on both sides at both visits, each with its tests."""
    same: dict[str, list[ComparedChange]] = {}
    for sides in _by_test(sheet.changes).values():
        values = {value for one in sides for value in (one.change.from_, one.change.to)}
        if len(sides) == len(_SIDES) and len(values) == 1:
            same.setdefault(sides[0].change.to, []).append(sides[0])
    return same


def _by_test(changes: Sequence[ComparedChange]) -> dict[str, list[ComparedChange]]:
    """The changes of tests that have sides, together by test."""
    found: dict[str, list[ComparedChange]] = {}
    for one in changes:
        if one.change.side is not None:
            found.setdefault(one.change.test, []).append(one)
    return found


def _side_rows(sided: Sequence[ComparedChange], at: Setting) -> list[Row]:
    right, test, left = (lines(at.words(f"sides-{part}"), at.type.strong, at.width) for part in _HEADS)
    rows = [_row([(_RIGHT, right), (_NAME, test), (_LEFT, left)], at)._replace(gap=at.gap * 1.2)]
    for ones in _by_test(sided).values():
        found = {one.change.side: one.change for one in ones}
        cells = [(_NAME, lines(ones[0].name, at.type.body, (_LEFT - _NAME) * at.width - at.gap))]
        for side, verdict, values in _SIDES:
            if change := found.get(side):
                cells += [(verdict, _verdict(change, at)), (values, _values(change, at))]
        rows += _ruled(_row(sorted(cells, key=_start), at), at)
    return rows


def others(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """What has no side: leg length, pain and scores."""
    rows = heading("others", at)
    for one in sheet.changes:
        if one.change.side is None:
            name = lines(one.name, at.type.body, _OTHERS * at.width - at.gap)
            values = _values(one.change, at, _OTHERS)
            rows += _ruled(
                _row([(0, name), (_OTHERS, values), (_LEFT_VERDICT, _verdict(one.change, at))], at), at
            )
    if len(rows) > 1:
        yield Group(_table(rows))


def reasons(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """What each verdict beyond noise rests on, in a sentence."""
    rows: list[Row] = []
    for one in sheet.changes:
        change = one.change
        if change.verdict != "within-noise":
            side = at.words(f"side-{change.side}") if change.side else ""
            named = ", ".join(filter(None, (one.name, side)))
            why = "; ".join(part for part in change.why if part not in change.text)
            told = f"{change.text} ({why})" if why else change.text
            rows += lines(f"{named}: {told}", at.type.body, at.width, gap=at.gap * 0.25)
    if rows:
        yield Group([*heading("reasons", at), rows[0]._replace(keep=True), *rows[1:]])


def sources(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """What the verdicts beyond noise rest on, each source once."""
    beyond = [one.change for one in sheet.changes if one.change.verdict != "within-noise"]
    named = chain.from_iterable(one.source.split("; ") for one in beyond)
    told = "; ".join(dict.fromkeys(filter(None, named)))
    if told:
        yield Group(lines(f"{at.words('sources')} {told}", at.type.small, at.width, gap=at.gap))


def _start(cell: tuple[float, Sequence[Row]]) -> float:
    return cell[0]


def _row(cells: Sequence[tuple[float, Sequence[Row]]], at: Setting) -> Row:
    return beside([(start * at.width, stack(rows)) for start, rows in cells])


def _ruled(row: Row, at: Setting) -> list[Row]:
    """A row under a line; the two stay together."""
    line = rule(at.width, at.colours.rule)._replace(gap=at.gap * 0.25, keep=True)
    return [line, row._replace(gap=at.gap * 0.25)]


def _table(rows: list[Row]) -> list[Row]:
    """The rows of a table that may be parted between lines, but not right under its head."""
    return [row._replace(keep=True) if index < _HEAD_ROWS else row for index, row in enumerate(rows)]


def _values(change: Change, at: Setting, start: float = _LEFT) -> list[Row]:
    room = (_LEFT_VERDICT - start) * at.width - at.gap / 2
    return lines(f"{change.from_} → {change.to}", at.type.strong, room)


def _verdict(change: Change, at: Setting) -> list[Row]:
    """The verdict as a sign and a word, and how sure it is; in bold where something changed."""
    told = f"{_VERDICTS[change.verdict]} {at.words(f'verdict-{change.verdict}')}"
    if change.confidence:
        told = f"{told}, {at.words(f'confidence-{change.confidence}')}"
    return lines(told, _style(change.verdict, at), (1 - _LEFT_VERDICT) * at.width)


def _style(verdict: Verdict, at: Setting) -> Style:
    colour = {"better": at.colours.go, "worse": at.colours.stop}.get(verdict)
    return at.type.strong._replace(colour=colour) if colour else at.type.quiet
