"""A key that is held down counts once: where it records, where it goes on, and with a beep; text repeats."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from program import FolderOpener, Program, program
from textual import events
from textual.widgets import Input

from mmt.tui.app import MmtApp
from mmt.tui.keys.held import APART_S, COUNTS_ONCE, NOT_TAKEN, Hold

CHARACTERS = {"space": " ", "plus": "+", "minus": "-", "asterisk": "*", "full_stop": "."}


class Keyboard(Program):
    """A keyboard with a clock of its own, in s: keys come at its times however slow the test runs."""

    now = 1000.0

    def key(self, key: str) -> None:
        """A key comes."""
        event = events.Key(key, CHARACTERS.get(key, key if len(key) == 1 else None))
        event.time = self.now
        self.app.post_message(event)

    async def tap(self, *keys: str, every: float = 0.15) -> None:
        """Press keys and let go of each."""
        for key in keys:
            self.now += every
            self.key(key)
        await self.rest()

    async def hold(self, key: str, delay: float = 0.4, every: float = 0.03, seconds: float = 1.0) -> None:
        """Hold a key down."""
        self.now += 2
        self.key(key)
        self.now += delay
        for _ in range(int((seconds - delay) / every) + 1):
            self.key(key)
            self.now += every
        await self.rest()

    async def rest(self) -> None:
        """Wait until all keys are through."""
        await self.pilot.pause()
        await self.pilot.pause(APART_S + 0.05)
        await self.pilot.pause()

    async def walk(self, *way: str) -> None:
        """Press keys as a test does, and wait for screens (`:exam`); from then on keys can be held."""
        self.app.APART_S = 0
        for one in way:
            if one.startswith(":"):
                await self.until(one[1:])
            else:
                await self.press(*([one] if len(one) < 3 or one in NAMED else one))
        self.app.APART_S = APART_S

    @property
    def grades(self) -> list[str]:
        """What the demo's draft holds beyond its five values."""
        return [one.shown for one in self.desk.visit.observations[5:]]


NAMED = ("enter", "escape", "f8", "f9")
EXAM = (":patients", "dora", "enter", ":patient", "enter", ":exam")
SAFETY = (":patients", "frank", "enter", ":patient", "n", ":new-visit", "enter", ":safety")


@pytest.fixture
def app(tmp_path: Path) -> MmtApp:
    return program(tmp_path / "clinic")


RATES = (0.001, 0.01, 0.025, 0.03, 1 / 30, 0.04, 0.05, 0.09)
DELAYS = (0.2, 0.25, 0.4, 0.5, 0.66, 1.0)


def counted(times: list[float], apart: float = APART_S) -> int:
    """How often one key counts that comes at these times, in s, to a program that is never late."""
    screen: Any = SimpleNamespace(focused=None)
    hold, count = Hold(), 0
    keys = [events.Key("5", "5") for _ in times]
    for key, time in zip(keys, times, strict=True):
        key.time = time
    for key, after in zip(keys, [*keys[1:], None], strict=True):
        soon = after if after and after.time - key.time < apart else None
        if hold.repeats(key, soon, apart):
            hold.held(key)
        else:
            hold.pressed(key, screen)
            count += 1
    return count


@pytest.mark.parametrize("every", RATES)
def test_a_held_key_counts_once_at_every_rate_and_delay_of_a_keyboard(every: float) -> None:
    for delay in DELAYS:
        again = [delay + at * every for at in range(2, 40)]
        assert counted([0.0, delay, delay + every, *again]) == 1, delay
        assert counted([0.0, delay, delay + every, 10.0]) == 2, "and again once it was let go"


@pytest.mark.parametrize("every", [0.11, 0.14, 0.2, 0.3, 0.5, 1.0, 1.5])
def test_presses_as_fast_as_a_hand_can_all_count(every: float) -> None:
    assert counted([at * every for at in range(10)]) == 10


def test_one_late_repeat_is_no_press() -> None:
    """A keyboard's repeats do not come evenly through a terminal."""
    assert counted([0, 0.4, 0.49, 0.58, 0.69, 0.75, 0.85, 0.93, 1.1, 1.19, 1.27]) == 1


