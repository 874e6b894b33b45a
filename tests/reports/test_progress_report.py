"""The progress report: one sentence first, then only what changed, and nothing that was not tested."""

import datetime
import re
from typing import Any

import pytest
from msgspec.structs import replace
from paper_samples import TEMPLATES, change, comparison, filled, printed, progress, record
from pdf_reading import drawn, pages, text
from pdf_reading import said as printed_texts

from mmt.model.observation import Observation
from mmt.model.papers import PaperSize, ProgressReport, Wanted
from mmt.model.people import Patient
from mmt.model.said import said
from mmt.model.visit import History, Prescribed, Signature, Visit

TEMPLATE = TEMPLATES["progress-report"]
GOALS = {"goal_1": "Walk to the shop", "goal_1_aim": 8, "goal_1_measure": "minutes walked"}


def pair(test: str, measure: str, right: Any, left: Any, **more: Any) -> list[Observation]:
    sides = (("right", right), ("left", left))
    return [Observation(test=test, side=side, **{measure: value}, **more) for side, value in sides]  # type: ignore[arg-type]


def visit(day: int, left: str, leg: float, odi: float, legs: int, **story: Any) -> Visit:
    """A visit of 2026 so many days after New Year, signed on its day."""
    date = datetime.date(2026, 1, 1) + datetime.timedelta(days=day)
    seen = [
        *pair("TA", "grade", "5", left),
        *pair("GMAX", "grade", "5", "4"),
        *pair("QUAD", "grade", "5", "5"),
        *pair("L-PKE", "degrees", 20, 45 - day / 4),
        *pair("LL-TRUE", "millimetres", 870, 870 - legs),
        *pair("LL-TRUE", "millimetres", 870, 870 - legs, trial=2),
    ]
    at = datetime.datetime.combine(date, datetime.time(12), datetime.UTC)
    return Visit(
        date=date,
        examiner="Jo Hart",
        scale="MRC-8",
        observations=tuple(seen),
        story={"nprs_leg": leg, "odi": odi, **story},
        signature=Signature(by="Jo Hart", at=at, digest=f"{day:02d}abcdef" * 8),
    )


def course(*visits: Visit) -> History:
    person = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2), chart_number="C-7")
    return History(patient=person, visits=visits)


def better() -> History:
    """Three visits: better in all but the grade of one muscle, which stayed weak."""
    return course(
        visit(10, "4-", 8, 46, 4, goal_1_now=2, goal_1_counted=5, **GOALS),
        visit(40, "4", 5, 30, 5, goal_1_now=5, goal_1_counted=15, sheet_done="most"),
        visit(70, "5", 2, 20, 6, goal_1_now=8, goal_1_counted=25, sheet_done="all"),
    )


def report(history: History, **wanted: Any) -> ProgressReport:
    made: ProgressReport = filled("progress-report", record(history, wanted=Wanted(**wanted)))
    return made


def read(report: ProgressReport) -> str:
    return " ".join(text(printed(report, TEMPLATE)).split())


def test_it_says_in_one_sentence_what_changed_then_function_first_and_each_with_what_counts() -> None:
    told = read(report(better(), typed=("Dr Grey, Example Surgery", "88-1234")))
    for part in (
        "Progress from 11 January 2026 to 12 March 2026, 3 visits",
        "Born 2 May 1979, 46 years · Chart number C-7 · Claim 88-1234",
        "For Dr Grey, Example Surgery Born 2 May 1979",
        "4 better and none worse beyond measurement error; 1 possibly better; 6 the same; 1 within",
        "Oswestry Disability Index less is better; possible from 10, likely from 17",
        "46 → 20 ▲ better, likely",
        "Walk to the shop: 2 → 8 of 10, 8 aimed at; minutes walked 5 → 25.",
        "Walk to the shop, 0 to 10 more is better; possible from 3 2 → 8 ▲ better, possible",
        "Grey band: too small a change from the first value to count.",
        "Tibialis anterior = 5 → 5 ▲ better, likely 4- → 5",
        "Gluteus maximus = 5 → 5 = 4 → 4",
        "Grades: more is better; possible from 1 grade",
        "4 mm (left shorter) → 6 mm (left shorter) ≈ within error",
        "Most days (told 10 February). All of it (told 12 March).",
        "Signature, Jo Hart",
        "Visit of 11 January 2026: signed by Jo Hart on 11 January 2026, record 10abcdef.",
        "Sources, by their codes in the list of the program:",
    ):
        assert part in told, part
    listed = told[told.index("Changed beyond") : told.index("Possibly changed")]
    assert listed.count("▲ better") == 4, "as many as the first sentence counts"
    order = ("4 better", "Changed beyond", "Oswestry", "Leg pain now", "Possibly changed", "Strength then")
    places = [told.index(one) for one in order]
    assert places == sorted(places)
    same = "The same: Gluteus maximus, right; Gluteus maximus, left; Quadriceps, right; Quadriceps, left;"
    assert f"Not changed, or not compared {same}" in told
    assert told.count("Quadriceps") == 2, "by its name alone"


