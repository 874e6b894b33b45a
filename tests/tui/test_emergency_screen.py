"""The emergency on the whole screen: papers, a note, and on with a reason and a name."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from paper_desk import Room, Table, at_once, click, press, protocol
from program import Program, program

from mmt.printer import Job, Sent
from mmt.reasoning.wording import worded
from mmt.tui.dialogs import printing
from mmt.tui.visit.emergency import EmergencyScreen
from mmt.tui.widgets.big import big

SIGNS = tuple(
    question.id
    for group in protocol().safety.values()
    for question in group.questions
    if question.level == "emergency" and question.kind == "sign" and not question.needs_factor
)


def emergency(*signs: str) -> tuple[Table, Room]:
    table = Table(safety=dict.fromkeys(signs or ("saddle-numbness",), True))
    return table, Room(EmergencyScreen(table))


def sentences(table: Table) -> set[str]:
    """All that must be read: why, and what to do."""
    alerts = [alert for alert in table.watch.alerts if alert.level == "emergency"]
    return {
        one
        for alert in alerts
        for one in re.split(r"(?<=\.) ", worded((*alert.said, *alert.action), protocol()))
    }


async def test_it_says_whose_emergency_it_is() -> None:
    table, app = emergency()
    async with app.run_test(size=(80, 24)):
        assert table.history.patient.name in app.words
        assert table.history.patient.birth_date.isoformat() in app.words


async def test_the_papers_are_one_key_and_their_path_is_shown() -> None:
    table, app = emergency()
    async with app.run_test() as pilot:
        await press(pilot, "w")
        await click(pilot, " L ")
        assert list(table.made) == ["warning-card", "referral-letter"]
        told = "".join(app.words.split())
        assert f"Thereferralletterisat{table.made['referral-letter'].path}" in told


async def test_the_paper_made_last_is_printed_by_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Job] = []
    monkeypatch.setattr(printing, "send", lambda job, printer: sent.append(job) or Sent(True))
    table, app = emergency()
    table.clinic.settings = replace(table.clinic.settings, printer="Lab", paper_size="letter")
    async with app.run_test() as pilot:
        await press(pilot, "p")
        assert "W or L makes a paper to print." in app.words
        await press(pilot, "w")
        assert "P prints it." in app.words
        await press(pilot, "p")
        for _ in range(200):
            await pilot.pause(0.01)
            if sent and "on its way" not in app.words:
                break
        assert "is sent to Lab: Letter, one side." in " ".join(app.words.split())
        assert [(one.path, one.title) for one in sent] == [
            (table.made["warning-card"].path, "mmt warning-card")
        ]


async def test_a_path_of_several_rows_is_shown_to_its_end() -> None:
    table, app = emergency()
    folder = Path("/home/a-practitioner-with-a-long-name/.local/share/mmt/export")
    table.paper = lambda kind, **choices: folder / "ann-example-4-2026-03-02-warning-card.pdf"  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "w")
        assert "2026-03-02-warning-card.pdf" in app.words
        assert "Send to an emergency" in app.words
        assert "go on" in app.words, "the keys stay"


async def test_a_paper_that_cannot_be_written_is_a_sentence() -> None:
    table, app = emergency()
    async with app.run_test() as pilot:
        table.clinic.places.exports.touch()
        await press(pilot, "w")
        assert "The paper could not be written to" in app.words


async def test_a_note_is_kept_as_typed() -> None:
    table, app = emergency()
    async with app.run_test() as pilot:
        await at_once(pilot, "nrang [L] 9o!")
        await pilot.pause()
        assert table.visit.note == "rang [L] 9o"
        assert "Note: rang [L] 9o" in app.words


async def test_going_on_needs_a_reason_and_a_name() -> None:
    table, app = emergency()
    async with app.run_test() as pilot:
        await press(pilot, "o!")
        assert "Nothing is written yet." in app.words
        await press(pilot, "seen!")
        assert table.visit.override is None
        await press(pilot, "ann!")
        assert table.visit.override is not None
        assert (table.visit.override.reason, table.visit.override.by) == ("seen", "ann")
        assert not isinstance(app.screen, EmergencyScreen)


async def test_digits_still_on_their_way_do_nothing_here() -> None:
    table, app = emergency()
    async with app.run_test() as pilot:
        await press(pilot, "0123!")
        assert table.kept == []
        assert isinstance(app.screen, EmergencyScreen)


async def test_keys_on_their_way_when_it_comes_do_not_leave_the_emergency_but_a_letter_does() -> None:
    _, app = emergency()
    async with app.run_test() as pilot:
        await pilot.press(*["escape", "slash"] * 2, "enter")
        assert isinstance(app.screen, EmergencyScreen)
        assert "The emergency stands. C or Esc goes back to correct" in app.words
        assert app.rung == 5
        await pilot.press("c")
        assert not isinstance(app.screen, EmergencyScreen)


@pytest.mark.parametrize("key", ["escape", "slash"])
async def test_once_it_was_seen_escape_goes_back_as_everywhere(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mmt.tui.visit.emergency.SEEN_S", 0.0)
    _, app = emergency()
    async with app.run_test() as pilot:
        await pilot.press("enter")
        assert isinstance(app.screen, EmergencyScreen)
        await pilot.press(key)
        assert not isinstance(app.screen, EmergencyScreen)


@pytest.mark.parametrize("size", [(80, 24), pytest.param((120, 40), marks=pytest.mark.long), (200, 60)])
@pytest.mark.parametrize("sign", SIGNS)
async def test_why_and_what_to_do_are_read_whole_on_one_screen(sign: str, size: tuple[int, int]) -> None:
    table, app = emergency(sign)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        read = " ".join(app.words.split())
        assert [one for one in sentences(table) if one not in read] == []


async def test_every_emergency_at_once_is_read_by_moving_the_text() -> None:
    table, app = emergency(*SIGNS)
    table.write(note="rang the clinic")
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        assert "There is more below" in app.words
        reads = [" ".join(app.words.split())]
        assert [one for one in sentences(table) if one not in reads[0]] != []
        for _ in range(2):
            await press(pilot, "+")
            reads.append(" ".join(app.words.split()))
        assert [one for one in sentences(table) if not any(one in read for read in reads)] == []


async def test_the_word_and_what_to_do_first_are_as_large_as_the_screen_allows() -> None:
    for size, word, first in (((80, 24), (1, 1), (0, 0)), ((200, 60), (4, 2), (1, 1))):
        _, app = emergency()
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            drawn = app.words
        for row in (*big("EMERGENCY", *word), *big("SEND TO AN EMERGENCY", *first)):
            assert " ".join(row.split()) in drawn


async def test_a_visit_that_ends_in_an_emergency_is_signed_from_there(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"rita", "enter")
        await run.until("patient")
        await run.press("enter")
        await run.until("safety")
        await run.press("f8", "f8", "f8")
        await run.until("emergency")
        await run.press("s")
        await run.until("sign")
        await run.press("t", *"Sent", "enter", "enter")
        await run.until("sign-as")
        await run.press("enter")
        await run.until("papers")
        assert app.walk.desk is not None
        assert app.walk.desk.visit.signed
        assert app.walk.desk.visit.override is None


async def test_what_is_written_stays_in_sight_however_long() -> None:
    _, app = emergency()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_once(pilot, "n" + "word" * 150 + "end")
        await pilot.pause()
        assert "end_" in app.words
        assert "Note for the record" in app.words
        assert "warning card" in app.words


async def test_a_reason_that_is_not_saved_can_be_tried_again() -> None:
    table, app = emergency()
    async with app.run_test() as pilot:
        table.full = True
        await press(pilot, "ob!c!")
        assert "NOT SAVED" in app.words
        table.full = False
        await press(pilot, "!")
        assert table.visit.override is not None


async def test_escape_leaves_the_writing_and_a_click_on_correct_the_screen() -> None:
    table, app = emergency()
    async with app.run_test() as pilot:
        await press(pilot, "nabc")
        await pilot.press("escape")
        assert isinstance(app.screen, EmergencyScreen)
        assert "abc" not in app.words
        await click(pilot, " C ")
        assert not isinstance(app.screen, EmergencyScreen)
        assert table.kept == []


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_no_key_is_parted_from_its_word(size: tuple[int, int]) -> None:
    _, app = emergency()
    async with app.run_test(size=size):
        row = next(row for row in app.words.splitlines() if " N " in row)
        assert re.search(r"W .* L .* N note +S sign +O go on +C correct", row)


async def test_why_one_went_on_stands_on_the_step_sign(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"rita", "enter")
        await run.until("patient")
        await run.press("enter")
        await run.until("safety")
        run.desk.go_on("Seen by the surgeon today", "Dr Example")
        app.walk.go_to("sign")
        await run.until("sign")
        told = " ".join(" ".join(run.rows).split())
        assert "Went on in spite of the emergency: Seen by the surgeon today (Dr Example)." in told
