"""What may be done with a visit: the one place that says so, for every screen and for whatever else feeds it.

`OpenVisit` refuses what is refused here; screens ask first and show the same sentence.
"""

import datetime
from collections.abc import Sequence

from mmt.model.born import first_day, when
from mmt.model.errors import RefusedError
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Withheld
from mmt.model.visit import History, Joined, Prescribed, Visit
from mmt.reasoning import LOUD, alarm_key, asked_now, barred, standing, watch
from mmt.reasoning.wording import sentence

from .held_visit import HeldVisit

SIGNED = "This visit is signed. It stays as it is; add a dated note instead."
SIGNED_ALREADY = "This visit is signed already; add a dated note instead."
OPEN = "This visit is open: write in its note. Dated notes come after signing."
STOPPED = "Stopped: emergency. What is recorded can be corrected, nothing new is added."
NOTHING_STOPS = "No emergency stops this visit: there is nothing to go on from."
NO_SHEET = "An emergency locks this visit: no sheet. Print the warning card and the referral letter."
TOO_MANY = "A sheet holds {most} at most: people do few exercises better. Leave one first."
UNKNOWN = 'No stretch "{name}" is in use here: nothing is called so, or it is set aside or not signed off.'
WITHHELD = "{name} is withheld here: {why}"
NO_LOCK = "Text has no passphrase, and papers are protected now. Drop the passphrase first."
NO_PRINTER_OPENS = (
    "No printer opens a paper behind a passphrase: drop the passphrase, make the paper anew, then print it."
)
ACTION_ANEW = "An urgent alert came after the action was written: write down what was done about it too."
ACTION_FIRST = {
    "locked": "An emergency locks this visit: write down what was done about it, then sign.",
    "blocked-until-action": "An urgent alert stands: first write down what was done about it.",
}


OPEN_DRAFT = "This patient has an open visit. Go on with it, or sign it first."
AHEAD = "{day} lies ahead: a visit is of today, or of an earlier day from paper."
UNBORN = "{name} was born {when}, after {day}."
ALARMED = "This draft alerts, and no action is written: open it and write what was done about it (T) first."
HAS_VISITS = "This patient has visits: the record stays."
NO_DRAFT = "No draft is under the cursor."
EXAMINES_ALREADY = "{name} is the examiner of this visit already."
THEIRS_ALREADY = "The draft is one of this patient already."
HAS_A_DRAFT = "{name} has an open visit: sign or discard that first."
SAME_RECORD = "This is the record itself: choose the other one of the same person."
TWO_DRAFTS = "Both records have an open visit: sign or discard one of them first."
LOCKED_DRAFT = "An emergency locks the open visit of {name}: write what was done about it and sign it first."
HOLDS_JOINED = "Another record was joined to this one: undo that first."
NOT_JOINED = "No record is joined to this one."
SIGNED_SINCE = "A visit was signed since the records were joined: they stay together."
BLIND_ALONE = (
    "A blind visit is a second examiner's, on the day of another one's signed visit or the day after."
)
BLIND_ALERT = "An alert of the visit before waits for what is done about it: a blind visit would hide it."
BLIND_STAYS = "A blind visit stays as it was begun: discard it, and begin another one."
BLIND_OPEN = "A second examiner's blind visit is open: sign or discard it first."
BLIND_NO_SHEET = (
    "A blind visit gives no sheet: what was recorded before, and bars a stretch, is not seen in it."
)
ANOTHERS_DRAFT = (
    "{name} examines in this draft, and {who} is signed in. W on the patient's page makes {who} the "
    "examiner; the record says so."
)
ANOTHERS_BLIND = "{name} examines in this blind visit, and {who} is signed in: it stays as it is."
EXAMINES_NOT = "{name} is not among those who examine here: F4 in the list of patients adds a name."


def obey(refused: str) -> None:
    """Raise RefusedError where a rule of conduct refused."""
    if refused:
        raise RefusedError(refused)


