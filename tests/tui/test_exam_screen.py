"""The exam at the table: keys pressed, the record and the words on the screen."""

import pytest
from paper_desk import NASTY, Room, Table, at_once, click, press, shut, then

from mmt.model.observation import Observation
from mmt.tui.exam.screen import TICK, ExamScreen
from mmt.tui.visit.band import WRITE
from mmt.tui.visit.emergency import EmergencyScreen
from mmt.tui.widgets.big import big

Observed = Observation


def room(table: Table) -> Room:
    return Room(ExamScreen(table))


async def test_a_grade_is_kept_before_it_is_shown_and_the_cursor_moves_on() -> None:
    table = Table()
    app = room(table)
    shown_when_kept: list[str] = []
    keep = table.keep
    table.keep = lambda one: (shown_when_kept.append(app.words), keep(one))[1]  # type: ignore[method-assign]
    async with app.run_test() as pilot:
        await press(pilot, "4")
        assert table.seen == ["HF right 4"]
        assert "Last Iliopsoas RIGHT 4 saved" in app.words
        assert "saved" not in shown_when_kept[0]
        assert "▶ PATIENT'S LEFT" in app.words


async def test_a_correction_says_what_the_grade_was() -> None:
    app = room(Table())
    async with app.run_test() as pilot:
        await press(pilot, "54//3")
        assert "Last Iliopsoas RIGHT 3 saved · was 5" in app.words
        await press(pilot, "4")
        assert "was" not in app.words.split("Last")[1]


async def test_the_angle_is_asked_for_where_the_side_stood() -> None:
    app = room(Table())
    async with app.run_test(size=(80, 24)) as pilot:
        app.first.action_jump_to("SLR", "right")
        await press(pilot, "1")
        assert letters(app, "SLR"), "the short form, as the name has no room in readable letters"
        assert letters(app, "ANGLE?")
        await press(pilot, "!")
        assert not letters(app, "ANGLE?")


async def test_the_menu_of_flags_names_the_value_that_it_changes() -> None:
    app = room(Table())
    async with app.run_test() as pilot:
        await press(pilot, "4.")
        assert "Iliopsoas RIGHT 4; 9 is for Iliopsoas LEFT:" in app.words


async def test_two_long_names_in_the_menu_of_flags_give_way_to_what_they_are_called_for_short() -> None:
    app = room(Table(place="exam:EHL:left"))
    async with app.run_test() as pilot:
        await press(pilot, "5.")
        assert "EHL LEFT 5; 9 is for PER RIGHT:" in app.words


async def test_how_a_number_ends_is_not_cut_from_a_long_name() -> None:
    app = room(Table())
    async with app.run_test(size=(80, 24)) as pilot:
        app.first.action_jump_to("L-PKE", "right")
        await pilot.pause()
        assert "L-PKE · degrees, Enter ends" in app.words
        assert "Type the degrees missing to a straight knee, then Enter." in app.words


def letters(app: Room, word: str) -> bool:
    """Whether a word stands on the screen in the letters of three lines."""
    return all(" ".join(row.split()) in app.words for row in big(word, 1, 0))


async def test_an_angle_half_typed_is_kept_before_the_step_is_left() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        app.first.action_jump_to("SLR", "right")
        await pilot.press("1", "3", "3", "f8")
        assert table.seen == ["SLR right positive 33°"]
        app.first.action_jump_to("SLR", "left")
        await pilot.press("1", *"999")
        app.first.action_jump_to("HF", "left")
        await pilot.pause()
        assert "999 degrees is more than can be" in app.words


@pytest.mark.parametrize("rounds", [5, pytest.param(20, marks=pytest.mark.long)])
async def test_keys_at_once_all_land_in_their_order(rounds: int) -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await at_once(pilot, "4+/5/3/-//" * rounds)
        await pilot.pause()
        kept = [f"{one.test} {one.side} {one.grade}" for name, one in only_kept(table)]
        expected = await one_by_one("4+/5/3/-//" * rounds)
        assert kept == expected
        assert len(kept) == 4 * rounds


