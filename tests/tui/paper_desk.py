"""A visit on a desk of paper: a real one, on records in memory that can be made to fail."""

import atexit
import datetime
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from looking import pieces
from msgspec.structs import replace
from textual.app import App
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen

from mmt.clinic import Clinic, OpenVisit
from mmt.clinic.content import Content
from mmt.library.load import load
from mmt.library.templates import load_templates
from mmt.model.acts import Act
from mmt.model.errors import NotSavedError
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.visit import TOPICS, Visit
from mmt.paths import Places, shipped
from mmt.storage import clinic_data, patients, visits
from mmt.storage.connect import Opened
from mmt.storage.driver import Database, dbapi2
from mmt.storage.keyfile import Secrets
from mmt.storage.ledger import Ledger
from mmt.storage.mark import Mark
from mmt.storage.reading_alone import ReadAlone
from mmt.storage.seals import know_seals
from mmt.storage.shape import migrate
from mmt.storage.signing import know_signers
from mmt.storage.store import Store
from mmt.tui.keys.commands import ANYWHERE, bindings
from mmt.tui.visit.step import StepScreen

NASTY = "Łukasz [L] 4[/]5 <b>& O'Brien"
TODAY = datetime.date(2026, 3, 2)
BEFORE = datetime.date(2026, 2, 2)
NOW = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
TEMPLATES, _ = load_templates([shipped("reports/templates")])
ROOM = Path(tempfile.mkdtemp(prefix="mmt-desk-"))
"""Where the papers of these desks go until the tests end."""
atexit.register(shutil.rmtree, ROOM, ignore_errors=True)
PATIENT = Patient(id=1, name=NASTY, birth_date=datetime.date(1979, 5, 2), sex="female")


@cache
def protocol() -> Protocol:
    """The shipped protocol, read once."""
    return load([shipped("protocols")]).protocol


def then(**fields: Any) -> Visit:
    """A visit four weeks ago by another examiner."""
    return Visit(id=1, date=BEFORE, examiner="B. Other", scale="MRC-8", exam="sciatica-quick", **fields)


SECRETS = Secrets(bytes(32), bytes(32))


def _in_memory() -> Database:
    db = Database(dbapi2.connect(":memory:", isolation_level=None), execute_plugins=False)
    know_seals(db.conn, SECRETS)
    know_signers(db.conn, ROOM / "no.key", SECRETS)
    return db


@cache
def _empty() -> Database:
    """Records without anybody, to be copied: to lay their tables takes longer than what most tests do."""
    db = _in_memory()
    migrate(db)
    return db


class Pad(Store):
    """Records in memory. `full` makes every write fail, as a full disk does."""

    def __init__(self) -> None:
        db, secrets = _in_memory(), SECRETS
        _empty().conn.backup(db.conn)
        opened = Opened(db, Ledger(db, secrets), secrets, Mark(None, secrets))
        super().__init__((lambda: opened, opened, ReadAlone()), ROOM, ROOM)
        self.full = False

    @contextmanager
    def writing(
        self, act: str, *, patient: int | None = None, visit: int | None = None, fold: bool = False
    ) -> Iterator[Database]:
        if self.full:
            raise NotSavedError("There is no room on the disk. Make room.")
        with self._ledger.collecting(), self._db.atomic():
            yield self._db


class Office(Clinic):
    """A clinic on a pad, with what ships."""

    content = Content(
        protocol=protocol(),
        whole=protocol(),
        words=TEMPLATES,
        templates=TEMPLATES,
        retention={},
        logo=b"",
        problems=(),
    )


class Table(OpenVisit):
    """A real visit on a pad, after visits as they are given. `kept` is all that was kept here."""

    def __init__(self, *earlier: Visit, patient: Patient = PATIENT, **fields: Any) -> None:
        chosen = {"scale": "MRC-8", "exam": "sciatica-quick", **fields}
        now = Visit(date=TODAY, examiner="A. [1] Examiner", **chosen)
        self.pad = Pad()
        with self.pad.writing(Act.WROTE) as db:
            clinic_data.add_practitioner(db, now.examiner, NOW)
            number = patients.add(db, patient, NOW)
            numbers = [_put(db, number, one) for one in (*earlier, now)]
        places = Places(Path(tempfile.mkdtemp(dir=ROOM)))
        clinic = Office(places, self.pad, today=lambda: TODAY, now=lambda: NOW)
        super().__init__(clinic, numbers[-1], *clinic.read(numbers[-1]))
        if not self.visit.signed:
            self.hold()
        self.kept: list[tuple[Any, ...]] = []

    @property
    def full(self) -> bool:
        """Whether nothing can be written any more."""
        return self.pad.full

    @full.setter
    def full(self, full: bool) -> None:
        self.pad.full = full

    @property
    def seen(self) -> list[str]:
        """What the visit holds, a line a value."""
        return [f"{one.test} {one.side} {one.shown}" for one in self.visit.observations]


def shut(path: Path) -> None:
    """Let no file be written at this path any more."""
    path.unlink(missing_ok=True)
    path.mkdir()


def _noted(name: str) -> Callable[..., Any]:
    """The method of a visit, which notes what it kept."""

    def method(self: Table, *what: Any, **how: Any) -> Any:
        done = getattr(OpenVisit, name)(self, *what, **how)
        self.kept.append((name, *what))
        return done

    return method


for _name in ("keep", "withdraw", "answer", "move", "write", "go_on", "sign", "paper"):
    setattr(Table, _name, _noted(_name))


def _put(db: Database, patient: int, visit: Visit) -> int:
    """Keep a visit as it stands, whatever rule speaks against it; its number."""
    number = visits.begin(db, patient, visit, protocol(), NOW)
    for observation in visit.observations:
        visits.put(db, replace(visit, id=number), observation, NOW)
    for topic in TOPICS:
        for question, value in getattr(visit, topic).items():
            visits.answer(db, number, topic, question, value, NOW)
    for finding, decision in visit.decisions.items():
        visits.decide(db, number, finding, decision, NOW)
    plain = ("place", "note", "next_visit", "action", "override", "prescription")
    visits.set_fields(db, number, **{name: getattr(visit, name) for name in plain})
    if visit.signature:
        visits.sign(db, visits.get(db, number), protocol(), visit.signature.by, b"{}", visit.signature.at)
    for note in visit.addenda:
        visits.add(db, number, note)
    return number


class Room(App[None]):
    """A program that holds one screen; steps that are asked for are noted in `asked`."""

    CSS_PATH = str(Path(__file__).parents[2] / "mmt/tui/app.tcss")
    BINDINGS = bindings(ANYWHERE)
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
        for _, row, text in pieces(self, whole=False):
            lines[row] = f"{lines.get(row, '')} {text}"
        return "\n".join(" ".join(line.split()) for line in lines.values())

    def spot(self, word: str) -> tuple[int, int]:
        """Where a word stands on the screen, for the mouse."""
        found = sorted(pieces(self, whole=False), key=lambda one: one[2] != word)
        for column, row, text in found:
            if word in text:
                return column + text.index(word), row
        raise AssertionError(f"{word!r} is not on the screen:\n{self.words}")


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