def begin(history: History, day: datetime.date, today: datetime.date) -> str:
    """Why no visit of this day may be begun: one is open, or the day lies ahead or before the birth."""
    born = history.patient.birth_date
    if any(not one.signed for one in history.visits):
        return OPEN_DRAFT
    if day > today:
        return AHEAD.format(day=day)
    if day < first_day(born) <= today:
        return UNBORN.format(name=history.patient.name, when=when(born), day=day)
    return ""


def second_look(history: History, day: datetime.date) -> tuple[Visit, ...]:
    """The signed visits that a visit of this day may be a second examiner's look at: within a day before."""
    return tuple(one for one in history.visits if one.signed and 0 <= (day - one.date).days <= 1)


def begin_blind(history: History, examiner: str, day: datetime.date, protocol: Protocol) -> str:
    """Why no blind visit of this day may be begun: nobody else examined within a day before, or an alert of
    the visit before waits."""
    if all(one.examiner == examiner for one in second_look(history, day)):
        return BLIND_ALONE
    return BLIND_ALERT if watch(history, protocol).status in ACTION_FIRST else ""


def discard_visit(history: History, protocol: Protocol) -> str:
    """Why the last visit of a history may not be discarded: it is signed, or raised an urgent alert itself
    about which nothing is written; what it was begun with stands in the next visit as well."""
    visit = history.visits[-1]
    if visit.signed:
        return SIGNED
    if visit.empty or visit.action:
        return ""
    here, before = (_loud(one, protocol) for one in (history, history.with_visit(visit.bare)))
    return ALARMED if here - before else ""


def _loud(history: History, protocol: Protocol) -> frozenset[tuple[object, ...]]:
    return frozenset(alarm_key(one) for one in watch(history, protocol).alerts if one.level in LOUD)


def discard_patient(history: History) -> str:
    """Why a patient may not be discarded: there are visits, be it an empty draft, or a joined record."""
    if history.visits:
        return HAS_VISITS
    return HOLDS_JOINED if len(history.people) > 1 else ""


def amend(visit: Visit) -> str:
    """Why it may not be put right whose a visit is: it is signed."""
    return SIGNED if visit.signed else ""


def move(visit: Visit, here: History, there: History) -> str:
    """Why a draft of a patient may not be one of another: it is, one is open there, or the birth is later."""
    to = there.patient
    if visit.blind:
        return BLIND_STAYS
    if here.patient.id == to.id:
        return THEIRS_ALREADY
    if any(not one.signed for one in there.visits):
        return HAS_A_DRAFT.format(name=to.name)
    unborn = visit.date < first_day(to.birth_date)
    return UNBORN.format(name=to.name, when=when(to.birth_date), day=visit.date) if unborn else ""


def join(here: History, there: History, protocol: Protocol) -> str:
    """Why the record `there` may not be joined to the one `here`: it is the same, both have an open visit, an
    emergency locks one, or a visit there lies before the birth here."""
    to, other = here.patient, there.patient
    if to.id == other.id:
        return SAME_RECORD
    drafts = [(one, at) for one in (here, there) for at, visit in enumerate(one.visits) if not visit.signed]
    if len(drafts) > 1:
        return TWO_DRAFTS
    if here.hidden or there.hidden:
        return BLIND_OPEN
    for history, at in drafts:
        if watch(history.up_to(at), protocol).status == "locked":
            return LOCKED_DRAFT.format(name=history.patient.name)
    early = [one.date for one in there.visits if one.date < first_day(to.birth_date)]
    return UNBORN.format(name=to.name, when=when(to.birth_date), day=early[0]) if early else ""


def part(history: History) -> str:
    """Why the last join of a record may not be undone: there is none, or a visit was signed since."""
    joined = standing_join(history)
    if history.hidden:
        return BLIND_OPEN
    if joined is None:
        return NOT_JOINED
    signed = sum(one.signed for one in history.visits)
    return SIGNED_SINCE if signed > joined.signed else ""


def standing_join(history: History) -> Joined | None:
    """The last join of another record to this one that stands; None where none does."""
    return next((one for one in reversed(history.joined) if one.parted is None), None)