def only_kept(table: Table) -> list[tuple[str, Observation]]:
    return [(what[0], what[1]) for what in table.kept if what[0] == "keep"]


async def one_by_one(keys: str) -> list[str]:
    """What the same keys keep when each is waited for."""
    table = Table()
    async with room(table).run_test() as pilot:
        await press(pilot, keys)
    return [f"{one.test} {one.side} {one.grade}" for _, one in only_kept(table)]


async def test_the_keypad_types_the_same() -> None:
    table = Table()
    async with room(table).run_test() as pilot:
        await pilot.press("4", "add", "decimal", "1", "3", "divide", "5", "multiply", "enter")
        assert table.visit.observations == (
            Observed(test="HF", side="right", grade="4+", flags=("pain",)),
            Observed(test="HF", side="left", grade="5"),
        )


async def test_a_keypad_without_numlock_is_told_so() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await pilot.press("left")
        assert "NumLock" in app.words
        assert table.kept == []
        assert app.rung == 1


async def test_a_refused_key_beeps_and_says_why() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "7")
        assert "No 7: a grade is 0 to 5" in app.words
        await press(pilot, "5+")
        assert "This scale has no 5+." in app.words
        assert app.rung == 2
        assert table.seen == ["HF right 5"]


async def test_not_tested_asks_why_and_keeps_the_reason() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "9")
        assert "patient declined" in app.words
        assert "Enter close" in app.words
        assert "erase" not in app.words
        assert table.kept == []
        await press(pilot, "4")
        assert table.visit.observations == (Observed(test="HF", side="right", not_tested="declined"),)
        assert "not tested: patient declined" in app.words


async def test_flags_are_chosen_by_digit_and_shown_in_words() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "4.23")
        assert table.visit.observations == (
            Observed(test="HF", side="right", grade="4", flags=("substitution",), substitution="TFL"),
        )
        assert "substitution: The hip turns in and moves out:" in app.words


async def test_the_earlier_grade_is_hidden_until_the_new_one_is_in() -> None:
    table = Table(then(observations=(Observed(test="HF", side="right", grade="5"),)))
    app = room(table)
    async with app.run_test() as pilot:
        assert "Earlier value hidden until graded" in app.words
        assert "B. Other" not in app.words
        await press(pilot, "4")
        assert "then 5 · 2 Feb 2026 · B. Other" in app.words
        assert "today 4 · 2 Mar 2026 · A. [1]" in app.words


async def test_the_earlier_grade_stays_beside_the_one_in_hand_when_the_cursor_goes_on() -> None:
    table = Table(then(observations=(Observed(test="HF", side="left", grade="5"),)))
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "44")
        assert "Quadriceps · QUAD" in app.words
        assert "Last Iliopsoas LEFT 4 saved then 5 · 2 Feb 2026 · B. Other" in app.words


async def test_an_alarm_stays_under_the_next_grades_and_a_sign_withdraws_it() -> None:
    table = Table(scale="DW")
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "3")
        assert "ALARM, urgent: " in app.words
        assert app.rung == 1
        await press(pilot, "5")
        assert table.seen == ["HF right 3", "HF left 5"]
        assert "ALARM, urgent: " in app.words, "digits go on working under the band"
        await press(pilot, "//3+")
        assert table.seen == ["HF left 5", "HF right 3+"]
        assert "ALARM" not in app.words
        assert app.rung == 1


async def test_a_grade_and_its_sign_typed_at_once_leave_no_alarm_behind() -> None:
    table = Table(scale="DW")
    app = room(table)
    async with app.run_test() as pilot:
        await at_once(pilot, "3+5")
        assert table.seen == ["HF right 3+", "HF left 5"]
        assert "ALARM" not in app.words


