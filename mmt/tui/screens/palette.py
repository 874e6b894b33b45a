"""Ctrl+P: the commands of the screen by name."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from mmt.tui.commands import Command, action, bindings, commands, of_screen, shown
from mmt.tui.plain import plain
from mmt.tui.widgets.key_bar import KeyBar


class PaletteScreen(ModalScreen[str | None]):
    """Type part of a name, Enter runs it; gives back the action to run."""

    AUTO_FOCUS = "#palette-search"
    BINDINGS = bindings("dialog")

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__(name="palette")
        known = (one for one in commands(*of_screen(screen)) if one.id != "app.palette")
        self._actions: dict[str, Command] = {}
        for command in known:
            self._actions.setdefault(action(command), command)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Input(placeholder="Command", id="palette-search")
            yield OptionList(id="palette-list", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self.fill()

    @on(Input.Changed)
    def fill(self) -> None:
        """List the commands that fit what was typed."""
        words = self.query_one(Input).value.lower().split()
        options = self.query_one(OptionList)
        options.clear_options()
        for run, command in self._actions.items():
            text = f"{command.label}  ({shown(command)})  {command.help}"
            if all(word in text.lower() for word in words):
                options.add_option(Option(plain(text), id=run))
        if options.option_count:
            options.highlighted = 0

    @on(Input.Submitted)
    def run_first(self) -> None:
        """Enter runs the marked command."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self.dismiss(options.get_option_at_index(options.highlighted).id)

    @on(OptionList.OptionSelected)
    def run(self, event: OptionList.OptionSelected) -> None:
        """A click runs the command."""
        self.dismiss(event.option.id)

    def key_down(self) -> None:
        """Mark the next command."""
        self.query_one(OptionList).action_cursor_down()

    def key_up(self) -> None:
        """Mark the command before."""
        self.query_one(OptionList).action_cursor_up()

    def action_back(self) -> None:
        """Close."""
        self.dismiss(None)
