"""Keeping, alarms, guidance and letters of the exam, without a screen."""

from typing import get_args

import pytest
from msgspec.structs import replace
from paper_desk import protocol

from mmt.model.base import Side
from mmt.model.errors import NotSavedError
from mmt.model.exam import Exam, walk
from mmt.model.exam_tests import MuscleTest
from mmt.model.observation import Observation
from mmt.model.review import Alert, Level, NextTest, Reason
from mmt.model.said import said
from mmt.tui.exam.board import Column, paint
from mmt.tui.exam.entry import Entry, Mode
from mmt.tui.exam.hints import telling_line
from mmt.tui.exam.listing import rows
from mmt.tui.exam.menu import key_row, menu
from mmt.tui.exam.page import Page, page
from mmt.tui.exam.text import title
from mmt.tui.keys.symbols import symbol, text_of
from mmt.tui.visit.alarms import Alarms
from mmt.tui.visit.band import band
from mmt.tui.visit.guidance import ESSENTIAL, guidance, roots, without_gravity
from mmt.tui.visit.guide import fitted, labelled
from mmt.tui.visit.keeper import Keeper
from mmt.tui.visit.values import large, notes, short
from mmt.tui.widgets.big import big, drawable, width
from mmt.tui.widgets.clicks import key_line


class Disk:
    """Writes until it is full."""

    def __init__(self) -> None:
        self.full = False
        self.why = "No room."
        self.written: list[str] = []

    def write(self, value: str) -> None:
        if self.full:
            raise NotSavedError(self.why)
        self.written.append(value)


def test_what_could_not_be_saved_waits_and_is_saved_in_its_order() -> None:
    disk, keeper = Disk(), Keeper()
    disk.full = True
    assert not keeper.do("TA", lambda: disk.write("4"))
    assert not keeper.do("EHL", lambda: disk.write("5"))
    assert (keeper.count, keeper.trouble, keeper.waits("TA")) == (2, "No room.", True)
    disk.full = False
    assert keeper.do("PER", lambda: disk.write("3"))
    assert disk.written == ["4", "5", "3"]
    assert (keeper.clear, keeper.trouble) == (True, "")


def test_a_correction_takes_the_place_of_what_waits() -> None:
    disk, keeper = Disk(), Keeper()
    disk.full = True
    keeper.do("TA", lambda: disk.write("4"))
    keeper.do("TA", lambda: disk.write("3"))
    disk.full = False
    assert keeper.retry()
    assert disk.written == ["3"]


def alert(level: Level, *sides: Side, date: str | None = None, text: str = "weak") -> Alert:
    because = tuple(Reason(test="TA", side=side, date=date) for side in sides)
    return Alert(
        rule="motor-deficit",
        level=level,
        said=(said("as-written", text=text),),
        because=because,
        sources=(),
        evidence="derived",
    )


def test_urgent_alarms_and_cautions_of_both_sides_interrupt() -> None:
    alarms = Alarms(set())
    assert alarms.look([alert("urgent", "left")])
    assert alarms.look([alert("urgent", "left"), alert("caution", "left", "right")])
    assert len(alarms.standing) == 2
    assert not Alarms(set()).look([alert("caution", "left")])
    assert not Alarms(set()).look([alert("urgent", "left", date="2026-02-02")]), (
        "an earlier visit rings no bell"
    )


def test_an_acknowledged_alarm_is_silent_until_it_comes_back_or_grows_worse() -> None:
    alarms = Alarms(set())
    alarms.look([alert("urgent", "left")])
    alarms.acknowledge()
    assert not alarms.look([alert("urgent", "left")])
    assert alarms.standing == ()
    assert alarms.look([alert("urgent", "left", text="weaker")])
    alarms.acknowledge()
    assert not alarms.look([])
    assert alarms.look([alert("urgent", "left", text="weaker")])


