"""Key-muscle totals, held against the published cases of the ISNCSCI algorithm (tests/peers/README.md)."""

import csv
import json
from pathlib import Path

import pytest

from mmt.case import read_case, run
from mmt.library.load import load
from mmt.model.protocol import Protocol
from mmt.paths import shipped

PROTOCOL: Protocol = load([shipped("protocols")]).protocol
TABLE = (Path(__file__).parents[1] / "peers" / "isncsci-2019.csv").read_text(encoding="utf-8")
PUBLISHED = list(csv.DictReader(TABLE.splitlines()))
TOTALS = ("upper_right", "upper_left", "lower_right", "lower_left")
MUSCLES = {
    "C5": "BIC",
    "C6": "WE",
    "C7": "TRI",
    "C8": "FF",
    "T1": "INT",
    "L2": "HF",
    "L3": "QUAD",
    "L4": "TA",
    "L5": "EHL",
    "S1": "GAS",
}
CASE = """
id = "isncsci"
title = "A published case"
source = "tests/peers/README.md"
exam = "myotomes"
[patient]
birth_date = 1979-05-02
[[visits]]
date = 2026-03-02
examiner = "A"
scale = "MRC-6"
observations = [
{rows}
]
"""


def written(test: str, side: str, grade: str) -> str:
    """One published grade as a case file holds it: stars are the flag of another cause."""
    code = grade.rstrip("*")
    value = 'not_tested = "time"' if code == "NT" else f'grade = "{code}"'
    flags = ', flags = ["other-cause"]' if grade != code else ""
    return f'{{ test = "{test}", side = "{side}", {value}{flags} }},'


def explained(rows: list[str]) -> dict[str, object]:
    """What `mmt explain --json` prints as the totals of a case with these observations."""
    case, problems = read_case(CASE.format(rows="\n".join(rows)).encode(), "case", PROTOCOL)
    assert case is not None, problems
    totals: dict[str, object] = json.loads(run.as_json(case, PROTOCOL))["visits"][0]["totals"]
    return totals


def test_all_published_cases_are_here() -> None:
    assert len(PUBLISHED) == 64
    stars = [grade for row in PUBLISHED for grade in row.values() if grade.endswith("*")]
    assert {"0*", "0**", "4**", "NT*", "NT**"} <= set(stars)


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: f"case-{row['id']}")
def test_the_totals_are_the_published_ones(row: dict[str, str]) -> None:
    seen = [
        written(test, side, row[f"{side} {root}"])
        for side in ("right", "left")
        for root, test in MUSCLES.items()
    ]
    assert {name: str(total) for name, total in explained(seen).items()} == {
        name: row[name] for name in TOTALS
    }
