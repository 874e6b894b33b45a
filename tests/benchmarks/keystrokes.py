"""How many keys an exam and a whole visit take, counted by playing them in the program.

`python tests/benchmarks/keystrokes.py README.md` renews the table there.
"""

import asyncio
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from unittest import mock

sys.path += [str(Path(__file__).parents[1] / "tui"), str(Path(__file__).parents[1])]

from paper_desk import Table, protocol
from program import Program, program
from textual.events import Key

from mmt.model.exam import Cell, begun
from mmt.model.exam_tests import AnyTest, LengthTest
from mmt.model.observation import Observation
from mmt.tui.asking import press as form_press
from mmt.tui.asking.questions import Question
from mmt.tui.exam.entry import Entry
from mmt.tui.exam.press import press

START, END = "<!-- keystrokes -->", "<!-- /keystrokes -->"
PART = 0.05
"""The part of the grades that is amended, and the part that is flagged."""

ANSWERS = {"yes-no": "0", "score": "3", "choice": "3", "words": "1"}
NOW = ("leg_pain_side", "nprs_back", "nprs_leg", "night_pain")
"""The pain of the day: what a follow-up asks of the story, beside the precautions and the last sheet."""

WHERE = {
    "patients": "the list",
    "patient-form": "the new patient",
    "patient": "the patient",
    "new-visit": "the new visit",
    "leg-length": "leg length",
    "prescription": "stretches",
    "sign-as": "the name that signs",
}
"""What the README calls a screen whose name is not its word."""


class Tally(NamedTuple):
    """What was played: how many values were given (none where one only looks), and the keys that it took.

    `places` are the keys by the screen on which they were pressed.
    """

    what: str
    values: int
    keys: int
    goal: str
    met: bool
    places: dict[str, int] = {}


def exams(what: str, goal: float, part: float = 0.0, *, times: int = 20, seed: int = 1) -> Tally:
    """Do `sciatica` on both sides so many times and count the keys of its grades.

    These parts of the grades, chosen at random, are amended by a sign, and flagged.
    """
    chance = random.Random(seed)
    cells = [cell for _ in range(times) for cell in begun_exam().exam.cells if is_graded(cell)]
    amended, flagged = (set(chance.sample(range(len(cells)), round(part * len(cells)))) for _ in range(2))
    number = keys = 0
    kept: list[Observation] = []
    for _ in range(times):
        entry = begun_exam()
        while (cell := entry.exam.at) is not None and (test := entry.test) is not None:
            typed = other_value(test)
            if is_graded(cell):
                typed = "4" + "+" * (number in amended) + flag(test, chance) * (number in flagged)
                number, keys = number + 1, keys + len(typed)
            for key in typed:
                entry = press(entry, {"!": "enter"}.get(key, key)).state
        kept += entry.exam.observations
    assert sum(one.grade is not None for one in kept) == len(cells)
    assert sum(one.grade == "4+" for one in kept) == len(amended)
    assert sum(bool(one.flags) for one in kept) == len(flagged)
    return Tally(what, len(cells), keys, f"≤ {goal} a grade", keys <= goal * len(cells))


def begun_exam() -> Entry:
    """The exam at its first cell."""
    return Entry(exam=begun(Table(exam="sciatica").visit, protocol()), tests=protocol().tests)


def is_graded(cell: Cell) -> bool:
    """Whether a cell takes a grade."""
    return protocol().tests[cell.test].keyed == "grade"


def flag(test: AnyTest, chance: random.Random) -> str:
    """The keys of one of the five flags; a substitution says which."""
    digit = chance.choice("12345")
    return f".{digit}1" if digit == "2" else f".{digit}"


def other_value(test: AnyTest) -> str:
    """The keys for a cell that is not graded."""
    if isinstance(test, LengthTest) and test.measure == "millimetres":
        return "120!"
    return {"number": "24!", "yes-no": "0", "score": "2"}.get(test.keyed, "")


