"""Sends what waits, one visit after the other, and keeps what the server said of each.

No lock on the records is held while the network is waited for. Killed at any moment it goes on where it was:
what was handed over without an answer is handed over again, under the same ids.
"""

import datetime
import random
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from mmt.clinic.allowed import BLIND_OPEN
from mmt.clinic.exchange.fhir_out import patient_bundle, sent_patient, visit_bundle
from mmt.clinic.practice import Practice
from mmt.exchange.decoding import object_of
from mmt.exchange.fhir.parts import Json
from mmt.exchange.fhir.sent import SentPatient
from mmt.exchange.fhir.transactions import digest, transactions
from mmt.exchange.fhir.verdicts import Verdict, matter, retry_after, verdict
from mmt.model.acts import Act
from mmt.model.base import grouped
from mmt.model.errors import ClinicError, NotSavedError
from mmt.model.sending import Outgoing, Server
from mmt.model.visit import History
from mmt.storage import disclosures, outbox, restrictions
from mmt.wire import LostError, OverdueError, Wire

TRIES = 4
"""So often something is tried within one run, after pauses that grow."""

PATIENCE_S = 20.0
"""A longer wait than this many seconds, which a server asks for, is for the next run."""

GIVES_UP = 3
"""After so many records in a row that it could not take now the server is left alone."""

CONFLICT = 409
"""What a server may say where two clinics write the data of one patient at once: it is tried again before it
counts as a refusal."""

ALL_REFUSED = 10
"""After so many refusals in a row, of a run in which nothing was accepted, it is not about the visits."""

FIRST_S, LONGEST_S = 30.0, 3600.0
"""Seconds until the next run tries something again, at first and at most."""

_ONLY_REFUSES = (
    "{host} refused {many} things in a row, and took nothing: the others wait. Ask whoever keeps it, then "
    "`mmt send --again`."
)
WAITS = "{did} What waits stays here, and is sent once it can be."
_ALTERED = "{one} is not as it was signed, and stays here: `mmt verify` names it."
_AWAY = "{one} cannot be read, and stays here: {why}"
_UNKEPT = (
    "{one}: {did} That could not be written down: {why} Until it can be nothing more is sent; then this is "
    "sent once more, under the same ids, so that it is there once."
)
_STOPPED = "Stopped. What waits stays here."

Progress = Callable[[int, int], object]


class Sent(NamedTuple):
    """What became of a run: how much the server `accepted` and `refused`, and how much `waits`; what `stays`
    here and why, a sentence each; and why it came to an end before all was tried, in `halted`."""

    accepted: int = 0
    refused: int = 0
    waits: int = 0
    stays: tuple[str, ...] = ()
    halted: str = ""


class Pace(NamedTuple):
    """How a run takes its time: how it `sleep`s so many seconds, whether it is `stopped`, what it waits for
    `before` each thing that it sends. In a `hurry` it also tries what is to wait for a moment."""

    sleep: Callable[[float], object]
    stopped: Callable[[], bool] = lambda: False
    before: Callable[[], object] = lambda: None
    hurry: bool = False


