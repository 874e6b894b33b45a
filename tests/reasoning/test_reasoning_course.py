"""The course: a visit as a row, what waits for the patient, what is told at the door."""

import datetime
from typing import Any

import pytest
from made import FIRST, PROTOCOL, SECOND, history, seen, visit
from msgspec.structs import replace

from mmt.model.visit import Dose, History, Prescribed, Signature, Visit
from mmt.reasoning import course_row, door, due, waited
from mmt.reasoning.wording import sentence

WEEKS = Dose(hold_s=30, reps=3, per_day=1, days_per_week=7, weeks=4)
BRIDGE = Prescribed(stretch="E11", dose=WEEKS)


def signed(one: Visit) -> Visit:
    at = datetime.datetime.combine(one.date, datetime.time(12), datetime.UTC)
    return replace(one, signature=Signature(by="A", at=at, digest="0"))


def said(found: tuple[object, ...]) -> list[str]:
    return [sentence(one, PROTOCOL) for one in found]  # type: ignore[arg-type]


def two_visits() -> History:
    first = visit(seen("TA", grade="4-"), seen("GMAX", grade="4"), seen("QUAD", grade="4+"))
    second = visit(seen("TA", grade="5"), seen("GMAX", grade="4-"), seen("HF", grade="3"), date=SECOND)
    return history(
        signed(replace(first, story={"nprs_leg": 8, "odi": 40}, prescription=(BRIDGE,))),
        signed(replace(second, story={"nprs_leg": 2, "sheet_done": "most"})),
    )


def test_a_row_tells_scores_and_weak_muscles_with_their_verdict_against_the_visit_before() -> None:
    row = course_row(two_visits(), 1, PROTOCOL)
    assert [(one.question, one.value, one.verdict) for one in row.scores] == [("nprs_leg", 2, "better")]
    weakest_first = [(one.seen.test, one.seen.shown, one.verdict) for one in row.weak]
    assert weakest_first == [("HF", "3", None), ("GMAX", "4-", "within-noise")]
    assert row.alert is not None
    assert row.alert.level == "urgent"
    assert [(one.seen.test, one.seen.shown, one.verdict) for one in row.strong] == [("TA", "5", "better")]
    assert row.not_tested == ()


def test_what_was_weak_and_is_not_tested_is_no_longer_known() -> None:
    first, draft = visit(seen("TA", grade="4-"), seen("GMAX", grade="4")), visit(seen("HF", grade="4"))
    second = visit(seen("TA", grade="4-"), date=SECOND)
    row = course_row(history(signed(first), draft, signed(second)), 2, PROTOCOL)
    assert [one.test for one in row.not_tested] == ["GMAX"]
    assert row.strong == ()


def test_the_first_row_has_no_verdict_and_counts_what_the_visit_after_says_was_done() -> None:
    row = course_row(two_visits(), 0, PROTOCOL)
    assert {one.verdict for one in (*row.scores, *row.weak)} == {None}
    assert [one.seen.test for one in row.weak] == ["TA", "GMAX"], "4+ may be weak, and is not named as weak"
    assert (row.given, row.done) == ((BRIDGE,), "most")


def test_the_visit_after_may_tell_of_each_stretch_what_was_done() -> None:
    first, second = two_visits().visits
    row = course_row(history(first, replace(second, story={}, home={"E11": ("some", "pain")})), 0, PROTOCOL)
    assert (row.done, row.home) == (None, {"E11": ("some", "pain")})


@pytest.mark.parametrize(
    ("between", "done"), [({}, "most"), ({"story": {"nprs_leg": 4}}, None), ({"prescription": ()}, None)]
)
def test_a_visit_that_tells_nothing_of_home_leaves_it_to_the_next(
    between: dict[str, Any], done: str | None
) -> None:
    first, second = two_visits().visits
    assert course_row(history(first, visit(date=SECOND, **between), second), 0, PROTOCOL).done == done


def test_what_is_the_same_has_no_verdict_to_tell() -> None:
    same = visit(seen("TA", grade="4")), visit(seen("TA", grade="4"), date=SECOND)
    row = course_row(history(*map(signed, same)), 1, PROTOCOL)
    assert [(one.seen.shown, one.verdict) for one in row.weak] == [("4", None)]


