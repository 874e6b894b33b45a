"""Steps of a visit that take each key themselves, so that none is lost or taken for another."""

from collections.abc import Callable, Hashable
from functools import partial
from typing import Generic

from textual import events
from textual.content import Content
from textual.screen import Screen

from mmt.model.errors import ClinicError, RefusedError, TakenOverError
from mmt.tui.desk import Desk
from mmt.tui.keys.symbols import NUMLOCK_OFF, NUMLOCK_WORDS, symbol, text_of
from mmt.tui.widgets.line import Line

from .keeper import Keeper
from .pressed import Pressed, S
from .step import StepScreen

LEAVE_ANYWAY = "Not everything is saved. R tries again; to leave once more leaves it behind."


class TakesKeys(Screen[None]):
    """A screen that is given every key before the bindings are."""

    def on_key(self, event: events.Key) -> None:
        """Give the key to the screen; what it does not want goes on to the bindings of the app."""
        if "ctrl+" in event.key or "alt+" in event.key:
            return
        if self.take(symbol(event.key), text_of(event.key, event.character)):
            event.stop()
            event.prevent_default()

    def take(self, key: str, text: str) -> bool:
        """Do what a key does here; False leaves it to the app."""
        raise NotImplementedError

    def action_press(self, key: str) -> None:
        """A click on a word that stands for a key, or its command by name."""
        self.take(symbol(key), text_of(key, key if len(key) == 1 else None))


class KeyedStep(TakesKeys, StepScreen, Generic[S]):
    """A step without focus: every key reaches `take` in its order, and changes `state`.

    Nothing on the screen can hold the focus, so that a digit is never swallowed by a button or a field.
    A line with the id `word` shows what a key was answered with.
    """

    state: S

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.keeper = Keeper()
        self._warned = False

    def do(self, pressed: Pressed[S]) -> bool:
        """Keep what a key gave, then show it: nothing is shown that was refused."""
        saves = self.saves(pressed)
        if saves and (why := self.forbidden(pressed)):
            self.say(why, refused=True)
        elif all(self.save(key, call) for key, call in saves):
            before, self.state = self.state, pressed.state
            self.done(before, pressed)
        return True

    def saves(self, pressed: Pressed[S]) -> list[tuple[Hashable, Callable[[], object]]]:
        """What must be kept before a key shows, each with the name of its value."""
        found: list[tuple[Hashable, Callable[[], object]]] = []
        if (kept := pressed.keep) is not None:
            found.append((kept.key, partial(self.desk.keep, kept)))
        if (gone := pressed.withdraw) is not None:
            found.append((gone.key, partial(self.desk.withdraw, gone.test, gone.side, gone.trial)))
        return found

    def forbidden(self, pressed: Pressed[S]) -> str:
        """Why this may not be recorded or taken back; empty where it may."""
        refusal = self.desk.refusal
        return refusal.keep(pressed.keep) if pressed.keep else refusal.change()

    def done(self, before: S, pressed: Pressed[S]) -> None:
        """Show the new state, what a key was answered with, and what follows from it."""
        raise NotImplementedError

    @property
    def half_typed(self) -> str:
        """What is typed and not yet kept; empty where a key is no text."""
        return self.state.typed

    def numlock(self, key: str) -> bool:
        """Whether the key is one that a keypad sends while NumLock is off; a sentence then says so."""
        if key in NUMLOCK_OFF:
            self.say(NUMLOCK_WORDS, refused=True)
        return key in NUMLOCK_OFF

    def say(self, word: str, *, refused: bool = False) -> None:
        """Show a word on the step's line; a refusal beeps."""
        self.query_one("#word", Line).show(Content(f" {word}" if word else ""))
        if refused:
            self.app.bell()

    def save(self, key: Hashable, call: Callable[[], object]) -> bool:
        """Keep a value before it is shown; False where it was refused and nothing of it may be shown.

        One that could not be saved is shown as such, and waits.
        """
        self._warned = False
        try:
            self.keeper.do(key, call)
        except RefusedError as error:
            self.refused(error)
            return False
        return True

    def lost(self) -> str:
        more = self.keeper.count + 1
        typed = f" What was typed: {self.half_typed}." if self.half_typed else ""
        return f"Your last {more} entries here were not kept.{typed}" if more > 1 else super().lost() + typed

    def retry(self) -> bool:
        """Try again to save what waits; whether everything is saved now."""
        try:
            return self.keeper.retry()
        except RefusedError as error:
            self.refused(error)
            return False

    def keep_place(self, place: str) -> None:
        """Keep where the walk stands; a place that is not kept loses no value and is only said."""
        try:
            self.desk.move(place)
        except TakenOverError:
            self.post_message(self.Anew())
        except ClinicError as error:
            self.say(str(error))

    def keep_typed(self) -> bool:
        """Keep what is half typed, as Enter would; whether nothing is left that cannot be kept."""
        return True

    def may_leave(self) -> bool:
        """Keep what is half typed, then try once more to save; whether all is, or the person was warned.

        What is typed and cannot be kept stays, with the sentence that says why.
        """
        if not self.desk.refusal.change() and not self.keep_typed():
            return False
        if self.retry() or self._warned:
            return True
        self._warned = True
        self.say(LEAVE_ANYWAY, refused=True)
        return False
