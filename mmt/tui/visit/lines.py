"""Steps that show rows to walk through: findings, stretches, signature, papers."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from mmt.model.errors import ClinicError, RefusedError
from mmt.reasoning import compare
from mmt.tui.dialogs.ask_text import AskTextScreen
from mmt.tui.widgets.label import LabelLine
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Basis, Row, RowList, RowWalk

from .basis_rows import basis_said
from .changed import change_rows
from .step import StepScreen


class LinesStep(RowWalk, StepScreen):
    """Rows with a cursor, a line for words, and the label of the program in one line.

    On a wide screen the basis of the row under the cursor stands beside the rows.
    """

    AUTO_FOCUS: ClassVar[str | None] = "#lines"
    show_label: ClassVar[bool] = True
    since_first = False

    class Compare(Message):
        """The visit is to be compared with another."""

    def body(self) -> ComposeResult:
        yield Static("", id="above")
        with Horizontal():
            yield RowList(id="lines")
            with VerticalScroll(id="beside", can_focus=False):
                yield Static("", id="basis")
        yield Static("", id="word")
        if self.show_label:
            yield LabelLine(reviewed=self.desk.protocol.all_signed)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#word").display = False
        self.fill()

    def rows(self) -> list[Row]:
        """What there is to show."""
        return []

    def above(self) -> Content:
        """What stands above the rows."""
        return Content("")

    def fill(self) -> None:
        """Show everything anew; the cursor stays on its row."""
        self.show_rows()
        above, said = self.query_one("#above", Static), self.above()
        above.update(said)
        above.display = bool(said)
        self.show_steps()
        self.show_basis()

    def show_rows(self) -> None:
        """Show the rows anew."""
        rows = self.rows()
        self.by_key = {row.key: row for row in rows if row.key}
        self.query_one(RowList).show(rows, airy=self.has_class("-tall"))

    @property
    def cursor(self) -> str:
        """The key of the row under the cursor; empty where there is none."""
        return self.query_one(RowList).cursor or ""

    @on(OptionList.OptionHighlighted)
    def show_basis(self) -> None:
        """Bring the basis beside the rows up to the cursor, where there is room for it."""
        if self.has_class("-wide"):
            self.query_one("#basis", Static).update(basis_said(self.basis(), self.desk.protocol))

    def on_resize(self) -> None:
        self.call_after_refresh(self._resized)

    def _resized(self) -> None:
        """Show everything in the new room, the cursor in sight."""
        self.fill()
        self.call_after_refresh(self.query_one(RowList).scroll_to_highlight)

    def basis(self) -> tuple[Basis, ...]:
        """What the row under the cursor rests on, and the tests that this rests on."""
        row = self.by_key.get(self.cursor)
        if row is None or row.subject is None:
            return ()
        tests = {reason.test for reason in getattr(row.subject, "because", ()) if reason.test}
        known = self.desk.protocol.tests
        return (row.subject, *(known[name] for name in sorted(tests) if name in known))

    def say(self, word: str, *, refused: bool = False) -> None:
        """Show a word, whose row belongs to the rows as long as there is none; a refusal beeps."""
        line = self.query_one("#word", Static)
        line.update(plain(word))
        line.display = bool(word)
        if refused:
            self.app.bell()

    def changing(self) -> bool:
        """Whether this visit may be changed; says so where it may not."""
        why = self.desk.refusal.change()
        if why:
            self.say(why, refused=True)
        return not why

    @property
    def between(self) -> bool:
        """Whether there are two signed visits before this one to compare it with."""
        return len(self.desk.history.signed_before) > 1

    def changes(self) -> list[Row]:
        """What changed since the signed visit before, or since the first one; nothing at a first visit."""
        signed = self.desk.history.signed_before
        if not signed:
            return []
        since = signed[0] if self.since_first else signed[-1]
        which = "the first visit" if since == signed[0] else "the visit before"
        found = compare(self.desk.history, self.desk.protocol, since)
        return change_rows(found, self.desk.history.visits[since], which, self.desk.protocol)

    def action_compare(self) -> None:
        """Compare this visit with any other."""
        if len(self.desk.history.visits) > 1:
            self.post_message(self.Compare())
        else:
            self.say("There is no earlier visit to compare with.", refused=True)

    def action_since(self) -> None:
        """Compare with the first visit, and back."""
        if not self.between:
            self.say("There are no two earlier visits to choose from.", refused=True)
            return
        self.since_first = not self.since_first
        self.fill()

    def save(self, call: Callable[[], object], word: str = "") -> bool:
        """Keep something and show it; says where it could not be kept."""
        try:
            call()
        except RefusedError as error:
            self.refused(error)
            return False
        except ClinicError as error:
            self.say(f"NOT SAVED. {error}", refused=True)
            return False
        self.say(word)
        self.fill()
        return True

    def lost(self) -> str:
        return f"{super().lost()} Its key offers it again." if self.desk.unkept else super().lost()

    def ask(self, asks: str, text: str, call: Callable[[str], object], word: str) -> None:
        """Ask for a text and keep it; an empty one where nothing stood changes nothing.

        What could not be kept, as the draft was taken over or the disk is full, is offered the next time.
        """

        def answered(given: str | None) -> None:
            if given is not None and given != text:
                self.desk.unkept[asks] = given
                if self.save(lambda: call(given), word):
                    del self.desk.unkept[asks]

        if self.changing():
            self.app.push_screen(AskTextScreen(asks, self.desk.unkept.pop(asks, text)), answered)

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """A click on a row."""
        event.stop()
        self.clicked()

    def clicked(self) -> None:
        """A click only puts the cursor there: what is recorded has a box of its own to be clicked."""

    def action_take(self) -> None:
        """Take the row under the cursor, where a step has something to take."""

    def action_act(self) -> None:
        """Write what was done about an urgent alert."""
        asks = "What was done about the urgent alert? It is recorded with today's visit."
        self.ask(asks, self.desk.visit.action, self.desk.act, "The action is recorded.")

    def action_note(self) -> None:
        """Write a note for the record."""
        asks = "Note for the record"
        self.ask(asks, self.desk.visit.note, lambda text: self.desk.write(note=text), "The note is kept.")
