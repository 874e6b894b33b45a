"""Text of people on the screen: shown as typed, never read as markup."""

from textual.content import Content

from mmt.model.text import clean


def plain(text: object) -> Content:
    """What a person typed, for a widget that shows content."""
    return Content(clean(str(text), lines=True))