async def test_enter_acknowledges_the_alarm_and_then_goes_on() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "3!")
        assert "ALARM" not in app.words
        assert "▶ PATIENT'S LEFT" in app.words
        await press(pilot, "!")
        assert "Quadriceps · QUAD" in app.words


async def test_a_pain_flag_that_lifts_an_alarm_says_so() -> None:
    app = room(Table(then(observations=(Observation(test="HF", side="right", grade="5"),))))
    async with app.run_test() as pilot:
        await press(pilot, "4")
        assert "ALARM" in app.words
        await press(pilot, ".1")
        assert "ALARM" not in app.words
        assert "Alarm lifted: with pain this grade is no evidence." in app.words
        await press(pilot, ".2")
        assert "Alarm lifted" not in app.words, "said once"


async def test_an_acknowledged_alarm_is_silent_on_coming_back_to_correct_another_value() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "3!55")
        assert app.rung == 1
        await app.switch_screen(ExamScreen(table))
        await press(pilot, "/4")
        assert table.seen == ["HF right 3", "HF left 5", "QUAD right 4"]
        assert "ALARM" not in app.words
        await press(pilot, "///2")
        assert "ALARM, urgent: Iliopsoas, right: grade 2." in app.words, "what grew worse interrupts"
        assert app.rung == 2
        await app.switch_screen(ExamScreen(table))
        await pilot.pause()
        assert "ALARM, urgent" in app.words, "what was not acknowledged waits there"


async def test_enter_closes_an_open_menu_before_it_acknowledges_an_alarm() -> None:
    app = room(Table())
    async with app.run_test() as pilot:
        await press(pilot, "2.")
        assert "ALARM" in app.words
        assert "1 pain" in " ".join(app.words.split())
        await press(pilot, "!")
        assert "ALARM" in app.words
        assert "1 pain" not in " ".join(app.words.split())
        await press(pilot, "!")
        assert "ALARM" not in app.words


async def test_enter_keeps_a_typed_number_before_it_acknowledges_an_alarm() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "3")
        await press(pilot, "jknee ext!")
        await press(pilot, "25!")
        assert "L-PKE right 25°" in table.seen
        assert "ALARM" in app.words
        await press(pilot, "!")
        assert "ALARM" not in app.words


async def test_the_same_alarm_on_both_sides_stops_the_exam_after_it_was_acknowledged() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "22")
        assert "ALARM, emergency" in app.words
        await press(pilot, "4")
        assert table.seen == ["HF right 2", "HF left 2", "QUAD right 4"]
        await press(pilot, "!")
        assert isinstance(app.screen, EmergencyScreen)
        await pilot.press("c")
        await press(pilot, "4")
        assert len(table.seen) == 3
        assert "Stopped: emergency." in app.words
        await press(pilot, "//5")
        assert table.seen == ["HF right 2", "QUAD right 4", "HF left 5"], "a slip can be corrected"
        await press(pilot, "!4")
        assert len(table.seen) == 4, "and then the exam goes on"


async def test_an_exam_stopped_by_an_answer_shows_the_emergency_and_takes_nothing() -> None:
    table = Table(safety={"saddle-numbness": True})
    app = room(table)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, EmergencyScreen)
        await pilot.press("c")
        await press(pilot, "4")
        assert table.seen == []
        assert "Stopped: emergency." in app.words
        await press(pilot, "!oseen!ann!4")
        assert table.seen == ["HF right 4"], "a named clinician goes on"


async def test_a_full_disk_marks_the_grade_not_saved_and_enter_saves_it_later() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        table.full = True
        await press(pilot, "45")
        assert table.seen == []
        assert "NOT SAVED: 2 values. There is no room on the disk." in app.words
        assert "5 NOT SAVED" in app.words
        await press(pilot, "!")
        assert "Still not saved." in app.words
        table.full = False
        await press(pilot, "!")
        assert table.seen == ["HF right 4", "HF left 5"]
        assert "NOT SAVED" not in app.words