def test_what_presses_stands_under_the_sentence_and_what_was_not_tested_again_is_named() -> None:
    past = better()
    later = visit(75, "2", 9, 60, 6)
    kept = tuple(one for one in later.observations if one.test != "L-PKE")
    told = read(report(course(*past.visits[:2], Visit(**{**fields(later), "observations": kept}))))
    assert re.search(
        r"None better and 1 worse beyond measurement error; 1 possibly worse;.*"
        r"Stands now • Urgent: Tibialis anterior, left",
        told,
    )
    assert "Only on 11 January 2026, not now: Passive knee extension" in told


def fields(of: Visit) -> dict[str, Any]:
    return {name: getattr(of, name) for name in of.__struct_fields__}


def test_where_nothing_changed_it_says_so_on_one_page() -> None:
    same = course(visit(10, "4", 5, 30, 4), visit(10, "4", 5, 30, 4))
    shown = report(same)
    told = read(shown)
    assert "Nothing better or worse beyond measurement error; 11 the same." in told
    assert "Changed" not in told
    assert len(pages(printed(shown, TEMPLATE))) == 1


def test_it_tells_since_the_first_visit_of_this_course_of_care_or_since_the_one_wanted() -> None:
    long_ago = visit(10, "3", 9, 60, 4)
    now = (visit(200, "4", 6, 40, 4), visit(214, "4", 5, 38, 4), visit(228, "5", 2, 20, 4))
    shown = report(course(long_ago, *now))
    assert (shown.since, shown.visits) == (now[0].date, 3)
    assert report(course(long_ago, *now), since=0).since == long_ago.date


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_it_has_two_pages_at_most_and_nothing_leaves_them(size: PaperSize) -> None:
    shown = pages(printed(progress(size=size), TEMPLATE))
    assert len(shown) <= 2
    width = 595.3 if size == "a4" else 612
    for page in shown:
        assert all(one.x > 0 and one.right < width - 20 and one.y > 15 for one in printed_texts(page))


def test_the_band_of_a_curve_is_as_high_as_the_change_that_does_not_count() -> None:
    (page, *_) = pages(printed(progress(changes=()), TEMPLATE))
    found = {one.text: one for one in printed_texts(page) if one.text in ("0", "10")}
    (band, *_) = [one for one in drawn(page).boxes if one[3] > 8]
    a_point = (found["10"].y - found["0"].y) / 10
    assert band[3] == pytest.approx(4 * a_point, abs=0.5), "two points to either side of the first value"


def test_no_word_of_it_judges_beyond_what_was_measured() -> None:
    told = read(progress()).replace(str(TEMPLATE.wording["en"].text["label"]), "")
    assert not re.search(r"diagnos|cure|healed|normal|cleared|recovered", told, re.IGNORECASE)


def test_one_value_at_both_visits_is_the_same_whatever_its_trials_were() -> None:
    once = change("Slump", "left", ("positive", "positive"), "within-noise", why=("repeated",))
    unsure = replace(once, change=replace(once.change, why=(said("repeat-it"),)))
    alike = change("Slump", "right", ("negative", "negative"), "within-noise")
    assert (unsure.told, alike.told) == ("same", "same")
    told = read(progress(changes=(unsure, alike)))
    assert "error; 2 the same." in told
    sheet = comparison(changes=(unsure, alike))
    paper = " ".join(text(printed(sheet, TEMPLATES["comparison"])).split())
    assert "≈ positive" not in paper
    assert "Repeated: Slump left." in paper


def test_the_plan_names_the_moves_and_leaves_lines_where_there_is_none() -> None:
    assert "Plan Two visits more. Moves at home: Bridge, Calf stretch (left)." in read(
        progress(planned="Two visits more.")
    )
    assert "Moves at home" not in read(progress(moves=()))


def test_moves_stand_by_name_and_side() -> None:
    given = record(better()).protocol.stretches["E01"]
    last = Visit(
        **{
            **fields(better().visits[-1]),
            "prescription": (Prescribed(stretch="E01", side="left", dose=given.dose),),
            "action": "Wrote to the surgery.",
        }
    )
    shown = report(course(better().visits[0], last))
    assert [one.endswith("(left)") for one in shown.moves] == [True]
    assert "Action taken: Wrote to the surgery." in read(shown)


def test_much_that_possibly_changed_shares_rows_and_what_cannot_be_compared_says_why() -> None:
    made = [
        change(
            f"Touch {at}", "left", ("normal", "less"), "worse", confidence="possible", counts="over a step"
        )
        for at in range(12)
    ]
    apart = change("Knee to wall", "left", ("90 mm", "70 mm"), "not-comparable", why=("another lever",))
    told = read(progress(changes=(*made, apart)))
    assert told.count("over a") == 1
    assert "Touch 0, left: normal → less; Touch 1, left: normal → less;" in told
    assert "Not compared: Knee to wall, left: 90 mm → 70 mm (another lever)." in told
