"""The page that tells a clinician how to write an own file names every field, and its example loads."""

import json
import re
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from mmt.library import schema
from mmt.library.load import ROWS, RULES, Library
from mmt.model import (
    at_home,
    exam_tests,
    figures,
    grades,
    measuring,
    patterns,
    protocol,
    questions,
    stretches,
)
from mmt.model.base import Item
from mmt.model.visit import Dose
from mmt.paths import shipped

LoadOwn = Callable[..., Library]
PAGE = (shipped("protocols") / "README.md").read_text(encoding="utf-8")

PLACES: dict[str, list[type[msgspec.Struct]]] = {
    "## What every item has": [Item],
    "## Sources": [protocol.Source],
    "## Grading scales": [grades.Scale, grades.Step],
    "## Tests": [exam_tests.BaseTest],
    '### `kind = "muscle"`': [exam_tests.MuscleTest, exam_tests.Variant, exam_tests.Substitution],
    '### `kind = "sign"`': [exam_tests.SignTest],
    '### `kind = "length"`': [exam_tests.LengthTest, exam_tests.ShortLimit],
    '### `kind = "count"`': [exam_tests.CountTest, exam_tests.Convention],
    '### `kind = "hold"`': [exam_tests.HoldTest],
    '### `kind = "reflex"`': [exam_tests.ReflexTest],
    '### `kind = "touch"`': [exam_tests.TouchTest],
    '### `kind = "leg-length"`': [exam_tests.LegLengthTest],
    "## Errors of measurement": [measuring.MeasuringError],
    "## Exams": [exam_tests.ExamPlan],
    "## Red flags that combine": [questions.Combination, questions.Part, questions.Told],
    "## Safety questions": [questions.SafetyGroup, questions.SafetyQuestion],
    "## Precautions": [questions.Precaution],
    "## The story": [questions.StoryQuestion, questions.Implies],
    "## Stretches and exercises": [
        stretches.Stretch,
        stretches.Answers,
        stretches.Gate,
        Dose,
        stretches.Older,
        stretches.StretchText,
        stretches.Part,
    ],
    "## Drawings of the stretches": [
        figures.Figures,
        figures.Drawing,
        figures.View,
        figures.Pose,
        figures.Leg,
        figures.Arm,
        figures.Near,
        figures.Arrow,
        figures.Prop,
        figures.Close,
    ],
    "## Whom the drawings show": [figures.Body, figures.Lengths, figures.Limits],
    "## Patterns of weakness": [patterns.Pattern],
    **{f"### `{name}`": [kind] for name, kind in RULES.items()},
    "### `at-home`": [at_home.AtHomeRule, at_home.Proposal],
    "### `next-test`": [patterns.NextTestRule, patterns.Published],
}


def section(heading: str) -> str:
    """The text under a heading, up to the next one of any depth."""
    start = PAGE.index(f"\n{heading}") + 1
    return re.split(r"\n#{2,3} ", PAGE[start + 3 :])[0]


def inherited(kind: type[msgspec.Struct]) -> set[str]:
    """Fields that are told once, for every item or every test."""
    shared = [base for base in (Item, exam_tests.BaseTest) if kind is not base and issubclass(kind, base)]
    return {one.name for base in shared for one in msgspec.structs.fields(base)}


@pytest.mark.parametrize("heading", PLACES)
def test_every_field_is_named(heading: str) -> None:
    named = set(re.findall(r"`(\w+)`", section(heading)))
    for kind in PLACES[heading]:
        missing = {one.name for one in msgspec.structs.fields(kind)} - inherited(kind) - named
        assert not missing, f"{heading} does not name {sorted(missing)}"


def test_every_collection_has_its_heading() -> None:
    for collection in (*ROWS, "rules"):
        assert re.search(rf"^## .*`\[\[{collection}\]\]`$", PAGE, re.MULTILINE), collection


def test_the_example_loads(load_own: LoadOwn) -> None:
    examples = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert examples
    library = load_own(mine="\n".join(examples))
    assert library.problems == ()
    assert library.origins["tests:L-PKE"] == library.origins["story:stairs"] == "own/mine.toml"


def bare(node: Any) -> Any:
    """A schema without what versions of its maker word differently."""
    if isinstance(node, dict):
        worded = {"propertyNames"} | ({"description"} if isinstance(node.get("description"), str) else set())
        return {key: bare(one) for key, one in node.items() if key not in worded}
    return [bare(one) for one in node] if isinstance(node, list) else node


def test_the_schema_is_up_to_date() -> None:
    written = json.loads((shipped("protocols") / "schema.json").read_text(encoding="utf-8"))
    assert bare(written) == bare(json.loads(schema.text())), "run `python -m mmt.library.schema`"


def test_the_schema_knows_every_collection_and_refuses_others() -> None:
    made = schema.schema()
    assert set(made["properties"]) == {*ROWS, "rules"}
    assert made["additionalProperties"] is False
    assert made["$defs"]["MuscleTest"]["additionalProperties"] is False