class Sender:
    """One run. `clinic` is used by the thread of this run alone."""

    def __init__(self, clinic: Practice, server: Server, wire: Wire, pace: Pace) -> None:
        self._clinic, self._server, self._wire, self._pace = clinic, server, wire, pace
        self._accepted = self._refused = self._in_a_row = 0
        self._stays: list[str] = []
        self._halted = ""

    def run(self, progress: Progress = lambda *_: None) -> Sent:
        """Send all that waits. What cannot be written down ends the run. Raises ClinicError where the records
        cannot be read."""
        try:
            self._run(progress)
        except NotSavedError as error:
            self._halted = str(error)
        with self._clinic.store.reading() as db:
            waits = outbox.count(db).waits
        return Sent(self._accepted, self._refused, waits, tuple(self._stays), self._halted)

    def _run(self, progress: Progress) -> None:
        rows = self._waiting()
        if rows and (why := self._unreachable()):
            self._halted = why
        done = 0
        for record, held in grouped((one.read_with, one) for one in rows).items():
            if self._over():
                break
            self._record(record, held)
            progress(done := done + len(held), len(rows))

    def _waiting(self) -> list[Outgoing]:
        """All that waits, with moments of the clock as it goes now."""
        clinic = self._clinic
        with clinic.store.reading() as db:
            rows = outbox.waiting(db)
        now = clinic.now()
        if not any(one.is_of_another_clock(now) for one in rows):
            return rows
        with clinic.store.writing(Act.SENT) as db:
            outbox.forget_moments(db)
            return outbox.waiting(db)

    def _over(self) -> bool:
        if not self._halted and self._pace.stopped():
            self._halted = _STOPPED
        return bool(self._halted)

    def _unreachable(self) -> str:
        """Why the server takes nothing now, in a sentence; empty where one of FHIR answers at all. What is
        none is sent no visit."""
        try:
            answer = self._wire.ask("GET", "metadata")
        except LostError as error:
            return _STOPPED if self._pace.stopped() else WAITS.format(did=self._server.did(error))
        if answer.status == 200 and "resourceType" in object_of(answer.body):
            return ""
        if answer.status not in (200, 429, 503):
            return ""
        wait = retry_after(answer.headers, self._clinic.now()) or datetime.timedelta(0)
        self._put_all_off(wait)
        return WAITS.format(did=self._server.did(matter(*answer)))

    def _record(self, record: int, rows: list[Outgoing]) -> None:
        """What waits of one record, in its order: behind what does not go nothing goes."""
        ready = [*takewhile(self._may_go, rows)]
        if not ready:
            return
        try:
            history = self._clinic.history(record)
        except ClinicError as error:
            self._stays.append(_AWAY.format(one=ready[0].said.partition(",")[0], why=error))
            return
        if history.hidden:
            self._stays.append(f"record {record}: {BLIND_OPEN}")
            return
        who = sent_patient(self._clinic, history.patient)
        sound = tuple(one for one in history.visits if one.signed and not one.altered)
        told = replace(history, visits=sound)
        for one in ready:
            if not self._one(one, who, told):
                return

    def _may_go(self, one: Outgoing) -> bool:
        if one.state == "refused":
            return False
        return self._pace.hurry or one.not_before is None or one.not_before <= self._clinic.now()

    def _one(self, one: Outgoing, who: SentPatient, history: History) -> bool:
        """Send one thing; whether what comes behind it may go."""
        self._pace.before()
        if self._over():
            return False
        try:
            bundle = self._bundle(one, who, history)
        except ClinicError as error:
            self._stays.append(_AWAY.format(one=one.said, why=error))
            return True
        if bundle is None:
            self._stays.append(_ALTERED.format(one=one.said))
            return True
        told = digest(bundle)
        if told == one.digest:
            self._settle(one, Verdict("accepted", one.status, one.words), told)
            return True
        if not self._hand_over(one):
            return False
        found = self._sent(bundle)
        if found.outcome in ("accepted", "refused"):
            self._in_a_row = 0
            self._settle(one, found, told if found.outcome == "accepted" else "")
            return found.outcome == "accepted"
        if not self._over():
            self._put_off(one, found)
        return False

    def _bundle(self, one: Outgoing, who: SentPatient, history: History) -> Json | None:
        """What goes out; None where it is not as it was signed."""
        if one.visit is None:
            return patient_bundle(self._clinic, history.patient, one.record)
        numbers = [visit.id for visit in history.visits]
        if one.visit not in numbers:
            return None
        return visit_bundle(self._clinic, who, history, numbers.index(one.visit))

    def _hand_over(self, one: Outgoing) -> bool:
        """Keep that something leaves the clinic, before it does; not where its record was closed just now."""
        clinic, act = self._clinic, Act.SENT.of(self._server.host)
        with clinic.store.writing(act, patient=one.read_with, visit=one.visit) as db:
            if restrictions.restriction(db, one.read_with):
                return False
            now = outbox.one(db, one.id)
            if now is None or now.state not in ("due", "sending"):
                return False
            if now.state == "due":
                what = f"The visit of {one.day} as FHIR" if one.visit else "The patient's data as FHIR"
                by, at = clinic.store.actor, clinic.now()
                disclosures.keep(db, one.record, None, what, self._server.host, by, at)
            outbox.hand_over(db, one)
        return True

    def _sent(self, bundle: Json) -> Verdict:
        """Send the transactions of a Bundle; what is to be thought of the first that is not accepted."""
        found = Verdict("accepted", 200)
        for part in transactions(bundle, self._server.most, atomic=self._server.atomic):
            found = self._posted(msgspec.json.encode(part), len(part["entry"]))
            if found.outcome != "accepted":
                break
        return found

    def _posted(self, body: bytes, entries: int) -> Verdict:
        """Send one transaction, some times where the server cannot take it now; but once where it is too busy
        to answer: what many clinics then ask again it has to do for nobody (docs/scale.md)."""
        found = Verdict("later", 0)
        for pause in (*_pauses(), None):
            found = self._answered(body, entries)
            asked = found.wait.total_seconds() if found.wait else 0.0
            again = found.outcome == "later" or found.status == CONFLICT
            if not again or found.overdue or asked > PATIENCE_S:
                break
            if pause is None or self._pace.stopped():
                break
            self._pace.sleep(max(pause, asked))
        return found

    def _answered(self, body: bytes, entries: int) -> Verdict:
        try:
            answer = self._wire.ask("POST", "", body)
        except LostError as error:
            return Verdict("later", 0, str(error), overdue=isinstance(error, OverdueError))
        return verdict(answer.status, answer.headers, answer.body, entries, self._clinic.now())

    def _settle(self, one: Outgoing, found: Verdict, told: str) -> None:
        for pause in (*_pauses(), None):
            try:
                with self._clinic.store.writing(Act.SENT) as db:
                    outbox.settle(db, one, found.outcome, self._clinic.now(), found.status, found.words, told)
                break
            except NotSavedError as error:
                if pause is None or self._pace.stopped():
                    did = self._server.did(found.words or "took it")
                    raise NotSavedError(_UNKEPT.format(one=one.said, did=did, why=error)) from None
                self._pace.sleep(pause)
        if found.outcome == "accepted":
            self._accepted += 1
        else:
            self._refused += 1
            if not self._accepted and self._refused >= ALL_REFUSED:
                self._halted = _ONLY_REFUSES.format(host=self._server.host, many=self._refused)

    def _put_off(self, one: Outgoing, found: Verdict) -> None:
        """Leave something for later, and the server alone where that is about more than this."""
        now = self._clinic.now()
        pause = min(FIRST_S * 2**one.tries, LONGEST_S) * random.uniform(0.5, 1.5)
        until = now + (found.wait or datetime.timedelta(seconds=pause))
        with self._clinic.store.writing(Act.SENT) as db:
            outbox.put_off(db, one, now, found.status, found.words, until)
        if found.wait:
            self._put_all_off(found.wait)
        self._in_a_row += 1
        if found.outcome == "shut" or found.status in (0, 429) or self._in_a_row >= GIVES_UP or found.wait:
            self._halted = WAITS.format(did=self._server.did(found.words))

    def _put_all_off(self, wait: datetime.timedelta) -> None:
        if wait:
            with self._clinic.store.writing(Act.SENT) as db:
                outbox.put_all_off(db, self._clinic.now() + wait)


def _pauses() -> Iterator[float]:
    """Seconds between tries: each about twice the one before, so that many clinics do not come at once."""
    for at in range(TRIES - 1):
        yield 2**at * random.uniform(0.5, 1.5)
