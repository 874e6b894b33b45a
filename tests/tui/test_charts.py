"""Charts: what stands where, that the band is the noise, and that words say the same."""

import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from program import FolderOpener, Program, program

from mmt.clinic.admit import admit
from mmt.library.load import load
from mmt.model.acts import Act
from mmt.model.base import Side
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.visit import History, Visit
from mmt.paths import shipped
from mmt.reasoning.series import series
from mmt.tui.charts.draw import BAND, QUALIFIED, VALUE, chart

PROTOCOL = load([shipped("protocols")]).protocol
FIRST = datetime.date(2026, 3, 2)
ANN = Patient(name="Ann Charted (made up)", birth_date=datetime.date(1980, 2, 3), sex="female")


def visit(day: int, *observations: Observation, **more: object) -> Visit:
    known = {"examiner": "Dr Demo Practitioner", "scale": "MRC-8", "exam": "sciatica-quick", **more}
    return Visit(date=FIRST + datetime.timedelta(days=day), observations=observations, **known)  # type: ignore[arg-type]


def grade(code: str, side: Side = "left") -> Observation:
    return Observation(test="GMED", side=side, grade=code)


def drawn(*visits: Visit, across: int = 60, down: int = 16) -> list[str]:
    one = series(History(patient=ANN, visits=visits), PROTOCOL)[0]
    return chart(one, across, down).plain.split("\n")


def row_of(name: str, rows: list[str]) -> str:
    return next(row for row in rows if row.partition("│")[0].strip() == name)


def test_a_value_stands_at_its_step_and_its_date() -> None:
    rows = drawn(visit(0, grade("4-")), visit(10, grade("4")), visit(20, grade("5")))
    start = rows[0].index("LEFT")
    ends = {
        name: [at - start for at, sign in enumerate(row_of(name, rows)) if sign == VALUE]
        for name in ("4-", "4", "5")
    }
    assert ends["4-"] == [0], "the first visit stands at the left end"
    assert ends["5"] == [len(rows[-1]) - 1 - start], "and the last one at the right"
    assert abs(ends["4"][0] - ends["5"][0] / 2) <= 1, "what lies half the days between stands in the middle"


def test_right_and_left_stand_beside_each_other_on_one_ruler() -> None:
    both = [
        visit(day, grade(right, "right"), grade(left)) for day, right, left in ((0, "5", "4"), (9, "5", "4+"))
    ]
    rows = drawn(*both)
    assert rows[0].index("RIGHT") < rows[0].index("LEFT")
    top = row_of("5", rows)
    assert top.count(VALUE) == 2
    assert top.rindex(VALUE) < rows[0].index("LEFT")
    assert {len(row) for row in rows[1:-2]} == {max(map(len, rows[1:-2]))}, "all rows are as wide"


def test_the_band_holds_what_error_alone_explains() -> None:
    """A grade counts from one grade on: half a grade to either side of the first value is noise."""
    rows = drawn(visit(0, grade("4")), visit(9, grade("5")))
    assert {name: BAND in row_of(name, rows) for name in ("5", "4+", "4", "4-", "3")} == {
        "5": False, "4+": True, "4": True, "4-": True, "3": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    "other", [visit(9, grade("5"), examiner="B"), visit(9, replace(grade("5"), flags=("pain",)))]
)
def test_what_another_hand_or_pain_stands_against_has_a_sign_of_its_own(other: Visit) -> None:
    rows = drawn(visit(0, grade("4")), other)
    assert QUALIFIED in row_of("5", rows)
    assert VALUE not in row_of("5", rows)


def test_a_score_is_drawn_from_end_to_end() -> None:
    rows = drawn(visit(0, story={"nprs_leg": 7}), visit(9, story={"nprs_leg": 2}))
    assert [row.partition("│")[0].strip() for row in rows if "│" in row] == [
        "10",
        *[""] * 4,
        "5",
        *[""] * 4,
        "0",
    ]
    signs = [VALUE in row for row in rows if "│" in row]
    assert [at for at, stands in enumerate(signs) if stands] == [3, 8]


def test_a_window_of_a_few_columns_still_shows_the_values() -> None:
    both = (grade("4", "right"), grade("4"))
    assert sum(row.count(VALUE) for row in drawn(visit(0, *both), visit(9, *both), across=5)) == 2


def test_visits_of_one_day_stand_in_one_column() -> None:
    rows = drawn(visit(0, grade("4")), visit(0, grade("5")))
    assert row_of("4", rows).index(VALUE) == row_of("5", rows).index(VALUE)


@pytest.mark.parametrize("size", [(80, 24), (132, 40)])
async def test_one_key_walks_through_the_measures_and_words_say_the_same(
    size: tuple[int, int], tmp_path: Path
) -> None:
    clinic = FolderOpener(tmp_path).open()
    assert clinic is not None
    visits = tuple(
        visit(day, grade(code), story={"nprs_leg": pain})
        for day, code, pain in ((0, "4", 8), (14, "4", 5), (28, "5", 2))
    )
    with clinic.store.writing(Act.WROTE):
        for opened in admit(clinic, History(patient=ANN, visits=visits)):
            opened.sign(opened.visit.examiner)
    clinic.close()
    app = program(tmp_path)
    async with app.run_test(size=size) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"charted", "enter")
        await run.until("patient")
        assert (VALUE in run.text) == (size[0] > 110), "beside the visits only where there is room"
        await run.press("g")
        await run.until("chart")
        assert run.rows[0].split() == ["Leg", "pain", "1", "of", "2"]
        assert any("░ within error of the first" in row for row in run.rows), "the signs are told"
        assert [name for row in run.rows if (name := row.partition("│")[0].strip()).isdigit()] == [
            "10",
            "5",
            "0",
        ]
        assert "8 on 2 Mar 2026, 5 on 16 Mar 2026, 2 on 30 Mar 2026. Against the first: ▲ better" in " ".join(
            row.strip() for row in run.rows
        )
        await run.press("plus")
        assert run.rows[0].split() == ["Gluteus", "medius", "2", "of", "2"]
        assert any(row.strip().startswith("Left: 4 on 2 Mar 2026") for row in run.rows)
        await run.press("add")
        assert run.rows[0].split() == ["Leg", "pain", "1", "of", "2"], "after the last the first"
        await run.press("minus")
        assert "Gluteus medius" in run.text
        await run.press("escape")
        await run.until("patient")


async def test_without_two_values_the_screen_says_so(tmp_path: Path) -> None:
    app = program(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"leg", "enter")
        await run.until("patient")
        await run.press("g")
        await run.until("chart")
        assert "Nothing was measured at two visits yet" in run.text
        await run.press("plus", "escape")
        await run.until("patient")