async def test_what_waits_is_saved_before_the_next_grade() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        table.full = True
        await press(pilot, "4")
        table.full = False
        await press(pilot, "5")
        assert table.seen == ["HF right 4", "HF left 5"]


async def test_leaving_with_something_not_saved_is_stopped_once() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        table.full = True
        await press(pilot, "4")
        await pilot.press("f8")
        assert app.asked == []
        assert "Not everything is saved." in app.words
        await pilot.press("f8")
        assert app.asked == ["leg-length"]


async def test_guidance_is_one_key_away_and_grade_two_shows_the_position_without_gravity() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "*")
        assert "push down towards the floor" in app.words
        assert "Sits with thighs supported" in app.words
        assert "* shows" in app.words
        await press(pilot, "*")
        assert "push down towards the floor" not in app.words
        assert "Kendall: supine, knee straight" in app.words, "the rest of the guidance"
        await press(pilot, "*2")
        assert "▶ PATIENT'S LEFT" in app.words
        assert "Iliopsoas without gravity: Side-lying, test leg on top" in app.words


async def test_a_test_seen_from_behind_puts_the_right_side_on_the_right() -> None:
    app = room(Table())
    async with app.run_test() as pilot:
        line = next(line for line in app.words.splitlines() if "PATIENT'S" in line)
        assert line.index("RIGHT") < line.index("LEFT")
        await press(pilot, "jgmax!")
        line = next(line for line in app.words.splitlines() if "PATIENT'S" in line)
        assert line.index("LEFT") < line.index("RIGHT")
        assert "▶ PATIENT'S RIGHT" in line


async def test_a_held_test_is_timed_on_the_screen() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        screen = app.screen
        assert isinstance(screen, ExamScreen)
        await press(pilot, "jsorensen!")
        assert "0 starts the clock, and stops it" in app.words
        screen.clock = lambda: 100.0
        await press(pilot, "0")
        screen.clock = lambda: 137.04
        await pilot.pause(2 * TICK)
        assert "The clock runs." in app.words
        assert all(line in app.words for line in big_words("37"))
        assert table.seen == []
        await press(pilot, "0")
        assert table.seen == ["SORENSEN None 37 s"]
        assert "Last Biering-Sørensen hold 37 s saved" in app.words


def big_words(text: str) -> list[str]:
    return [" ".join(line.split()) for line in big(text, 2, 1)]


async def test_a_count_shows_the_grade_of_each_convention_by_its_name() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "jheel-raise!18!")
        assert table.seen == ["HEEL-RAISE right 18"]
        assert "18 counts as a grade of 4 by Daniels & Worthingham (8th edition on); 4 by its" in app.words
        assert "6th edition; 5 by the short clinical version." in app.words


async def test_a_force_is_typed_in_the_unit_of_the_device() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "4d**48")
        assert "Dynamometer, Iliopsoas right: 48_ lbf = 213.5 N." in app.words
        await press(pilot, "!")
        assert "48 lbf = 213.5 N" in app.words
        assert "Last Iliopsoas RIGHT 4 saved · 213.5 N" in app.words
        assert table.visit.observations == (Observed(test="HF", side="right", grade="4", newtons=213.5),)


async def test_another_way_of_testing_is_kept_with_the_grade_by_keypad_alone() -> None:
    table = Table()
    app = room(table)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "jgluteus med!4..")
        assert "How Gluteus medius LEFT 4 was tested" in app.words
        assert "0 ✓ the usual way" in app.words
        read = " ".join(app.words.split())
        assert "2 Resisted above the knee: the short lever, for a painful knee or a long leg." in read
        await press(pilot, "2")
        assert "saved · knee" in app.words
        assert table.visit.observations == (Observed(test="GMED", side="left", grade="4", variant="knee"),)
        await press(pilot, "5")
        assert table.visit.observations[0].variant == "knee", "the next grade does not change it"
        assert table.visit.observations[1].variant is None, "and is not answered for"
        await press(pilot, "/..2..0")
        assert table.visit.observations[1] == Observed(test="GMED", side="right", grade="5")


