"""Keeping what was seen: nothing counts as saved before the desk has said so."""

from typing import Protocol

from mmt.model.base import Side
from mmt.model.errors import NotSavedError
from mmt.model.observation import Observation


class Store(Protocol):
    """What keeps observations; a `Desk` is one."""

    def keep(self, observation: Observation) -> None:
        """Keep an observation durably or raise NotSavedError."""

    def withdraw(self, test: str, side: Side | None, trial: int = 1) -> None:
        """Take an observation back durably or raise NotSavedError."""


class Keeper:
    """Hands observations to the store in their order; what the store refused waits here and is tried again.

    `trouble` is the store's sentence while something is not saved, else empty.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.unsaved: tuple[Observation, ...] = ()
        self.trouble = ""

    def keep(self, observation: Observation) -> bool:
        """Keep an observation after all that still waits; whether everything is saved now."""
        key = (observation.cell, observation.trial)
        waiting = (one for one in self.unsaved if (one.cell, one.trial) != key)
        self.unsaved = (*waiting, observation)
        return self.retry()

    def retry(self) -> bool:
        """Try again what is not saved; whether everything is saved now."""
        while self.unsaved:
            try:
                self._store.keep(self.unsaved[0])
            except NotSavedError as error:
                self.trouble = str(error)
                return False
            self.unsaved = self.unsaved[1:]
        self.trouble = ""
        return True

    def withdraw(self, observation: Observation) -> bool:
        """Take an observation back; whether that is on the disk. One that was never saved just goes."""
        if observation in self.unsaved:
            self.unsaved = tuple(one for one in self.unsaved if one != observation)
        try:
            self._store.withdraw(observation.test, observation.side, observation.trial)
        except NotSavedError as error:
            self.trouble = str(error)
            return False
        return True

    def waits(self, observation: Observation | None) -> bool:
        """Whether this value is shown but not saved."""
        return observation is not None and observation in self.unsaved
