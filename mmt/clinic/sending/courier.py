"""Sends by itself beside the program, in a thread with a connection of its own."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING

from mmt.clinic.practice import Practice
from mmt.crash import note
from mmt.model.errors import ClinicError
from mmt.storage import outbox
from mmt.storage.keyfile import Secrets

if TYPE_CHECKING:
    from mmt.wire import Wire

_WAIT_S = 2.0
"""So long the program waits for a run that is stopped: a server may hang."""

_LOOKS_S = 0.1
"""So often a run looks whether it may go on."""


class Courier:
    """One run at a time. It goes on in `quiet` moments alone, and calls what is to be `done` after it.

    Whoever needs the records alone, locks or leaves them stops it by the clinic's `let_go`.
    """

    def __init__(self, clinic: Practice, quiet: Callable[[], bool], done: Callable[[], object]) -> None:
        self._clinic, self._quiet, self._done = clinic, quiet, done
        self._stop = Event()
        self._wire: Wire | None = None
        self._thread: Thread | None = None
        clinic.let_go = self.stop

    @property
    def busy(self) -> bool:
        """Whether a run is going on."""
        return self._thread is not None and self._thread.is_alive()

    def go(self) -> None:
        """Begin a run where something waits, and none is going on."""
        if self.busy:
            return
        with suppress(ClinicError):  # what is wrong with the records is told where they are read
            with self._clinic.store.reading() as db:
                if outbox.server(db) is None or not outbox.count(db).waits:
                    return
            self._stop = Event()
            goes = partial(self._run, self._clinic.store.secrets, self._stop)
            self._thread = Thread(target=goes, name="sending", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Let a run end soon, and wait a moment for it. What it did not finish is done by the next one."""
        self._stop.set()
        if self._wire is not None:
            self._wire.cut()
        if self._thread is not None:
            self._thread.join(_WAIT_S)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """A fault of mmt ends the run alone, and is noted: the program goes on."""
        try:
            yield
        except Exception as error:
            note(error, self._clinic.places.log)

    def _run(self, secrets: Secrets, stop: Event) -> None:
        def before() -> None:
            while not self._quiet() and not stop.is_set():
                time.sleep(_LOOKS_S)

        def begun(wire: "Wire") -> None:
            self._wire = wire
            if stop.is_set():
                wire.cut()

        from .running import run
        from .sender import Pace

        with self._noting(), suppress(ClinicError):  # how it stands is told from the records
            beside = self._clinic.beside(secrets)
            with closing(beside.store):
                run(beside, Pace(stop.wait, stop.is_set, before), begun=begun)
        if not stop.is_set():
            self._done()
