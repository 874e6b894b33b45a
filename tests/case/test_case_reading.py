"""Case files to values: what is kept of a whole one, and that nothing a file says can raise."""

import copy
import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmt.case import case_of, read_case
from mmt.library.load import Library, load
from mmt.paths import shipped

WHOLE = {
    "id": "whole",
    "title": "Every key once",
    "source": "written for this test",
    "exam": "sciatica-quick",
    "clinic": {"name": "Example Clinic", "address": "1 Street", "telephone": "555", "email": "a@b.example"},
    "patient": {
        "name": "Łukasz [L] <b>",
        "language": "pl",
        "birth_date": datetime.date(1979, 5, 2),
        "sex": "male",
        "handedness": "left",
        "conditions": ["OST", "IRR"],
    },
    "visits": [
        {
            "date": datetime.date(2026, 2, 2),
            "examiner": "A",
            "scale": "MRC-8",
            "action": "Telephoned",
            "safety": {"bladder": False},
            "story": {"nprs_leg": 7, "night_pain": True, "extension": "centralises", "eases": ["lying"]},
            "observations": [
                {"test": "TA", "side": "left", "grade": "4+", "flags": ["pain"]},
                {
                    "test": "GMED",
                    "side": "left",
                    "grade": "4",
                    "flags": ["substitution"],
                    "substitution": "TFL",
                },
                {"test": "SLR", "side": "left", "result": "positive", "degrees": 45},
                {"test": "LL-TRUE", "side": "left", "millimetres": 849, "trial": 2},
                {"test": "UAB", "not_tested": "pain"},
            ],
        },
        {
            "date": datetime.date(2026, 3, 2),
            "examiner": "B",
            "scale": "DW",
            "sheet": [{"stretch": "E04", "side": "left"}, {"stretch": "E27"}],
        },
    ],
    "expect": {"visits": [{"alerts": []}]},
}
LIBRARY: Library = load([shipped("protocols")])
PROTOCOL = LIBRARY.protocol


def test_a_whole_case_is_kept_whole() -> None:
    case, problems = case_of(copy.deepcopy(WHOLE), "whole", PROTOCOL)
    assert problems == []
    assert case is not None
    patient, (first, second) = case.history.patient, case.history.visits
    assert (patient.name, patient.language, patient.handedness) == ("Łukasz [L] <b>", "pl", "left")
    assert case.letterhead.email == "a@b.example"
    assert first.story["eases"] == ("lying",)
    assert [one.shown for one in first.observations] == ["4+", "4", "positive 45°", "849 mm", "NT"]
    assert (first.exam, first.action, second.scale) == ("sciatica-quick", "Telephoned", "DW")
    assert [(one.stretch, one.side) for one in second.prescription or ()] == [("E04", "left"), ("E27", None)]
    assert case.expect == {"visits": [{"alerts": []}]}


def test_a_list_of_conditions_answers_every_precaution_that_is_asked() -> None:
    case, _ = case_of(copy.deepcopy(WHOLE), "whole", PROTOCOL)
    assert case is not None
    first, second = case.history.visits
    asked = {one.id for one in PROTOCOL.precautions.values() if one.asked}
    assert first.precautions == dict.fromkeys(asked, False) | {"OST": True, "IRR": True}
    assert second.precautions == {}


def test_no_list_of_conditions_answers_none() -> None:
    tables: dict[str, Any] = copy.deepcopy(WHOLE)
    del tables["patient"]["conditions"]
    case, _ = case_of(tables, "whole", PROTOCOL)
    assert case is not None
    assert case.history.visits[0].precautions == {}


def test_every_visit_counts_as_signed_by_its_examiner() -> None:
    case, _ = case_of(copy.deepcopy(WHOLE), "whole", PROTOCOL)
    assert case is not None
    assert [one.signature and one.signature.by for one in case.history.visits] == ["A", "B"]
    assert [one.id for one in case.history.visits] == [1, 2]


def test_control_characters_do_not_enter() -> None:
    text = 'id = "x"\ntitle = "a\\u001b]0;x\\u0007b"\nsource = "x"\n[patient]\nbirth_date = 1979-05-02\n'
    text += '[[visits]]\ndate = 2026-03-02\nexaminer = "A"\nscale = "MRC-8"\n'
    case, problems = read_case(text.encode(), "x", PROTOCOL)
    assert problems == []
    assert case is not None
    assert case.title == "a]0;xb"