def test_unasked_questions_alone_are_no_alert_of_a_visit() -> None:
    assert course_row(history(visit(seen("TA", grade="5"))), 0, PROTOCOL).alert is None


def test_an_action_that_nobody_wrote_waits() -> None:
    low = visit(seen("TA", grade="2"))
    assert said(due(history(low), PROTOCOL, SECOND)) == [
        f"No action is written for what was urgent on {FIRST.isoformat()}."
    ]
    assert due(history(replace(low, action="phoned")), PROTOCOL, SECOND) == ()


def test_of_two_that_wait_the_gravest_is_named() -> None:
    both = visit(seen("TA", grade="2"), safety={"bladder": True})
    assert said(due(history(both), PROTOCOL, SECOND))[0].startswith(
        "No action is written for what was emergency"
    )


def test_a_grade_in_pain_and_a_fall_that_nothing_confirms_wait_to_be_tested_again() -> None:
    sore = [seen("TA", grade=one, trial=at, flags=("pain",)) for at, one in ((1, "3"), (2, "4"))]
    pained = history(visit(*sore))
    assert "To be tested again: TA." in said(due(pained, PROTOCOL, SECOND))
    fell = history(signed(visit(seen("TA", grade="5"))), visit(seen("TA", grade="4"), date=SECOND))
    assert "To be tested again: TA." in said(due(fell, PROTOCOL, SECOND))


@pytest.mark.parametrize(("days", "over"), [(27, False), (28, True)])
def test_a_sheet_runs_out_on_the_day_its_longest_weeks_end(days: int, over: bool) -> None:
    before = visit(date=FIRST - datetime.timedelta(days=60), prescription=(BRIDGE,))
    given = history(signed(before), signed(visit(prescription=(BRIDGE,))))
    found = said(due(given, PROTOCOL, FIRST + datetime.timedelta(days=days)))
    assert bool(found) == over
    if over:
        assert found == [f"The weeks of the sheet ended on {FIRST + datetime.timedelta(days=28)}."]


def test_what_waited_when_a_visit_began_is_of_the_visits_before_it() -> None:
    weeks_later = visit(date=FIRST + datetime.timedelta(days=28))
    past = history(signed(visit(seen("TA", grade="5"))), weeks_later)
    assert said(waited(past, PROTOCOL)) == [f"Re-examination is due: tested last on {FIRST}."]
    assert waited(past.up_to(0), PROTOCOL) == ()


def test_nothing_waits_for_a_new_patient_and_nothing_is_told_at_the_door() -> None:
    nobody = history(visit())
    assert due(replace(nobody, visits=()), PROTOCOL, FIRST) == ()
    assert door(nobody, PROTOCOL) == (), "a draft is no visit to tell of"


def test_the_door_tells_what_was_found_given_and_what_to_look_at_in_a_line_each() -> None:
    sign = seen("TREND", result="positive")
    held = seen("QUAD", grade="5", flags=("pain",))
    moves = BRIDGE, replace(BRIDGE, stretch="E20"), BRIDGE
    first = replace(visit(seen("GMAX", grade="4"), sign, held), prescription=moves)
    assert said(door(history(signed(first)), PROTOCOL)) == [
        f"Found {FIRST}: GMAX left 4, Trendelenburg left positive.",
        f"Given {FIRST}: {PROTOCOL.stretches['E11'].name}, {PROTOCOL.stretches['E20'].name}.",
        "Look first at: QUAD, GMAX, Trendelenburg.",
    ]


def test_the_door_names_a_pattern_and_counts_moves_that_it_does_not_name() -> None:
    l5 = visit(
        seen("EHL", grade="3"), seen("TA", grade="4"), seen("GMED", grade="4"), seen("SLR", result="positive")
    )
    names = ("E11", "E20", "E01")
    moves = tuple(replace(BRIDGE, stretch=one) for one in names)
    before, now = visit(prescription=(BRIDGE,)), replace(l5, date=SECOND, prescription=moves)
    found, given, _ = said(door(history(signed(before), signed(now)), PROTOCOL))
    assert "consistent with L5" in found
    assert given.startswith(f"Given {SECOND}")
    assert given.endswith("and 1 more.")


def test_the_door_names_four_at_most() -> None:
    weak = [seen(one, grade="4") for one in ("GMAX", "GMED", "QUAD", "TA", "EHL")]
    names = said(door(history(signed(visit(*weak))), PROTOCOL))[-1]
    assert names.count(",") == 3


