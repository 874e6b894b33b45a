"""The papers of a visit: make them, see where they are, open them."""

from typing import ClassVar

from textual.content import Content

from mmt.model.papers import Wanted
from mmt.tui.desk import Desk, Printed
from mmt.tui.dialogs.ask_passphrase import AskPassphraseScreen
from mmt.tui.visit.values import day
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, heading

from .keys import PAPERS
from .paper_step import PaperStep, Then, dated_note_rows

HOME = "hand-out"
"""The paper that the patient trains with."""

IN_CLEAR = "Whoever opens its file can read it; W asks for a passphrase."


class PapersScreen(PaperStep):
    """A digit makes a paper; Enter makes the one under the cursor, or opens it once it is made."""

    step: ClassVar[str] = "papers"
    PLACE = PAPERS
    show_label: ClassVar[bool] = False
    large = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.letter = desk.usual.size == "letter"
        self._doubted = ""

    def wanted(self) -> Wanted:
        since = 0 if self.since_first else None
        return Wanted(size="letter" if self.letter else "a4", large=self.large, since=since)

    def rows(self) -> list[Row]:
        visit = self.desk.visit
        of = f"of the visit of {day(visit)}, visit {len(self.desk.history.visits)}"
        return [heading("Papers", of), *self.paper_rows(), *dated_note_rows(visit)]

    @property
    def compared(self) -> str:
        changes = " (F changes)" if self.between else ""
        return f"the {'first visit' if self.since_first else 'visit before'}{changes}"

    def above(self) -> Content:
        size = "Letter" if self.letter else "A4"
        parts = [f"Paper {size}{', large print' if self.large else ''}. A digit makes a paper."]
        parts.append("Protected by your passphrase." if self.passphrase else IN_CLEAR)
        if self.desk.clock:
            parts.append(self.desk.clock)
        if not self.desk.visit.signed:
            parts.append("This visit is not signed yet: papers say DRAFT.")
        parts += filter(None, [self.desk.blanks()])
        for made in list(self.desk.made.values())[-1:]:
            parts.append(f"Made papers are in {made.path.parent}")
        return plain(" ".join(parts))

    def clicked(self) -> None:
        """A click makes a paper, and opens it once it is made."""
        self.action_take()

    def action_take(self) -> None:
        """Make the paper under the cursor, and open it once it is made."""
        if self.paper and not self.open_paper(self.paper.id):
            self.action_paper(self.paper.key)

    def action_paper(self, key: str) -> None:
        """Make the paper of this number, once what only the clinician knows of it is typed."""
        self.ask_and_make(self.of_key(key))

    def ask_and_make(self, document: Printed, then: Then | None = None) -> None:
        if (
            HOME in (document.id, document.like)
            and (doubt := self.desk.doubt.fall())
            and doubt != self._doubted
        ):
            self._doubted = doubt
            self.say(f"{doubt} The same key once more makes it.", refused=True)
            return
        super().ask_and_make(document, then)

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
