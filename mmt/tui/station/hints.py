"""What the examiner is told without asking: what is being typed, and what the value in hand leads to."""

from collections.abc import Mapping

from mmt.model.patterns import Pattern
from mmt.model.review import NextTest

from .entry import Entry
from .guidance import without_gravity


def hints(entry: Entry, telling: str) -> tuple[str, ...]:
    """The lines to show now: a number that is being typed; else the position without gravity and the line of
    the test that would tell more."""
    if entry.angle:
        return ("At how many degrees? Digits, then Enter; Enter alone leaves it without an angle.",)
    if entry.typed:
        return ("Enter keeps the number, Backspace erases.",)
    last = entry.last
    test = entry.tests.get(last.test) if last else None
    position = without_gravity(test, last)
    gravity = f"{test.name} without gravity: {position}" if test and position else ""
    return tuple(line for line in (gravity, telling) if line)


def telling_line(telling: NextTest | None, entry: Entry, patterns: Mapping[str, Pattern], across: int) -> str:
    """The test that would tell the candidates apart and the key that jumps there, in one line of `across`
    columns; F1 shows all of it. Empty where no test would tell more."""
    if telling is None or telling.test not in entry.tests:
        return ""
    names = [patterns[key].name.split(" (")[0] for key in telling.tells_apart if key in patterns]
    start = f"g: {entry.tests[telling.test].name}, {telling.side}, may help to tell apart "
    for shown in range(len(names), 0, -1):
        left = len(names) - shown
        line = start + ", ".join(names[:shown]) + (f" and {left} more" if left else "")
        if len(line) <= across:
            return line
    return f"g: {entry.tests[telling.test].name}, {telling.side}, may help to tell more."[:across]
