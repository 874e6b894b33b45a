"""Keeping what was seen: nothing counts as saved before the desk has said so."""

from collections.abc import Callable, Hashable

from mmt.model.errors import NotSavedError, RefusedError


class Keeper:
    """Keeps values in the order they were given; what could not be saved waits here and is tried again.

    `trouble` is the store's sentence while something is not saved, else empty.
    """

    def __init__(self) -> None:
        self._waiting: dict[Hashable, Callable[[], object]] = {}
        self.trouble = ""

    def do(self, key: Hashable, save: Callable[[], object]) -> bool:
        """Save one value after all that still waits; whether everything is saved now.

        Raises RefusedError where one may not be kept at all: it waits no more.

        `key` names the value: a later one of the same key takes the place of one that waits.
        """
        self._waiting.pop(key, None)
        self._waiting[key] = save
        return self.retry()

    def retry(self) -> bool:
        """Try again what is not saved; whether everything is saved now. Raises as `do` does."""
        for key, save in tuple(self._waiting.items()):
            try:
                save()
            except NotSavedError as error:
                self.trouble = str(error)
                return False
            except RefusedError:
                del self._waiting[key]
                raise
            del self._waiting[key]
        self.trouble = ""
        return True

    @property
    def clear(self) -> bool:
        """Whether everything is saved."""
        return not self._waiting

    @property
    def count(self) -> int:
        """How many values are not saved."""
        return len(self._waiting)

    def waits(self, key: Hashable) -> bool:
        """Whether the value of this key is shown but not saved."""
        return key in self._waiting
