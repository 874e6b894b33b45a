"""A row an observation: what a spreadsheet does with it, and what each column means."""

import csv
import datetime
import io
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from made_up import NASTY, NOTES, PROTOCOL, patient

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.exchange.cells import as_cell, as_text
from mmt.exchange.rows import COLUMNS
from mmt.model.grades import CODES
from mmt.model.observation import Observation

ROOT = Path(__file__).parents[2]
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?|[0-9]+[+-]")
_DAY = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}([-/.][0-9]{1,4})?")


def spreadsheet(cell: str) -> object:
    """What a spreadsheet makes of a cell that it opens: a formula, a number, a day, or the text as it is."""
    if cell[:1] in tuple("=+-@\t\r＝＋－＠"):
        return "a formula"
    if _NUMBER.fullmatch(cell):
        plain = cell[-1:] + cell[:-1] if cell[-1:] in "+-" else cell
        return float(plain.replace(",", "."))
    return "a day" if _DAY.fullmatch(cell) else cell


def survives(text: str, cell: str) -> bool:
    """Whether what comes out of the spreadsheet is what went in."""
    shown = spreadsheet(cell)
    told = f"{shown:g}" if isinstance(shown, float) else str(shown)
    return of_cell(told) == text


def of_cell(cell: str) -> str:
    """The text of a cell that `as_cell` or `as_text` made."""
    return cell.removeprefix("'")


@pytest.mark.parametrize("code", CODES)
def test_each_grade_survives_a_spreadsheet(code: str) -> None:
    assert survives(code, as_text(code))


def test_without_care_a_grade_would_become_a_number() -> None:
    assert spreadsheet("4-") == -4.0


@pytest.mark.parametrize(
    "chart", ["007", "1E5", "3-4", "12/5", "123456789012345", "A-1", "42", "'t Hooft", "=1+1"]
)
def test_each_chart_number_survives_a_spreadsheet(chart: str) -> None:
    assert survives(chart, as_text(chart))


@given(st.sampled_from(NASTY) | NOTES | st.text("=+-@'\t4e", max_size=5))
def test_nothing_that_was_typed_is_a_formula_and_each_cell_tells_it(text: str) -> None:
    for cell in (as_cell(text), as_text(text)):
        assert spreadsheet(cell) != "a formula"
        assert of_cell(cell) == text


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


@pytest.fixture
def filled(oak: Clinic) -> Clinic:
    """Two patients, the later visit kept first; a draft."""
    names = ('=HYPERLINK("http://x")', "Żółć, Łukasz")
    for name, day, grade in zip(names, ("2026-03-02", "2026-02-01"), ("4-", "3+"), strict=True):
        who = oak.add_patient(patient(name, chart_number="007"), sure=True)
        visit = oak.begin(who.id, "Dr Oak", "Kendall-12", day=datetime.date.fromisoformat(day), sure=True)
        visit.keep(Observation(test="TA", side="left", grade=grade, flags=("pain",), newtons=120.5))
        visit.keep(Observation(test="SLR", side="right", result="positive", degrees=42.5))
        visit.keep(Observation(test="EHL", side="left", not_tested="cast"))
        visit.answer("story", "odi", 34)
        visit.answer("safety", "fever", False)
        visit.sign("Dr Oak")
        visit.leave()
    oak.begin(1, "Dr Oak", sure=True).leave()
    return oak


def test_the_rows_tell_what_was_seen_and_asked_by_day(filled: Clinic, tmp_path: Path) -> None:
    made = filled.exchange().write("csv", tmp_path)
    found = read(made.path)
    assert [row["visit_date"] for row in found] == ["2026-02-01"] * 5 + ["2026-03-02"] * 5
    told = [(row["item"], row["side"], row["measure"], row["value"], row["unit"]) for row in found[5:]]
    assert told == [
        ("TA", "left", "grade", "'4-", ""),
        ("SLR", "right", "result", "positive", ""),
        ("EHL", "left", "", "", ""),
        ("safety:fever", "", "answer", "no", ""),
        ("story:odi", "", "answer", "34", "per cent"),
    ]
    assert [(row["degrees"], row["newtons"], row["not_tested"]) for row in found[5:8]] == [
        ("", "120.5", ""),
        ("42.5", "", ""),
        ("", "", "cast"),
    ]
    assert found[5]["item_name"] == PROTOCOL.tests["TA"].name
    assert (found[5]["flags"], found[5]["signed_by"], found[5]["entered"]) == ("pain", "Dr Oak", "")
    assert found[0]["entered"] == "2026-03-02"
    assert {of_cell(row["name"]) for row in found} == {'=HYPERLINK("http://x")', "Żółć, Łukasz"}
    assert {row["chart_number"] for row in found} == {"'007"}
    assert not any(spreadsheet(cell) == "a formula" for row in found for cell in row.values())


def test_only_visits_since_a_day_and_of_a_patient(filled: Clinic, tmp_path: Path) -> None:
    since = filled.exchange().write("csv", tmp_path, since=datetime.date(2026, 2, 15))
    assert {row["record"] for row in read(since.path)} == {"1"}
    alone = filled.exchange().write("csv", tmp_path, patient=2)
    assert {row["record"] for row in read(alone.path)} == {"2"}


def test_each_column_is_explained_beside_the_file_and_on_the_page(
    filled: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MMT_HOME", str(filled.places.root))
    ran = CliRunner().invoke(commands, ["export", "--as", "csv", str(tmp_path)])
    table, columns = map(Path, ran.stdout.split())
    assert columns.name == f"{table.stem}-columns.csv"
    explained = {row["column"]: row["meaning"] for row in read(columns)}
    assert [*read(table)[0]] == [*explained] == [column.name for column in COLUMNS]
    assert all(explained.values())
    page = (ROOT / "docs/exchange.md").read_text("utf-8")
    assert [name for name in explained if f"`{name}`" not in page] == []
