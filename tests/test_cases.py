"""Golden cases: what the clinical documents ask of the reasoning, held against what `mmt explain` prints."""

import datetime
import json
import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from expectation import unmet
from msgspec.structs import fields, replace
from on_paper import faults_on_paper

from mmt.case import read_case, run
from mmt.case.explain import explanation
from mmt.case.form import Case
from mmt.cli import commands
from mmt.library.load import Library, load
from mmt.model.protocol import Protocol
from mmt.model.stretches import Stretch
from mmt.model.visit import Visit
from mmt.paths import shipped
from mmt.reasoning import review

NEEDS = {"alerts": ("action", "source"), "findings": ("source",), "withheld": ()}
FILES = sorted((Path(__file__).parent / "cases").glob("*.toml"))


@pytest.fixture(scope="module")
def library() -> Library:
    return load([shipped("protocols")])


def read(path: Path, library: Library) -> Case:
    case, problems = read_case(path.read_bytes(), path.name, library.protocol)
    assert case is not None, "\n".join(map(str, problems))
    return case


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 25


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_case_is_explained_as_it_expects(path: Path, library: Library) -> None:
    case = read(path, library)
    assert case.id == path.stem
    assert case.expect, "a golden case expects something"
    found = run.reviews(case, library.protocol)
    printed = json.loads(run.as_json(case, library.protocol, found))
    assert list(unmet(case.expect, printed)) == []
    assert list(bare(printed)) == []
    assert list(meeting(printed)) == []
    for visit in printed["visits"]:
        keeps_the_limits(visit["prescription"], library.protocol)
    assert list(faults_on_paper(case, library.protocol, found[-1])) == []


STOPS = re.compile(r"(?<!\.)\.\.(?!\.)|[.!?…] \.|[!?…]\.|[;,:]\.|(?<!\bal)(?<!\bed)\.[;,:]")
"""Two stops that meet."""


def meeting(told: object) -> Iterator[str]:
    """What is told in which two stops meet; names of sources apart."""
    if isinstance(told, dict):
        for name, one in told.items():
            yield from () if name.startswith("source") else meeting(one)
    elif isinstance(told, list):
        for one in told:
            yield from meeting(one)
    elif isinstance(told, str) and STOPS.search(told):
        yield told


def typed(text: str, stop: str) -> str:
    """A text as somebody typed it who ends each with this."""
    return f"{text.rstrip('.!?')}{stop}" if text else ""


def test_a_stop_that_was_typed_meets_no_other(library: Library) -> None:
    """Whatever was typed as the action, as a goal or as an answer in words."""
    words = {name for name, one in library.protocol.story.items() if one.answer == "text"}
    assert words
    found = []
    for path, stop in zip(FILES, cycle(".?"), strict=False):
        case = read(path, library)
        visits = tuple(
            replace(
                one,
                action=typed(one.action, stop),
                story={
                    name: typed(held, stop) if name in words and isinstance(held, str) else held
                    for name, held in one.story.items()
                },
            )
            for one in case.history.visits
        )
        if visits != case.history.visits or any(one.action for one in visits):
            again = replace(case, history=replace(case.history, visits=visits))
            reviewed = run.reviews(again, library.protocol)
            found += meeting(json.loads(run.as_json(again, library.protocol, reviewed)))
            text = explanation(again, reviewed, library.protocol).partition("\nSOURCES")[0]
            found += [one for one in text.split("\n\n") if STOPS.search(" ".join(one.split()))]
    assert found == []