async def test_the_unit_of_the_device_is_there_at_the_next_visit() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "4d*48!")
        assert table.clinic.settings.force_unit == "kgf"
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "/d20")
        assert "20_ kgf = 196.1 N." in app.words
        shut(table.clinic.places.settings)
        await press(pilot, "*")
        assert "The setting holds now, but could not be kept" in app.words
        assert app.rung == 1
        await press(pilot, "5")
        assert "205_ lbf" in app.words, "the unit holds all the same"


async def test_the_keypad_reaches_the_telling_test() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "jtibialis ant!2!")
        telling = table.watch.next_tests[0].test
        await press(pilot, ".8")
        assert f"· {telling} ·" in app.words


async def test_the_sound_side_goes_first_where_the_station_is_set_so() -> None:
    table = Table(story={"leg_pain_side": "right"})
    app = room(table)
    async with app.run_test() as pilot:
        assert "▶ PATIENT'S RIGHT" in app.words
        await press(pilot, "o")
        assert "Sound side first, at this visit and the next ones: the left one here." in app.words
        assert table.clinic.settings.side_order == "sound"
        assert "▶ PATIENT'S LEFT" in app.words
        await press(pilot, "o")
        assert "▶ PATIENT'S RIGHT" in app.words
        await press(pilot, "o")
    app = room(table)
    async with app.run_test() as pilot:
        line = next(line for line in app.words.splitlines() if "PATIENT'S" in line)
        assert line.index("RIGHT") < line.index("LEFT"), "the sides keep their place on the screen"
        assert "▶ PATIENT'S LEFT" in line
        await press(pilot, "45")
        assert table.seen == ["HF left 4", "HF right 5"]
        await press(pilot, "o")
        assert "Right side first" in app.words


async def test_the_right_side_goes_first_as_long_as_no_side_is_known_to_be_sound() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "o4")
        assert table.seen == ["HF right 4"]
        shut(table.clinic.places.settings)
        await press(pilot, "o")
        assert "The setting holds now, but could not be kept" in app.words
        assert app.rung == 1


async def test_a_turn_of_the_patient_fills_the_line() -> None:
    app = room(Table())
    async with app.run_test() as pilot:
        assert "▶ START: SITTING" in app.words
        await press(pilot, "4")
        assert "SITTING · 5 turns to go" in app.words
        await press(pilot, "jslr!")
        assert "▶ TURN THE PATIENT: SUPINE" in app.words


async def test_where_the_sides_change_places_the_line_says_so_once() -> None:
    app = room(Table())
    async with app.run_test() as pilot:
        assert "columns turned" not in app.words
        for test in ("gmax", "gas"):
            await press(pilot, f"j{test}!")
            assert "· columns turned" in app.words
            assert app.words.index("PATIENT'S LEFT") < app.words.index("PATIENT'S RIGHT")
            await press(pilot, "5")
            assert "columns turned" not in app.words


async def test_any_test_can_be_jumped_to_and_added() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "jminimus")
        assert "Gluteus minimus (GMIN) – added to this exam" in app.words
        await press(pilot, "!4")
        assert table.seen == ["GMIN left 4"]


async def test_letters_of_a_name_are_no_commands_while_jumping() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await at_once(pilot, "4jtibialis")
        assert "tibialis_" in app.words
        assert "Enter takes the first, a digit another one, Esc leaves." in app.words
        assert "keeps the number" not in app.words
        await pilot.press("escape")
        assert "Jump to" not in app.words
        assert app.asked == []
        await pilot.press("escape")
        assert app.asked == ["leave"]


