"""Text that a key may change: painted only where it changed, laid out only where its height may."""

from textual.content import Content
from textual.widgets import Static


class Line(Static):
    """A piece of text. Laying a screen out anew paints all of it, which a grade must not wait for."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown = Content("")

    def show(self, content: Content) -> None:
        """Show this text; where it stands already nothing is done."""
        if content.is_same(self._shown):
            return
        self._shown = content
        height = self.styles.height
        self.update(content, layout=height is None or height.is_auto)
