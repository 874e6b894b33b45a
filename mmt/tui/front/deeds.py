"""What is done to records with a reason and a name: both are asked for, then it is done, and told."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple, TypeVar

from textual.screen import Screen

from mmt.model.errors import ClinicError, DoubtError
from mmt.model.visit import History
from mmt.tui.desk import Home
from mmt.tui.dialogs.ask_text import AskTextScreen, ask_yes

from .pair import Answer, PairScreen


class Deed(NamedTuple):
    """What is done to a draft or a record with a reason and a name: `does` and `done` are its verb, `where`
    it goes; `act` takes reason and name; `then` follows once it is done."""

    what: str
    does: str
    done: str
    act: Callable[..., None]
    then: Callable[[], None]
    where: str = ""

    @property
    def untouched(self) -> str:
        return f"Nothing is {self.done}."


T = TypeVar("T")


class Deeds(Screen[T]):
    """A screen on which records are put right."""

    home: Home

    def ask_why(self, deed: Deed, by: str = "") -> None:
        """Ask for the reason and the name, of which `by` is offered, then do it."""
        asks = f"Why is {deed.what} {deed.done}{deed.where}? The reason is kept, with who gave it."
        dialog = AskTextScreen(asks, hint=f"Enter goes on, Esc {deed.does} nothing.")
        self.app.push_screen(dialog, partial(self._ask_who, deed, by))

    def _ask_who(self, deed: Deed, by: str, reason: str | None) -> None:
        """One who examines alone is not asked for the name."""
        names = self.home.names
        if reason is None:
            self.tell(deed.untouched)
        elif not reason:
            self.tell(f"{deed.untouched[:-1]} without a reason.")
        elif len(names) == 1:
            self._act(deed, reason, names[0])
        else:
            hint = f"Enter {deed.does} it, Esc {deed.does} nothing."
            dialog = AskTextScreen(f"Who {deed.does} it?", by or names[0], hint)
            self.app.push_screen(dialog, partial(self._act, deed, reason))

    def _act(self, deed: Deed, reason: str, by: str | None) -> None:
        if not by:
            self.tell(deed.untouched)
        else:
            try:
                deed.act(reason, by)
            except DoubtError as doubt:
                sure = deed._replace(act=partial(deed.act, sure=True))
                ask_yes(self.app, str(doubt), partial(self._act, sure, reason, by))
            except ClinicError as error:
                self.tell(str(error))
            else:
                deed.then()

    def look_at_both(self, here: History, other: int, then: Callable[[bool], None]) -> None:
        """Show two records side by side and join them, or keep that they are two people; `then` is told
        whether they were joined."""
        try:
            there = self.home.look_at(other)
            why = self.home.unjoinable(here, there)
        except ClinicError as error:
            why = str(error)
        if why:
            self.tell(why)
        else:
            self.app.push_screen(PairScreen(here, there), partial(self._said, here, there, then))

    def _said(self, here: History, there: History, then: Callable[[bool], None], said: Answer | None) -> None:
        if said == "one":
            what = f"the record of {there.patient.name}, born {there.patient.birth_date},"
            act = partial(self.home.join, here.patient.id, there.patient.id)
            self.ask_why(Deed(what, "joins", "joined", act, partial(then, True), " to this one"))
        elif said == "two":
            self.tell_apart(here.patient.id, there.patient.id, partial(then, False))
        else:
            self.tell("Nothing is joined.")

    def tell_apart(self, one: int, other: int, then: Callable[[], None]) -> None:
        """Keep that two records are of two people, once it is known who says so."""
        names = self.home.names
        act = partial(self._tell_apart, one, other, then)
        if len(names) == 1:
            act(names[0])
        else:
            hint = "Enter keeps that they are two people, Esc keeps nothing."
            self.app.push_screen(AskTextScreen("Who says so?", names[0], hint), act)

    def _tell_apart(self, one: int, other: int, then: Callable[[], None], by: str | None) -> None:
        if not by:
            self.tell("Nothing is kept.")
            return
        try:
            self.home.doubles().tell(one, other, by, apart=True)
        except ClinicError as error:
            self.tell(str(error))
        else:
            then()

    def tell(self, said: str) -> None:
        """Say what came of it."""
        raise NotImplementedError
