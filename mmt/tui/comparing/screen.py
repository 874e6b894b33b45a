"""Any two visits of a patient side by side; keys move either end along the visits."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.style import Style
from textual.widgets import OptionList, Static

from mmt.model.errors import ClinicError
from mmt.model.review import Comparison
from mmt.model.visit import History, Visit
from mmt.reasoning import comparison
from mmt.reasoning.comparison import SHOWN, Shown
from mmt.reasoning.judged import OTHER_EXAMINER
from mmt.reasoning.wording import sentence
from mmt.tui.desk import Home
from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import bindings
from mmt.tui.visit.basis import BasisScreen
from mmt.tui.visit.changed import counted
from mmt.tui.visit.values import day
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Basis, RowList, RowWalk

from .keys import COMPARING
from .rows import ROOMY, Page, comparison_rows, heads

WORDS: dict[Shown, str] = {
    "changed": "changed",
    "weak": "weak",
    "all": "all",
    "not-comparable": "not comparable",
}
ENDS = ("There is no earlier visit.", "There is no later visit.")
MEET = "Then stands before now."


class ComparingScreen(RowWalk, Screen[None]):
    """The visit of this number against the one before it; the first one is held against the last."""

    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str] = "#lines"
    PLACE = COMPARING
    BINDINGS = bindings(PLACE)

    @dataclass
    class Print(Message):
        """A visit compared with the one of this index is wanted on paper."""

        screen: "ComparingScreen"
        visit: int
        since: int

    def __init__(self, home: Home, history: History, visit: int) -> None:
        super().__init__(name="comparing")
        self._home = home
        self._history = history
        at = next(at for at, one in enumerate(history.visits) if one.id == visit)
        self.then, self.now = (at - 1, at) if at else (0, len(history.visits) - 1)
        self._shown: Shown = "changed"
        self._bars = False
        self._word = ""

    def compose(self) -> ComposeResult:
        yield Static("", id="about", classes="title")
        yield Static("", id="ends")
        yield Static("", id="above")
        yield Static("", id="columns")
        yield RowList(id="lines")
        yield Static("", id="word")
        yield KeyBar()

    def on_mount(self) -> None:
        self._compare()

    def on_resize(self) -> None:
        self.call_after_refresh(self.fill)

    def _compare(self) -> None:
        """Compare the two visits, under the rules of the later one's day."""
        word, visit = "", self._history.visits[self.now]
        try:
            self._protocol = self._home.rules_of(visit)
        except ClinicError as error:
            self._protocol, word = self._home.protocol, f"Judged by the present rules. {error}"
        self.found: Comparison = comparison(self._history, self._protocol, self.then, self.now)
        self.fill()
        self.say(word)

    def fill(self) -> None:
        """Show everything anew; the cursor stays on its row."""
        page = Page(self._shown, self.size.width, self._bars)
        name = plain(self._history.patient.name).stylize("bold")
        self.query_one("#about", Static).update(name + f"   {self._apart()}")
        self.query_one("#ends", Static).update(Content("\n").join([self._end("Then"), self._end("Now")]))
        above = Content("\n").join([counted(self.found.changes), self._tabs()])
        self.query_one("#above", Static).update(above)
        self.query_one("#columns", Static).update(heads(page))
        rows = comparison_rows(self.found, self._protocol, page)
        self.query_one(RowList).show(rows, airy=self.has_class("-tall"))
        idle = (
            *(("Bars",) if page.across >= ROOMY else ()),
            *(("Paper",) if not self.found.now.signed else ()),
            *(("First visit",) if self.now < 2 else ()),
        )
        self.query_one(KeyBar).leave_out(idle)

    def _apart(self) -> str:
        """The days between the visits, and what else differs between them."""
        then, now, days = self.found.then, self.found.now, self.found.days
        other = sentence(OTHER_EXAMINER, self._protocol) if then.examiner != now.examiner else ""
        scale = f"scale {then.scale}, now {now.scale}" if then.scale != now.scale else ""
        apart = f"{days} day{'' if days == 1 else 's'} between" if days else "on the same day"
        return ", ".join(filter(None, (apart, other, scale)))

    def _end(self, name: str) -> Content:
        """One of the two visits, between what moves it: `Then ◀ 4  2 Mar 2026, visit 1 of 6, Dr A  6 ▶`."""
        at, keys = (self.then, "46") if name == "Then" else (self.now, "79")
        visit: Visit = self._history.visits[at]
        state = "" if visit.signed else ", draft"
        said = f"{day(visit)}, visit {at + 1} of {len(self._history.visits)}{state}"
        return Content.assemble(
            f"{name:<5}",
            _clickable(f"◀ {keys[0]} ", f"{name.lower()}_back"),
            (f" {said:<34}", "bold"),
            _clickable(f" {keys[1]} ▶", f"{name.lower()}_on"),
            f"   {plain(visit.examiner).plain}",
        )

    def _tabs(self) -> Content:
        """What can be shown; what is shown is marked."""
        tabs = [
            _clickable(f"▸{word}" if one == self._shown else f" {word}", f"show('{one}')").stylize(
                "bold underline" if one == self._shown else ""
            )
            for one, word in WORDS.items()
        ]
        return Content("  ").join([Content("Shown:"), *tabs])

    def say(self, word: str, *, refused: bool = False) -> None:
        """Show a word; a refusal beeps."""
        line = self.query_one("#word", Static)
        line.update(plain(word))
        line.display = bool(word)
        if refused:
            self.app.bell()

    def _move(self, then: int, now: int) -> None:
        """Put the ends on these visits, where there are such and one stands before the other."""
        last = len(self._history.visits) - 1
        if then < 0 or now > last:
            self.say(ENDS[now > last], refused=True)
        elif then >= now:
            self.say(MEET, refused=True)
        else:
            self.then, self.now = then, now
            self._compare()

    def action_then_back(self) -> None:
        """Compare with the visit before."""
        self._move(self.then - 1, self.now)

    def action_then_on(self) -> None:
        """Compare with the visit after."""
        self._move(self.then + 1, self.now)

    def action_now_back(self) -> None:
        """Compare the visit before."""
        self._move(self.then, self.now - 1)

    def action_now_on(self) -> None:
        """Compare the visit after."""
        self._move(self.then, self.now + 1)

    def action_first(self) -> None:
        """Compare with the first visit, and with the one before again."""
        self._move(self.now - 1 if self.then == 0 else 0, self.now)

    def action_show(self, shown: Shown) -> None:
        """Show these of the values."""
        self._shown = shown
        self.fill()
        self.say("")

    def action_show_next(self) -> None:
        """Show the next kind of values."""
        kinds = list(SHOWN)
        self.action_show(kinds[(kinds.index(self._shown) + 1) % len(kinds)])

    def action_bars(self) -> None:
        """Show grades as bars, and as values again; on a wide screen both stand there."""
        if self.size.width >= ROOMY:
            self.say("The bars stand beside the values.", refused=True)
            return
        self._bars = not self._bars
        self.fill()

    def action_why(self) -> None:
        """Show what the line under the cursor rests on."""
        test = (self.query_one(RowList).cursor or "").partition(":")[2]
        subjects: list[Basis] = [one for one in self.found.changes if one.test == test]
        if not subjects:
            self.say("Nothing here has a basis to show.", refused=True)
            return
        known = self._protocol.tests.get(test)
        self.app.push_screen(BasisScreen((*subjects, *([known] if known else [])), self._protocol))

    def action_paper(self) -> None:
        """Make the comparison of these two visits on paper, and open it."""
        if not self.found.now.signed:
            self.say("A draft is printed from its papers step.", refused=True)
        else:
            self.post_message(self.Print(self, self.found.now.id, self.then))

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """A click on a row puts the cursor there."""
        event.stop()

    def action_back(self) -> None:
        """Back to where this was opened."""
        self.dismiss()


def _clickable(label: str, action: str) -> Content:
    """Words, a click on which does this."""
    call = action if "(" in action else f"{action}()"
    return Content(label).stylize(Style.from_meta({"@click": f"screen.{call}"}))
