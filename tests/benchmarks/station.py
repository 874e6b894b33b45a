"""The programs whose keys are measured, each in a process of its own: `python station.py KIND FOLDER`.

`store` is the exam on the clinic in the folder, `unaudited` the same on one whose chain is told nothing,
`paper` one whose values are kept nowhere, `bare` a Textual app that shows each key in a label.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from audit import without_chain
from many_patients import DRAFT
from textual.app import App, ComposeResult
from textual.widgets import Label

sys.path += [str(Path(__file__).parents[1] / "tui"), str(Path(__file__).parents[1])]

from paper_desk import Room

from mmt.clinic import Clinic
from mmt.model.program import Program
from mmt.paths import Places
from mmt.process import settle
from mmt.tui.exam.screen import ExamScreen
from mmt.tui.keys.in_turn import InTurn

READY = "READY"


class Nowhere:
    """A store without a disk: what is written is gone, and one program has the draft open."""

    def __init__(self, program: Program) -> None:
        self._held = (program.token, program.host, program.process, program.who, "2026-03-02T09:00:00+00:00")

    @contextmanager
    def writing(self, *_: object, **__: object) -> Iterator["Nowhere"]:
        yield self

    @property
    def conn(self) -> "Nowhere":
        return self

    def execute(self, *statement: object) -> "Nowhere":
        return self

    executemany = execute

    def fetchone(self) -> tuple[object, ...]:
        return self._held


class Bare(App[None]):
    """Shows how many keys have come."""

    count = 0

    def compose(self) -> ComposeResult:
        yield Label(READY)

    def on_key(self) -> None:
        self.count += 1
        self.query_one(Label).update(f"key {self.count}")


class Station(Room, InTurn):
    """The exam alone, with keys one after the other as the program hands them on."""


def exam(folder: Path, kind: str) -> App[None]:
    """The exam of the open draft."""
    clinic = Clinic.open(Places(folder))
    draft = clinic.search(DRAFT)[0].draft
    assert draft is not None
    desk = clinic.view(draft)
    if kind == "unaudited":
        without_chain(clinic.store)
    if kind == "paper":
        clinic.store.close()
        clinic.store = Nowhere(clinic.program)  # type: ignore[assignment]
    settle()
    return Station(ExamScreen(desk))


if __name__ == "__main__":
    program = Bare() if sys.argv[1] == "bare" else exam(Path(sys.argv[2]), sys.argv[1])
    program.run()
