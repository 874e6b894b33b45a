"""The rules by which golden cases are judged: each must be able to fail."""

import datetime

import pytest
from expectation import unmet

ALERTS = [{"rule": "dvt", "level": "urgent", "side": None}, {"rule": "hip", "level": "routine", "side": None}]
REVIEW = {"date": "2026-03-02", "alerts": ALERTS, "findings": [], "total": 25, "beyond": False}

MET = {
    "a table holds at least the expected keys": ({"total": 25}, REVIEW),
    "each expected element is matched by some element": ({"alerts": [{"rule": "hip"}]}, REVIEW),
    "the same element may match twice": ({"alerts": [{"rule": "hip"}, {"level": "routine"}]}, REVIEW),
    "an empty array is exactly empty": ({"findings": []}, REVIEW),
    "a date matches its text": ({"date": datetime.date(2026, 3, 2)}, REVIEW),
    "a whole number matches as a decimal": ({"total": 25.0}, REVIEW),
    "absent beside an array": ({"alerts": [{"rule": "hip"}], "absent": [{"rule": "aorta"}]}, REVIEW),
    "absent with the array's name": ({"absent": {"alerts": [{"rule": "aorta"}]}}, REVIEW),
    "the last visit is the last": ({"visits": [{"n": 2}]}, {"visits": [{"n": 1}, {"n": 2}]}),
    "all visits": ({"visits": [{}, {"n": 2}]}, {"visits": [{"n": 1}, {"n": 2}]}),
}
UNMET = {
    "another value": ({"total": 24}, REVIEW),
    "a key that is not there": ({"totals": 25}, REVIEW),
    "no element matches": ({"alerts": [{"rule": "aorta"}]}, REVIEW),
    "an element must match as a whole": ({"alerts": [{"rule": "hip", "level": "urgent"}]}, REVIEW),
    "not empty": ({"alerts": []}, REVIEW),
    "a number is not yes or no": ({"beyond": 0}, REVIEW),
    "text is not a number": ({"total": "25"}, REVIEW),
    "an array is not a table": ({"alerts": {"rule": "dvt"}}, REVIEW),
    "absent but there": ({"alerts": [{"rule": "dvt"}], "absent": [{"rule": "hip"}]}, REVIEW),
    "absent by name but there": ({"absent": {"alerts": [{"level": "urgent"}]}}, REVIEW),
    "absent beside nothing": ({"absent": [{"rule": "aorta"}]}, REVIEW),
    "absent from what is no array": ({"absent": {"total": [25]}}, REVIEW),
    "visits are not matched at will": ({"visits": [{"n": 1}]}, {"visits": [{"n": 1}, {"n": 2}]}),
    "more visits than there are": ({"visits": [{}, {}]}, {"visits": [{}]}),
}


@pytest.mark.parametrize("case", MET)
def test_is_met(case: str) -> None:
    assert list(unmet(*MET[case])) == []


@pytest.mark.parametrize("case", UNMET)
def test_is_not_met(case: str) -> None:
    assert len(list(unmet(*UNMET[case]))) == 1
