"""The page of pictures is what its command makes, and each picture shows what its sentence says."""

import html
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from textual.screen import Screen

import mmt.tui

DOCS = Path(__file__).parent.parent / "docs"
MOST_BYTES = 3_000_000
"""Pictures are fetched with every copy of the project."""


@pytest.fixture(scope="module")
def pictures() -> Iterator[ModuleType]:
    """The command, `docs/pictures.py`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(DOCS)
        yield import_module("pictures")


def rows(picture: str) -> str:
    """What stands on a pictured screen, row by row."""
    found: dict[float, str] = {}
    for x, y, words in re.findall(r'<text[^>]* x="([\d.]+)" y="([\d.]+)" textL[^>]*>(.*?)</text>', picture):
        before = found.get(float(y), "")
        found[float(y)] = before.ljust(round(float(x) / 12.2)) + html.unescape(words)
    return "\n".join(found[y] for y in sorted(found)).replace("\xa0", " ")


def test_the_page_is_what_its_command_makes(pictures: ModuleType) -> None:
    assert (DOCS / "screens.md").read_text("utf-8") == pictures.sheet(), "run `just pictures`"


def test_there_is_one_picture_for_each_entry_and_no_other(pictures: ModuleType) -> None:
    named = [shot.name for walk in pictures.WALKS for shot in walk.shots]
    assert len(set(named)) == len(named)
    assert {path.stem for path in (DOCS / "screens").iterdir()} == set(named)
    assert len(named) >= 25


def test_each_screen_that_can_be_reached_is_pictured() -> None:
    """A class that others build upon stands on a screen itself where a module calls it by name."""
    modules = [import_module(one.name) for one in pkgutil.walk_packages(mmt.tui.__path__, "mmt.tui.")]
    kinds = {one for one in _kinds_of(Screen) if one.__module__.startswith("mmt.tui.")}
    called = [
        vars(module).get(name)
        for module in modules
        for name in re.findall(r"(?<!class )\b([A-Z]\w+)\(", Path(str(module.__file__)).read_text("utf-8"))
    ]
    bases = {base for one in kinds for base in one.__bases__}
    reached = {one.__name__ for one in kinds if one not in bases or one in called}
    pictured = {
        shown
        for path in (DOCS / "screens").iterdir()
        for shown in re.findall(r"<!-- (\w+) -->\n\Z", path.read_text("utf-8"))
    }
    assert {"PassphraseForm", "FirstPassphrase", "ActScreen"} <= reached
    assert reached - pictured == set(), "add a shot to docs/walks.py, then run `just pictures`"


def _kinds_of(kind: type) -> Iterator[type]:
    """All that are of a kind; a generic one once, and not once more for each of its parameters."""
    for one in kind.__subclasses__():
        yield one
        yield from _kinds_of(one)


def test_each_picture_shows_what_its_sentence_says(pictures: ModuleType) -> None:
    wrong = [
        f"{shot.name}: {shot.words}"
        for walk in pictures.WALKS
        for shot in walk.shots
        if not shot.words
        or shot.words not in rows((DOCS / "screens" / f"{shot.name}.svg").read_text("utf-8"))
    ]
    assert wrong == []


def test_the_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in (DOCS / "screens").iterdir()) < MOST_BYTES


@pytest.mark.long
def test_a_second_run_makes_the_same_bytes(pictures: ModuleType, tmp_path: Path) -> None:
    shot = pictures.Shot("exam", "nora enter n enter f8 f8 4", "Graded.", "saved")
    made = []
    for run in ("first", "second"):
        folder = tmp_path / run
        folder.mkdir()
        pictures.make((pictures.Walk("Exam", (shot,)),), folder)
        made.append((folder / "exam.svg").read_text("utf-8"))
    assert "2026-03-02" in rows(made[0])
    assert "saved" in rows(made[0])
    assert made[0] == made[1]


def test_keys_are_pressed_one_by_one_and_read_as_they_stand_on_the_keyboard(pictures: ModuleType) -> None:
    keys = "fr enter f10 escape ctrl+p ."
    assert [*pictures.pressed(keys)] == ["f", "r", "enter", "f10", "escape", "ctrl+p", "."]
    assert pictures.said(keys) == "`fr` `Enter` `F10` `Esc` `Ctrl+P` `.`"


@pytest.mark.long
def test_the_pictures_show_the_program_as_it_is(pictures: ModuleType, tmp_path: Path) -> None:
    pictures.make(pictures.WALKS, tmp_path)
    stale = [
        made.stem
        for made in sorted(tmp_path.iterdir())
        if rows(made.read_text("utf-8")) != rows((DOCS / "screens" / made.name).read_text("utf-8"))
    ]
    assert stale == [], "run `just pictures`"