def test_guidance_holds_all_that_the_examiner_needs() -> None:
    test = protocol().tests["TA"]
    assert isinstance(test, MuscleTest)
    lines = guidance(test, protocol().scales["MRC-8"])
    labels = [line.label for line in lines]
    assert labels[:4] == ["Position", "Fix", "Push", "Watch"]
    assert {"5", "4+", "0", "No gravity", "Nerve"} <= set(labels)
    assert roots(test) == "mainly L4, also L5"
    brief = guidance(test, protocol().scales["MRC-6"], brief=True)
    assert next(line.text for line in brief if line.label == "Grades").startswith("5 Normal power · 4 ")


@pytest.mark.parametrize("name", sorted(protocol().tests))
def test_every_test_of_the_library_has_guidance_that_fits_a_screen(name: str) -> None:
    lines = guidance(protocol().tests[name], protocol().scales["MRC-8"], brief=True)
    assert lines
    shown = [line.plain for line in fitted(lines, 78, 13)[0]]
    assert 1 <= len(shown) <= 13
    assert all(len(line) <= 80 for line in shown)
    assert lines[0].text.split()[0] in shown[0]


def test_guidance_says_how_much_was_left_out() -> None:
    lines = guidance(protocol().tests["HF"], protocol().scales["MRC-8"])
    shown, left = fitted(lines, 60, 6)
    assert shown[-1].plain.endswith(f"* shows {left} more")
    assert left > 5


@pytest.mark.parametrize("scale", sorted(protocol().scales))
def test_a_small_screen_holds_all_that_is_needed_to_grade_a_muscle(scale: str) -> None:
    for test in protocol().tests.values():
        if not isinstance(test, MuscleTest):
            continue
        lines = guidance(test, protocol().scales[scale], brief=True)
        exam = Exam(cells=walk([test]), codes=protocol().scales[scale].codes)
        now = Page(
            entry=Entry(exam=exam, tests=protocol().tests),
            columns=(Column("right", True, "4+", ("not done",)), Column("left")),
            alarms=Alarms(set()),
            keeper=Keeper(),
            protocol=protocol(),
            guidance=lines,
        )
        shown = [line.plain for line in page(now, 80, 21).lines]
        assert len(shown) == 21
        assert test.name in shown[1]
        assert "▶ PATIENT'S RIGHT" in shown[2], "the side stands there as well"
        for line in lines:
            if line.label in ESSENTIAL:
                said = [row.plain for row in labelled(line, 80)]
                assert any(shown[at : at + len(said)] == said for at in range(21)), (test.id, line.label)


LONG = "The records cannot be written: " + "/a/very/long/path/of/a/folder " * 12 + "says no. Make room."


@pytest.mark.parametrize("reading", [False, True])
@pytest.mark.parametrize("alarming", [0, 1, 3])
@pytest.mark.parametrize("mode", get_args(Mode))
def test_a_long_trouble_leaves_answer_menu_and_keys_on_a_small_screen(
    mode: Mode, alarming: int, reading: bool
) -> None:
    assert len(LONG) > 400
    disk, keeper, alarms = Disk(), Keeper(), Alarms(set())
    disk.full, disk.why = True, LONG
    keeper.do("TA", lambda: disk.write("2"))
    alarms.look([alert("urgent", "left", text=f"Weakness {at} " * 12) for at in range(alarming)])
    test, scale = protocol().tests["TA"], protocol().scales["MRC-8"]
    exam = Exam(cells=walk([test]), codes=scale.codes).record(Observation(test="TA", side="right", grade="2"))
    entry = Entry(exam=exam.moved(1), tests=protocol().tests, mode=mode)
    now = Page(
        entry=entry,
        columns=(Column("right", False, "2"), Column("left", True)),
        alarms=alarms,
        keeper=keeper,
        protocol=protocol(),
        words=("This answers the key.", LONG),
        guidance=guidance(test, scale, brief=True) if reading else (),
    )
    shown = [line.plain for line in page(now, 80, 21).lines]
    assert len(shown) == 21
    assert " This answers the key." in shown
    assert "PATIENT'S LEFT" in shown[2]
    assert any(line.startswith(" Last  Tibialis anterior RIGHT") for line in shown)
    assert shown[-1] == key_line(key_row(entry)).plain
    assert [line.plain for line in menu(entry, 80) if line.plain not in shown] == []
    assert any(line.startswith(" NOT SAVED: 1 value. The records cannot be") for line in shown)
    assert any("tries again" in line for line in shown)
    assert any("acknowledges" in line for line in shown) == bool(alarming)
    assert any(line.startswith(" ALARM, urgent: Weakness 0") for line in shown) == bool(alarming)


