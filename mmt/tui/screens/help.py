"""`?`: what each key does on the screen that is open."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer, Static

from mmt.tui.commands import bindings, commands, of_screen, shown


class HelpScreen(ModalScreen[None]):
    """Lists the commands of a screen."""

    BINDINGS = bindings("dialog")

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__(name="help")
        self._commands = tuple(commands(*of_screen(screen)))

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog"):
            yield Static("Keys on this screen", classes="title")
            for command in self._commands:
                key = Content.styled(f"{shown(command):<16}", "bold")
                yield Static(key + Content(f"{command.label}: {command.help}"))
        yield Footer(show_command_palette=False)

    def action_back(self) -> None:
        """Close."""
        self.dismiss()
