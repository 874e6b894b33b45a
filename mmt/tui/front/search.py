"""The search for a patient."""

from textual import events
from textual.widgets import Input


class Search(Input):
    """The search. Where the next letter begins a new one, a question mark asks for help, as elsewhere."""

    def on_key(self, event: events.Key) -> None:
        """Leave the first question mark to the screen."""
        if event.character == "?" and self._anew:
            event.prevent_default()

    @property
    def _anew(self) -> bool:
        """Whether nothing is typed, or all of it would be replaced."""
        return self.selected_text == self.value

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is text here."""
        return super().check_consume_key(key, character) and (character != "?" or not self._anew)
