"""What the examiner is told without asking: what is being typed, and what the value in hand leads to."""

from collections.abc import Iterator, Mapping

from mmt.model.exam_tests import CountTest, HoldTest, LengthTest
from mmt.model.patterns import Pattern
from mmt.model.protocol import Protocol
from mmt.model.review import NextTest
from mmt.reasoning.counts import grades_said
from mmt.reasoning.wording import sentence
from mmt.tui.visit.guidance import without_gravity

from .entry import Entry
from .force import in_newtons


def hints(entry: Entry, telling: str, protocol: Protocol) -> tuple[str, ...]:
    """The lines to show now: how to go on with what is being typed or timed; else what the value in hand
    leads to, with the line of the test that would tell more."""
    if now := _typing(entry):
        return (now,)
    return tuple(line for line in (*_of_last(entry, protocol), telling) if line)


def folded_line(entry: Entry) -> str:
    """Which tests are folded, and the key that opens them; empty where none is."""
    names = ", ".join(entry.tests[name].name.split(" (")[0] for name in entry.away)
    return f"Folded, so not tested: {names}. F opens them." if names else ""


def _typing(entry: Entry) -> str:
    if entry.mode == "force":
        return _force(entry)
    if entry.mode == "jump":
        return "Enter takes the first, a digit another one, Esc leaves."
    if entry.timing:
        return "The clock runs. 0 or Enter stops it and keeps the seconds, Backspace takes it back."
    if entry.angle:
        return "At how many degrees? Digits, then Enter; Enter alone leaves it without an angle."
    if entry.typed:
        return "Enter keeps the number, Backspace erases."
    if isinstance(entry.test, LengthTest) and entry.test.reads and entry.held is None:
        return f"Type the {entry.test.reads}, then Enter."
    if isinstance(entry.test, HoldTest) and entry.held is None:
        return "0 starts the clock, and stops it; or type the seconds and press Enter."
    return ""


def _force(entry: Entry) -> str:
    last, force = entry.last, in_newtons(entry)
    named = f"{entry.tests[last.test].name} {last.side or ''}".strip() if last else ""
    converted = f" = {force:g} N" if force is not None and entry.unit != "N" else ""
    said = f"Dynamometer, {named}: {entry.typed}_ {entry.unit}{converted}."
    return f"{said} * changes the unit (N, kgf, lbf), Enter keeps it."


def _of_last(entry: Entry, protocol: Protocol) -> Iterator[str]:
    last = entry.last
    test = entry.tests.get(last.test) if last else None
    if position := without_gravity(test, last):
        yield f"{test.name if test else ''} without gravity: {position}"
    if isinstance(test, CountTest) and last is not None and last.count is not None and test.conventions:
        grades = "; ".join(sentence(one, protocol) for one in grades_said(test, last.count))
        yield f"{last.count} counts as a grade of {grades}."


def telling_line(telling: NextTest | None, entry: Entry, patterns: Mapping[str, Pattern], across: int) -> str:
    """The test that would tell the candidates apart and the key that jumps there, in one line of `across`
    columns; F1 shows all of it. Empty where no test would tell more."""
    if telling is None or telling.test not in entry.tests:
        return ""
    names = [patterns[key].name.split(" (")[0] for key in telling.tells_apart if key in patterns]
    what = "tell apart" if len(names) > 1 else "tell more about"
    start = f"G: {entry.tests[telling.test].name}, {telling.side}, may help to {what} "
    for shown in range(len(names), 0, -1):
        left = len(names) - shown
        line = start + ", ".join(names[:shown]) + (f" and {left} more" if left else "")
        if len(line) <= across:
            return line
    return f"G: {entry.tests[telling.test].name}, {telling.side}, may help to tell more."[:across]