def test_the_door_says_where_nothing_stood_out_and_no_sheet_was_given() -> None:
    assert said(door(history(signed(visit(seen("TA", grade="5")))), PROTOCOL)) == [
        f"Found {FIRST}: nothing weak and nothing positive in what was tested.",
        "No sheet was given.",
        "Nothing stood out: test what the story points to.",
    ]


def test_what_moved_is_to_be_looked_at_though_it_is_normal_now() -> None:
    told = said(door(two_visits(), PROTOCOL))[-1]
    assert told == "Look first at: HF, GMAX, TA."
    shorter = [signed(visit(seen("L-PKE", degrees=at), date=day)) for at, day in ((20, FIRST), (50, SECOND))]
    assert said(door(history(*shorter), PROTOCOL))[-1] == "Look first at: knee extension."


def test_a_move_that_is_not_in_use_any_more_is_named_by_its_id() -> None:
    gone = {name: one for name, one in PROTOCOL.stretches.items() if name != "E11"}
    given = history(signed(replace(visit(), prescription=(BRIDGE,))))
    protocol = replace(PROTOCOL, stretches=gone)
    _, told, _ = door(given, protocol)
    assert sentence(told, protocol) == f"Given {FIRST}: E11."


def three_visits(grades: dict[str, str], pains: tuple[int, ...] = (4, 4, 4)) -> tuple[Visit, ...]:
    """Three signed visits with the grades of each muscle from the first to the last."""
    days = (FIRST, SECOND, SECOND + datetime.timedelta(days=14))
    held = [tuple(seen(name, grade=codes.split()[at]) for name, codes in grades.items()) for at in range(3)]
    return tuple(
        signed(replace(visit(*one), date=day, story={"nprs_leg": pain}))
        for one, day, pain in zip(held, days, pains, strict=True)
    )


def since(*visits: Visit) -> list[str]:
    return [one for one in said(door(history(*visits), PROTOCOL)) if one.startswith("Since")]


def test_the_door_tells_what_moved_since_the_first_of_three_visits() -> None:
    visits = three_visits({"TA": "3+ 4 5", "QUAD": "5 4 3+", "GMED": "4 4 5"}, (7, 5, 2))
    assert since(*visits) == [
        f"Since {FIRST} worse: QUAD left 5 → 3+; better: leg pain 7 → 2, TA left 3+ → 5; "
        "perhaps better: GMED left 4 → 5."
    ]
    assert since(*visits[:2]) == [], "the row of the second visit says so"
    assert since(*three_visits({"TA": "4 5 4"})) == []


@pytest.mark.parametrize(("more", "told"), [((), ""), (("HF",), "and 1 more.")])
def test_of_much_that_moved_four_are_named_and_the_others_counted(more: tuple[str, ...], told: str) -> None:
    names = ("TA", "QUAD", "GMED", "GMAX", *more)
    (line,) = since(*three_visits(dict.fromkeys(names, "3+ 4 5")))
    assert (line.count("→"), "more" in line) == (4, bool(told))
    assert line.endswith(told)


def test_the_door_counts_the_visits_that_told_of_the_moves_at_home() -> None:
    one, two, three = three_visits({"TA": "4 4 4"})
    two, three = (
        replace(two, home={"E11": ("most",), "E27": ("none",)}),
        replace(three, home={"E11": ("all",)}),
    )
    told = "At home between visits: most moves were done 1 of 2 times."
    assert told in said(door(history(one, two, three), PROTOCOL)), "half of the moves is not most"
    assert not any(it.startswith("At home") for it in said(door(history(one, two), PROTOCOL)))


def test_the_door_counts_the_visits_that_told_of_more_than_half_done() -> None:
    told = (("all", "most", "none"), ("most", "none"), ("all",), ())
    visits = [
        replace(
            visit(date=FIRST + datetime.timedelta(days=at)),
            home={f"E{n}": (one,) for n, one in enumerate(words)},
        )
        for at, words in enumerate(told)
    ]
    line = "At home between visits: most moves were done 2 of 3 times."
    assert line in said(door(history(*map(signed, visits)), PROTOCOL))
    assert not [one for one in said(door(history(signed(visits[0])), PROTOCOL)) if one.startswith("At home")]
