"""Rows of a list to walk through, each with what it rests on."""

from typing import NamedTuple

from textual.binding import Binding
from textual.content import Content
from textual.visual import Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from mmt.model.base import Item
from mmt.model.review import Conclusion

from .wrap import Stacked

Basis = Conclusion | Item
"""What F1 can explain: a conclusion with its reasons, or an item of the protocol with its source."""


class Row(NamedTuple):
    """One row. Without a `key` it is a heading, which the cursor passes over."""

    text: Visual
    key: str = ""
    subject: Basis | None = None


def heading(text: str, more: str = "") -> Row:
    """A heading between rows, and what is said beside it."""
    return Row(Content.assemble((text, "bold underline $primary"), (f"  {more}" if more else "", "dim")))


def _lower(row: Row) -> Row:
    return row._replace(text=Stacked([Content(""), row.text]))


class RowList(OptionList, inherit_bindings=False):
    """Rows with a cursor. Its Enter belongs to the screen: only a click selects."""

    BINDINGS = [
        Binding("down", "cursor_down", show=False),
        Binding("up", "cursor_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
    ]

    def show(self, rows: list[Row], *, airy: bool = False) -> None:
        """Show these rows, with an empty line above each heading where there is room (`airy`).

        Cursor and scrolling stay where they are, as far as the rows are still there.
        """
        if airy:
            rows = [*rows[:1], *(row if row.key else _lower(row) for row in rows[1:])]
        held, top = self.cursor, self.scroll_offset.y
        keys = [row.key or None for row in rows]
        if keys == [option.id for option in self.options]:
            for at, row in enumerate(rows):
                self.replace_option_prompt_at_index(at, row.text)
            return
        self.clear_options()
        self.add_options(
            [Option(row.text, id=key, disabled=key is None) for row, key in zip(rows, keys, strict=True)]
        )
        if known := [key for key in keys if key]:
            self.move_to(held if held and held in known else known[0])
        self.scroll_to(y=top, animate=False)

    @property
    def cursor(self) -> str | None:
        """The key of the row under the cursor."""
        option = self.highlighted_option
        return option.id if option else None

    def move_to(self, key: str) -> None:
        """Put the cursor on the row of this key."""
        self.highlighted = self.get_option_index(key)
