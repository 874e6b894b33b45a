"""The blocks of the progress report: what changed, the grades, what was done at home, what comes next."""

from collections.abc import Iterable, Iterator, Sequence

from mmt.model.base import grouped
from mmt.model.papers import ComparedChange, ProgressReport
from mmt.reports.page import Group
from mmt.reports.rows import Row, lines, rule, stack, tied
from mmt.reports.setting import Setting

from .changes import changed as change_row
from .sides import by_test, chart, verdict
from .texts import bullets, flowing, heading, opened

_ROWS = 10
"""Where more than these are possibly changed, those of one kind share a row."""

_MOVED = ("better", "worse")

_STRONG = {"5"}
"""The grade that needs no place in the chart of the grades where it stands at both visits."""


def alerts(report: ProgressReport, at: Setting) -> Iterator[Group]:
    """What stands now and presses, however well the rest goes, and what was done about it."""
    told = [f"{at.words(f'level-{one.level}')}: {one.text}" for one in report.alerts]
    rows = bullets(told, at.width, at)
    if report.alerts and report.action:
        rows += _lines([at.words("action-taken", action=report.action)], at)
    yield from _section("alerts", rows, at)


def changed(report: ProgressReport, at: Setting) -> Iterator[Group]:
    """All that is better or worse beyond error, as many as the first sentence counts, then what is possibly
    so."""
    moved = [one for one in report.changes if one.told in _MOVED]
    yield from _table("changed", (one for one in moved if one.beyond), at)
    possible = [one for one in moved if not one.beyond]
    if len(possible) <= _ROWS:
        yield from _table("possible", possible, at)
    else:
        yield from flowing(heading("possible", at, 1.3), _together(possible, at), at, at.gap * 0.2)


def _together(changes: Iterable[ComparedChange], at: Setting) -> Iterator[Row]:
    """Changes by what they come to and what counts of them, those of one kind in one row."""
    kinds = grouped(((one.told, one.counts), one) for one in changes)
    for (_, counts), some in kinds.items():
        values = "; ".join(_values(one, at) for one in some)
        rows = [*verdict(some[0], at.width, at), *lines(values, at.type.body, at.width)]
        yield stack([*rows, *lines(counts, at.type.small, at.width)])


def _values(one: ComparedChange, at: Setting) -> str:
    """What was measured, then and now: `Touch L5, left: normal → less`."""
    return f"{_name(one, at)}: {one.change.from_} → {one.change.to}"


def _name(one: ComparedChange, at: Setting) -> str:
    return f"{one.name}, {at.words(f'side-{one.change.side}')}" if one.change.side else one.name


def _table(key: str, changes: Iterable[ComparedChange], at: Setting) -> Iterator[Group]:
    yield from flowing(heading(key, at, 1.3), (change_row(one, at) for one in changes), at, at.gap * 0.2)


def _section(key: str, rows: Sequence[Row], at: Setting) -> Iterator[Group]:
    """Rows under their heading, on one page; nothing where there are none."""
    if rows:
        yield Group(tied([*heading(key, at, 1.3), *rows]))


def _lines(texts: Iterable[str], at: Setting) -> list[Row]:
    return [row for text in texts for row in lines(text, at.type.body, at.width, gap=at.gap * 0.2)]


def goals_told(report: ProgressReport, at: Setting) -> Iterator[Group]:
    """How far the patient's own goals are, each with what is counted of it."""
    yield from _section("goals", bullets(report.goals, at.width, at), at)


def grades(report: ProgressReport, at: Setting) -> Iterator[Group]:
    """The muscles that were not of full strength at one of the two visits, both sides, then and now."""
    graded = [one for one in report.changes if one.graded]
    weak = [ones for ones in by_test(graded) if not _full(ones)]
    yield from chart(weak, heading("grades", at, 1.3), at)


def _full(ones: Iterable[ComparedChange]) -> bool:
    return {value for one in ones for value in (one.change.from_, one.change.to)} <= _STRONG


def legs(report: ProgressReport, at: Setting) -> Iterator[Group]:
    """The leg length by each method that did not change by more than error, or cannot be compared."""
    told = (
        one
        for one in report.changes
        if one.legs and one.told not in _MOVED and (one.change.limit or one.told != "same")
    )
    yield from _table("legs", told, at)


def home(report: ProgressReport, at: Setting) -> Iterator[Group]:
    """What was done at home, visit after visit, and what else was told of it."""
    words = at.words
    done = [
        words("home-done", answer=opened(answer), days=", ".join(map(words.day, days)))
        for answer, days in report.done
    ]
    yield from _section("home", _lines((*done, *report.home), at), at)


def plan(report: ProgressReport, at: Setting) -> Iterator[Group]:
    """What is planned, the moves at home, what was done where no alert stands now, the next visit; lines to
    write on where there is none of it."""
    words = at.words
    told = [
        report.planned,
        words("plan-moves", moves=", ".join(report.moves)) if report.moves else "",
        words("action-taken", action=report.action) if report.action and not report.alerts else "",
        words("plan-next", next=report.next_visit) if report.next_visit else "",
    ]
    blank = [rule(at.width, at.colours.rule)._replace(gap=at.gap * 1.6)] * 2
    yield from _section("plan", _lines(filter(None, told), at) or blank, at)


def unlike(report: ProgressReport, at: Setting) -> Iterator[Group]:
    """What is the same by name, what is within error with its values, so that the first sentence can be
    counted; what has two values that cannot be compared, and why; what was not seen again."""
    words, date = at.words, at.words.date(report.since)
    told = []
    for key, said in (("same", _name), ("within-noise", _values)):
        if some := [said(one, at) for one in report.changes if one.told == key]:
            told.append(words(f"rest-{key}", tests="; ".join(some)))
    told += [
        words("unlike", test=_values(one, at), why=", ".join(one.why))
        for one in report.changes
        if one.told == "not-comparable" and not one.legs and not one.graded
    ]
    if report.only_then:
        told.append(words("only-then", date=date, tests=report.only_then))
    yield from _section("rest", _lines(told, at), at)
