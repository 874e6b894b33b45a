"""Each limit of a follow-up has a golden case on both sides, and what is explained stands on the screen."""

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from mmt.case import read_case, run
from mmt.case.form import Case
from mmt.library.load import load
from mmt.model.course import COURSE
from mmt.model.exam_tests import LegLengthTest, MuscleTest
from mmt.model.grades import halves
from mmt.model.observation import TOUCHES
from mmt.model.review import Change
from mmt.paths import shipped
from mmt.reasoning import review
from mmt.reasoning.basis import name_said
from mmt.reasoning.change import changes
from mmt.reasoning.ruler import Ruler, of_legs, of_score, of_test
from mmt.reasoning.words import TOLD
from mmt.tui.front.patient import PatientScreen
from mmt.tui.results.findings import FindingsScreen

PROTOCOL = load([shipped("protocols")]).protocol
CASES = Path(__file__).parent / "cases"
ACROSS = 76
"""Columns for the rows of a step on the smallest screen."""

SHOWN = sorted(
    path
    for path in CASES.glob("*.toml")
    if path.stem.startswith(("limits-", "due-", "home-", "two-patterns"))
    or any(rule in path.read_text("utf-8") for rule in COURSE)
)


@cache
def case_of(path: Path) -> Case:
    case, problems = read_case(path.read_bytes(), path.name, PROTOCOL)
    assert case is not None, problems
    return case


class Limit(NamedTuple):
    """From which `size` a measure by one examiner or another one is told."""

    measure: str
    other: bool
    size: float | None


def rulers() -> dict[Limit, Ruler]:
    """Every limit that decides whether a change is told."""
    return {Limit(name, other, ruler.limit): ruler for name, other, ruler in _rulers() if ruler.limit}


def _rulers() -> Iterator[tuple[str, bool, Ruler]]:
    for test, other in product(PROTOCOL.tests.values(), (False, True)):
        if isinstance(test, LegLengthTest):
            yield from ((test.id, other, of_legs(test, readings, other=other)) for readings in (1, 2))
        else:
            for measure in test.measures:
                name = measure if measure in ("grade", "newtons") else test.id
                yield name, other, of_test(test, measure, PROTOCOL, other=other)
    for question in PROTOCOL.story.values():
        if question.more:
            yield question.id, False, of_score(question)


def height(shown: str) -> float:
    if shown in TOUCHES:
        return TOUCHES.index(shown)
    return float(shown.split(maxsplit=1)[0].rstrip("°"))


def moves() -> dict[Limit, list[tuple[float, Change]]]:
    """By how much each value of the cases of limits moved, as its ruler tells it."""
    known, found = rulers(), defaultdict(list)
    for path in CASES.glob("limits-of-change-*.toml"):
        history = case_of(path).history
        then, now = history.visits
        other = then.examiner != now.examiner
        for one in changes(history, PROTOCOL):
            test, shown = PROTOCOL.tests.get(one.test), (one.from_, one.to)
            graded = isinstance(test, MuscleTest) and not one.to.endswith("N")
            name = "grade" if graded else "newtons" if one.to.endswith(" N") else one.test
            limit = Limit(name, other, one.limit)
            values = [halves(each) / 2 if graded else height(each) for each in shown]
            found[limit].append((abs(known[limit].apart(*values)), one))
    return found


def test_each_limit_of_change_has_a_case_just_beyond_it_and_one_just_short_of_it() -> None:
    found = moves()
    lacking = []
    for limit, ruler in rulers().items():
        told = [move for move, one in found[limit] if one.confidence and ruler.told(move)]
        silent = [move for move, one in found[limit] if not one.confidence and not ruler.told(move)]
        if min(told, default=99) - max(silent, default=0) > 1:
            lacking.append(limit)
    assert lacking == []


def test_each_limit_of_what_is_likely_has_a_case_on_both_sides_of_it() -> None:
    found = moves()
    lacking = []
    for limit, ruler in rulers().items():
        sure = [move for move, one in found[limit] if one.confidence in ("likely", "real")]
        perhaps = [move for move, one in found[limit] if one.confidence == "possible"]
        higher = ruler.sure is not None and ruler.sure != ruler.limit
        if higher and min(sure, default=99) - max(perhaps, default=0) > 1:
            lacking.append(limit)
    assert lacking == []


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.stem)
def test_what_is_explained_stands_on_the_screen(path: Path) -> None:
    case = case_of(path)
    told = json.loads(run.as_json(case, PROTOCOL))["visits"][-1]
    page, door = results(case), waiting(case)
    for one in told["findings"]:
        if one["rule"] in (*COURSE, "at-home"):
            assert one["text"] in page
    for one in told["changes"]:
        assert name_said(one["test"], PROTOCOL)[:20] in page
        if one["from"] != one["to"]:
            assert f"{one['from']} → {one['to']}" in page
            assert TOLD[one["verdict"]][1] in page
    for one in told["due"]:
        assert one["text"] in door
    if not told["due"]:
        assert not any(
            words in door for words in ("is due", "ended on", "Not seen since", "To be tested again")
        )


def results(case: Case) -> str:
    """The rows of the step of findings."""
    history = case.history
    desk: Any = SimpleNamespace(
        history=history,
        protocol=PROTOCOL,
        visit=history.visits[-1],
        review=review(history, PROTOCOL),
        elsewhere="",
    )
    rows = FindingsScreen(desk).rows()
    keys = [row.key for row in rows if row.key]
    assert len(keys) == len(set(keys)), "a list takes each row once"
    laid = (row.text.laid(ACROSS) if hasattr(row.text, "laid") else row.text for row in rows)
    return " ".join(" ".join(text.plain for text in laid).split())


def waiting(case: Case) -> str:
    """What the patient's page says before the last visit of the case begins."""
    *before, now = case.history.visits
    home: Any = SimpleNamespace(protocol=PROTOCOL, today=lambda: now.date)
    history = case.history.up_to(len(before) - 1) if before else None
    return " ".join(PatientScreen(home, history)._door().plain.split()) if history else ""  # noqa: SLF001