async def test_a_digit_held_for_a_second_is_one_grade_with_a_beep(
    app: MmtApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test() as pilot:
        hand = Keyboard(app, pilot)
        await hand.walk(*EXAM)
        rings: list[bool] = []
        monkeypatch.setattr(app, "bell", lambda: rings.append(True))
        await hand.hold("5")
        assert hand.grades == ["5"]
        assert COUNTS_ONCE in hand.text
        assert rings == [True]
        await hand.tap("5", "5", every=0.3)
        assert hand.grades == ["5", "5", "5"], "the key counts again once it was let go"
        assert COUNTS_ONCE not in hand.text
        assert rings == [True]
        await hand.tap("4")
        await hand.hold("plus")
        await hand.hold("j")
        assert hand.grades[-1] == "4+", "a sign does not flicker"
        assert app.screen.half_typed == "", "what opens a field does not write into it"


async def test_different_keys_of_a_burst_all_count(app: MmtApp) -> None:
    async with app.run_test() as pilot:
        hand = Keyboard(app, pilot)
        await hand.walk(*EXAM)
        await hand.tap("5", "4", "plus", "5", "4", "minus", "5", every=0)
        assert hand.grades == ["5", "4+", "5", "4-", "5"]


async def test_what_came_with_a_key_that_came_twice_lands_nowhere(app: MmtApp) -> None:
    async with app.run_test() as pilot:
        hand = Keyboard(app, pilot)
        await hand.walk(*EXAM)
        await hand.tap("5", "4", "4", "3", "5", every=0)
        assert hand.grades == ["5", "4"]
        assert NOT_TAKEN.format(n=2) in " ".join(hand.text.split())
        await hand.tap("3", every=0.3)
        assert hand.grades == ["5", "4", "3"]


async def test_the_first_repeat_counts_where_another_key_follows_it(app: MmtApp) -> None:
    """Two presses as far apart as the delay of a keyboard are two presses, and no key behind waits."""
    async with app.run_test() as pilot:
        hand = Keyboard(app, pilot)
        await hand.walk(*EXAM)
        await hand.tap("5", every=2)
        await hand.tap("5", every=0.4)
        await hand.tap("4", every=0.01)
        assert hand.grades == ["5", "5", "4"]


async def test_enter_held_down_passes_one_test(app: MmtApp) -> None:
    async with app.run_test() as pilot:
        hand = Keyboard(app, pilot)
        await hand.walk(*EXAM)
        await hand.tap("enter")
        assert not app.screen.alarms.standing
        at = app.screen.state.exam.cursor
        await hand.hold("enter")
        assert app.screen.name == "exam"
        assert app.screen.state.exam.cursor == at + 1


async def test_a_clock_is_started_not_stopped_by_the_same_press(app: MmtApp) -> None:
    async with app.run_test() as pilot:
        hand = Keyboard(app, pilot)
        await hand.walk(*EXAM, "j", "biering", "enter")
        await hand.hold("0")
        assert app.screen.state.timing
        assert hand.grades == []


@pytest.mark.parametrize(("key", "kept"), [("0", False), ("minus", None)])
async def test_a_held_answer_is_given_once(key: str, kept: bool | None, app: MmtApp) -> None:
    async with app.run_test() as pilot:
        hand = Keyboard(app, pilot)
        await hand.walk(*SAFETY)
        first = [app.screen.state.questions[at].id for at in app.screen.state.page]
        await hand.hold(key)
        assert list(hand.desk.visit.safety) == (first[:1] if key == "0" else first)


async def test_an_emergency_answer_held_down_does_not_go_on_behind_its_screen(app: MmtApp) -> None:
    async with app.run_test() as pilot:
        hand = Keyboard(app, pilot)
        await hand.walk(*SAFETY)
        await hand.hold("1")
        assert app.screen.name == "emergency"
        assert hand.desk.visit.safety == {"saddle-numbness": True}


async def test_digits_of_a_number_are_text_and_repeat_as_a_caliper_types_them(app: MmtApp) -> None:
    async with app.run_test() as pilot:
        hand = Keyboard(app, pilot)
        await hand.walk(*EXAM, "f8", ":leg-length")
        await hand.tap(*"899", "full_stop", "5", "enter", every=0.002)
        assert [one.millimetres for one in hand.desk.visit.observations[5:]] == [899.5]


async def test_a_level_reading_held_down_fills_one_method(app: MmtApp) -> None:
    async with app.run_test() as pilot:
        hand = Keyboard(app, pilot)
        await hand.walk(*EXAM, "f8", ":leg-length")
        fields = app.screen.state.fields
        at = next(at for at, one in enumerate(fields) if one.side is None)
        app.screen.action_go_to_field(at)
        await hand.hold("0")
        assert len(hand.desk.visit.observations) == 6
        assert app.screen.state.cursor == at + 1
        assert app.screen.state.typed == ""


async def test_findings_and_stretches_take_a_held_key_once(app: MmtApp) -> None:
    async with app.run_test() as pilot:
        hand = Keyboard(app, pilot)
        await hand.walk(*SAFETY, "f8", ":story", "f8", ":exam", *"454545454545")
        await hand.walk("f8", ":leg-length", "f8", ":findings")
        while not hand.desk.visit.decisions:
            await hand.tap("1", every=2)
        await hand.hold("1")
        assert len(hand.desk.visit.decisions) == 2
        await hand.walk("f8", ":prescription")
        before = len(app.screen.items)
        for key in ("space", "asterisk"):
            await hand.hold(key)
            assert len(app.screen.items) == before - (key == "space")
        await hand.hold("2")
        assert app.screen.digits == "2"


async def test_a_held_key_does_not_go_on_where_it_led_to(app: MmtApp) -> None:
    """Escape, Enter and letters that open something: what is opened does not take the rest of the hold."""
    async with app.run_test() as pilot:
        hand = Keyboard(app, pilot)
        await hand.walk(":patients", "dora")
        await hand.hold("enter")
        await hand.until("patient")
        await hand.hold("e")
        await hand.until("patient-form")
        assert "Dora" in app.screen.query_one("#name", Input).value
        await hand.hold("escape")
        assert app.screen.name == "patient"


async def test_text_and_lines_repeat_as_everywhere(app: MmtApp) -> None:
    async with app.run_test() as pilot:
        hand = Keyboard(app, pilot)
        await hand.walk(":patients")
        await hand.hold("o", seconds=0.7)
        search = app.screen.query_one("#search", Input)
        assert search.value == "o" * 11
        await hand.hold("backspace", seconds=0.7)
        assert search.value == ""
        before = hand.marked()
        await hand.hold("down", delay=0.3, seconds=0.33)
        assert hand.marked() != before


async def test_a_held_key_signs_one_item_of_the_content_off(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    app = MmtApp(FolderOpener(folder), review=True)
    async with app.run_test(size=(120, 60)) as pilot:
        board = Keyboard(app, pilot)
        await board.walk(":signer", "enter", *"4711", "enter", ":reviewing")
        await board.hold("1")
        assert (folder / "reviews.toml").read_text("utf-8").count("[[reviews]]") == 1
        assert COUNTS_ONCE in " ".join(board.rows)