def bare(printed: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is concluded without words, reasons or a source, an alert that asks for nothing, and a reason of
    the visit itself that is told with a date, as if it were of an earlier one."""
    for visit in printed["visits"]:
        held = visit["prescription"]["withheld"]
        rows = {"alerts": visit["alerts"], "findings": visit["findings"], "withheld": held}
        every = (*rows.values(), visit["patterns"], visit["prescription"]["offered"])
        reasons = (why for found in every for one in found for why in one["because"])
        yield from (("date", str(why)) for why in reasons if why.get("date") == visit["date"])
        for kind, one in ((kind, one) for kind, found in rows.items() for one in found):
            wanted = ("text", "because", *NEEDS[kind])
            yield from ((one.get("rule", kind), name) for name in wanted if not one[name])


def keeps_the_limits(sheet: dict[str, Any], protocol: Protocol) -> None:
    """A sheet has no more moves of a kind than its rule says, the walk at its end, and says why."""
    rule = protocol.rules.selection
    offered, more, withheld = (sheet[one] for one in ("offered", "more", "withheld"))
    kinds = [protocol.stretches[one["stretch"]].kind for one in offered]
    kept_back = {one["stretch"] for one in withheld}
    no_walk = ("NWB", "CST", "AT-HOME", "STOPPED")
    no_load = any(one["code"] in no_walk for one in withheld if one["stretch"] == "E27")
    assert no_load or (1 if "E10" in kept_back else rule.fewest) <= len(kinds)
    assert len(kinds) <= rule.most
    assert kinds.count("nerve") <= rule.nerve
    habits = sum(any(why.get("story") == "sitting_hours" for why in one["because"]) for one in more)
    led = any(one["stretch"] == "E10" and one["why"] == "bending" for one in offered)
    given = sum(any(why.get("rule") == "given-before" for why in one["because"]) for one in offered)
    second = len(kinds) <= rule.second_under
    assert kinds.count("strength") <= rule.strength + habits + led + given + second, (
        "what was found takes the place of a habit or an empty one, and what is marked joins what was given"
    )
    assert kinds.count("stretch") + kinds.count("movement") <= rule.stretch
    assert no_load == ("E27" in kept_back)
    assert no_load or offered[-1]["stretch"] == "E27"
    for one in (*offered, *more, *withheld):
        assert one["because"], one
    fitting = [one["stretch"] for one in (*offered, *more)]
    assert len(fitting) == len(set(fitting))
    assert not set(fitting) & kept_back


def expected(library: Library, key: str) -> list[dict[str, str]]:
    """What the cases expect of `offered` or `withheld`, over all of them."""
    visits = [one for path in FILES for one in read(path, library).expect.get("visits", [])]
    return [row for one in visits for row in one.get("prescription", {}).get(key, [])]


def test_each_stretch_is_offered_once_and_withheld_once(library: Library) -> None:
    stretches = library.protocol.stretches
    always = {name for name, one in stretches.items() if not (one.precautions or one.gates)}
    assert {row["stretch"] for row in expected(library, "offered")} == set(stretches)
    assert {row["stretch"] for row in expected(library, "withheld")} | always == set(stretches)


def test_each_condition_of_each_stretch_withholds_it_in_a_case(library: Library) -> None:
    held = {(row["stretch"], row.get("code", "")) for row in expected(library, "withheld")}
    named = {
        (name, code)
        for name, one in library.protocol.stretches.items()
        for code in (*_barring(one), *(gate.code for gate in one.gates))
    }
    assert named - held == set()


def _barring(stretch: Stretch) -> Iterator[str]:
    """The precautions that withhold a stretch, and do not ask for another form of it."""
    return (code for code, severity in stretch.precautions.items() if severity != "form")


@pytest.mark.parametrize("path", FILES[::16], ids=lambda path: path.stem)
def test_an_empty_visit_of_another_year_before_the_first_changes_nothing(
    path: Path, library: Library
) -> None:
    case = read(path, library).history
    first = case.visits[0]
    empty = Visit(date=first.date - datetime.timedelta(days=400), examiner="B", scale=first.scale)
    alone, after = (replace(case, visits=visits) for visits in (case.visits[:1], (empty, *case.visits[:1])))
    assert review(after, library.protocol) == review(alone, library.protocol)


def _of_before(one: Any) -> Any:
    """A rule, or all of them, as a protocol that knew nothing of what was added since."""
    return replace(one, **{each.name: None for each in fields(one) if each.default is None})


@pytest.mark.parametrize("path", FILES[7::16], ids=lambda path: path.stem)
def test_under_rules_of_an_earlier_day_a_history_is_read_and_its_red_flags_stand(
    path: Path, library: Library
) -> None:
    case, rules = read(path, library).history, _of_before(library.protocol.rules)
    known = {each.name: getattr(rules, each.name) for each in fields(rules) if getattr(rules, each.name)}
    old = replace(rules, **{name: _of_before(one) for name, one in known.items()})
    flags = library.protocol.safety.keys() - {"motor-deficit", "upper-motor-neuron"}
    told = [
        sorted((one.rule, one.level) for one in review(case, protocol).alerts if one.rule in flags)
        for protocol in (library.protocol, replace(library.protocol, rules=old))
    ]
    assert told[0] == told[1]


@pytest.mark.smoke
def test_the_command_prints_the_same(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MMT_HOME", str(tmp_path))
    path = next(one for one in FILES if one.stem == "foot-drop-new")
    ran = CliRunner().invoke(commands, ["explain", "--json", str(path)])
    assert ran.exit_code == 0, ran.output
    assert ran.stdout == run.as_json(read(path, library), library.protocol).decode() + "\n"
