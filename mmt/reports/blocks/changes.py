"""The blocks of the comparison beside its chart: what is compared, what has no side, what did not change."""

from collections import Counter
from collections.abc import Iterator, Sequence

from mmt.model.base import grouped
from mmt.model.papers import ComparedChange, ComparisonSheet, ProgressReport
from mmt.model.wording import COUNTED, plain, sentence
from mmt.reports.page import Group
from mmt.reports.rows import Row, beside, lines, stack, tied
from mmt.reports.setting import Setting

from .head import dated
from .sides import by_test, is_same, values, verdict
from .texts import flowing, heading, opened

_VALUES, _VERDICT = 0.52, 0.78
"""Where values and verdicts of what has no side start, as shares of the width."""


def title(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """Which visits are compared, and who examined at each."""
    words = at.words
    then, now = dated(sheet.since, sheet.since_entered, at), dated(sheet.date, sheet.entered, at)
    told = words("title", then=then, now=now)
    if isinstance(sheet, ProgressReport):
        told = f"{told}, {words.counted('visits', sheet.visits)}"
    who = words("examiners", then=sheet.examiner_then, now=sheet.practitioner)
    if sheet.examiner_then == sheet.practitioner:
        who = words("examiner", now=sheet.practitioner)
    yield Group(
        [
            *lines(told, at.type.name, at.width, gap=at.gap),
            *lines(who, at.type.body, at.width, gap=at.gap * 0.3),
        ]
    )


_SURE, _REST = ("better", "worse"), ("same", "within-noise", "not-comparable")

SUMMARY = {
    **{f"sum-{one}": COUNTED for one in (*_SURE, *(f"possible-{one}" for one in _SURE), *_REST)},
    **plain(*(f"sum-none-{one}" for one in _SURE), "beyond-none", "summary-key"),
    "beyond": sentence("found"),
    "beyond-two": sentence("better", "worse"),
}


def summary(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """In one sentence how many values are better or worse beyond error, possibly so, the same, within error
    and not comparable; under it what the words for how sure mean."""
    words = at.words
    sure: Counter[str] = Counter(one.told for one in sheet.changes if one.beyond)
    rest: Counter[str] = Counter(one.told for one in sheet.changes if not one.beyond)
    parts = [words("beyond-none")]
    if sure:
        found = {
            way: words.counted(f"sum-{way}", sure[way]) if sure[way] else words(f"sum-none-{way}")
            for way in _SURE
        }
        parts = [words("beyond", found=words("beyond-two", **found))]
    parts += [words.counted(f"sum-possible-{way}", rest[way]) for way in _SURE if rest[way]]
    parts += [words.counted(f"sum-{way}", rest[way]) for way in _REST if rest[way]]
    told = lines(opened(f"{'; '.join(parts)}."), at.type.section, at.width, gap=at.gap)
    key = lines(words("summary-key"), at.type.small, at.width, gap=at.gap * 0.3)
    yield Group(tied([*told, *key]))


def told(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """What was done at home, and how the patient rates the change: answers about the time between."""
    rows = [row for text in sheet.told for row in lines(text, at.type.body, at.width, gap=at.gap * 0.5)]
    if rows:
        yield Group(rows)


def others(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """What has no side and another value than before: leg length, pain, scores, the trunk."""
    found = (one for one in sheet.changes if one.change.side is None and one.change.from_ != one.change.to)
    yield from flowing(heading("others", at), (changed(one, at) for one in found), at, at.gap * 0.25)


def changed(one: ComparedChange, at: Setting) -> Row:
    """A line of a table: what was measured, on which side, which way is better and what counts; the values
    then and now; the verdict."""
    room, side = _VALUES * at.width - at.gap, one.change.side
    name = f"{one.name}, {at.words(f'side-{side}')}" if side else one.name
    counts = lines(one.counts, at.type.small, room) if one.counts else []
    columns = (
        (0.0, [*lines(name, at.type.body, room), *counts]),
        (_VALUES, values(one, (_VERDICT - _VALUES) * at.width - at.gap / 2, at)),
        (_VERDICT, verdict(one, (1 - _VERDICT) * at.width, at, full=True)),
    )
    return beside([(start * at.width, stack(cell)) for start, cell in columns])


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
    """Why verdicts are as sure as they are, but for those within error: each reason with its tests."""
    named = (
        (why, f"{one.name} {at.words(f'side-{side}')}" if (side := one.change.side) else one.name)
        for one in sheet.changes
        for why in (one.why if one.told != "within-noise" else ())
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
