"""An open visit: each method keeps what was done, durably, before the visit in memory changes."""

from collections.abc import Collection
from typing import Literal

import msgspec
from msgspec.structs import replace

from mmt.case.written import written
from mmt.model.acts import Act
from mmt.model.base import Side
from mmt.model.errors import ClinicError
from mmt.model.observation import Observation
from mmt.model.review import Review, Status, Watch
from mmt.model.visit import (
    TOPICS,
    Addendum,
    Answer,
    Decision,
    Override,
    Prescribed,
    Topic,
    Visit,
    local_day,
)
from mmt.reasoning import LOUD, alert_name, blocks, concluded, watch
from mmt.storage import visits

from . import doubts, typed
from .allowed import Refusals, obey
from .visit_papers import VisitPapers


class OpenVisit(VisitPapers):
    """A visit of a patient, on the desk. A draft is reasoned about with the present rules, a signed visit
    with those of its day. What may not be done with it raises RefusedError; `refusal` says why.
    """

    _acted_on: frozenset[str] | None = None

    @property
    def clock(self) -> str:
        """What is odd about the computer's clock for what is signed or noted now; empty where nothing is."""
        return doubts.behind(local_day(self.clinic.now()), self.visit.date)

    @property
    def refusal(self) -> Refusals:
        """Why an act may not be done now, one sentence each; empty where it may."""
        return Refusals(self)

    @property
    def doubt(self) -> doubts.Doubts:
        """What is odd about going on now, one sentence each; empty where nothing is."""
        return doubts.Doubts(self)

    def keep(self, observation: Observation) -> None:
        """Keep one observation; one of the same test, side and trial is corrected by it."""
        obey(self.refusal.keep(observation))
        observation = _as_kept(observation)
        with self._writing(Act.OBSERVED) as db:
            visits.put(db, self.visit, observation, self.clinic.now())
        self._became(self.visit.recorded(observation))

    def take_in(self, seen: Visit) -> None:
        """Keep the answers and observations of a visit that was recorded elsewhere.

        Where it ends under an emergency each observation is kept by itself, as far as that may be.
        """
        obey(self.refusal.change())
        now, visit = self.clinic.now(), self.visit
        seen = replace(seen, observations=tuple(map(_as_kept, seen.observations)))
        told = {
            topic: {name: _cleaned(value) for name, value in getattr(seen, topic).items()} for topic in TOPICS
        }
        with self._writing(Act.TOOK_IN) as db:
            answers = ((topic, *one) for topic, given in told.items() for one in given.items())
            visits.answer_all(db, visit.id, answers, now)
        told = {topic: {**getattr(visit, topic), **given} for topic, given in told.items()}
        self._became(replace(visit, **told))
        fresh = {one.key: one for one in (*visit.observations, *seen.observations)}
        whole = replace(self.visit, observations=tuple(fresh.values()))
        if watch(self.history.with_visit(whole), self.protocol).status == "locked":
            for observation in seen.observations:
                self.keep(observation)
            return
        with self._writing(Act.TOOK_IN) as db:
            visits.put_all(db, visit, seen.observations, now)
        self._became(whole)

    def withdraw(self, test: str, side: Side | None, trial: int = 1) -> None:
        """Take a value back: the test counts as not done."""
        obey(self.refusal.change())
        with self._writing(Act.WITHDREW) as db:
            visits.withdraw(db, self.visit, test, side, trial, self.clinic.now())
        self._became(self.visit.withdrawn(test, side, trial))

    def answer(self, topic: Topic, question: str, value: Answer | None) -> None:
        """Keep an answer; None makes the question not asked again."""
        obey(self.refusal.change())
        value = _cleaned(value)
        with self._writing(Act.ANSWERED) as db:
            visits.answer(db, self.visit.id, topic, question, value, self.clinic.now())
        answers = {name: held for name, held in getattr(self.visit, topic).items() if name != question}
        if value is not None:
            answers[question] = value
        self._became(replace(self.visit, **{topic: answers}))

    def move(self, place: str) -> None:
        """Keep where the walk stands. A visit that is only looked at has no place to keep."""
        if not self.refusal.change() and place != self.visit.place:
            self._set(Act.WALKED, place=place)

    def decide(self, finding: str, verdict: Literal["accepted", "set-aside"] | None) -> None:
        """Keep what the examiner decided about the finding of this key; None takes it back."""
        obey(self.refusal.change())
        decision = verdict and Decision(verdict=verdict, by=self.visit.examiner, at=self.clinic.now())
        with self._writing(Act.DECIDED) as db:
            visits.decide(db, self.visit.id, finding, decision, self.clinic.now())
        decisions = {name: held for name, held in self.visit.decisions.items() if name != finding}
        if decision is not None:
            decisions[finding] = decision
        self._became(replace(self.visit, decisions=decisions))

    def accept(self, findings: Collection[str]) -> None:
        """Keep, all at once, that the findings of these keys are accepted; what was decided before stands."""
        obey(self.refusal.change())
        at = self.clinic.now()
        decision = Decision(verdict="accepted", by=self.visit.examiner, at=at)
        accepted = {name: decision for name in findings if name not in self.visit.decisions}
        with self._writing(Act.DECIDED) as db:
            for name in accepted:
                visits.decide(db, self.visit.id, name, decision, at)
        self._became(replace(self.visit, decisions={**self.visit.decisions, **accepted}))

    def prescribe(self, items: tuple[Prescribed, ...]) -> None:
        """Keep the chosen stretches, in the order of the sheet."""
        obey(self.refusal.prescribe(items))
        self._set(Act.PRESCRIBED, prescription=tuple(typed.lines(one, "A stretch") for one in items))

    def act(self, action: str) -> None:
        """Keep what was done about the urgent alerts that stand. One that comes later waits for its own.

        What stood is known as long as the visit is open here: opened anew, the action counts for all.
        """
        self._set(Act.ACTED, action=typed.line(action, "What was done"))
        self._acted_on = frozenset(alert_name(one) for one in super().watch.alerts if one.level in LOUD)

    @property
    def watch(self) -> Watch:
        found = super().watch
        return replace(found, status="blocked-until-action") if self._waits(found.status) else found

    @property
    def review(self) -> Review:
        found = super().review
        if not self._waits(found.prescription.status):
            return found
        return replace(found, prescription=replace(found.prescription, status="blocked-until-action"))

    def _waits(self, status: Status) -> bool:
        """Whether an urgent alert came after the action was written: it is about the earlier ones alone."""
        if status != "offered" or self._acted_on is None:
            return False
        return not {alert_name(one) for one in super().watch.alerts if blocks(one)} <= self._acted_on

    def go_on(self, reason: str, by: str) -> None:
        """Keep why a named clinician goes on although an emergency locked the exam.

        It covers what stands now: an emergency that comes later locks again, and its reason is kept behind
        the earlier one. Raises ClinicError where `by` is no name.
        """
        obey(self.refusal.go_on() or self.clinic.not_as(by))
        reason, by = typed.line(reason, "The reason"), _name(by)
        covers = tuple(alert_name(one) for one in self.watch.alerts if one.level == "emergency")
        if before := self.visit.override:
            reason = f"{before.reason} ({before.by}). Then: {reason}"
        self._set(Act.OVERRODE, override=Override(reason=reason, by=by, at=self.clinic.now(), covers=covers))

    def write(self, *, note: str | None = None, next_visit: str | None = None) -> None:
        """Keep the clinician's note or the date of the next visit."""
        told = {}
        if note is not None:
            told["note"] = typed.note(note, "The note")
        if next_visit is not None:
            told["next_visit"] = typed.line(next_visit, "The next visit")
        if told:
            self._set(Act.WROTE, **told)

    def _set(self, act: Act, **fields: object) -> None:
        obey(self.refusal.change())
        with self._writing(act) as db:
            visits.set_fields(db, self.visit.id, **fields)
        self._became(replace(self.visit, **fields))

    def sign(self, by: str, passphrase: str = "") -> None:
        """Close the visit, with what was on the screen that day. Who signed in types the passphrase again.

        Raises ClinicError where `by` is no name, or the visit was changed from elsewhere since it was
        opened: what is signed is what the signer has seen. Raises SignInError where it is not the passphrase.
        """
        obey(self.refusal.sign() or self.clinic.not_as(by))
        by = _name(by)
        seed = self.clinic.seed(passphrase)
        now, findings = concluded(self.history, self.protocol)
        shown = {"alerts": now.alerts, "findings": findings}
        kept = msgspec.json.encode({name: written(one, self.protocol) for name, one in shown.items()})
        with self._writing(Act.SIGNED, fold=True) as db:
            if visits.get(db, self.visit.id) != self.visit:
                raise ClinicError(
                    "This visit was changed from another window. Go back, open it and look again."
                )
            signature = visits.sign(db, self.visit, self.protocol, by, kept, self.clinic.now(), seed)
        self._became(replace(self.visit, signature=signature))
        self._made = None
        if self.visit.blind:  # from here on what was recorded before is seen
            self._read(self.visit.id, *self.clinic.read(self.visit.id))

    def add(self, text: str, by: str) -> Addendum:
        """Add a dated note to the signed visit."""
        obey(self.refusal.add() or self.clinic.not_as(by))
        text, by = typed.note(text, "The note"), typed.line(by, "The name")
        if not text:
            raise ClinicError("Type the note first.")
        addendum = Addendum(text=text, by=by, at=self.clinic.now().astimezone())
        patient, visit = self.history.patient.id, self.visit.id
        with self.clinic.store.writing(Act.ADDED_NOTE, patient=patient, visit=visit, fold=True) as db:
            visits.add(db, visit, addendum)
        self._became(replace(self.visit, addenda=(*self.visit.addenda, addendum)))
        return addendum


def _as_kept(seen: Observation) -> Observation:
    """What was seen, with its texts as lines. Raises ClinicError where one is too long."""
    return typed.lines(seen, "What was seen") if seen.substitution or seen.variant else seen


def _cleaned(value: Answer | None) -> Answer | None:
    """An answer without what no record holds. Raises ClinicError where its text is too long."""
    if isinstance(value, tuple):
        return tuple(typed.line(one, "An answer") for one in value)
    return typed.line(value, "The answer") if isinstance(value, str) else value


def _name(by: str) -> str:
    """The name under a signature. Digits that were meant for another screen are none: raises ClinicError."""
    by = typed.line(by, "The name")
    if not any(sign.isalpha() for sign in by):
        raise ClinicError(f'"{by}" is no name: sign with letters.')
    return by
