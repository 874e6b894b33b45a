"""How the last sheet went at home: asked in the story, decided in the findings, and on the next sheet."""

import datetime

from paper_desk import Room, Table, press, protocol, then

from mmt.model.visit import Prescribed, Signature
from mmt.tui.asking.story import StoryScreen
from mmt.tui.results.findings import FindingsScreen
from mmt.tui.results.prescription import PrescriptionScreen

NOON = datetime.datetime(2026, 2, 2, 12, tzinfo=datetime.UTC)
E04 = protocol().stretches["E04"]


def table(**fields: object) -> Table:
    """A follow-up after a sheet with the figure four and walking."""
    sheet = tuple(
        Prescribed(stretch=name, side=side, dose=protocol().stretches[name].dose)
        for name, side in (("E04", "left"), ("E27", None))
    )
    no = {one.id: False for one in protocol().precautions.values() if one.asked}
    before = then(
        prescription=sheet,
        story={"worsens": ("sitting",), "nprs_leg": 7},
        precautions=no,
        signature=Signature(by="B. Other", at=NOON, digest=""),
    )
    return Table(before, **fields)


async def test_one_key_a_stretch_and_one_more_for_how_it_felt() -> None:
    desk = table()
    app = Room(StoryScreen(desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "h")
        assert "AT HOME" in app.words
        assert "▶ Figure four, on the back, left" in app.words
        await press(pilot, "72")
        assert desk.visit.home == {"E04": ("most", "pain")}
        assert "▶ Walking" in app.words
        await press(pilot, "1")
        assert desk.visit.home["E27"] == ("all",)
        await press(pilot, "2!")
        assert desk.visit.story == {"flare_ups": 2}
        await press(pilot, "7")
        assert desk.visit.story == {"flare_ups": 2, "worst_day": 7}
        assert "THE PAIN" in app.words, "the story goes on behind it"


async def test_what_is_not_opened_is_not_asked_and_costs_no_key() -> None:
    desk = table()
    app = Room(StoryScreen(desk))
    async with app.run_test(size=(80, 24)):
        titles = [one.title for one in app.screen.state.sections]
        assert "At home" not in titles
        app.screen.action_go_to_question("story", "sheet_done")
        assert "H asks of each stretch of the last sheet." in app.words
        assert desk.visit.home == {}


async def test_a_correction_and_a_key_taken_back() -> None:
    desk = table()
    app = Room(StoryScreen(desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "h1")
        await press(pilot, "/3")
        assert desk.visit.home["E04"] == ("some",)
        await press(pilot, "x")
        assert desk.visit.home["E04"] == ("all",)
        await press(pilot, "6")
        assert desk.visit.home["E04"] == ("all", "easy")
        await press(pilot, "6")
        assert desk.visit.home["E04"] == ("all",)


async def test_what_was_told_stands_there_when_the_step_is_opened_again() -> None:
    desk = table(home={"E04": ("all", "easy")})
    app = Room(StoryScreen(desk))
    async with app.run_test(size=(80, 24)):
        app.screen.action_go_to_question("home", "E04")
        assert "as asked, easy" in app.words


async def test_at_a_first_visit_there_is_no_sheet_to_ask_about() -> None:
    app = Room(StoryScreen(Table()))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "h")
        assert "There is no earlier sheet to ask about." in app.words


async def test_g_goes_to_the_goals() -> None:
    desk = table()
    app = Room(StoryScreen(desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "g")
        assert "▶ First goal, in the patient's words" in app.words
        await press(pilot, "h")
        assert app.screen.state.typed == "h", "in a text H is a letter"


async def test_a_proposal_is_accepted_by_one_key_and_the_next_sheet_starts_from_it() -> None:
    desk = table(home={"E04": ("all", "easy")})
    app = Room(FindingsScreen(desk))
    async with app.run_test(size=(80, 40)) as pilot:
        assert "a harder form may be tried" in app.words
        app.screen.query_one("#lines").move_to("at-home:E04:harder")
        await press(pilot, "1")
        assert desk.visit.decisions["at-home:E04:harder"].verdict == "accepted"
    offers = {one.stretch: one for one in desk.review.prescription.offered}
    assert offers["E04"].note == E04.text["en"].harder
    app = Room(PrescriptionScreen(desk))
    async with app.run_test(size=(80, 40)):
        assert f"For the patient: {E04.text['en'].harder}" in app.words
        assert "done as asked, it was easy" in app.words
