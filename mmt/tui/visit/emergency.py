"""The whole screen says so: what to do now, after an answer or a grade that is an emergency."""

from time import monotonic

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from mmt.model.base import Value
from mmt.model.errors import ClinicError, RefusedError
from mmt.model.review import Alert
from mmt.model.text import clean
from mmt.reasoning import locking
from mmt.tui.desk import Desk
from mmt.tui.dialogs.printing import Paper, Printing
from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import bindings
from mmt.tui.widgets.clicks import key_line
from mmt.tui.widgets.line import Line
from mmt.tui.widgets.plain import plain

from .head import HeadLine
from .keyed import TakesKeys
from .keys import EMERGENCY
from .loud import head, told
from .step import StepScreen

ASKS = {
    "note": "Note for the record (Enter keeps it, Esc changes nothing)",
    "reason": "Why do you go on although this is an emergency? (Enter, then your name)",
    "name": "Your name (Enter goes on, and both are recorded)",
}
KEYS = (
    ("w", "W", "warning card"),
    ("l", "L", "referral letter"),
    ("n", "N", "note"),
    ("s", "S", "sign"),
    ("o", "O", "go on"),
    ("c", "C", "correct"),
)
IN_SHORT = (("w", "W", "card"), ("l", "L", "letter"), *KEYS[2:])
"""The keys where there is no room for all their words."""

STANDS = "The emergency stands. C or Esc goes back to correct an answer or a grade."
FIELD_ROWS = 2
SEEN_S = 2.0
"""Seconds that the emergency has stood before Esc leaves it: an earlier one was meant for what stood here."""

MORE = "There is more below: + and − move the text."


def emergencies(desk: Desk) -> tuple[Alert, ...]:
    """The alerts that lock this visit; none once a named clinician has gone on with a reason."""
    return locking(desk.watch.alerts, desk.visit.override)


class Writing(Value, frozen=True, kw_only=True):
    """What is being written: a note, or reason and name of going on."""

    asks: str = ""
    typed: str = ""
    reason: str = ""


