"""Rows of a list to walk through, each with what it rests on."""

from typing import NamedTuple

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from mmt.model.base import Item
from mmt.model.review import Conclusion

from .caret import SIGN, led
from .wrap import Hanging, Stacked

Basis = Conclusion | Item
"""What F1 can explain: a conclusion with its reasons, or an item of the protocol with its source."""


MARK = f"{SIGN} "
"""What stands before the row under the cursor."""


class Row(NamedTuple):
    """One row. Without a `key` it is a heading, which the cursor passes over."""

    text: Visual
    key: str = ""
    subject: Basis | None = None


def heading(text: str, more: str = "") -> Row:
    """A heading between rows, and what is said beside it."""
    return Row(Content.assemble((text, "bold underline $primary"), (f"  {more}" if more else "", "dim")))


class RowList(OptionList, inherit_bindings=False):
    """Rows with a cursor, which a mark shows as well as its colour. Enter belongs to the screen: only a
    click selects. Without `can_focus` the keys stay with the search above it, whatever is clicked."""

    BINDINGS = [
        Binding("down", "cursor_down", show=False),
        Binding("up", "cursor_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
    ]

    def __init__(self, *, id: str, can_focus: bool = True) -> None:
        super().__init__(id=id, markup=False)
        self.can_focus = can_focus
        self.auto_links = False
        self._rows: list[Row] = []
        self._marked: int | None = None

    def show(self, rows: list[Row], *, airy: bool = False) -> None:
        """Show these rows, with an empty line above each heading where there is room (`airy`).

        Cursor and scrolling stay where they are, as far as the rows are still there.
        """
        held, top = self.cursor, self.scroll_offset.y
        keys = [row.key or None for row in rows]
        before = self._rows
        same = keys == [row.key or None for row in before]
        self._rows = [
            row._replace(text=Stacked([Content(""), row.text])) if airy and at and not row.key else row
            for at, row in enumerate(rows)
        ]
        if same:
            for at, row in enumerate(self._rows):
                if row is not before[at]:
                    self.replace_option_prompt_at_index(at, self._drawn(at))
            self.call_after_refresh(self.scroll_to_highlight)
            return
        self._marked = None
        self.clear_options()
        self.add_options([Option(self._drawn(at), id=key, disabled=not key) for at, key in enumerate(keys)])
        if known := [key for key in keys if key]:
            self.move_to(held if held and held in known else known[0])
        self.scroll_to(y=top, animate=False)

    def _drawn(self, at: int) -> Visual:
        row = self._rows[at]
        if not row.key:
            return row.text
        return Hanging(Content(MARK if at == self._marked else " " * len(MARK)), row.text)

    @on(OptionList.OptionHighlighted)
    def mark(self) -> None:
        """Move the mark with the cursor."""
        before, self._marked = self._marked, self.highlighted
        for at in {before, self._marked} - {None}:
            if at is not None and at < len(self._rows):
                self.replace_option_prompt_at_index(at, self._drawn(at))

    def on_resize(self) -> None:
        """In the new room the cursor stays in sight."""
        self.call_after_refresh(self.scroll_to_highlight)

    def render_line(self, y: int) -> Strip:
        """One line, as Textual asks for it."""
        return led(self, y, super().render_line(y))

    @property
    def cursor(self) -> str | None:
        """The key of the row under the cursor."""
        option = self.highlighted_option
        return option.id if option else None

    def holds_down_to(self, key: str) -> bool:
        """Whether the row of this key and all above it can be seen at once."""
        rows = range(self.get_option_index(key) + 1)
        across, down = self.scrollable_content_region.size
        return sum(self._drawn(at).get_height({}, across) for at in rows) <= down

    def in_sight(self) -> list[str]:
        """The keys of the rows that can be seen from their first line to their last."""
        across, down = self.scrollable_content_region.size
        top, found = -self.scroll_offset.y, []
        for at, row in enumerate(self._rows):
            high = self._drawn(at).get_height({}, across)
            if row.key and top >= 0 and top + high <= down:
                found.append(row.key)
            top += high
        return found

    def bring(self, key: str, top: str) -> None:
        """Put the cursor on the row of this key, with the row `top` above it as far up as can be."""
        self.move_to(top)
        self.scroll_to_highlight(top=True)
        self.move_to(key)

    def move_to(self, key: str) -> None:
        """Put the cursor on the row of this key."""
        self.highlighted = self.get_option_index(key)


class RowWalk(Widget):
    """A screen with one list of rows, walked by the keys of `LINES` wherever the focus is."""

    def action_down(self) -> None:
        """One row down."""
        self.query_one(RowList).action_cursor_down()

    def action_up(self) -> None:
        """One row up."""
        self.query_one(RowList).action_cursor_up()
