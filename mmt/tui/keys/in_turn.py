"""Keys one after the other: what a key sets off is done before the next one is handed on."""

import asyncio
import re
from collections import deque
from collections.abc import Iterator
from functools import partial
from time import monotonic

from textual import events
from textual.app import App

from .doubled import COUNTS_ONCE as DOUBLE_COUNTS_ONCE
from .doubled import Doubled
from .held import APART_S, COUNTS_ONCE, NOT_TAKEN, TOGETHER_S, Hold

RESTS = 3
"""Turns of the event loop without a message on a key's way, after which what the key set off is done."""

BREAK = re.compile(r"[\t\r\n]+")


class InTurn(App[None]):
    """An app whose keys wait for the focus they were meant for.

    Textual hands a key to what has the focus as the key comes in, though the key before it may be on its way
    to move the focus or to open a screen. Here it waits until that is done. A key that is held down counts
    once where it records something, and beeps; so does a double click.
    """

    APART_S = APART_S
    PATIENCE_S = 2.0
    """Seconds after which a key no longer waits for what the one before set off: none waits for ever."""

    def __init__(self) -> None:
        super().__init__()
        self._coming: deque[events.Event] = deque()
        self._hold = Hold()
        self._doubled = Doubled()
        self._alone: events.Event | None = None
        self._refused: events.Key | None = None
        self._lost = 0
        self._looking = False
        self._quiet = 0
        self._until = 0.0

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.MouseEvent) and not event.is_forwarded and self._again(event):
            return
        comes_in = isinstance(event, (events.InputEvent, events.Paste)) and not event.is_forwarded
        if not comes_in or (isinstance(event, events.MouseEvent) and not self._coming):
            await super().on_event(event)
            return
        self._coming.append(event)
        if not self._looking:
            await self._go_on(ready=self._at_rest)

    def _again(self, event: events.MouseEvent) -> bool:
        """Whether this is the rest of a double click that does not count."""
        again = self._doubled.repeats(event, self.screen)
        if again and isinstance(event, events.MouseDown):
            self._say(DOUBLE_COUNTS_ONCE)
        return again

    async def _go_on(self, *, ready: bool) -> None:
        """Hand on the first of what has come, and come back for the rest, or to see it done.

        The queues alone do not tell that: a message that is next in turn is in none of them.
        """
        handed = False
        while self._coming and ready:
            event = self._coming[0]
            if self._came_with_a_refused(event):
                self._coming.popleft()
                continue
            held = self._held(event)
            if held is None:
                self.set_timer(self.APART_S, partial(self._came_alone, event))
                return
            self._coming.popleft()
            if held:
                self._refuse(event)
            elif isinstance(event, events.Paste) and BREAK.search(event.text):
                self._coming.extendleft(reversed(list(self._parts(event.text))))
            else:
                await self._hand_on(event)
                handed, ready = True, False
        if self._coming or handed:
            self._looking, self._quiet, self._until = True, 0, monotonic() + self.PATIENCE_S
            self.call_later(self._look)

    async def _look(self) -> None:
        """Look whether what the last key set off is done; the others run between two looks."""
        await asyncio.sleep(0)
        self._quiet = self._quiet + 1 if self._at_rest else 0
        if self._quiet < RESTS and monotonic() < self._until:
            self.call_later(self._look)
            return
        self._looking = False
        await self._go_on(ready=True)

    async def _hand_on(self, event: events.Event) -> None:
        if isinstance(event, events.Key):
            self._hold.pressed(event, self.screen)
        await super().on_event(event)

    def _held(self, event: events.Event) -> bool | None:
        """Whether this is a key that does not count; None where a moment is needed to tell."""
        if not isinstance(event, events.Key):
            return False
        after = self._coming[1] if len(self._coming) > 1 else None
        held = self._hold.repeats(event, after, self.APART_S)
        if held is False or self._hold.counts_each_time(event, self.screen):
            return False
        return False if held is None and event is self._alone else held

    async def _came_alone(self, event: events.Event) -> None:
        """Nothing came within the moment that was needed."""
        self._alone = event
        if not self._looking:
            await self._go_on(ready=self._at_rest)

    def _came_with_a_refused(self, event: events.Event) -> bool:
        """Whether a key came together with one that was refused: taken, it would stand in its place."""
        refused = self._refused
        if not isinstance(event, events.Key) or refused is None or event.time - refused.time > TOGETHER_S:
            self._refused = None
            return False
        if self._lost or event.key != refused.key:
            self._lost += 1
            self._say(NOT_TAKEN.format(n=self._lost))
        self._refused = event
        return True

    def _refuse(self, event: events.Event) -> None:
        """Say once in a hold that the key counts once."""
        assert isinstance(event, events.Key)
        self._refused, self._lost = event, 0
        if not self._hold.held(event):
            self._say(COUNTS_ONCE)

    def _say(self, word: str) -> None:
        say = getattr(self.screen, "say", None)
        if say is None:
            self.bell()
        else:
            say(word, refused=True)

    def _parts(self, text: str) -> Iterator[events.Event]:
        """A paste of several lines or cells as it was meant: a field of a form each, else one line.

        Where the fields end, what is left stands in the last one.
        """
        fields = list(self.screen.query("Input"))
        after = len(fields) - fields.index(self.focused) - 1 if self.focused in fields else 0
        first, *others = BREAK.split(text.strip("\t\r\n"), maxsplit=after) if after else [text.strip()]
        for at, part in enumerate((first, *others)):
            if at:
                yield events.Key("tab", "\t")
            yield events.Paste(BREAK.sub(" ", part))

    @property
    def _at_rest(self) -> bool:
        """Whether no message waits on the way that a key takes: from the focus by the screen to the app."""
        way = (self.focused or self.screen).ancestors_with_self
        return not any(node.message_queue_size for node in way)
