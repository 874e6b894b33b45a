"""Steps that show lines to walk through: findings, stretches. Each line knows what it rests on."""

from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from mmt.model.errors import ClinicError
from mmt.model.label import LABEL
from mmt.tui.plain import plain

from .ask_text import AskTextScreen
from .step import Basis, StepScreen

SIGNED = "This visit is signed and stays as it is."


class Line(NamedTuple):
    """One line. Without a `key` it is a heading, which the cursor passes over."""

    text: Content
    key: str = ""
    subject: Basis | None = None


class LineList(OptionList, inherit_bindings=False):
    """A list whose Enter belongs to the step: only a click selects."""

    BINDINGS = [
        Binding("down", "cursor_down", show=False),
        Binding("up", "cursor_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
    ]


def heading(text: str) -> Line:
    """A heading between lines."""
    return Line(Content.styled(text, "bold underline"))


class LinesStep(StepScreen):
    """A list of lines with a cursor, the label of the program below it, and a line for words."""

    AUTO_FOCUS: ClassVar[str | None] = "#lines"
    show_label: ClassVar[bool] = True

    def body(self) -> ComposeResult:
        yield Static("", id="above")
        yield LineList(id="lines", markup=False)
        yield Static("", id="word")
        if self.show_label:
            yield Static(plain(LABEL), id="label")

    def on_mount(self) -> None:
        super().on_mount()
        self.fill()

    def lines(self) -> list[Line]:
        """What there is to show."""
        return []

    def above(self) -> Content:
        """What stands above the list."""
        return Content("")

    def fill(self) -> None:
        """Show the lines anew; the cursor stays on its line."""
        options = self.query_one(OptionList)
        held = self.cursor
        self.by_key = {line.key: line for line in self.lines() if line.key}
        options.clear_options()
        options.add_options(
            [Option(line.text, id=line.key or None, disabled=not line.key) for line in self.lines()]
        )
        first = next(iter(self.by_key), None)
        at = held if held in self.by_key else first
        if at is not None:
            options.highlighted = options.get_option_index(at)
        self.query_one("#above", Static).update(self.above())
        self.show_steps()

    @property
    def cursor(self) -> str:
        """The key of the line under the cursor; empty where there is none."""
        option = self.query_one(OptionList).highlighted_option
        return (option.id or "") if option else ""

    def basis(self) -> tuple[Basis, ...]:
        """What the line under the cursor rests on."""
        line = self.by_key.get(self.cursor)
        return (line.subject,) if line and line.subject else ()

    def say(self, word: str, *, refused: bool = False) -> None:
        """Show a word; a refusal beeps."""
        self.query_one("#word", Static).update(plain(word))
        if refused:
            self.app.bell()

    def changing(self) -> bool:
        """Whether this visit may be changed; says so where it may not."""
        if self.desk.visit.signed:
            self.say(SIGNED, refused=True)
        return not self.desk.visit.signed

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """A click takes the line, as its key does."""
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Take the line under the cursor, where a step has something to take."""

    def action_act(self) -> None:
        """Write what was done about an urgent alert."""
        if self.changing():
            asks = "What was done about the urgent alert? It is recorded with today's visit."
            self.app.push_screen(AskTextScreen(asks, self.desk.visit.action), self._acted)

    def _acted(self, text: str | None) -> None:
        if text:
            try:
                self.desk.act(text)
            except ClinicError as error:
                self.say(f"NOT SAVED. {error}", refused=True)
                return
            self.say("The action is recorded.")
        self.fill()

    def action_down(self) -> None:
        """One line down."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """One line up."""
        self.query_one(OptionList).action_cursor_up()
