"""What was begun by mistake, on a patient's page: discarded, or put right."""

from collections.abc import Callable
from functools import partial

from textual import on
from textual.widgets import OptionList

from mmt.model.errors import ClinicError
from mmt.model.people import PatientRow
from mmt.model.visit import TOPICS, History, Visit
from mmt.tui.dialogs.choose import ChooseScreen
from mmt.tui.keys.bar import KeyBar
from mmt.tui.widgets.rows import RowList, RowWalk

from .deeds import Deed, Deeds
from .keys import PATIENT
from .pick_patient import PickPatientScreen

PAPERS = "Papers of that day carry the name of {name}: do not give them away."
JOINED = "The records are joined; U undoes it until the next visit is signed."
TWO = "Kept: the two records are of two people. They stand on no list of doubles any more."
EXAMINER = "Enter takes the marked name. A digit marks another one; F4 in the list of patients adds one."


PUT_RIGHT = tuple(one._replace(footer=1) for one in PATIENT.commands if one.id in ("examiner", "move"))
"""What puts a draft right: told first on one, whose comparison can wait."""


class Amends(RowWalk, Deeds[None]):
    """A page with the visits of a patient. What was done is told on it once it is read anew."""

    history: History
    _told = ""

    @on(OptionList.OptionHighlighted)
    def show_keys(self) -> None:
        """Offer only what may be done with the visit under the cursor; Enter goes on with a draft.

        Whether a draft alerts is looked at when it is to be discarded: here each row would wait for it.
        """
        visit = self._under_cursor()
        at = self._visit(visit)
        draft = at is not None and not at.signed
        fixed = bool(self._why_not(self.home.fixed, visit))
        idle = {
            "Discard": fixed if visit else bool(self._why_not(self.home.kept, None)),
            "Compare": len(self.history.visits) < 2 or draft,
            "New visit": draft,
        }
        idle |= dict.fromkeys((one.label for one in PUT_RIGHT), True)
        idle["Undo join"] = bool(self._why_not(lambda history, _: self.home.unpartable(history), None))
        first = () if fixed else PUT_RIGHT
        self.query_one(KeyBar).leave_out((label for label, out in idle.items() if out), first)

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
            self.tell(why)
            return
        draft, patient = self._visit(visit), self.history.patient
        what = _held(draft) if draft else f"the record of {patient.name}"
        act = partial(self.home.discard, patient.id, visit)
        self.ask_why(
            Deed(what, "discards", "discarded", act, self._discarded), draft.examiner if draft else ""
        )

    def _discarded(self) -> None:
        if self.history.visits:
            self.tell("The draft is discarded; who, when and why is kept.")
        else:
            self.dismiss()

    def action_move(self) -> None:
        """Move the draft under the cursor to another patient, with a reason."""
        visit = self._under_cursor()
        if why := self._why_not(self.home.fixed, visit):
            self.tell(why)
        elif draft := self._visit(visit):
            asks = f"Whose is {_held(draft)}? It stands in the record of {self.history.patient.name}."
            self.app.push_screen(PickPatientScreen(self.home, asks), partial(self._picked, draft))

    def _picked(self, draft: Visit, to: PatientRow | None) -> None:
        if to is None:
            self.tell("Nothing is moved.")
            return
        patient, born = self.history.patient, f", born {to.birth_date.isoformat()}" if to.birth_date else ""
        wrong = f" {PAPERS.format(name=patient.name)}" if self.home.printed(self.history, draft.id) else ""
        act = partial(self.home.move, patient.id, draft.id, to.id)
        told = partial(self.tell, f"The draft is moved to {to.name}; both records say so.{wrong}")
        self.ask_why(Deed(_held(draft), "moves", "moved", act, told, f" to {to.name}{born}"), draft.examiner)

    def action_join(self) -> None:
        """Join another record of the same person to this one."""
        asks = f"Which other record is one of {self.history.patient.name} too?"
        self.app.push_screen(PickPatientScreen(self.home, asks), self._paired)

    def _paired(self, other: PatientRow | None) -> None:
        """Show both records side by side, where they may be joined."""
        if other is None:
            self.tell("Nothing is joined.")
        else:
            self.look_at_both(self.history, other.id, self._looked)

    def _looked(self, joined: bool) -> None:
        self.tell(JOINED if joined else TWO)

    def action_part(self) -> None:
        """Undo the last join of another record to this one, with a reason."""
        if why := self._why_not(lambda history, _: self.home.unpartable(history), None):
            self.tell(why)
            return
        what = f"the join with the record of {self.history.people[-1].name}"
        act = partial(self.home.part, self.history.patient.id)
        told = partial(self.tell, "The records are apart again; both say so.")
        self.ask_why(Deed(what, "undoes", "undone", act, told))

    def action_examiner(self) -> None:
        """Let another have examined in the draft under the cursor."""
        visit = self._under_cursor()
        if why := self._why_not(self.home.fixed, visit):
            self.tell(why)
        elif draft := self._visit(visit):
            asks, names = "Who examines in this draft?", self.home.names
            dialog = ChooseScreen(asks, EXAMINER, names, draft.examiner, "until now")
            self.app.push_screen(dialog, partial(self._examines, draft))

    def _examines(self, draft: Visit, name: str | None) -> None:
        if name is None or name == draft.examiner:
            self.tell("The examiner stays.")
        elif self._did(partial(self.home.change_examiner, self.history.patient.id, draft.id, name)):
            self.tell(f"{name} is the examiner of this draft now.")

    def _did(self, act: Callable[[], None]) -> bool:
        """Do it; where that may not be, tell why."""
        try:
            act()
        except ClinicError as error:
            self.tell(str(error))
            return False
        return True

    def tell(self, said: str) -> None:
        """Say what came of it, on the page read anew."""
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
