"""Signing off the content: one item a page, one key an item."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from mmt.model.errors import ClinicError
from mmt.model.signoff import Decided, ReviewItem, Signer
from mmt.tui.dialogs.ask_text import AskTextScreen
from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import bindings
from mmt.tui.widgets.line import Line
from mmt.tui.widgets.plain import plain

from .keys import REVIEWING
from .page import ended, heads, page
from .queue import opened
from .signer import SignerForm

if TYPE_CHECKING:
    from mmt.clinic.sign_off import SignOffDesk

MORE = "More below: 1 reads on."
DONE = {"signed": "signed off", "changed": "a change is asked for", "set-aside": "set aside"}
ASKS = {
    "changed": "What must change in this item? It counts as not signed off until it is changed.",
    "set-aside": "Why is this item set aside? It is not used from then on.",
}


class ReviewingScreen(Screen[None]):
    """Reads the items one after the other and keeps what is decided about each, at once."""

    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str | None] = None
    PLACE = REVIEWING
    BINDINGS = bindings(PLACE)

    def __init__(self, desk: "SignOffDesk") -> None:
        super().__init__(name="reviewing")
        self._desk = desk
        self._queue = opened(desk.items, desk.standing)
        self._by = desk.last if desk.who and desk.last.licence else Signer()
        self._read: set[str] = set()

    def compose(self) -> ComposeResult:
        yield Static("", classes="title", id="review-title")
        yield Line(id="review-heads")
        with VerticalScroll(id="review-page", can_focus=False):
            yield Static("", id="review-item")
        yield Line(id="word")
        yield KeyBar()

    def on_mount(self) -> None:
        self.show()
        self.say(self._desk.fault)
        if not self._by.name:
            self.call_after_refresh(self.action_who)

    def on_resize(self) -> None:
        self.call_after_refresh(self._note_end)

    def show(self, word: str = "") -> None:
        """Show the item that is read from its first line, and a word."""
        queue, standing = self._queue, self._desk.standing
        item = queue.item
        where = f"{queue.at + 1} of {len(queue.items)} · {item.kind} · {item.title}" if item else "The end"
        only = " · prints only what is signed off" if self._desk.only_signed else ""
        who = f"{self._by.name or 'nobody'} signs{only}"
        self.query_one("#review-title", Static).update(plain(where))
        self.query_one("#review-heads", Line).show(heads(queue, standing, who))
        shown = (
            page(item, standing.get(item.id), self._desk.changes(item.id))
            if item
            else ended(self._desk.tally)
        )
        self.query_one("#review-item", Static).update(shown)
        self._scroll.scroll_home(animate=False, immediate=True)
        self.say(word)
        self.call_after_refresh(self._note_end)

    @property
    def _scroll(self) -> VerticalScroll:
        return self.query_one("#review-page", VerticalScroll)

    def _note_end(self) -> None:
        """Take note where the end of the item stands on the screen; say so where it does not."""
        item, region = self._queue.item, self._scroll
        if item is None:
            return
        if region.scroll_offset.y >= region.max_scroll_y:
            self._read.add(item.id)
        line = self.query_one("#word", Line)
        if item.id not in self._read:
            line.show(plain(f"{self._word}  {MORE}".strip()))
        elif self._word or line.size.height:
            line.show(plain(self._word))

    def say(self, word: str, *, refused: bool = False) -> None:
        """Show a word; a refusal beeps."""
        self._word = word
        self.query_one("#word", Line).show(plain(word))
        if refused:
            self.app.bell()

    def action_sign(self) -> None:
        """Sign off; where the end of the item was not read yet, read on."""
        item = self._queue.item
        if item is not None and item.id not in self._read:
            self.action_page_down()
        else:
            self._decide("signed")

    def action_change(self) -> None:
        """Say what must change."""
        self._ask("changed")

    def action_set_aside(self) -> None:
        """Say why it is not to be used."""
        self._ask("set-aside")

    def _ask(self, decision: Decided) -> None:
        item = self._queue.item
        if item is None:
            return
        if why := self._desk.refused(item, decision, self._by, note="…"):
            self._refuse(why)
            return
        stands = self._desk.standing.get(item.id)
        note = stands.note if stands is not None and stands.decision == decision else ""

        def answered(told: str | None) -> None:
            if told:
                self._decide(decision, told)

        self.app.push_screen(AskTextScreen(ASKS[decision], note), answered)

    def _decide(self, decision: Decided, note: str = "") -> None:
        item = self._queue.item
        if item is None:
            return
        if why := self._desk.refused(item, decision, self._by, note):
            self._refuse(why)
        elif self._kept(partial(self._desk.decide, item, decision, self._by, note)):
            self._queue = self._queue.onto_open(self._desk.standing)
            self.show(f"{_short(item)}: {DONE[decision]}.")

    def _refuse(self, why: str) -> None:
        self.say(why, refused=True)
        if not (self._by.name and self._by.licence):
            self.action_who()

    def _kept(self, keep: Callable[[], object]) -> bool:
        """Keep something; says where it could not be kept."""
        try:
            keep()
        except ClinicError as error:
            self.show()
            self.say(str(error), refused=True)
            return False
        return True

    def action_withdraw(self) -> None:
        """Take back what was decided about this item."""
        item = self._queue.item
        if item is not None and item.id in self._desk.standing:
            if self._kept(partial(self._desk.withdraw, item.id)):
                self.show(f"{_short(item)}: taken back.")
        else:
            self.say("Nothing was decided about this item.", refused=True)

    def action_who(self) -> None:
        """Ask who signs; who is signed in is asked for the licence number alone."""
        known = self._by if self._by.name else self._desk.last
        self.app.push_screen(SignerForm(known, named=bool(self._desk.who)), self._signs)

    def _signs(self, who: Signer | None) -> None:
        if who is not None:
            self._by = who
            self.show()

    def action_only(self) -> None:
        """Offer and print only what is signed off, or all again."""
        only = not self._desk.only_signed
        if self._kept(partial(self._desk.print_only_signed, only=only)):
            self.show(
                "Only what is signed off is offered and printed for patients."
                if only
                else "All is offered and printed; papers say what is not signed off."
            )

    def action_skip(self) -> None:
        """Go to the next item."""
        self._queue = self._queue.moved(1)
        self.show()

    def action_step_back(self) -> None:
        """Go to the item before."""
        self._queue = self._queue.moved(-1)
        self.show()

    def action_next_group(self) -> None:
        """Go to the next group."""
        self._queue = self._queue.next_group(self._desk.standing)
        self.show()

    def action_page_down(self) -> None:
        """A page of the item down."""
        self._scroll.scroll_page_down(animate=False)
        self.say("")
        self.call_after_refresh(self._note_end)

    def action_page_up(self) -> None:
        """A page of the item up."""
        self._scroll.scroll_page_up(animate=False)

    def action_line_down(self) -> None:
        """A line of the item down."""
        self._scroll.scroll_down(animate=False)
        self.call_after_refresh(self._note_end)

    def action_line_up(self) -> None:
        """A line of the item up."""
        self._scroll.scroll_up(animate=False)

    def action_back(self) -> None:
        """Leave; what was decided is kept."""
        self.dismiss()


def _short(item: ReviewItem) -> str:
    """An item in a few words."""
    return item.title if len(item.title) <= 40 else f"{item.title[:39]}…"
