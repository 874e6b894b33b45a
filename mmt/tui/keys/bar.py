"""The bottom line: the keys of the screen that are needed most, as many as fit; `?` tells the rest."""

from collections.abc import Iterable

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from .commands import Command, click, commands, of_screen, shown

GAP = "  "


class KeyBar(Widget):
    """One line of keys with their words. A click on one does what the key does; where keys
    stand for several values it tells them."""

    def __init__(self) -> None:
        super().__init__()
        self.auto_links = False
        self._idle: frozenset[str] = frozenset()
        self._first: tuple[Command, ...] = ()

    def leave_out(self, labels: Iterable[str], first: tuple[Command, ...] = ()) -> None:
        """Show no longer the commands of these labels: they would do nothing as things stand.

        `first` are told before all others.
        """
        if (now := (frozenset(labels), first)) != (self._idle, self._first):
            self._idle, self._first = now
            self.refresh()

    def render(self) -> Content:
        known = (one for one in commands(*of_screen(self.screen)) if one.label not in self._idle)
        return key_bar((*self._first, *known), self.size.width)


def key_bar(known: Iterable[Command], across: int) -> Content:
    """The line for these commands in so many columns."""
    return Content(GAP).join(_part(one) for one in fitted(known, across))


def fitted(known: Iterable[Command], across: int) -> list[Command]:
    """The commands that fit into a line, each whole; the least needed go first, from the right, and the help,
    which tells all keys, last."""
    kept = [one for one in known if one.footer]
    while kept and len(GAP.join(f"{shown(one)} {one.label}" for one in kept)) > across:
        least = max(kept, key=lambda one: (one.label != "Help", one.footer, kept.index(one)))
        kept.remove(least)
    return kept


def _part(command: Command) -> Content:
    said = Content.assemble((shown(command), "bold $accent"), f" {command.label}")
    return said.stylize(Style.from_meta({"@click": click(command)}))
