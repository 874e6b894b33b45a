"""The blocks of the comparison beside its chart: what is compared, what has no side, what did not change."""

from collections.abc import Iterator, Sequence

from mmt.model.base import grouped
from mmt.model.papers import ComparisonSheet
from mmt.reasoning.words import TOLD
from mmt.reports.page import Group
from mmt.reports.rows import Row, beside, lines, stack
from mmt.reports.setting import Setting

from .head import dated
from .sides import COUNTED, by_test, is_same, values, verdict
from .texts import heading, opened, ruled

_VALUES, _VERDICT = 0.42, 0.76
"""Where values and verdicts of what has no side start, as shares of the width."""


def title(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """Which visits are compared, and who examined at each."""
    words = at.words
    then, now = dated(sheet.since, sheet.since_entered, at), dated(sheet.date, sheet.entered, at)
    told = words("title", then=then, now=now)
    who = words("examiners", then=sheet.examiner_then, now=sheet.practitioner)
    if sheet.examiner_then == sheet.practitioner:
        who = words("examiner", now=sheet.practitioner)
    yield Group(
        [
            *lines(told, at.type.name, at.width, gap=at.gap),
            *lines(who, at.type.body, at.width, gap=at.gap * 0.3),
        ]
    )


def summary(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """How many values are better, worse, the same, within noise and not comparable."""
    verdicts = [one.change.told for one in sheet.changes]
    room = at.width / len(COUNTED)
    columns = []
    for index, one in enumerate(COUNTED):
        count = verdicts.count(one)
        unit = f"{TOLD[one][0]} {at.words.counted(f'count-{one}', count)}"
        number = lines(str(count), at.type.number, room)
        columns.append((index * room, stack([*number, *lines(unit, at.type.body, room - at.gap)])))
    yield Group([beside(columns)._replace(gap=at.gap)])


def told(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """What was done at home, and how the patient rates the change: answers about the time between."""
    rows = [row for text in sheet.told for row in lines(text, at.type.body, at.width, gap=at.gap * 0.5)]
    if rows:
        yield Group(rows)


def others(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """What has no side and another value than before: leg length, pain, scores, the trunk."""
    rows, room = [], _VALUES * at.width - at.gap
    for one in sheet.changes:
        change = one.change
        if change.side is None and change.from_ != change.to:
            counts = lines(one.counts, at.type.small, room) if one.counts else []
            columns = (
                (0.0, [*lines(one.name, at.type.body, room), *counts]),
                (_VALUES, values(change, (_VERDICT - _VALUES) * at.width - at.gap / 2, at)),
                (_VERDICT, verdict(change, (1 - _VERDICT) * at.width, at)),
            )
            rows.append(beside([(start * at.width, stack(cell)) for start, cell in columns]))
    if rows:
        yield Group([*heading("others", at), *ruled(rows, at.width, at, at.gap * 0.25)])


def unchanged(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """What is as it was before, each value with its tests: first of both sides, then what has no side."""
    both = (ones[0] for ones in by_test(sheet.changes) if is_same(ones))
    single = (one for one in sheet.changes if one.change.side is None and one.change.from_ == one.change.to)
    rows: list[Row] = []
    for key, some in (("unchanged-both", both), ("unchanged-one", single)):
        for value, names in grouped((one.change.to, one.name) for one in some).items():
            text = at.words(key, value=opened(value), tests=", ".join(names))
            rows.append(stack(lines(text, at.type.body, at.width, gap=at.gap * 0.25)))
    yield from _listed("unchanged", rows, at)


def once(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """What was seen at one of the two visits only."""
    for key, date, tests in (
        ("once-then", sheet.since, sheet.only_then),
        ("once-now", sheet.date, sheet.only_now),
    ):
        if tests:
            told = at.words(key, date=at.words.date(date), tests=tests)
            yield Group(lines(told, at.type.body, at.width, gap=at.gap * 0.5))


def reasons(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """Why verdicts beyond noise are as sure as they are: each reason with the tests it is true of."""
    named = (
        (why, f"{one.name} {at.words(f'side-{side}')}" if (side := one.change.side) else one.name)
        for one in sheet.changes
        for why in (one.why if one.change.told not in ("same", "within-noise") else ())
    )
    rows = [
        stack(lines(f"{opened(why)}: {', '.join(names)}.", at.type.body, at.width, gap=at.gap * 0.25))
        for why, names in grouped(named).items()
    ]
    yield from _listed("reasons", rows, at)


def _listed(key: str, rows: Sequence[Row], at: Setting) -> Iterator[Group]:
    """A heading with its first line, then line by line, so that a long list fills its page."""
    for index, row in enumerate(rows):
        yield Group([*heading(key, at), row] if index == 0 else [row])


def sources(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """What the verdicts beyond noise rest on, each source once."""
    if sheet.sources:
        yield Group(lines(f"{at.words('sources')} {sheet.sources}", at.type.small, at.width, gap=at.gap))
