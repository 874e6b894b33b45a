"""What the papers step and the page of a signed visit share: papers are made and opened, notes are added."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from msgspec.structs import replace
from textual.content import Content

from mmt.model.errors import ClinicError
from mmt.model.papers import Wanted
from mmt.model.visit import Visit, local_day
from mmt.tui.desk import Desk, Printed
from mmt.tui.dialogs.ask_text import AskTextScreen
from mmt.tui.dialogs.printing import Paper, Printing
from mmt.tui.visit.lines import LinesStep
from mmt.tui.visit.values import date_said
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, RowList, heading
from mmt.tui.widgets.wrap import Hanging
from mmt.viewer import open_file

NOTE = "visit-note"
"""The paper that may also be written as text."""

Then = Callable[["Printed", Path], object]
"""What is done with a paper once it is made."""


class PaperStep(LinesStep):
    """Rows among which the papers stand; the key of a row is the paper's kind. `opens` is the key for it."""

    opens: ClassVar[str] = "Enter"
    passphrase = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.problems: dict[str, str] = {}
        self._said: dict[str, tuple[str, ...]] = {}
        self.printing = Printing(self, desk.clinic, self.say, desk.printed)

    def wanted(self) -> Wanted:
        """How papers are wanted now."""
        return self.desk.usual

    def paper_rows(self) -> list[Row]:
        """The papers by number: when each was made, else why it is not."""
        rows = []
        for one in self.desk.documents.values():
            name = one.title + (f" with {self.compared}" if one.compares else "")
            text = Content.assemble((name, "bold"), (f"\n{plain(self._state(one)).plain}", "dim"))
            rows.append(Row(Hanging(Content.styled(f"{one.key}  ", "bold"), text), one.id))
        return rows

    @property
    def compared(self) -> str:
        """The visit that the comparison is made with."""
        return "the visit before"

    def _state(self, document: Printed) -> str:
        if problem := self.problems.get(document.id):
            return problem
        if made := self.desk.made.get(document.id):
            return f"made {date_said(made.day)}, {self.opens} opens: {made.path.name}"
        return document.lacking(self.desk.record()) or "not made"

    def of_key(self, key: str) -> Printed:
        """The paper of this number."""
        return next(one for one in self.desk.documents.values() if one.key == key)

    @property
    def paper(self) -> "Printed | None":
        """The paper under the cursor; None on other rows."""
        return self.desk.documents.get(self.cursor)

    def open_paper(self, kind: str) -> bool:
        """Open a paper that was made; whether its file is there."""
        made = self.desk.made.get(kind)
        if made is None or not made.path.exists():
            return False
        if problem := open_file(made.path):
            self.app.notify(problem, severity="warning", markup=False)
        return True

    def ask_and_make(self, document: Printed, then: Then | None = None) -> None:
        """Make a paper once what only the clinician knows is typed, `then` go on with it; Esc makes none."""
        record, wanted = self.desk.record(), self.wanted()
        if document.refused(record):
            self.make(document, wanted, then)
            return
        asked, said = document.asks(record), self._said.get(document.id, ())

        def ask(typed: tuple[str, ...]) -> None:
            if (at := len(typed)) == len(asked):
                self._said[document.id] = typed
                self.make(document, replace(wanted, typed=typed), then)
                return
            question, before = asked[at], said[at] if said else ""
            earlier = self.desk.clinic.settings.addressees if question.addressee else ()
            self.app.push_screen(
                AskTextScreen(question.words, before, question.hint, earlier),
                lambda text: None if text is None else ask((*typed, text)),
            )

        ask(())

    def make(self, document: Printed, wanted: Wanted, then: Then | None = None) -> None:
        """Make a paper, and say whether it is new, the same as before, or has changed since then."""
        kind = document.id
        before = self.desk.made.get(kind)
        try:
            path = self.desk.paper(kind, wanted, self.passphrase)
        except ClinicError as error:
            self.problems[kind] = str(error)
            self.say(str(error), refused=True)
            then = None
        else:
            self.problems.pop(kind, None)
            if before is None:
                said = "is made"
            elif before.path == path:
                said = "is the same as before: nothing has changed"
            else:
                said = f"differs from the one of {date_said(before.day)}, which stays beside it"
            blanks = self.desk.blanks(wanted.typed)
            self.say(f"{document.title} {said}. {self.opens} opens it. P prints it. {blanks}".rstrip())
            then = None if blanks else then  # what a paper lacks is read before it is printed
        self.fill()
        self.query_one(RowList).move_to(kind)
        if then:
            then(document, path)

    def action_print(self) -> None:
        """Print the paper under the cursor, elsewhere the one made last; it is made first where need be."""
        kind = self.paper.id if self.paper else next(reversed(list(self.desk.made)), None)
        if kind is None or self.printing.busy:
            why = "Put the cursor on a paper." if kind is None else "A paper is on its way: wait a moment."
            self.say(why, refused=True)
            return
        document = self.desk.documents[kind]
        try:
            path = self.desk.to_print(kind, self.wanted(), self.passphrase)
        except ClinicError as error:
            self.say(str(error), refused=True)
            return
        if path:
            self._print(document, path)
        else:
            self.ask_and_make(document, self._print)

    def _print(self, document: Printed, path: Path) -> None:
        self.printing.send(Paper(path, document, self.wanted().size), f"{self.opens} opens it.")

    def action_as_text(self) -> None:
        """Write the visit note as text, where papers are written."""
        try:
            path = self.desk.as_text(NOTE, self.passphrase)
        except ClinicError as error:
            self.say(str(error), refused=True)
        else:
            self.say(f"The visit note as text, to paste into another record: {path}")

    def action_addendum(self) -> None:
        """Add a dated note to the signed visit."""
        if refused := self.desk.refusal.add():
            self.say(refused, refused=True)
        else:
            self.app.push_screen(AskTextScreen("Dated note"), self._add)

    def _add(self, text: str | None) -> None:
        if text:
            by = self.desk.clinic.signed_in or self.desk.visit.examiner
            self.save(partial(self.desk.add, text, by), "The note is added.")


def dated_note_rows(visit: Visit) -> list[Row]:
    """The dated notes, oldest first, each with its day and who wrote it."""
    notes = [
        Row(
            Hanging(Content(f"{local_day(one.at).isoformat()}  "), plain(f"{one.by}: {one.text}")),
            f"note:{at}",
        )
        for at, one in enumerate(visit.addenda)
    ]
    return [heading("Dated notes"), *notes] if notes else []
