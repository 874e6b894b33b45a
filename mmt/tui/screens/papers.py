"""The papers of a visit: make them, see where they are, open them."""

from pathlib import Path
from typing import ClassVar, Protocol, cast

from textual.content import Content
from textual.widgets import OptionList

from mmt.model.errors import ClinicError
from mmt.tui.desk import Desk, Paper
from mmt.tui.plain import plain

from .ask_passphrase import AskPassphraseScreen
from .ask_text import AskTextScreen
from .lines import Line, LinesStep, heading

PAPERS: tuple[tuple[Paper, str], ...] = (
    ("hand-out", "Hand-out for the patient"),
    ("comparison", "Comparison with the visit before"),
    ("warning-card", "Warning card for the patient"),
    ("referral-letter", "Referral letter"),
)


class _Viewer(Protocol):
    def open_file(self, path: Path) -> None: ...


class PapersScreen(LinesStep):
    """A digit makes a paper; Enter opens the one that was made last."""

    step: ClassVar[str] = "papers"
    show_label: ClassVar[bool] = False
    letter = False
    large = False
    passphrase = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.made: dict[str, Path] = {}
        self.last: Path | None = None
        self.problems: dict[str, str] = {}

    def lines(self) -> list[Line]:
        lines = [heading("Papers")]
        for number, (kind, name) in enumerate(PAPERS, start=1):
            state = self.problems.get(kind) or (self.made[kind].name if kind in self.made else "not made yet")
            text = Content.styled(f"{number}  {name}", "bold") + Content.styled(
                f"\n   {plain(state).plain}", "dim"
            )
            lines.append(Line(text, kind))
        if self.desk.visit.addenda:
            lines.append(heading("Addenda"))
            lines += [
                Line(plain(f"{one.at.date().isoformat()} {one.by}: {one.text}"), f"addendum:{at}")
                for at, one in enumerate(self.desk.visit.addenda)
            ]
        return lines

    def above(self) -> Content:
        size = "Letter" if self.letter else "A4"
        parts = [f"Paper {size}" + (", large print" if self.large else "") + "."]
        if self.passphrase:
            parts.append("Protected by your passphrase.")
        if not self.desk.visit.signed:
            parts.append("This visit is not signed yet.")
        if lacking := self.desk.unprintable():
            parts.append(f"These characters cannot be printed as typed: {lacking}")
        if self.last is not None:
            parts.append(f"Made papers are in {self.last.parent}")
        return plain(" ".join(parts))

    def action_take(self) -> None:
        """Make the paper under the cursor, and open it once it is made."""
        kinds: list[str] = [kind for kind, _ in PAPERS]
        if self.cursor in self.made:
            self._view(self.made[self.cursor])
        elif self.cursor in kinds:
            self.action_paper(str(kinds.index(self.cursor) + 1))

    def action_paper(self, key: str) -> None:
        """Make the paper of this number."""
        kind, name = PAPERS[int(key) - 1]
        try:
            path = self.desk.paper(kind, large=self.large, letter=self.letter, passphrase=self.passphrase)
        except ClinicError as error:
            self.problems[kind] = str(error)
            self.say(str(error), refused=True)
        else:
            self.problems.pop(kind, None)
            self.made[kind] = self.last = path
            self.say(f"{name} is made. Enter opens it.")
        self.fill()
        options = self.query_one(OptionList)
        options.highlighted = options.get_option_index(kind)

    def action_view(self) -> None:
        """Open the paper that was made last."""
        if self.last is None:
            self.say("Make a paper first: 1 to 4.", refused=True)
        else:
            self._view(self.last)

    def _view(self, path: Path) -> None:
        cast(_Viewer, self.app).open_file(path)

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

    def action_addendum(self) -> None:
        """Add a dated note to the signed visit."""
        if not self.desk.visit.signed:
            self.say("An addendum goes to a signed visit; this one is still open.", refused=True)
            return
        self.app.push_screen(AskTextScreen("Addendum"), self._add)

    def _add(self, text: str | None) -> None:
        if text:
            try:
                self.desk.add(text, self.desk.visit.examiner)
            except ClinicError as error:
                self.say(f"NOT SAVED. {error}", refused=True)
                return
        self.fill()
