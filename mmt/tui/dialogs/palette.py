"""Ctrl+P: the commands of the screen by name."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList

from mmt.tui.keys.commands import Command, action, commands, of_screen, several, shown
from mmt.tui.widgets.rows import Row, RowList
from mmt.tui.widgets.wrap import Hanging

from .dialog import Dialog

NOTHING = "Nothing of that name."
KEY, LABEL = 9, 15
"""Columns for a command's key and for its name."""


class PaletteScreen(Dialog[str]):
    """Type part of a name, Enter runs it; gives back the action to run: for keys of several
    values the help that tells them."""

    AUTO_FOCUS = "#palette-search"

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__(name="palette")
        known = (one for one in commands(*of_screen(screen)) if one.id != "app.palette")
        self._actions: dict[str, Command] = {}
        for command in known:
            self._actions.setdefault(command.keys if several(command) else action(command), command)

    def body(self) -> ComposeResult:
        yield Input(placeholder="a command; arrows choose, Enter runs it", id="palette-search")
        yield RowList(id="palette-list", can_focus=False)

    def on_mount(self) -> None:
        self.fill()

    @on(Input.Changed)
    def fill(self) -> None:
        """List the commands that fit what was typed."""
        words = self.query_one(Input).value.lower().split()
        rows = []
        for run, command in self._actions.items():
            key = shown(command)
            if all(word in f"{command.label} {key} {command.help}".lower() for word in words):
                lead = Content.assemble((f"{key:<{KEY}}", "bold"), f"{command.label:<{LABEL}}")
                rows.append(Row(Hanging(lead, Content(command.help)), run))
        self.query_one(RowList).show(rows or [Row(Content(NOTHING))])
        if rows:
            self.query_one(RowList).move_to(rows[0].key)

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def run(self) -> None:
        """Enter or a click runs the marked command."""
        if marked := self.query_one(RowList).cursor:
            self.dismiss(action(self._actions[marked]))

    def key_down(self) -> None:
        """Mark the next command."""
        self.query_one(RowList).action_cursor_down()

    def key_up(self) -> None:
        """Mark the command before."""
        self.query_one(RowList).action_cursor_up()
