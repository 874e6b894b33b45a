"""Works out how often a verdict on change or an alarm is wrong and writes `docs/change.md`: `just change`.

Patients are drawn with the published error of each measure (`docs/measures.py`, `docs/simulate.py`); what
changed, and what alarms (`docs/false_alarms.py`), is said by the program itself. The draws are the same at
each run, which takes two minutes.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import false_alarms
from measures import Measure, measures
from simulate import PROTOCOL, header

from mmt.model.base import Item
from mmt.model.course import SlowRule
from mmt.model.exam_tests import AnyTest, LegLengthTest, MuscleTest
from mmt.model.measuring import MeasuringError
from mmt.model.review import Change
from mmt.reasoning.change import changes
from mmt.reasoning.ruler import Ruler, of_score, of_test
from mmt.reasoning.wording import sentence

PAGE = Path(__file__).parent / "change.md"
VERDICTS = 6000
SEED = "1"
MOST = 5
"""Of 100 patients who did not change, at most so many may be told a change that is more than possible."""


class Rates(NamedTuple):
    """In per cent: verdicts that are sure (likely or real) and all verdicts of a change, of patients who did
    not change; then true changes missed by what is sure, and by all verdicts."""

    sure: float
    told: float
    sure_missed: float
    missed: float


def rates(measure: Measure, verdicts: int = VERDICTS) -> Rates:
    """What the program says of patients who did not change, and of a third as many who did."""
    stable, moved = said(measure, verdicts), said(measure, verdicts // 3, changed=True)
    return Rates(share(stable, sure=True), share(stable), 100 - share(moved, sure=True), 100 - share(moved))


def said(measure: Measure, verdicts: int, *, changed: bool = False) -> list[Change]:
    """So many verdicts, of patients whose true values are spread evenly."""
    random = Random(f"{SEED} {measure.name} {measure.examiners} {changed}")
    patients = verdicts // measure.each
    shares = ((at + random.random()) / patients for at in range(patients))
    drawn = (measure.draw(share, random, changed=changed) for share in shares)
    return [one for history in drawn for one in changes(history, PROTOCOL)]


def share(found: Iterable[Change], *, sure: bool = False) -> float:
    """Of 100 verdicts those that tell of a change; only those that are more than possible where asked."""
    told = [one.confidence is not None and not (sure and one.confidence == "possible") for one in found]
    return 100 * sum(told) / len(told)


HEAD = """# How sure a change is

How often mmt tells of a change where there is none, and how often it misses one; further down the same of
alarms of strength. This page is made by the program itself: `just change`, or `uv run python docs/change.py`.
Patients are drawn who are measured with the published error of each measure, some with a true change between
the visits and some without. What is then said of them is what the program says.

A verdict of *better* or *worse* is **real**, **likely** or **possible**. *Real* and *likely* are for
changes that error alone makes in at most 5 of 100 patients who did not change. Where a limit as high as
that would miss more than half of the changes of one grade, or of those of a score that matter to
patients, a lower one stands beside it: from there the verdict is **possible**, and says that error alone
can be as large.
"""

TABLE = """## Measures whose error is known

Of 100 patients without a change: how many are told a *likely* or *real* one, and how many any, the
*possible* ones too. Of 100 with a true change of the size named: how many are missed by what is *likely*
or *real*, and by all verdicts.

*Examiners*: one measured each time, or two took turns. A *sound* muscle holds more than an examiner can
break; its true change is a loss down to 4. A *mildly weak* one is of 3 to 4+. *At the line of gravity*
gravity decides between 2 and 3. A yes/no test is told once its answer was seen twice.
"""

UNKNOWN = """## Measures whose error is not known

No published figure was found, or of one muscle alone. A change is told without a verdict, or is possible
at most, and the reason beside it says so. The same holds between two examiners where the table above has a
row for one alone: the limit is that of one, and a change is no more than possible. What stands in brackets
is from when a change is told.
"""

COURSE = """## What several visits tell

The figures of the rules of the course (`protocols/rules/course.toml`). An episode ends where no visit was for
longer than the pause. A limit of a change is that of the tables above.
"""

ERRORS = """## The errors

