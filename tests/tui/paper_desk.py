"""A visit on a desk of paper: the real protocol and reasoning, and a store that can be made to fail."""

import datetime
import html
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from textual.app import App
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen

from mmt.clinic.allowed import Refusals
from mmt.clinic.doubts import Doubts
from mmt.library.load import load
from mmt.model.errors import ClinicError, NotSavedError, PaperError
from mmt.model.observation import Observation
from mmt.model.people import Letterhead, Patient
from mmt.model.protocol import Protocol
from mmt.model.review import Review, Watch
from mmt.model.settings import Settings
from mmt.model.visit import Answer, History, Override, Signature, Visit
from mmt.paths import shipped
from mmt.reasoning import review, watch
from mmt.reports.document import Document
from mmt.reports.documents import documents
from mmt.reports.record import Record
from mmt.tui.keys.commands import bindings
from mmt.tui.visit.step import StepScreen

NASTY = "Łukasz [L] 4[/]5 <b>& O'Brien"
TODAY = datetime.date(2026, 3, 2)
BEFORE = datetime.date(2026, 2, 2)
NOW = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
PATIENT = Patient(id=1, name=NASTY, birth_date=datetime.date(1979, 5, 2), sex="female")


@cache
def protocol() -> Protocol:
    """The shipped protocol, read once."""
    return load([shipped("protocols")]).protocol


def then(**fields: Any) -> Visit:
    """A visit four weeks ago by another examiner."""
    return Visit(id=1, date=BEFORE, examiner="B. Other", scale="MRC-8", exam="sciatica-quick", **fields)


class Table:
    """A desk whose record is a list of what was kept. `full` makes every write fail."""

    def __init__(self, *earlier: Visit, **fields: Any) -> None:
        chosen = {"scale": "MRC-8", "exam": "sciatica-quick", **fields}
        self.patient = PATIENT
        self.visit = Visit(id=9, date=TODAY, examiner="A. [1] Examiner", **chosen)
        self.earlier = earlier
        self.protocol = protocol()
        self.kept: list[tuple[Any, ...]] = []
        self.full = False
        self.settings = Settings()
        self.clock = ""
        self.elsewhere = ""
        self.acknowledged: set[tuple[object, ...]] = set()

    @property
    def history(self) -> History:
        return History(patient=self.patient, visits=(*self.earlier, self.visit))

    @property
    def made(self) -> dict[str, Path]:
        return {}

    @property
    def practitioners(self) -> tuple[str, ...]:
        return (self.visit.examiner,)

    @property
    def refusal(self) -> Refusals:
        return Refusals(self)

    @property
    def doubt(self) -> Doubts:
        return Doubts(self)

    @property
    def review(self) -> Review:
        return review(self.history, self.protocol)

    @property
    def watch(self) -> Watch:
        return watch(self.history, self.protocol)

    def _write(self, *what: Any) -> None:
        if self.full:
            raise NotSavedError("There is no room on the disk. Make room.")
        self.kept.append(what)

    def change_settings(self, chosen: Settings) -> None:
        self.settings = chosen
        if self.full:
            raise ClinicError("The setting could not be kept.")

    def keep(self, observation: Observation) -> None:
        self._write("keep", observation)
        self.visit = self.visit.recorded(observation)

    def withdraw(self, test: str, side: Any, trial: int = 1) -> None:
        self._write("withdraw", test, side, trial)
        self.visit = self.visit.withdrawn(test, side, trial)

    def answer(self, topic: str, question: str, value: Answer | None) -> None:
        self._write("answer", topic, question, value)
        held = {name: one for name, one in getattr(self.visit, topic).items() if name != question}
        self.visit = replace(self.visit, **{topic: held if value is None else held | {question: value}})

    def move(self, place: str) -> None:
        self._write("move", place)
        self.visit = replace(self.visit, place=place)

    def write(self, *, note: str | None = None, next_visit: str | None = None) -> None:
        self._write("write", note)
        self.visit = replace(self.visit, note=note or "")

    def go_on(self, reason: str, by: str) -> None:
        self._write("go on", reason, by)
        self.visit = replace(self.visit, override=Override(reason=reason, by=by, at=NOW))

    def sign(self, by: str) -> None:
        self.visit = replace(self.visit, signature=Signature(by=by, at=NOW, digest="0"))

    def paper(self, kind: str, **choices: Any) -> Path:
        if self.full:
            raise PaperError("The export folder cannot be written. Choose another.")
        self._write("paper", kind)
        return Path(f"/export/{kind}.pdf")

    @property
    def documents(self) -> Mapping[str, Document[Any]]:
        return documents()

    def record(self) -> Record:
        return Record(
            history=self.history,
            protocol=self.protocol,
            review=self.review,
            letterhead=Letterhead(),
            templates={},
        )

    def unprintable(self) -> str:
        return ""

    @property
    def seen(self) -> list[str]:
        """What the visit holds, a line a value."""
        return [f"{one.test} {one.side} {one.shown}" for one in self.visit.observations]