def test_a_long_trouble_is_read_whole_where_there_is_room() -> None:
    disk, keeper = Disk(), Keeper()
    disk.full, disk.why = True, LONG
    keeper.do("TA", lambda: disk.write("2"))
    shown = " ".join(" ".join(line.plain for line in band(Alarms(set()), keeper, protocol(), 80, 18)).split())
    assert LONG in shown
    cut = band(Alarms(set()), keeper, protocol(), 80, 4)
    assert len(cut) == 4
    assert cut[2].plain.rstrip().endswith("…")


def test_only_a_grade_of_two_or_less_shows_the_position_without_gravity() -> None:
    test = protocol().tests["TA"]
    assert without_gravity(test, Observation(test="TA", grade="2"))
    assert without_gravity(test, Observation(test="TA", grade="0"))
    assert not without_gravity(test, Observation(test="TA", grade="3-"))
    assert not without_gravity(test, None)


def test_values_are_short_in_lists_and_large_on_the_board() -> None:
    positive = Observation(test="SLR", result="positive", degrees=45, flags=("pain",))
    assert (large(positive), short(positive), notes(positive, None)) == ("POS", "pos 45°*", "pain, at 45°")
    assert (large(Observation(test="X", millimetres=12.5)), short(None)) == ("12.5", "·")
    assert notes(Observation(test="X", not_tested="cast"), None) == "not tested: cast"


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("plus", "+"),
        ("add", "+"),
        ("subtract", "-"),
        ("decimal", "."),
        ("comma", "."),
        ("divide", "/"),
        ("multiply", "*"),
        ("5", "5"),
        ("J", "j"),
        ("enter", "enter"),
    ],
)
def test_keypad_and_top_row_mean_the_same(key: str, meant: str) -> None:
    assert symbol(key) == meant


def test_text_is_what_the_key_writes() -> None:
    assert text_of("J", "J") == "J"
    assert text_of("add", None) == "+"
    assert text_of("enter", "\r") == ""
    assert text_of("f1", None) == ""


def test_a_column_of_the_list_holds_one_side_also_where_tests_are_seen_from_both_sides() -> None:
    front, behind = protocol().tests["TA"], replace(protocol().tests["GMAX"], position="sitting")
    tests = {behind.id: behind, front.id: front}
    exam = Exam(cells=walk(tests.values()), codes=("0", "1", "2", "3", "4", "5"))
    for test in tests:
        exam = exam.record(Observation(test=test, side="right", grade="5"))
    heading, *lines = (line.plain for line in rows(Entry(exam=exam, tests=tests), Keeper())[0])
    assert heading.index("right") < heading.index("left")
    assert [line.rstrip().rindex("5") for line in lines] == [lines[0].index("5")] * 2
    assert abs(lines[0].index("5") - heading.index("right")) < 5


def test_letters_are_drawn_in_their_size() -> None:
    assert big("1", 1, 1) == [" █ ", "██ ", " █ ", " █ ", "███"]
    assert [len(line) for line in big("RIGHT", 2, 2)] == [width("RIGHT", 2)] * 10
    assert len(big("LEFT", 1, 0)) == 3
    assert drawable("Tibialis anterior, 4+")
    assert big("Sørensen, żółć") == big("SORENSEN, ZOLC")
    assert not drawable("Ωμος")


