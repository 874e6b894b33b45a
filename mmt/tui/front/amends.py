"""What was begun by mistake, on a patient's page: discarded, or put right."""

from collections.abc import Callable
from functools import partial

from textual import on
from textual.screen import Screen
from textual.widgets import OptionList

from mmt.model.errors import ClinicError
from mmt.model.visit import TOPICS, History, Visit
from mmt.tui.desk import Home
from mmt.tui.dialogs.ask_text import AskTextScreen
from mmt.tui.dialogs.choose import ChooseScreen
from mmt.tui.keys.bar import KeyBar
from mmt.tui.widgets.rows import RowList, RowWalk

UNTOUCHED = "Nothing is discarded."
EXAMINER = "Enter takes the marked name. A digit marks another one; F4 in the list of patients adds one."


class Amends(RowWalk, Screen[None]):
    """A page with the visits of a patient. What was done is told on it once it is read anew."""

    home: Home
    history: History
    _told = ""

    @on(OptionList.OptionHighlighted)
    def show_keys(self) -> None:
        """Offer only what may be done with the visit under the cursor."""
        visit = self._under_cursor()
        out = ["Discard"] if self._why_not(self.home.kept, visit) else []
        out += ["Compare"] if len(self.history.visits) < 2 else []
        out += ["Examiner"] if self._why_not(self.home.fixed, visit) else []
        self.query_one(KeyBar).leave_out(out)

    def _why_not(self, rule: Callable[[History, int | None], str], visit: int | None) -> str:
        """Why this may not be done; empty where it may."""
        try:
            return rule(self.history, visit)
        except ClinicError as error:
            return str(error)

    def _under_cursor(self) -> int | None:
        """The number of the visit under the cursor; None where there is none."""
        key = self.query_one(RowList).cursor if self.history.visits else None
        return int(key) if key else None

    def _visit(self, number: int | None) -> Visit | None:
        return next((one for one in self.history.visits if one.id == number), None)

    def action_discard(self) -> None:
        """Discard the draft under the cursor, or a patient without a visit, with a reason."""
        visit = self._under_cursor()
        if why := self._why_not(self.home.kept, visit):
            self._tell(why)
            return
        draft = self._visit(visit)
        what = _held(draft) if draft else f"the record of {self.history.patient.name}"
        asks = f"Why is {what} discarded? The reason is kept, with who gave it."
        dialog = AskTextScreen(asks, hint="Enter goes on, Esc discards nothing.")
        self.app.push_screen(dialog, partial(self._ask_who, visit))

    def _ask_who(self, visit: int | None, reason: str | None) -> None:
        """One who examines alone is not asked for the name."""
        names = self.home.practitioners
        if reason is None:
            self._tell(UNTOUCHED)
        elif not reason:
            self._tell("Nothing is discarded without a reason.")
        elif len(names) == 1:
            self._discard(visit, reason, names[0])
        else:
            draft = self._visit(visit)
            hint = "Enter discards it, Esc discards nothing."
            dialog = AskTextScreen("Who discards it?", draft.examiner if draft else names[0], hint)
            self.app.push_screen(dialog, partial(self._discard, visit, reason))

    def _discard(self, visit: int | None, reason: str, by: str | None) -> None:
        if not by:
            self._tell(UNTOUCHED)
        elif self._did(partial(self.home.discard, self.history.patient.id, visit, reason, by)):
            if visit is None:
                self.dismiss()
            else:
                self._tell("The draft is discarded; who, when and why is kept.")

    def action_examiner(self) -> None:
        """Let another have examined in the draft under the cursor."""
        visit = self._under_cursor()
        draft = self._visit(visit)
        if draft is None or (why := self._why_not(self.home.fixed, visit)):
            self._tell(why if draft else self._why_not(self.home.fixed, None))
            return

        def chosen(name: str | None) -> None:
            if name is None or name == draft.examiner:
                self._tell("The examiner stays.")
            elif self._did(partial(self.home.change_examiner, self.history.patient.id, draft.id, name)):
                self._tell(f"{name} is the examiner of this draft now.")

        names = self.home.practitioners
        self.app.push_screen(
            ChooseScreen("Who examines in this draft?", EXAMINER, names, draft.examiner, "until now"), chosen
        )

    def _did(self, act: Callable[[], None]) -> bool:
        """Do it; where that may not be, tell why."""
        try:
            act()
        except ClinicError as error:
            self._tell(str(error))
            return False
        return True

    def _tell(self, said: str) -> None:
        self._told = said
        self.call_after_refresh(self.read_anew)

    def read_anew(self) -> None:
        """Read the visits anew and show them, with what was told."""
        raise NotImplementedError


def _held(draft: Visit) -> str:
    """The draft with what is recorded in it, which goes out of sight with it."""
    if draft.empty:
        return "this empty draft"
    answers = sum(len(getattr(draft, topic)) for topic in TOPICS)
    counts = ((len(draft.observations), "value"), (answers, "answer"))
    told = [f"{count} {name}{'' if count == 1 else 's'}" for count, name in counts if count]
    return f"this draft of {draft.date.isoformat()} with {' and '.join(told) or 'what is written in it'}"