def test_what_is_sound_is_held_against_the_protocol_beside_what_is_not() -> None:
    tables: dict[str, Any] = copy.deepcopy(WHOLE)
    first, second = tables["visits"]
    del tables["patient"], first["date"]
    first["observations"][0] |= {"side": "lft", "count": 3}
    first["observations"][1]["grade"] = "7"
    first["story"]["nprs_leg"] = 11
    second["scale"] = "MRC-9"
    _, problems = case_of(tables, "x", PROTOCOL)
    assert [one.place for one in problems] == [
        "patient",
        "visits[0].date",
        "visits[0].observations[0].side",
        "visits[0].story.nprs_leg",
        "visits[0].observations[0].count",
        "visits[0].observations[1].grade",
        "visits[1].scale",
    ]


def test_how_the_sheet_went_at_home_is_told_in_known_words_once_each() -> None:
    tables: dict[str, Any] = copy.deepcopy(WHOLE)
    tables["visits"][0]["sheet"] = [{"stretch": one} for one in ("E02", "E04", "E27")]
    tables["visits"][1]["home"] = {"E04": "most", "E27": ["none", "pain"]}
    tables["visits"][1]["accepted"] = ["at-home:E27:easier"]
    case, _ = case_of(tables, "x", PROTOCOL)
    assert case is not None
    assert case.history.visits[1].home == {"E04": ("most",), "E27": ("none", "pain")}
    assert case.history.visits[1].decisions["at-home:E27:easier"].verdict == "accepted"
    tables["visits"][1]["home"] = {
        "E99": "all",
        "E04": ["all", "none"],
        "E27": "often",
        "E02": ["pain", "pain"],
    }
    _, problems = case_of(tables, "x", PROTOCOL)
    assert [str(one) for one in problems] == [
        'x: visits[1].home.E99: "E99" is not a stretch of the library; did you mean "E29"?',
        "x: visits[1].home.E04: tells more than one of all, most, some, none",
        'x: visits[1].home.E27[0]: "often" is not a word that may stand here; write all, most, some, '
        "none, harder, easy or pain",
        'x: visits[1].home.E02[1]: "pain" stands twice',
    ]


def places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value inside the tables."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(path for key, one in inside for path in places(one, (*place, key)))]


def test_a_sheet_was_given_in_the_dose_of_the_age_then() -> None:
    tables: Any = copy.deepcopy(WHOLE)
    year = {"year": 1961}
    for born, hold in ((datetime.date(1961, 3, 3), 30), (datetime.date(1961, 3, 2), 60), (year, 30)):
        tables["patient"]["birth_date"] = born
        case, problems = case_of(tables, "older", PROTOCOL)
        assert case is not None, problems
        given = next(one for one in case.history.visits if one.prescription)
        doses = {one.stretch: one.dose.hold_s for one in given.prescription or ()}
        assert (given.date, doses["E04"]) == (datetime.date(2026, 3, 2), hold)


@pytest.mark.parametrize(
    ("born", "says"),
    [
        ({"year": 1979, "month": 13}, "patient.birth_date.month: 13 is not between 1 and 12"),
        ({"month": 11}, "patient.birth_date.year: is missing"),
        ({"year": 1979, "day": 2}, "patient.birth_date.day: is not known here"),
        ({"year": 1879}, "patient.birth_date: 1879 is not between 1900 and 2200"),
        ({"year": 2026, "month": 4}, "patient.birth_date: 2026-04 is after the visit of "),
        ("1979-11", "patient.birth_date: must be a date such as 2026-03-02, not text in quotes"),
    ],
)
def test_a_birth_date_that_is_not_whole_is_a_table(born: Any, says: str) -> None:
    tables: Any = copy.deepcopy(WHOLE)
    tables["patient"]["birth_date"] = {"year": 1979, "month": 11}
    case, problems = case_of(tables, "born", PROTOCOL)
    assert case is not None, problems
    assert str(case.history.patient.birth_date) == "1979-11"
    tables["patient"]["birth_date"] = born
    case, problems = case_of(tables, "born", PROTOCOL)
    assert case is None
    assert str(problems[0]).startswith(f"born: {says}")


ODD = st.recursive(
    st.none().map(lambda _: datetime.time(10))
    | st.booleans()
    | st.integers(-(10**40), 10**40)
    | st.floats()
    | st.text(max_size=8)
    | st.dates()
    | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(places(WHOLE)[1:]), ODD)
def test_whatever_stands_anywhere_is_a_case_or_a_list_of_problems(path: tuple[Any, ...], odd: Any) -> None:
    tables: Any = copy.deepcopy(WHOLE)
    holder = tables
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = odd
    case, problems = case_of(tables, "odd", PROTOCOL)
    assert (case is None) == bool(problems)
    assert all("\n" not in str(one) for one in problems)
