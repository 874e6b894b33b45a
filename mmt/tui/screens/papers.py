"""The papers of a visit: make them, see where they are, open them."""

from functools import partial
from pathlib import Path
from typing import ClassVar, Protocol, cast

from textual.content import Content

from mmt.model.errors import ClinicError
from mmt.model.visit import local_day
from mmt.reasoning import no_lift
from mmt.tui.desk import Desk, Paper
from mmt.tui.plain import plain
from mmt.tui.widgets.rows import Row, RowList, heading
from mmt.tui.widgets.wrap import Hanging

from .ask_passphrase import AskPassphraseScreen
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


class PapersScreen(LinesStep):
    """A digit makes a paper; Enter makes the one under the cursor, or opens it once it is made."""

    step: ClassVar[str] = "papers"
    show_label: ClassVar[bool] = False
    letter = False
    large = False
    passphrase = ""
    since_first = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.problems: dict[str, str] = {}

    def rows(self) -> list[Row]:
        made = [self._row(number, kind, name) for number, (kind, name) in enumerate(PAPERS, start=1)]
        notes = [
            Row(
                Hanging(Content(f"{local_day(one.at).isoformat()}  "), plain(f"{one.by}: {one.text}")),
                f"note:{at}",
            )
            for at, one in enumerate(self.desk.visit.addenda)
        ]
        return [heading("Papers"), *made, *([heading("Dated notes"), *notes] if notes else [])]

    def _row(self, number: int, kind: Paper, name: str) -> Row:
        not_made = (no_lift(self.desk.review.leg_length) if kind == "lift-page" else "") or "not made"
        made = f"made: {self.desk.made[kind].name}" if kind in self.desk.made else not_made
        state = self.problems.get(kind) or made
        if kind == "comparison":
            changes = " (F changes)" if self.between else ""
            name = f"{name} with the {'first visit' if self.since_first else 'visit before'}{changes}"
        text = Content.assemble((name, "bold"), (f"\n{plain(state).plain}", "dim"))
        return Row(Hanging(Content.styled(f"{number}  ", "bold"), text), kind)

    def above(self) -> Content:
        size = "Letter" if self.letter else "A4"
        parts = [f"Paper {size}{', large print' if self.large else ''}. A digit makes a paper."]
        if self.passphrase:
            parts.append("Protected by your passphrase.")
        if self.desk.clock:
            parts.append(self.desk.clock)
        if not self.desk.visit.signed:
            parts.append("This visit is not signed yet.")
        if lacking := self.desk.unprintable():
            parts.append(f"These characters cannot be printed as typed: {lacking}")
        for path in list(self.desk.made.values())[-1:]:
            parts.append(f"Made papers are in {path.parent}")
        return plain(" ".join(parts))

    def action_take(self) -> None:
        """Make the paper under the cursor, and open it once it is made."""
        for number, (kind, _) in enumerate(PAPERS, start=1):
            if kind != self.cursor:
                continue
            if kind in self.desk.made:
                cast(_Viewer, self.app).open_file(self.desk.made[kind])
            else:
                self.action_paper(str(number))

    def action_paper(self, key: str) -> None:
        """Make the paper of this number."""
        kind, name = PAPERS[int(key) - 1]
        try:
            self.desk.paper(
                kind,
                large=self.large,
                letter=self.letter,
                since_first=self.since_first,
                passphrase=self.passphrase,
            )
        except ClinicError as error:
            self.problems[kind] = str(error)
            self.say(str(error), refused=True)
        else:
            self.problems.pop(kind, None)
            self.say(f"{name} is made. Enter opens it.")
        self.fill()
        self.query_one(RowList).move_to(kind)

    def idle(self) -> tuple[str, ...]:
        since = () if self.between else ("First visit",)
        return (*since, *(() if self.desk.visit.signed else ("Addendum",)))

    def action_size(self) -> None:
        """Change between A4 and Letter."""
        self.letter = not self.letter
        self.fill()

    def action_large(self) -> None:
        """Large print on and off."""
        self.large = not self.large
        self.fill()

    def action_protect(self) -> None:
        """Ask for a passphrase for the papers made from here on; with one, drop it."""
        if self.passphrase:
            self._protect(None)
        else:
            self.app.push_screen(AskPassphraseScreen(), self._protect)

    def _protect(self, passphrase: str | None) -> None:
        self.passphrase = passphrase or ""
        self.fill()

    def action_since(self) -> None:
        """Compare with the first visit, and back."""
        self.since_first = not self.since_first
        self.fill()

    def action_addendum(self) -> None:
        """Add a dated note to the signed visit."""
        if self.desk.visit.signed:
            self.app.push_screen(AskTextScreen("Dated note"), self._add)
        else:
            self.say("A dated note goes to a signed visit; this one is still open.", refused=True)

    def _add(self, text: str | None) -> None:
        if text:
            self.save(partial(self.desk.add, text, self.desk.visit.examiner), "The note is added.")