class EmergencyScreen(TakesKeys):
    """What to do now, in large words; ways to the papers, a note, and on with a reason and a name.

    It locks the visit whether it is shown or not. An Esc or Enter on its way when it came does not leave it.
    Letters choose; while something is written they are text. Digits still on their way do nothing.
    """

    AUTO_FOCUS = None
    PLACE = EMERGENCY
    BINDINGS = bindings(PLACE)

    def __init__(self, desk: Desk) -> None:
        super().__init__(name="emergency")
        self.desk = desk
        self.writing = Writing()
        self.printing = Printing(self, desk.clinic, self._show, desk.printed)
        self._made = ""
        self._word = ""
        self._since = monotonic()

    def compose(self) -> ComposeResult:
        yield HeadLine(self.desk.history.patient, self.desk.visit)
        yield Static(id="emergency-word")
        with VerticalScroll(id="emergency-body", can_focus=False):
            yield Static(id="emergency-alerts")
        yield Static(id="emergency-field")
        yield Line(id="word")
        yield Static(id="keys")
        yield KeyBar()

    def on_mount(self) -> None:
        self._show("")

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    @property
    def half_typed(self) -> str:
        """What is being written."""
        return self.writing.typed

    def action_back(self) -> None:
        """Leave what is being written, else go back to the answers."""
        self.take("escape", "")

    def take(self, key: str, text: str) -> bool:
        if self.writing.asks:
            self._write(key, text)
        elif key == "w":
            self._paper("warning-card", "The warning card is at")
        elif key == "l":
            self._paper("referral-letter", "The referral letter is at")
        elif key == "p":
            self._print()
        elif key in ("n", "o"):
            self.writing = Writing(asks="note" if key == "n" else "reason")
            self._show("")
        elif key == "s":
            self.dismiss()
            self.app.screen.post_message(StepScreen.Go("sign"))
        elif key == "c" or (key in ("escape", "/") and monotonic() - self._since > SEEN_S):
            self.dismiss()
        elif key in ("escape", "/", "enter"):
            self._show(STANDS, refused=True)
        elif key in ("+", "-", "down", "up"):
            self.query_one(VerticalScroll).scroll_relative(y=2 if key in ("+", "down") else -2, animate=False)
        else:
            return False
        return True

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text goes into what is being written."""
        if self.writing.asks:
            self._write("", event.text)

    def _paper(self, kind: str, said: str) -> None:
        try:
            path = self.desk.paper(kind)
        except ClinicError as error:
            self._show(str(error), refused=True)
        else:
            self._made = kind
            self._show(f"P prints it. {said} {path}")

    def _print(self) -> None:
        """Print the paper that was made last, as it stands now."""
        if not self._made or self.printing.busy:
            why = "A paper is on its way: wait a moment." if self._made else "W or L makes a paper to print."
            self._show(why, refused=True)
            return
        try:
            usual = self.desk.usual
            path = self.desk.to_print(self._made, usual) or self.desk.paper(self._made)
        except ClinicError as error:
            self._show(str(error), refused=True)
        else:
            self.printing.send(Paper(path, self.desk.documents[self._made], usual.size))

    def _write(self, key: str, text: str) -> None:
        now = self.writing
        if key == "escape":
            self.writing = Writing()
        elif key == "backspace":
            self.writing = replace(now, typed=now.typed[:-1])
        elif key == "enter":
            self._written(now, clean(now.typed))
            return
        elif text:
            self.writing = replace(now, typed=now.typed + text)
        self._show("")

    def _written(self, now: Writing, text: str) -> None:
        if not text:
            self._show("Nothing is written yet.", refused=True)
            return
        who = self.desk.clinic.signed_in
        if now.asks == "reason" and who:  # who is signed in is not asked for the name
            now, text = Writing(asks="name", reason=text), who
        if now.asks == "reason":
            self.writing = Writing(asks="name", reason=text)
            self._show("")
            return
        try:
            if now.asks == "note":
                before = self.desk.visit.note
                self.desk.write(note=f"{before}\n{text}" if before else text)
            else:
                self.desk.go_on(now.reason, text)
        except RefusedError as error:
            self._show(str(error), refused=True)
            return
        except ClinicError as error:
            self._show(f"NOT SAVED. {error} Enter tries again.", refused=True)
            return
        self.writing = Writing()
        if now.asks == "name":
            self.dismiss()
            return
        self._show("The note is kept.")

    def _show(self, word: str, *, refused: bool = False) -> None:
        self._word = word
        self._draw()
        if refused:
            self.app.bell()

    def _draw(self) -> None:
        """Draw everything in the room there is."""
        across = max(1, self.size.width - 4)
        above, field = head(across, self.size.height // 4), self._field(across)
        said = plain(self._word).wrap(across)
        left = self.size.height - 1 - len(above) - len(field) - len(said) - 3
        lines = told(emergencies(self.desk), self.desk.protocol, across, left)
        more = MORE if len(lines) > left else ""
        if len(lines) < left:
            lines = [Content(""), *lines]
        keys = KEYS if key_line(KEYS).cell_length <= self.size.width else IN_SHORT
        self.query_one("#keys", Static).update(key_line(keys))
        self.query_one("#emergency-word", Static).update(Content("\n").join(above))
        self.query_one("#emergency-alerts", Static).update(Content("\n").join(lines))
        self.query_one("#emergency-field", Static).update(Content("\n").join(field))
        self.query_one("#emergency-field").display = bool(field)
        self.query_one("#word", Line).show(Content("\n").join(said) if self._word else plain(more))

    def _field(self, across: int) -> list[Content]:
        """What is being written, else the note that is kept: the last rows of it."""
        writing, note = self.writing, self.desk.visit.note
        if writing.asks:
            rows = plain(f"{writing.typed}_").wrap(across)[-FIELD_ROWS:]
            return [Content.styled(ASKS[writing.asks], "bold"), *rows]
        return plain(f"Note: {note}").wrap(across)[-FIELD_ROWS:] if note else []
