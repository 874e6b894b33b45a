"""What a patient is told of an area of the body: only of what was tested, without what was set aside."""

import datetime

from made import PROTOCOL, history, seen, visit
from msgspec.structs import replace

from mmt.model.visit import Decision, Visit
from mmt.reasoning import AreasFound, areas_found, review


def told(now: Visit) -> AreasFound:
    return areas_found(now, review(history(now), PROTOCOL), PROTOCOL)


def both(test: str, right: str, left: str) -> tuple[object, ...]:
    return tuple(seen(test, side=side, grade=grade) for side, grade in (("right", right), ("left", left)))


def test_each_finding_stands_in_its_area_on_its_side() -> None:
    now = visit(
        *both("GMAX", "4", "5"),
        *(
            seen("SLR", side=side, result=what)
            for side, what in (("right", "positive"), ("left", "negative"))
        ),
        *(
            seen("TREND", side=side, result=what)
            for side, what in (("right", "negative"), ("left", "positive"))
        ),
        *both("TA", "5", "5"),
        seen("EHL", side="left", grade="5"),
    )
    found = told(now)
    assert found.found == {
        ("buttock", "right"): ("weaker",),
        ("thigh-back", "right"): ("sore",),
        ("hip-side", "left"): ("weaker",),
    }
    assert set(found.sides) == {"right", "left"}
    assert found.quiet == ("shin",), "the toes of one side alone are not told of as tested"


def test_an_area_is_quiet_where_the_middle_was_tested_and_no_side_of_it_alone() -> None:
    middle = (seen(one, None, grade="5") for one in ("NEX", "UAB", "BEX"))
    now = visit(*middle, *both("UT", "5", "5"), seen("OBL", grade="5"))
    assert told(now).quiet == ("neck", "back"), "of the belly one side alone was tested"


def test_a_test_that_hurts_says_so_and_no_weakness() -> None:
    now = visit(seen("GMAX", side="left", grade="4", flags=("pain",)), seen("GMAX", side="right", grade="5"))
    found = told(now)
    assert found.found == {("buttock", "left"): ("painful",)}
    assert found.quiet == ()


def test_what_was_set_aside_is_not_told_nor_called_quiet_and_nothing_tested_is_nothing() -> None:
    now = visit(*both("GMAX", "4", "5"))
    keys = [one.key for one in review(history(now), PROTOCOL).findings]
    at = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)
    aside = {key: Decision(verdict="set-aside", by="Jo Hart", at=at) for key in keys}
    found = told(replace(now, decisions=aside))
    assert (found.found, found.quiet) == ({}, ())
    untested = visit(seen("GMAX", side="right", not_tested="time"))
    assert told(untested) == AreasFound()


def test_an_old_protocol_tells_nothing() -> None:
    now = visit(*both("GMAX", "4", "5"))
    old = replace(PROTOCOL, rules=replace(PROTOCOL.rules, patient_areas=None))
    assert areas_found(now, review(history(now), old), old) == AreasFound()