async def test_a_draft_goes_on_where_it_was_left() -> None:
    table = Table(place="exam:QUAD:right", observations=(Observed(test="QUAD", side="right", grade="4"),))
    app = room(table)
    async with app.run_test():
        assert "▶ PATIENT'S LEFT" in app.words
        assert "QUAD" in app.words


async def test_going_on_without_a_grade_leaves_the_cell_not_done_and_keeps_the_place() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "!")
        assert table.kept == [("move", "exam:HF:left")]
        assert "not done" in app.words


async def test_the_end_leads_to_the_next_step() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "55" + "!" * 24)
        assert "24 not done (this does not mean normal): Quadriceps, Tibialis anterior, " in " ".join(
            app.words.split()
        )
        await press(pilot, "g")
        assert "Quadriceps · QUAD" in app.words
        await press(pilot, "5" + "!" * 23)
        assert "23 not done (this does not mean normal): Quadriceps left, Tibialis anterior, " in " ".join(
            app.words.split()
        )
        await press(pilot, "!")
        assert app.asked == ["leg-length"]


async def test_the_mouse_alone_grades_flags_and_steps_back() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        for word in (" 4 ", " + ", " . ", " 1 ", " 9 ", " 6 ", " / ", " Enter "):
            await click(pilot, word)
        assert table.visit.observations == (
            Observed(test="HF", side="right", grade="4+", flags=("pain",)),
            Observed(test="HF", side="left", not_tested="time"),
        )
        assert "Quadriceps" in app.words


async def test_every_key_can_be_clicked_on_a_screen_that_the_list_leaves_little_room() -> None:
    table = Table()
    app = room(table)
    async with app.run_test(size=(110, 30)) as pilot:
        for word in (" 4 ", " − ", " 9 ", " 1 ", " Enter "):
            await click(pilot, word)
        assert table.seen == ["HF right 4-", "HF left NT"]
        assert "Tibialis anterior" in app.words


async def test_a_cell_of_the_list_can_be_clicked() -> None:
    table = Table()
    app = room(table)
    async with app.run_test(size=(120, 30)) as pilot:
        await click(pilot, "Tibialis posterior")
        column, row = app.spot("Tibialis posterior")
        await pilot.click(offset=(column + 38, row))
        await press(pilot, "5")
        assert table.seen == ["TP left 5"]


async def test_a_signed_visit_takes_no_grade() -> None:
    table = Table()
    table.sign("A. Examiner")
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "4")
        assert table.seen == []
        assert "This visit is signed" in app.words


async def test_an_alarm_says_where_the_action_is_written_and_a_signed_visit_what_was_done() -> None:
    weak = (Observation(test="HF", side="right", grade="2"),)
    open_visit, signed = Table(observations=weak), Table(observations=weak, action="Phoned Dr B.")
    signed.sign("A. Examiner")
    for table, told, rung in ((open_visit, WRITE, 1), (signed, "Done: Phoned Dr B.", 0)):
        app = room(table)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            said = " ".join(app.words.split())
            assert told in said
            assert ("Phone a specialist" in said) == (table is open_visit)
            assert app.rung == rung


async def test_wide_screens_list_all_tests_with_both_sides() -> None:
    table = Table()
    app = room(table)
    async with app.run_test(size=(200, 60)) as pilot:
        await press(pilot, "45")
        assert "Iliopsoas 4 5" in app.words
        assert "Holds against moderate pressure" in app.words, "guidance stands there by itself"


@pytest.mark.parametrize("size", [(80, 24), (120, 30), (200, 60)])
async def test_names_are_shown_as_typed(size: tuple[int, int]) -> None:
    app = room(Table())
    async with app.run_test(size=size):
        assert NASTY in app.words


async def test_f1_explains_the_test_under_the_cursor() -> None:
    app = room(Table())
    async with app.run_test() as pilot:
        await pilot.press("f1")
        screen = app.screen
        assert isinstance(screen, ExamScreen)
        assert [getattr(one, "id", "") for one in screen.basis()] == ["HF", "MRC-8"]