def test_the_smallest_letters_hold_two_columns_of_dots_in_one() -> None:
    assert big("LI", 0, 0) == ["▌ ▐", "▌ ▐", "▀▀▝"]
    assert [len(line) for line in big("RIGHT", 0, 0)] == [width("RIGHT", 0)] * 3
    assert width("RIGHT", 0) == (width("RIGHT") + 1) // 2


@pytest.mark.parametrize(("across", "down"), [(80, 4), (64, 4), (154, 6)])
def test_the_name_of_every_test_is_drawn_in_large_letters(across: int, down: int) -> None:
    for test in protocol().tests.values():
        about, *letters = (line.plain for line in title(test, across, down))
        assert test.name[:40] in about
        assert 3 <= len(letters) < down, test.name
        assert all(len(line) <= across for line in (about, *letters)), test.name
        assert any(set(line) & set("█▀▄▌▐▖▗▘▝▙▛▜▟▚▞") for line in letters), test.name


def test_a_name_that_is_too_long_keeps_its_first_words() -> None:
    letters = [line.plain.strip() for line in title(protocol().tests["FAIR"], 80, 4)[1:]]
    assert letters == [line.strip() for line in big("FAIR", 1, 0)]
    letters = [line.plain.strip() for line in title(protocol().tests["PER"], 80, 4)[1:]]
    assert letters == [line.strip() for line in big("Peroneus", 1, 0)]


@pytest.mark.parametrize("across", [78, 62, 40])
def test_the_telling_test_stands_on_one_line_with_its_key(across: int) -> None:
    telling = NextTest(
        test="TP",
        side="left",
        tells_apart=("L5", "common-peroneal", "deep-peroneal", "sciatic"),
        sources=(),
        said=(),
    )
    entry = Entry(exam=Exam(cells=(), codes=()), tests=protocol().tests)
    line = telling_line(telling, entry, protocol().patterns, across)
    assert line.startswith("G: Tibialis posterior, left, may help to tell"[:across])
    assert len(line) <= across
    assert telling_line(None, entry, {}, across) == ""


def test_what_the_telling_test_tells_apart_is_named_as_far_as_it_fits() -> None:
    telling = NextTest(test="TP", side="left", tells_apart=("L5", "sciatic", "S1"), sources=(), said=())
    entry = Entry(exam=Exam(cells=(), codes=()), tests=protocol().tests)
    lines = [telling_line(telling, entry, protocol().patterns, across) for across in (83, 82)]
    assert lines[0].endswith("tell apart L5 root, sciatic nerve, S1 root")
    assert lines[1].endswith("tell apart L5 root and 2 more")


@pytest.mark.parametrize(
    ("across", "down"), [(80, 12), (80, 9), (80, 4), (80, 1), (154, 40), (60, 40), (60, 3)]
)
def test_the_board_fills_its_space_and_names_the_side_at_any_size(across: int, down: int) -> None:
    columns = (Column("right", False, "4+", ("pain",)), Column("left", True, "", ("not done",)))
    lines = [line.plain for line in paint(columns, across, down)]
    assert len(lines) == down
    assert all(len(line) <= across for line in lines)
    assert "▶ PATIENT'S LEFT" in lines[0]
    assert any("█" in line or "4+" in line for line in lines)


def test_of_several_alarms_the_shortened_ones_say_that_they_are_cut() -> None:
    alarms = Alarms(set())
    alarms.look((alert("emergency", "left"), alert("urgent", "left", text="A long sentence. " * 9)))
    lines = [line.plain for line in band(alarms, Keeper(), protocol(), 60, 18)]
    assert [line[:6] for line in lines] == [" ALARM", " ALARM", "  Ente"]
    assert lines[1].rstrip().endswith("…")
    assert {len(line) for line in lines} == {60}
