"""What the papers step and the page of a signed visit share: papers are made and opened, notes are added."""

from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual.content import Content

from mmt.model.errors import ClinicError
from mmt.model.papers import PLAIN, Wanted
from mmt.model.visit import Visit, local_day
from mmt.tui.desk import Desk, Printed
from mmt.tui.dialogs.ask_text import AskTextScreen
from mmt.tui.visit.lines import LinesStep
from mmt.tui.visit.values import date_said
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, RowList, heading
from mmt.tui.widgets.wrap import Hanging
from mmt.viewer import open_file

NOTE = "visit-note"
"""The paper that may also be written as text."""


class PaperStep(LinesStep):
    """Rows among which the papers stand; the key of a row is the paper's kind. `opens` is the key for it."""

    opens: ClassVar[str] = "Enter"
    passphrase = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.problems: dict[str, str] = {}
        self._said: dict[str, tuple[str, ...]] = {}

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

    def ask_and_make(self, document: Printed, wanted: Wanted = PLAIN) -> None:
        """Make a paper once what only the clinician knows of it is typed; Esc makes none."""
        record = self.desk.record()
        if document.refused(record):
            self.make(document, wanted, self.passphrase)
            return
        asked, said = document.asks(record), self._said.get(document.id, ())

        def ask(typed: tuple[str, ...]) -> None:
            if (at := len(typed)) == len(asked):
                self._said[document.id] = typed
                self.make(document, replace(wanted, typed=typed), self.passphrase)
                return
            question, before = asked[at], said[at] if said else ""
            earlier = self.desk.clinic.settings.addressees if question.addressee else ()
            self.app.push_screen(
                AskTextScreen(question.words, before, question.hint, earlier),
                lambda text: None if text is None else ask((*typed, text)),
            )

        ask(())

    def make(self, document: Printed, wanted: Wanted = PLAIN, passphrase: str = "") -> None:
        """Make a paper, and say whether it is new, the same as before, or has changed since then."""
        kind = document.id
        before = self.desk.made.get(kind)
        try:
            path = self.desk.paper(kind, wanted, passphrase)
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
            self.say(
                f"{document.title} {said}. {self.opens} opens it. {self.desk.blanks(wanted.typed)}".rstrip()
            )
        self.fill()
        self.query_one(RowList).move_to(kind)

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
            self.save(partial(self.desk.add, text, self.desk.visit.examiner), "The note is added.")


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