As they stand in `protocols/errors/`. A standard error is that of one measurement in its own unit, of
muscles in whole grades; the difference of two measurements errs by 1.4 times as much. The sources stand
by their ids in `protocols/sources.toml`, with what was read of each.
"""


def table() -> Iterator[str]:
    """The measures, each with its rates."""
    yield from header(
        *("Measure", "Examiners", "Told from", "No change: likely or real", "No change: any"),
        *("True change", "Missed by likely or real", "Missed by all"),
    )
    for one in measures():
        found = rates(one)
        wrong = f"{found.sure:.1f} % | {found.told:.1f} %"
        missed = f"{found.sure_missed:.0f} % | {found.missed:.0f} %"
        yield f"| {one.name} | {one.examiners} | {one.limit} | {wrong} | {one.size} | {missed} |"


def unknown() -> Iterator[str]:
    """The tests and scores that no error is published of, by kind."""
    known = {name for error in PROTOCOL.errors.values() for name in error.of}
    scores = [one for one in PROTOCOL.story.values() if one.more and one.id not in known]
    kinds: dict[str, list[str]] = {"Scores": [_from(one.ask, of_score(one)) for one in scores]}
    for test in PROTOCOL.tests.values():
        if test.id not in known and not (isinstance(test, MuscleTest) and test.measure == "grade"):
            ruler = of_test(test, test.measures[0], PROTOCOL, other=False)
            kinds.setdefault(KINDS[_kind(test)], []).append(_from(test.name, ruler))
    if force := PROTOCOL.rules.force:
        kinds["Muscles by dynamometer"] = [
            "the force in newtons, whose error is known of the extension of the knee alone. Over "
            f"{force.change:g} per cent of the higher value a change is possible, by another examiner over "
            f"{force.change_other:g} ({', '.join(force.sources)})"
        ]
    return (f"- **{kind}**: {'; '.join(names)}." for kind, names in kinds.items() if names)


KINDS = {
    "result": "Yes/no tests",
    "degrees": "Lengths and angles",
    "millimetres": "Lengths and angles",
    "seconds": "Holds",
    "touch": "Light touch",
    "legs": "Leg length",
}
"""What the tests without a known error are, by what they measure."""


def _from(name: str, ruler: Ruler) -> str:
    """A measure with from when a change of it is told, where there is such a limit."""
    return name if ruler.limit is None else f"{name} ({sentence(ruler.counts, PROTOCOL)})"


def of_the_course() -> Iterator[str]:
    """What several visits together tell, with the figure from which it is told."""
    rules = PROTOCOL.rules
    told: list[tuple[Item | None, str, Callable[[Any], str]]] = [
        (rules.better_but_weaker, "Better in pain, but weaker", lambda it: f"pause: {it.pause} days"),
        (rules.worse_running, "Worse, and worse again", lambda it: f"{it.visits} visits running"),
        (rules.worse_than_best, "Worse than at the best visit", lambda it: f"pause: {it.pause} days"),
        (rules.no_real_change, "No real change, though half or more was done at home", _slow),
        (rules.expected_time, "No better in the time that most need", _slow),
        (rules.goal_reached, "A goal is reached", lambda _: "the number that was aimed at"),
        (
            rules.re_examination,
            "Re-examination is due",
            lambda it: (
                f"{it.days} days after the last test, or {it.visits} visits without one; "
                f"after a pause of over {it.pause} days the patient is *not seen since*"
            ),
        ),
        (rules.agreement, "An error of the clinic's own hands", lambda it: f"{it.fewest} pairs of readings"),
    ]
    yield from header("What", "Told from", "Sources")
    for rule, name, figure in told:
        if rule is not None:
            yield f"| {name} | {figure(rule)} | {', '.join(rule.sources)} |"


def _slow(rule: SlowRule) -> str:
    since = f" since the first visit of the episode, pause: {rule.pause} days" if rule.from_first else ""
    return f"{rule.days} days{since}; not where the rating of change is {rule.better_from:g} or more"


def _kind(test: AnyTest) -> str:
    return "legs" if isinstance(test, LegLengthTest) else test.measures[0]


def errors() -> Iterator[str]:
    """The published errors, as they stand in the protocols."""
    yield from header("Measure", "Examiners", "Error", "What is known", "Sources")
    for one in PROTOCOL.errors.values():
        sources = ", ".join(one.sources)
        yield f"| {one.name} | {one.examiners} | {_figure(one)} | {one.notes} | {sources} |"


def _figure(error: MeasuringError) -> str:
    return f"standard error {error.sem:g}" if error.sem else f"kappa {error.kappa:g}"


def page() -> str:
    """The whole page."""
    sections: tuple[tuple[str, Iterable[str]], ...] = (
        (HEAD, ()),
        (TABLE, table()),
        (false_alarms.HEAD, false_alarms.rows()),
        (UNKNOWN, unknown()),
        (COURSE, of_the_course()),
        (ERRORS, errors()),
    )
    return "\n".join("\n".join((head, *rows, "")) if rows else head for head, rows in sections)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