class Room(App[None]):
    """A program that holds one screen; steps that are asked for are noted in `asked`."""

    CSS_PATH = str(Path(__file__).parents[2] / "mmt/tui/app.tcss")
    BINDINGS = bindings("anywhere")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self.first = screen
        self.asked: list[str] = []
        self.explained: list[Any] = []
        self.rung = 0

    def on_mount(self) -> None:
        self.push_screen(self.first)

    def on_step_screen_go(self, event: StepScreen.Go) -> None:
        self.asked.append(event.step)

    def on_step_screen_leave(self) -> None:
        self.asked.append("leave")

    def on_step_screen_explain(self, event: StepScreen.Explain) -> None:
        self.explained += event.subjects

    def bell(self) -> None:
        self.rung += 1

    @property
    def words(self) -> str:
        """All that stands on the screen, line by line, as a person would read it."""
        lines: dict[int, str] = {}
        for _, row, text in self._texts():
            lines[row] = f"{lines.get(row, '')} {text}"
        return "\n".join(" ".join(line.split()) for line in lines.values())

    def spot(self, word: str) -> tuple[int, int]:
        """Where a word stands on the screen, for the mouse."""
        found = sorted(self._texts(), key=lambda one: one[2] != word)
        for column, row, text in found:
            if word in text:
                return column + text.index(word), row
        raise AssertionError(f"{word!r} is not on the screen:\n{self.words}")

    def _texts(self) -> Iterator[tuple[int, int, str]]:
        for x, y, text in TEXTS.findall(self.export_screenshot()):
            yield round(float(x) / ACROSS), int(float(y) // DOWN), html.unescape(text).replace("\xa0", " ")


TEXTS = re.compile(r'<text[^>]* x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>')
ACROSS, DOWN = 12.2, 24.4
"""The size of a cell in an exported picture."""
NAMES = {
    "+": "plus",
    "-": "minus",
    ".": "full_stop",
    "/": "slash",
    "*": "asterisk",
    "!": "enter",
    "<": "backspace",
}
KEYPAD = {"+": "add", "-": "subtract", ".": "decimal", "/": "divide", "*": "multiply", "!": "enter"}


async def press(pilot: Pilot[None], keys: str) -> None:
    """Press keys, one letter each: `!` is Enter, `<` Backspace."""
    for key in keys:
        await pilot.press(NAMES.get(key, key))
    await pilot.pause()


async def click(pilot: Pilot[None], word: str) -> None:
    """Click on a word of the screen."""
    app = pilot.app
    assert isinstance(app, Room)
    await pilot.click(offset=app.spot(word))
    await pilot.pause()


async def at_once(pilot: Pilot[None], keys: str) -> None:
    """Post all keys back to back, as a fast hand or a keypad does, and let the program catch up."""
    for key in keys:
        pilot.app.post_message(Key(NAMES.get(key, key), key if key not in NAMES else None))
    await pilot.pause()
    await pilot.pause()