def change_examiner(visit: Visit, examiner: str, practitioners: Sequence[str]) -> str:
    """Why this may not be the examiner: already is, nobody of the clinic, or the visit is blind."""
    if visit.blind:
        return BLIND_STAYS
    if examiner == visit.examiner:
        return EXAMINES_ALREADY.format(name=examiner)
    return "" if examiner in practitioners else EXAMINES_NOT.format(name=examiner)


def not_theirs(known: HeldVisit) -> str:
    """Why who is signed in may not go on in a draft: another one examines in it."""
    examiner, who = known.visit.examiner, known.clinic.signed_in
    if who in ("", examiner):
        return ""
    return (ANOTHERS_BLIND if known.visit.blind else ANOTHERS_DRAFT).format(name=examiner, who=who)


class Refusals:
    """Why an act on a visit may not be done, one sentence each; empty where it may."""

    def __init__(self, known: HeldVisit) -> None:
        self._known = known

    def change(self) -> str:
        """Why nothing of the visit may be changed: answers, decisions, action, note, values taken back."""
        known = self._known
        return SIGNED if known.visit.signed else known.elsewhere or not_theirs(known)

    def keep(self, observation: Observation) -> str:
        """Why this value may not be recorded.

        Under an emergency what is recorded can be corrected, and what the alarms ask to examine at once done.
        Something new is refused once the alarm that stopped the exam was acknowledged: until then keys are
        still on their way.
        """
        if refused := self.change():
            return refused
        known = self._known
        trials = known.visit.seen(*observation.cell)
        if any(one.trial == observation.trial for one in trials) or known.watch.status != "locked":
            return ""
        if observation.cell in asked_now(known.watch.alerts, known.protocol):
            return ""
        return "" if standing(known.watch.alerts, known.acknowledged) else STOPPED

    def prescribe(self, items: tuple[Prescribed, ...]) -> str:
        """Why these stretches may not be the sheet: locked, too many, unknown, or a new one is withheld.

        One that was on the sheet before it was withheld stays there, and the hand-out is refused with it.
        """
        if refused := self.change():
            return refused
        known = self._known
        if known.watch.status == "locked":
            return NO_SHEET
        if known.visit.blind:
            return BLIND_NO_SHEET
        most = known.protocol.rules.selection.most
        if len(items) > most:
            return TOO_MANY.format(most=most)
        if strange := [one.stretch for one in items if one.stretch not in known.protocol.stretches]:
            return UNKNOWN.format(name=strange[0])
        kept = {one.stretch for one in known.visit.prescription or ()}
        new = {one.stretch: one for one in items if one.stretch not in kept}
        for name, bars in barred(new.values(), known.review.prescription).items():
            if shut := [bar for bar in bars if not _ticked(bar, new[name])]:
                why = sentence(shut[0].said, known.protocol)
                return WITHHELD.format(name=known.protocol.stretches[name].name, why=why)
        return ""

    def go_on(self) -> str:
        """Why a clinician cannot go on with a reason: nothing stops the visit."""
        if refused := self.change():
            return refused
        return "" if self._known.watch.status == "locked" else NOTHING_STOPS

    def sign(self) -> str:
        """Why the visit may not be signed: it is, it is not held here, or an alert waits for the action."""
        known = self._known
        if known.visit.signed:
            return SIGNED_ALREADY
        if refused := known.elsewhere or not_theirs(known):
            return refused
        status = known.watch.status
        if known.visit.action:
            return ACTION_ANEW if status == "blocked-until-action" else ""
        return ACTION_FIRST.get(status, "")

    def as_text(self, passphrase: str) -> str:
        """Why no paper may be written as text: one that anyone can read, while papers are protected."""
        return NO_LOCK if passphrase else ""

    def print(self, passphrase: str) -> str:
        """Why no paper may be made for a printer: it would be behind a passphrase."""
        return NO_PRINTER_OPENS if passphrase else ""

    def add(self) -> str:
        """Why a dated note may not be added: the visit is still open."""
        return "" if self._known.visit.signed else OPEN


def _ticked(bar: Withheld, item: Prescribed) -> bool:
    """Whether the clinician's tick opens what keeps a stretch back."""
    return bar.needs == "tick" and bar.code in item.ticked
