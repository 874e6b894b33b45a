"""What mmt does by itself while nobody types: backups, and what goes to a server."""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Any

from mmt.model.errors import ClinicError

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer

    from mmt.clinic import Clinic
    from mmt.clinic.backups.desk import BackupDesk
    from mmt.clinic.backups.making import Made
    from mmt.clinic.sending.courier import Courier

    from .front.patients import PatientsScreen

IDLE_S = 3
"""So many seconds after the last key the records are folded in: no key waits for it."""

QUIET_S = 600
"""So many seconds after the last key a backup is made: longer than a clinician at the table leaves the keys
alone, shorter than a break; after the day's last visit the records are safe before anybody thinks of it."""

SEND_S = 180
"""So often, in seconds, what waits for a server goes out; its thread holds back while keys come."""

QUIET_FOR_S = 1.0
"""So many seconds after the last key a moment is quiet."""


class ByItself:
    """Waits until nobody types. `leaving` and `shut` tell whether mmt is being left, and whether its records
    are locked: then nothing is begun. `idle` is called after each moment without a key."""

    def __init__(
        self,
        app: "App[Any]",
        leaving: Callable[[], bool],
        shut: Callable[[], bool],
        idle: Callable[[], None],
    ) -> None:
        self._app, self._leaving, self._shut, self._idle = app, leaving, shut, idle
        self.backups: BackupDesk | None = None
        self.courier: Courier | None = None
        self._last_key = -inf
        self._begin_anew: tuple[Timer, ...] = ()
        self._sending: Timer | None = None

    def begin(self, clinic: "Clinic", *, backed_up: bool) -> None:
        """The records are open: wait from here on. A throwaway clinic is neither backed up nor sent."""
        for timer in filter(None, (*self._begin_anew, self._sending)):
            timer.stop()
        wait = self._app.set_interval
        self._begin_anew = wait(IDLE_S, self._idle), wait(QUIET_S, self.back_up)
        if backed_up:
            self.backups = clinic.backups()
            self.courier = clinic.sending().courier(self._is_quiet, self._tell_sent)
            self._sending = wait(SEND_S, self.send)

    def typed(self) -> None:
        """Whoever types or clicks is not idle: the wait begins anew."""
        self._last_key = time.monotonic()
        for timer in self._begin_anew:
            timer.reset()

    @property
    def _may(self) -> bool:
        return not self._leaving() and not self._shut()

    def _is_quiet(self) -> bool:
        return time.monotonic() - self._last_key > QUIET_FOR_S

    def send(self) -> None:
        """Some minutes are over: what waits for a server goes out, while the records are open."""
        if self.courier is not None and self._may:
            self.courier.go()

    def _tell_sent(self) -> None:
        """In the thread of a run: how it stands now is told on the list of patients."""
        tell = partial(self._on_lists, lambda patients: patients.tell_sending())
        with suppress(RuntimeError):  # mmt was left meanwhile
            self._app.call_from_thread(self._app.call_later, tell)

    def back_up(self) -> None:
        """Nobody has typed for long, or the records are locked now: make a backup where one is due."""
        if self.backups is not None and not self.backups.busy and self._may:
            made = partial(self._backed_up, self.backups.ready())
            self._app.run_worker(made, thread=True, group="backup", exit_on_error=False)

    def _backed_up(self, make: "Callable[[], Made | None]") -> None:
        with suppress(ClinicError):  # told when mmt is left; an old last backup, on the list of patients
            if make() and not self._leaving():
                self._app.call_from_thread(self._tell_backup)

    def _tell_backup(self) -> None:
        assert self.backups is not None
        self.backups.write_down()
        self._on_lists(lambda patients: patients.tell_backup())

    def _on_lists(self, tell: "Callable[[PatientsScreen], None]") -> None:
        from .front.patients import PatientsScreen

        for screen in self._app.screen_stack:
            if isinstance(screen, PatientsScreen):
                tell(screen)
