"""One run of the sender, for whoever starts it."""

from collections.abc import Callable
from contextlib import closing

from mmt.clinic.alone import alone
from mmt.clinic.practice import Practice
from mmt.storage import outbox
from mmt.wire import Wire

from .sender import Pace, Progress, Sender, Sent

_BUSY = "mmt is sending already, in another window or by itself. `mmt send --status` says how far it is."


def run(
    clinic: Practice,
    pace: Pace,
    progress: Progress = lambda *_: None,
    begun: Callable[[Wire], object] = lambda _: None,
) -> Sent:
    """One run; nothing comes of it where no server was chosen. Raises ClinicError where another program
    sends. The way to the server is told as `begun`, for whoever has to cut it."""
    with clinic.store.reading() as db:
        server, token = outbox.server(db), outbox.token(db)
    if server is None:
        return Sent()
    with alone(clinic.places.sending, _BUSY), closing(Wire(server, token, pace.stopped)) as wire:
        begun(wire)
        return Sender(clinic, server, wire, pace).run(progress)
