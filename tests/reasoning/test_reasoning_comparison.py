"""Two visits side by side: any two of a course, and what only one of them holds."""

from made import FIRST, PROTOCOL, SECOND, THIRD, history, seen, visit
from msgspec.structs import replace

from mmt.reasoning import comparison
from mmt.reasoning.comparison import SHOWN
from mmt.reasoning.judged import beside
from mmt.reasoning.wording import once_said, sentence


def test_any_two_visits_are_compared_whatever_lies_between_or_after() -> None:
    days = ((FIRST, "3"), (SECOND, "5"), (THIRD, "2"))
    past = history(*(visit(seen("TA", grade=grade), date=day) for day, grade in days))
    told = {
        (then, now): [(one.from_, one.to, one.told) for one in comparison(past, PROTOCOL, then, now).changes]
        for then, now in ((0, 1), (0, 2), (1, 2))
    }
    assert told == {
        (0, 1): [("3", "5", "better")],
        (0, 2): [("3", "2", "worse")],
        (1, 2): [("5", "2", "worse")],
    }
    found = comparison(past, PROTOCOL, 0, 2)
    assert (found.days, found.only_then, found.only_now, found.legs) == (28, (), (), ())


def test_what_one_of_the_two_holds_alone_is_listed_as_such_with_why_the_other_lacks_it() -> None:
    then = visit(
        seen("GMED", grade="4"),
        seen("GMED", trial=2, grade="4+"),
        seen("GMAX", grade="4"),
        replace(seen("GMAX", grade="5"), test="GONE"),
        seen("QUAD", not_tested="pain"),
        seen("LL-BLOCK", millimetres=12.0),
        seen("LL-LONGSIT", result="positive"),
        story={"odi": 40, "nprs_leg": 7, "night_pain": True},
    )
    now = visit(
        seen("GMED", not_tested="pain"),
        seen("GMAX", newtons=120.0),
        seen("LL-TRUE", "right", millimetres=900.0),
        date=SECOND,
        story={"nprs_leg": 7},
    )
    found = comparison(history(then, now), PROTOCOL, 0, 1)
    assert [(one.test, one.value, one.not_tested) for one in found.only_then] == [
        ("LL-LONGSIT", "positive", None),
        ("GMED", "4, 4+", "pain"),
        ("GMAX", "4", None),
        ("GONE", "5", None),
        ("LL-BLOCK", "12 mm (left shorter)", None),
        ("odi", "40", None),
    ]
    assert [(one.test, one.value) for one in found.only_now] == [
        ("GMAX", "120 N"),
        ("LL-TRUE", "right 900 mm"),
    ]
    assert [one.test for one in found.changes] == ["nprs_leg"]


def test_legs_are_given_with_what_each_visit_measured_and_its_error() -> None:
    two = (
        visit(seen("LL-BLOCK", millimetres=size), date=day) for size, day in ((12.0, FIRST), (2.0, SECOND))
    )
    ((then, now),) = comparison(history(*two), PROTOCOL, 0, 1).legs
    assert (then.signed, now.signed, then.error) == (-12, -2, 8)


def test_beside_a_verdict_each_thing_is_said_once() -> None:
    grades = (
        seen("TA", grade="4", flags=("pain", "substitution", "range-limited")),
        seen("TA", grade="2", variant="long lever"),
    )
    one = visit(grades[0], seen("L-OBER", degrees=10))
    two = visit(grades[1], seen("L-OBER", degrees=20), date=SECOND, examiner="B", scale="MRC-6")
    found = {change.test: change for change in comparison(history(one, two), PROTOCOL, 0, 1).changes}
    told = {name: [sentence(each, PROTOCOL) for each in beside(change)] for name, change in found.items()}
    assert told == {
        "TA": [
            *("another examiner", "another scale", "another lever or position"),
            *("pain then", "another muscle took over then", "range limited then"),
            "crosses the line of full range against gravity",
        ],
        "L-OBER": ["another examiner"],
    }
    assert [sentence(each, PROTOCOL) for each in found["L-OBER"].why] == [
        "no error limit is known for this test"
    ]


def test_each_view_holds_what_it_says() -> None:
    one = visit(
        *(seen("TA", grade="4"), seen("EHL", grade="5"), seen("QUAD", grade="4+"), seen("GMAX", grade="3")),
        story={"nprs_leg": 5},
    )
    two = visit(
        seen("TA", grade="4"),
        seen("EHL", grade="3"),
        seen("QUAD", grade="5"),
        seen("GMAX", grade="5"),
        date=SECOND,
        examiner="B",
        story={"nprs_leg": 1},
    )
    changes = comparison(history(one, two), PROTOCOL, 0, 1).changes
    shown = {
        name: [change.test for change in changes if kept(change, PROTOCOL)] for name, kept in SHOWN.items()
    }
    assert shown == {
        "changed": ["GMAX", "EHL", "nprs_leg"],
        "weak": ["GMAX", "TA", "EHL"],
        "all": ["GMAX", "QUAD", "TA", "EHL", "nprs_leg"],
        "not-comparable": ["QUAD"],
    }


def test_what_was_seen_once_is_told_by_test() -> None:
    then = visit(seen("TA", "right", grade="5"), seen("TA", grade="4"), story={"odi": 40})
    now = visit(seen("TA", not_tested="pain"), date=SECOND)
    found = comparison(history(then, now), PROTOCOL, 0, 1)
    assert once_said(found.only_then, PROTOCOL) == (
        "Tibialis anterior right 5, left 4 (not tested at the other: pain); Oswestry Disability Index 40"
    )
    assert once_said(found.only_now, PROTOCOL) == ""
