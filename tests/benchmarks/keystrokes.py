"""How many keys an exam and a whole visit take, counted by playing them in the program.

`python tests/benchmarks/keystrokes.py README.md` renews the table there.
"""

import asyncio
import random
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

sys.path.append(str(Path(__file__).parent.parent / "tui"))

from paper_desk import Table, protocol
from program import Program, program

from mmt.model.exam import Cell, begun
from mmt.model.exam_tests import AnyTest, LengthTest
from mmt.model.observation import Observation
from mmt.tui.station.entry import Entry, kind
from mmt.tui.station.press import press

START, END = "<!-- keystrokes -->", "<!-- /keystrokes -->"
PART = 0.05
"""The part of the grades that is amended, and the part that is flagged."""

ANSWERS = {"yes-no": "0", "score": "3", "choice": "1", "words": "1"}
ASKED = ("Since the last visit", "The pain")
"""The pages of the story that the follow-up asks."""


class Tally(NamedTuple):
    """What was played: how many values were given, and the keys that they and all else took.

    A value takes its characters, and Enter where it has more than one; `least` are these keys.
    """

    what: str
    values: int
    least: int
    keys: int
    goal: str
    met: bool


def cost(value: str) -> int:
    """The keys that a value takes by itself."""
    return len(value) + (len(value) > 1)


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
                entry = press(entry, {"!": "enter"}.get(key, key)).entry
        kept += entry.exam.observations
    assert sum(one.grade is not None for one in kept) == len(cells)
    assert sum(one.grade == "4+" for one in kept) == len(amended)
    assert sum(bool(one.flags) for one in kept) == len(flagged)
    return Tally(what, len(cells), len(cells), keys, f"≤ {goal} a grade", keys <= goal * len(cells))


def begun_exam() -> Entry:
    """The exam at its first cell."""
    return Entry(exam=begun(Table(exam="sciatica").visit, protocol()), tests=protocol().tests)


def is_graded(cell: Cell) -> bool:
    """Whether a cell takes a grade."""
    return kind(protocol().tests[cell.test]) == "grade"


def flag(test: AnyTest, chance: random.Random) -> str:
    """The keys of one of the five flags; a substitution says which."""
    digit = chance.choice("12345")
    return f".{digit}1" if digit == "2" else f".{digit}"


def other_value(test: AnyTest) -> str:
    """The keys for a cell that is not graded."""
    if isinstance(test, LengthTest) and test.measure == "millimetres":
        return "120!"
    return {"number": "24!", "yes-no": "0", "score": "2"}.get(kind(test), "")


class Counting(Program):
    """Counts the keys of a visit: those of its values, and all others."""

    values = least = others = 0

    async def value(self, text: str, *, ended: bool = False) -> None:
        """Give a value; `ended` says that this field ends with Enter whatever its length."""
        await self.press(*text, *(["enter"] if ended or len(text) > 1 else []))
        self.values, self.least = self.values + 1, self.least + cost(text)
        self.others += ended and len(text) == 1

    async def other(self, *keys: str) -> None:
        """Press keys that give no value."""
        await self.press(*keys)
        self.others += len(keys)


async def visit(folder: Path, allowed: int = 45) -> Tally:
    """A follow-up from the list of patients to the saved sheet: all steps, every finding decided."""
    app = program(folder)
    async with app.run_test() as pilot:
        run = Counting(app, pilot)
        await run.until("patients")
        await run.other(*"frank", "enter")
        await run.until("patient")
        await run.other("n")
        await run.until("new-visit")
        await run.other("enter")
        await run.until("safety")
        for _ in range(20):
            await run.value("0")
        await run.other("f8")
        await run.until("story")
        await story(run)
        await run.until("exam")
        for value in (*"5" * 12, *"0" * 4, "25", "38", *"5" * 8):
            await run.value(value)
        await run.other("enter")
        await run.until("leg-length")
        for value in ("902", "889", "903", "890"):
            await run.value(value)
        await run.value("0")
        await run.value("0")
        await run.other("enter")
        await run.until("findings")
        await decide(run)
        await run.other("enter")
        await run.until("prescription")
        await run.other("enter")
        await run.until("sign")
        await run.other("enter")
        await run.until("sign-as")
        await run.other("enter")
        await run.until("papers")
        await run.other("1")
        findings = run.desk.review.findings
        assert run.desk.visit.decisions.keys() == {one.key for one in findings}
        assert run.desk.visit.signed
        assert list((folder / "export").glob("frank*hand-out.pdf"))
    what = "a follow-up visit, from the list of patients to the saved sheet"
    goal = f"its values and ≤ {allowed}"
    return Tally(what, run.values, run.least, run.least + run.others, goal, run.others <= allowed)


async def decide(run: Counting) -> None:
    """Walk down to the findings and accept each."""
    keys = {one.key for one in run.desk.review.findings}
    while run.app.screen.cursor not in keys:
        await run.other("+")
    for _ in keys:
        await run.other("1")


async def story(run: Counting) -> None:
    """Ask the pages of a follow-up and pass over the others."""
    while (question := run.app.screen.form.at) is not None:
        form = run.app.screen.form
        if form.sections[form.section].title not in ASKED:
            await run.other("*")
        elif question.taken == "text":
            await run.other("enter")
        else:
            answer = ANSWERS.get(question.taken, f"{min(12, question.most or 12):g}")
            await run.value(answer, ended=question.taken in ("number", "words"))
    await run.other("enter")


def tallies() -> list[Tally]:
    """Play everything."""

    async def play() -> list[Tally]:
        with tempfile.TemporaryDirectory() as folder:
            return [
                exams("every muscle of `sciatica`, both sides, in 20 exams", 1.02),
                exams("the same, 5 % amended by a sign and 5 % flagged", 1.18, PART),
                await visit(Path(folder) / "clinic"),
            ]

    return asyncio.run(play())


def markdown(played: list[Tally]) -> str:
    """The table as it stands in the README."""
    lines = [
        "| what | values | their keys | keys in all | keys a value | goal |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for one in played:
        met = "met" if one.met else "missed"
        each = one.keys / one.values
        lines.append(
            f"| {one.what} | {one.values} | {one.least} | {one.keys} | {each:.2f} | {one.goal}: {met} |"
        )
    return "\n".join(lines)


def renewed(text: str, played: list[Tally]) -> str:
    """The page with its table renewed."""
    before, rest = text.split(START)
    return f"{before}{START}\n{markdown(played)}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(renewed(page.read_text("utf-8"), tallies()), "utf-8")
