"""Checking and signing off what clinicians decide, as commands."""

import shutil
from pathlib import Path

import pytest
from typing_commands import typed

from mmt.paths import shipped


@pytest.mark.smoke
def test_what_is_shipped_has_no_problem() -> None:
    ran = typed("check")
    assert ran.output.splitlines()[-1].endswith(" 0 problems")
    assert ran.exit_code == 0


def test_check_names_each_problem_of_the_clinics_own_files(home: Path) -> None:
    (home / "protocols").mkdir(parents=True)
    (home / "templates").mkdir()
    (home / "protocols/mine.toml").write_text('[[stretches]]\nid = "E02"\n', "utf-8")
    (home / "templates/mine.toml").write_text('id = "hand-out"\npage.text = 11\n', "utf-8")
    ran = typed("check")
    assert ran.exit_code == 1
    assert "protocols/mine.toml: stretches[0] (E02).name: is missing" in ran.output
    assert "templates/mine.toml: page.text: " in ran.output


def test_check_names_wording_that_the_typeface_lacks(home: Path) -> None:
    (home / "templates").mkdir(parents=True)
    text = 'id = "hand-out"\nwording.en.text.feel = "感觉"\n'
    (home / "templates/mine.toml").write_text(text, "utf-8")
    ran = typed("check")
    assert ran.exit_code == 1
    assert "template hand-out, wording.en: the typeface of the papers lacks 感觉" in ran.output
    assert ran.output.splitlines()[-1].endswith(" 1 problem")


def test_check_lists_where_each_item_comes_from(home: Path) -> None:
    shutil.copytree(shipped("protocols") / "scales", home / "protocols")
    lines = [line.split() for line in typed("check", "--origins").output.splitlines()]
    assert ["tests:TA", "protocols/tests/leg-muscles.toml"] in lines
    assert ["scales:DW", "protocols/scales.toml"] in lines


def test_check_lists_what_no_clinician_has_reviewed() -> None:
    said = typed("check", "--sources").output
    heads = [line for line in said.splitlines() if line and not line.startswith(" ")]
    assert [head.split(":")[0] for head in heads[:4]] == ["WEAK", "DERIVED", "TEXTBOOK", "CHECKED"]
    assert all("0 signed off by a clinician" in head for head in heads[:4])
    line = next(one for one in said.splitlines() if one.startswith("  tests:MT "))
    assert line.endswith("Middle trapezius; read Frese, L17; weak L34, L41; not read DW, K")
    assert said.index("tests:NECK-HOLD") < said.index("stretches:E01") < said.index("tests:MT")


def test_check_counts_what_is_not_signed_off_and_names_it_when_asked(home: Path) -> None:
    said = typed("check").output.splitlines()
    assert said[0].startswith("0 of ")
    assert said[0].endswith("items are signed off by a clinician of this clinic.")
    assert "safety " in said[1]
    assert len(said) < 6
    named = typed("check", "--unsigned").output.splitlines()
    assert any(
        " stretches:E01 " in one and one.endswith("not signed off by a clinician of this clinic")
        for one in named
    )


def test_review_lists_without_a_terminal_how_each_item_stands(home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "reviews.toml").write_text(
        '[[reviews]]\nitem = "stretches:E02"\ndecision = "set-aside"\nname = "Dr Ann Other"\n'
        'licence = "4711"\ndate = 2026-12-03\nnote = "Too hard."\ndigest = "of another day"\n',
        "utf-8",
    )
    says = "set aside by Dr Ann Other (licence 4711) on 3 Dec 2026: Too hard.; it changed since"
    listed = typed("review", "--list").output.splitlines()
    assert any("stretches:E02 " in one and one.endswith(says) for one in listed)
    assert f"  stretches:E02: {says}" in typed("check").output.splitlines()
    strange = (home / "reviews.toml").read_text("utf-8").replace("stretches:E02", "stretches:E2")
    (home / "reviews.toml").write_text(strange, "utf-8")
    told = typed("check").output.splitlines()
    assert "Decided about, but not there (any more): stretches:E2." in told
    stopped = typed("review")
    assert stopped.exit_code == 2
    assert "`mmt review --list` prints how each item stands." in stopped.output
