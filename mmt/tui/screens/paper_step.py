"""What the papers step and the page of a signed visit share: papers are made and opened, notes are added."""

from functools import partial
from pathlib import Path
from typing import ClassVar, Protocol, cast

from mmt.model.errors import ClinicError
from mmt.reasoning import no_lift
from mmt.tui.desk import Desk, Paper
from mmt.tui.station.values import date_said
from mmt.tui.widgets.paper_rows import made_said, paper_row
from mmt.tui.widgets.rows import Row, RowList

from .ask_text import AskTextScreen
from .lines import LinesStep

PAPERS: tuple[tuple[Paper, str], ...] = (
    ("hand-out", "Hand-out for the patient"),
    ("comparison", "Comparison"),
    ("warning-card", "Warning card for the patient"),
    ("referral-letter", "Referral letter"),
    ("lift-page", "About shoe lifts, for the patient"),
)


class _Viewer(Protocol):
    def open_file(self, path: Path) -> None: ...


class PaperStep(LinesStep):
    """Rows among which the papers stand; the key of a row is the paper's kind. `opens` is the key for it."""

    opens: ClassVar[str] = "Enter"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.problems: dict[str, str] = {}

    def paper_rows(self) -> list[Row]:
        """The papers by number: when each was made, else why it is not."""
        rows = []
        for number, (kind, name) in enumerate(PAPERS, start=1):
            more = f" with {self.compared}" if kind == "comparison" else ""
            rows.append(paper_row(number, kind, name + more, self._state(kind)))
        return rows

    @property
    def compared(self) -> str:
        """The visit that the comparison is made with."""
        return "the visit before"

    def _state(self, kind: Paper) -> str:
        if kind in self.problems:
            return self.problems[kind]
        if made := self.desk.made.get(kind):
            return made_said(made, self.opens)
        return (no_lift(self.desk.review.leg_length) if kind == "lift-page" else "") or "not made"

    @property
    def paper(self) -> tuple[Paper, str] | None:
        """The paper under the cursor and its name; None on other rows."""
        return next((one for one in PAPERS if one[0] == self.cursor), None)

    def open_paper(self, kind: Paper) -> bool:
        """Open a paper that was made; whether its file is there."""
        made = self.desk.made.get(kind)
        if made is None or not made.path.exists():
            return False
        cast(_Viewer, self.app).open_file(made.path)
        return True

    def make(self, kind: Paper, name: str, **wanted: bool | str) -> None:
        """Make a paper, and say whether it is new, the same as before, or has changed since then."""
        before = self.desk.made.get(kind)
        try:
            path = self.desk.paper(kind, **wanted)  # type: ignore[arg-type]
        except ClinicError as error:
            self.problems[kind] = str(error)
            self.say(str(error), refused=True)
        else:
            self.problems.pop(kind, None)
            if before is None:
                said = "is made"
            elif before.path == path:
                said = "is the same as before: nothing has changed"
            else:
                said = f"differs from the one of {date_said(before.day)}, which stays beside it"
            self.say(f"{name} {said}. {self.opens} opens it.")
        self.fill()
        self.query_one(RowList).move_to(kind)

    def action_addendum(self) -> None:
        """Add a dated note to the signed visit."""
        if refused := self.desk.refusal.add():
            self.say(refused, refused=True)
        else:
            self.app.push_screen(AskTextScreen("Dated note"), self._add)

    def _add(self, text: str | None) -> None:
        if text:
            self.save(partial(self.desk.add, text, self.desk.visit.examiner), "The note is added.")
