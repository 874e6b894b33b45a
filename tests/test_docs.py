"""What the documentation says is what the program does: commands, keys, examples."""

import re
from pathlib import Path

import pytest

from mmt.case import read_case
from mmt.cli import commands
from mmt.library.load import Library, load
from mmt.paths import shipped

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CASE_FORMAT = (ROOT / "docs/case-format.md").read_text("utf-8")


@pytest.fixture(scope="module")
def library() -> Library:
    return load([shipped("protocols")])


@pytest.mark.parametrize("name", commands.commands)
def test_the_readme_shows_each_command_with_its_options(name: str) -> None:
    command = commands.commands[name]
    line = next((one for one in README.splitlines() if one.startswith(f"| `mmt {name}")), "")
    assert line, f"mmt {name} has no row in the README"
    options = [one.opts[-1] for one in command.params if one.param_type_name == "option"]
    assert [one for one in options if one not in line] == []


def test_the_readme_shows_no_command_that_does_not_exist() -> None:
    shown = re.findall(r"^\| `mmt ([a-z]+)", README, re.MULTILINE)
    assert set(shown) == set(commands.commands)


def test_the_readme_gives_the_two_commands() -> None:
    for command in ("uv run mmt demo", "uv run pytest"):
        assert f"python3 -m pip install uv && {command}" in README


def test_the_readme_has_the_keys_of_the_registry() -> None:
    from mmt.tui.table import markdown, renewed

    assert markdown() in README, "run `python -m mmt.tui.table README.md`"
    assert renewed(README) == README


def test_the_page_on_technique_names_sources_that_exist_and_every_grade(library: Library) -> None:
    page = (ROOT / "docs/technique.md").read_text("utf-8")
    bracketed = ", ".join(re.findall(r"\[([A-Z][\w, ]+)\]", page))
    rows = re.findall(r"\| ([A-Z]\w+) \|$", page, re.MULTILINE)
    named = {*re.split(r", ", bracketed), *rows} - {"Source"}
    assert {"DW", "L14", "L42", "Haas2007", "L5", "L31"} <= named
    assert named <= library.protocol.sources.keys()
    graded = re.findall(r"\| ([0-5][+-]?) \|$", page, re.MULTILINE)
    assert set(graded) == {*library.protocol.scales["Kendall-12"].codes}


def test_each_linked_file_of_the_documentation_is_there() -> None:
    for name, text in (("README.md", README), ("docs/case-format.md", CASE_FORMAT)):
        links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
        missing = [link for link in links if not (ROOT / name).parent.joinpath(link).exists()]
        assert missing == []


def test_the_example_of_the_case_format_is_a_case(library: Library) -> None:
    example = re.findall(r"```toml\n(.*?)```", CASE_FORMAT, re.DOTALL)[0]
    case, problems = read_case(example.encode(), "example", library.protocol)
    assert problems == []
    assert case is not None
    assert case.history.visits[0].observations[1].substitution == "TFL"


def test_the_faults_that_the_case_format_shows_are_those_of_the_program() -> None:
    shown = set(re.findall(r"^CASE\.toml: (.*)$", CASE_FORMAT, re.MULTILINE))
    files = (ROOT / "tests/malformed").glob("*.toml")
    named = {line for path in files for line in path.read_text("utf-8", "replace").splitlines()}
    assert shown
    assert {f"#! {says}" for says in shown} <= named


def test_the_case_format_names_every_measure_flag_and_scale(library: Library) -> None:
    from mmt.model.observation import FLAGS, MEASURES, NOT_TESTED

    words = (*MEASURES, *FLAGS, *NOT_TESTED, *library.protocol.scales)
    assert [one for one in words if one not in CASE_FORMAT] == []


def test_the_page_about_the_house_names_files_that_are_there() -> None:
    page = (ROOT / "docs/house.md").read_text("utf-8")
    named = [one for one in re.findall(r"`([\w./-]+)`", page) if "/" in one]
    assert len(named) > 20
    assert [one for one in named if not (ROOT / one).exists()] == []


def test_each_line_about_security_names_tests_that_are_there() -> None:
    page = (ROOT / "docs/security.md").read_text("utf-8")
    rows = [row for row in page.splitlines() if row.startswith("| ") and row.count("|") == 5]
    without = [row for row in rows if "::" not in row and not row.startswith(("| Who |", "| Para", "| Art"))]
    assert without == []
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)
    assert len(named) > 35
    assert [f"{path}::{name}" for path, name in named if not _holds(ROOT / path, name)] == []


def _holds(path: Path, test: str) -> bool:
    return path.exists() and f"def {test}(" in path.read_text("utf-8")


def test_the_page_about_security_answers_each_paragraph_and_article() -> None:
    page = (ROOT / "docs/security.md").read_text("utf-8")
    paragraphs = ("(a)(1)", "(a)(2)(i)", "(a)(2)(ii)", "(a)(2)(iii)", "(a)(2)(iv)", "(b)")
    paragraphs += ("(c)(1)", "(c)(2)", "(d)", "(e)(1)", "(e)(2)(i)", "(e)(2)(ii)")
    assert [one for one in paragraphs if f"\n| {one} |" not in page] == []
    told = re.findall(r"^\| (\d+[^|]*) \|", page.partition("## GDPR")[2], re.MULTILINE)
    articles = {re.match(r"\d+", one).group() for line in told for one in line.split(", ")}  # type: ignore[union-attr]
    assert articles >= {"5", "15", "17", "18", "20", "25", "30", "32", "33"}
