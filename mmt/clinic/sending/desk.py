"""Where signed visits are sent to, how much waits, and what was refused."""

import datetime
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mmt.clinic.practice import Practice
from mmt.model.acts import Act
from mmt.model.counted import counted
from mmt.model.errors import ClinicError
from mmt.model.sending import FetchedVisit, Outgoing, Server, Standing
from mmt.rights import exposed
from mmt.storage import outbox
from mmt.storage.keyfile import Secrets

from .courier import Courier

if TYPE_CHECKING:
    from .reconciling import Reconciled
    from .sender import Progress, Sent

NO_SERVER = "No server was chosen: mmt send --setup https://… begins, docs/sites.md tells how."
_SERVER = "Signed visits go to {base}, {most} resources in a transaction at most."
_WAITS = "{counted} to be sent: `mmt send` does it now, and says what stands against it."
_CLOSED = "{counted} of restricted records, which stay here until the restriction is lifted."
_REFUSED = "{one}: refused on {at:%Y-%m-%d %H:%M}. {did}"
_TRIED = "{one}: tried on {at:%Y-%m-%d %H:%M}. {did} Tried again after {until:%Y-%m-%d %H:%M}."
_AGAIN = (
    "What was refused does not count as arrived. Once the cause is mended, `mmt send --again` sends it anew, "
    "under the same ids. Fewer resources at once may help: mmt send --setup {base} --most N."
)
_EXPOSED = "{says} A private key is its owner's alone; nothing was set up."


class SendingDesk:
    """What goes from a clinic to its server."""

    def __init__(self, clinic: Practice) -> None:
        self._clinic = clinic

    @property
    def server(self) -> Server | None:
        """Where signed visits go; None where nowhere."""
        with self._clinic.store.reading() as db:
            return outbox.server(db)

    @property
    def standing(self) -> Standing:
        """How much waits and was refused."""
        with self._clinic.store.reading() as db:
            return outbox.count(db)

    def told(self) -> str:
        """How much waits and what was refused, in a sentence; empty where nothing is, or nothing is sent."""
        server = self.server
        if server is None:
            return ""
        found = self.standing
        waits = _things(found.waits) if found.waits else ""
        refused = f"{found.refused:,} refused" if found.refused else ""
        said = ", ".join(filter(None, (waits, refused)))
        return f"For {server.host}: {said}. `mmt send --status` says more." if said else ""

    def lines(self) -> Iterator[str]:
        """How it stands, a line each: the server and what it can, what waits, what was refused and why."""
        server = self.server
        if server is None:
            yield NO_SERVER
            return
        yield _SERVER.format(base=server.base, most=server.most)
        yield from server.can
        with self._clinic.store.reading() as db:
            rows, found = outbox.waiting(db), outbox.count(db)
        if found.waits:
            yield _WAITS.format(counted=_things(found.waits))
        if found.closed:
            yield _CLOSED.format(counted=_things(found.closed))
        yield from filter(None, (_line(one, server) for one in rows))
        if found.refused:
            yield _AGAIN.format(base=server.base)
        if not rows:
            yield "All that was signed here is there."

    def choose(self, server: Server, token: str = "") -> tuple[str, ...]:
        """Send to this server from now on, once it was tried with throw-away resources; what was found.

        All that was signed here until now waits then. Raises ClinicError with a sentence where nothing can be
        sent to it; then nothing was changed.
        """
        from mmt.wire import Wire, refuse_unfit

        from .probe import probe

        for one in exposed([Path(server.key)] if server.key else []):
            raise ClinicError(_EXPOSED.format(says=one.says))
        server = replace(server, base=refuse_unfit(server.base))
        with closing(Wire(server, token)) as wire:
            found = probe(wire, server)
        clinic = self._clinic
        chosen = replace(server, most=found.most, can=found.can)
        with clinic.store.writing(Act.CHOSE_SERVER, fold=True) as db:
            outbox.choose(db, chosen, token, clinic.store.actor, clinic.now())
        return found.can

    def stop(self) -> None:
        """Send nothing from now on, and forget the token. Raises ClinicError where no server was chosen."""
        self.chosen()
        with self._clinic.store.writing(Act.STOPPED_SENDING, fold=True) as db:
            outbox.stop(db, self._clinic.store.actor, self._clinic.now())

    def again(self) -> int:
        """Let what was refused be tried again; how many."""
        self.chosen()
        with self._clinic.store.writing(Act.SENT_AGAIN) as db:
            many = outbox.ask_again(db)
        self._clinic.note(Act.SENT_AGAIN)
        return many

    def send(self, progress: "Progress" = lambda *_: None) -> "Sent":
        """Send all that waits, also what was to be tried later. Raises ClinicError where no server was
        chosen, or another program sends."""
        from .running import run
        from .sender import Pace

        self.chosen()
        return run(self._clinic, Pace(time.sleep, hurry=True), progress)

    def reconcile(
        self, patient: int | None = None, *, send: bool = False, progress: "Progress" = lambda *_: None
    ) -> "Reconciled":
        """Hold what the server accepted against what is there, of all records or of one. Where it is to
        `send`, what is missing or different there waits to be sent anew. Raises ClinicError where no server
        was chosen."""
        from .reconciling import make_due, reconcile

        found = reconcile(self._clinic, self.chosen(), patient, progress)
        if send and found.rows:
            make_due(self._clinic, found.rows)
        return found

    def fetch(self, patient: int) -> tuple[FetchedVisit, ...]:
        """A patient's visits at other sites, as the server tells them now; they are kept to be read without
        it. Raises ClinicError with a sentence."""
        from .fetching import fetch

        return fetch(self._clinic, self.chosen(), patient)

    def fetching(self, patient: int) -> Callable[[], str]:
        """`fetch` for a thread, with the keys of this moment and a connection of its own; what came of it in
        a sentence."""
        return partial(_fetched_beside, self._clinic, self._clinic.store.secrets, patient)

    def fetched(self, patient: int) -> tuple[tuple[FetchedVisit, ...], datetime.datetime | None]:
        """What was fetched last of a patient, and when. Raises ClinicError where it may not be seen."""
        from .fetching import kept

        return kept(self._clinic, patient)

    def courier(self, quiet: Callable[[], bool], done: Callable[[], object]) -> Courier:
        """What sends by itself beside the program, in `quiet` moments, and calls what is to be `done` after
        each run, in its thread."""
        return Courier(self._clinic, quiet, done)

    def chosen(self) -> Server:
        """Where signed visits go. Raises ClinicError where no server was chosen."""
        server = self.server
        if server is None:
            raise ClinicError(NO_SERVER)
        return server


def _fetched_beside(clinic: Practice, secrets: Secrets, patient: int) -> str:
    try:
        beside = clinic.beside(secrets)
        with closing(beside.store):
            found = SendingDesk(beside).fetch(patient)
    except ClinicError as error:
        return str(error)
    return f"{counted(len(found), 'visit')} at other sites, as the server tells now."


def _things(many: int) -> str:
    return f"{counted(many, 'visit')} wait{'s' if many == 1 else ''}"


def _line(one: Outgoing, server: Server) -> str:
    """What became of one thing, where there is something to say."""
    if one.at is None:
        return ""
    if one.state == "refused":
        return _REFUSED.format(one=one.said, at=one.at, did=server.did(one.words))
    if one.not_before is None:
        return ""
    return _TRIED.format(one=one.said, at=one.at, did=server.did(one.words), until=one.not_before)