class Counting(Program):
    """Counts the keys of a visit by the screen on which they are pressed. Free text is not counted."""

    def begin(self) -> None:
        """Count from here."""
        self.values, self.places = 0, Counter[str]()

    async def other(self, *keys: str) -> None:
        """Press keys that give no value, back to back: each waits for the one before."""
        name = self.app.screen.name or ""
        self.places[WHERE.get(name, name)] += len(keys)
        for key in keys:
            self.app.post_message(Key(key, key if len(key) == 1 else None))

    async def value(self, text: str, *, ended: bool = False) -> None:
        """Give a value; `ended` says that this field ends with Enter whatever its length."""
        await self.other(*text, *(["enter"] if ended or len(text) > 1 else []))
        self.values += 1

    async def to(self, screen: str, *keys: str) -> None:
        """Press keys that lead to another screen."""
        await self.other(*keys)
        await self.until(screen)

    async def settled(self, *keys: str) -> None:
        """Press keys and wait for what they do."""
        await self.other(*keys)
        await self.pilot.pause()
        await self.pilot.pause()

    def tally(self, what: str, most: int) -> Tally:
        """What was counted."""
        keys = sum(self.places.values())
        return Tally(what, self.values, keys, f"≤ {most} keys", keys <= most, dict(self.places))


async def first_visit(run: Counting) -> Tally:
    """A new patient from the list of patients to the saved sheet: everything asked, done and decided."""
    run.begin()
    await run.to("patient-form", "f3")
    await run.press(*"Ada First")
    await run.other("enter")
    await run.press(*"1979-05-02")
    await run.other("enter", "enter", "down")
    await run.to("patient", "f10")
    await run.to("new-visit", "n")
    await run.to("safety", "enter")
    while run.app.screen.state.at is not None:
        await run.settled("minus")
    await run.to("story", "enter")
    await story(run, lambda one: protocol().story[one.id].topic != "scores")
    await exam(run, 13)
    for value in ("902", "889", "903", "890"):
        await run.value(value)
    await run.value("0")
    await run.value("0")
    await run.to("findings", "enter")
    await finish(run)
    assert len(run.desk.visit.safety) == 58
    assert run.desk.made
    return run.tally("a first visit, from the list of patients to the saved sheet", 100)


async def follow_up(run: Counting) -> Tally:
    """A follow-up up to the saved sheet: short set, pain of the day, what is walked again."""
    run.begin()
    await run.press(*"frank")
    await run.to("patient", "enter")
    await run.to("new-visit", "n")
    await run.to("safety", "enter")
    while run.app.screen.state.section == 0:
        await run.settled("minus")
    await run.to("story", "f8")
    await story(run, lambda one: protocol().story[one.id].topic == "follow-up" or one.id in NOW)
    await exam(run, 8)
    await run.to("findings", "f8")
    await finish(run)
    return run.tally("a follow-up, from the list of patients to the saved sheet", 45)


async def first_grade(run: Counting) -> Tally:
    """The first grade of a follow-up, where the questions are left for later: not asked, which is not no."""
    run.begin()
    await run.to("patient", "enter")
    await run.to("new-visit", "n")
    await run.to("safety", "enter")
    await run.to("story", "f8")
    await run.to("exam", "f8")
    await run.value("5")
    await run.settled()
    assert [one.grade for one in run.desk.visit.observations] == ["5"]
    return run.tally("the first grade of a follow-up, from the list of patients", 8)


async def at_home(run: Counting) -> Tally:
    """How each move of the last sheet went, in the story of the follow-up that is open."""
    await run.to("story", "f7")
    run.begin()
    await run.settled("h")
    while run.app.screen.state.at.taken == "move":
        await run.value("1")
        await run.settled()
    assert len(run.desk.visit.home) == run.values > 1
    return run.tally("how each move of the last sheet went, in a follow-up", run.values + 1)


