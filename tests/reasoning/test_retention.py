"""Until when a record is kept: the years of the place, and of a minor until an age, the later one."""

import datetime

import pytest
from msgspec.structs import replace

from mmt.library.load import load
from mmt.model.born import born_of
from mmt.model.people import Patient
from mmt.model.retention import USUAL, Retention
from mmt.paths import shipped
from mmt.reasoning.retention import kept_until

RULES = load([shipped("protocols")]).retention
RULE = Retention(id="x", name="X", law="x", years=5, until_age=25, evidence="derived")


@pytest.mark.parametrize(
    ("born", "last", "until"),
    [
        ("1970-01-01", "2026-03-02", "2031-03-02"),
        ("1970-01-01", "2024-02-29", "2029-03-01"),
        ("2008-03-02", "2026-03-02", "2031-03-02"),
        ("2008-03-03", "2026-03-02", "2033-03-03"),
        ("2008", "2026-03-02", "2033-12-31"),
        ("2008-03", "2026-03-31", "2031-03-31"),
        ("2000-02-29", "2017-03-02", "2025-03-01"),
        ("2004-02-29", "2021-12-31", "2029-03-01"),
    ],
)
def test_the_later_day_counts(born: str, last: str, until: str) -> None:
    patient = Patient(birth_date=born_of(born))
    assert str(kept_until(RULE, patient, datetime.date.fromisoformat(last))) == until


def test_a_place_may_say_nothing_of_minors() -> None:
    child = Patient(birth_date=datetime.date(2020, 1, 1))
    last = datetime.date(2026, 3, 2)
    assert str(kept_until(replace(RULE, until_age=None), child, last)) == "2031-03-02"


def test_without_a_choice_the_longest_of_all_holds_and_each_place_says_where_it_was_read() -> None:
    usual = RULES[USUAL]
    for rule in RULES.values():
        assert rule.years <= usual.years
        assert (rule.until_age or 0) <= (usual.until_age or 0)
        assert rule.url.startswith("http") == (rule.id != USUAL), rule.id