async def looked_at(run: Counting, key: str, screen: str, what: str) -> Tally:
    """The course of a patient, from the list of patients."""
    await run.press("escape", "escape")
    await run.until("patients")
    run.begin()
    await run.to("patient", "enter")
    await run.to(screen, key)
    return run.tally(f"{what}, from the list of patients", 3)


async def exam(run: Counting, tests: int) -> None:
    """Do every test of the walk, so many in all on both sides."""
    await run.until("exam")
    degrees = iter(("25", "38"))
    while (test := run.app.screen.state.test) is not None:
        await run.value({"grade": "5", "yes-no": "0"}.get(test.keyed) or next(degrees))
        await run.settled()
    await run.to("leg-length", "enter")
    assert len(run.desk.visit.observations) == 2 * tests


async def finish(run: Counting) -> None:
    """Accept the findings, keep the suggested sheet, sign, and make the hand-out."""
    findings = {one.key for one in run.desk.review.findings}
    while run.desk.visit.decisions.keys() != findings:
        await run.settled("asterisk")
    await run.to("prescription", "enter")
    await run.to("sign", "enter")
    await run.to("sign-as", "enter")
    await run.to("papers", "enter")
    await run.settled("1")
    assert run.desk.visit.decisions.keys() == findings
    assert run.desk.visit.signed


async def story(run: Counting, wanted: Callable[[Question], bool]) -> None:
    """No to every precaution, then what is asked; F8 leaves the rest not asked."""
    await run.settled("minus")
    while (question := run.app.screen.state.at) is not None and wanted(question):
        if question.taken == "yes-no" and len(run.app.screen.state.open_no) > 1:
            await run.settled("minus")
        elif question.taken == "text":
            await run.settled("enter")
        else:
            answer = ANSWERS.get(question.taken, f"{min(8, question.most or 8):g}")
            await run.value(answer, ended=question.taken in ("number", "words"))
            await run.settled()
    await run.to("exam", "f8")


def tallies() -> list[Tally]:
    """Play everything."""

    async def play() -> list[Tally]:
        with tempfile.TemporaryDirectory() as folder:
            app = program(Path(folder) / "clinic")
            async with app.run_test() as pilot:
                run = Counting(app, pilot)
                await run.until("patients")
                first = await first_visit(run)
                await run.press("escape", "escape")
                await run.until("patients")
                later = await follow_up(run)
                await run.press("escape", "escape")
                await run.until("patients")
                return [
                    exams("every muscle of `sciatica`, both sides, in 20 exams", 1.02),
                    exams("the same, 5 % amended by a sign and 5 % flagged", 1.18, PART),
                    first,
                    later,
                    await first_grade(run),
                    await at_home(run),
                    await looked_at(run, "c", "comparing", "two visits compared"),
                    await looked_at(run, "g", "chart", "the chart of what changed most"),
                ]

    with mock.patch.object(form_press, "READ_S", 0.0):
        return asyncio.run(play())


def markdown(played: list[Tally]) -> str:
    """The table as it stands in the README, and on which screens the keys of the visits are pressed."""
    lines = ["| what | values | keys | keys a value | goal |", "|---|---:|---:|---:|---|"]
    for one in played:
        met = "met" if one.met else "missed"
        values, each = (one.values, f"{one.keys / one.values:.2f}") if one.values else ("–", "–")
        lines.append(f"| {one.what} | {values} | {one.keys} | {each} | {one.goal}: {met} |")
    for one in played:
        if len(one.places) > 2:
            places = ", ".join(f"{name} {count}" for name, count in one.places.items())
            lines += ["", f"Of {one.what.partition(',')[0]}: {places}."]
    return "\n".join(lines)


def renewed(text: str, played: list[Tally]) -> str:
    """The page with its table renewed."""
    before, rest = text.split(START)
    return f"{before}{START}\n{markdown(played)}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(renewed(page.read_text("utf-8"), tallies()), "utf-8")
