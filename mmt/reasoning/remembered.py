"""What earlier visits tell is worked out once: it does not change while a visit is filled in."""

from collections.abc import Callable
from functools import cache, lru_cache, partial
from typing import TypeVar

from mmt.model.protocol import Protocol
from mmt.model.visit import History

T = TypeVar("T")

KEPT = 256
"""So many answers are kept: those of a few patients with long courses."""

STRIDE = 50
"""So many visits back are asked of from within each other at most."""


class _Same:
    """A history under a protocol, the same as another where it holds the very same values."""

    __slots__ = ("_parts", "history", "protocol")

    def __init__(self, history: History, protocol: Protocol) -> None:
        self.history, self.protocol = history, protocol
        self._parts = (protocol, history.patient, *history.visits)

    def __hash__(self) -> int:
        return hash(tuple(map(id, self._parts)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and list(map(id, self._parts)) == list(map(id, other._parts))


def remembered(ask: Callable[[History, Protocol], T]) -> Callable[[History, Protocol], T]:
    """`ask`, worked out once for the very same patient, visits and protocol."""
    known = lru_cache(maxsize=KEPT)(lambda same: ask(same.history, same.protocol))
    return lambda history, protocol: known(_Same(history, protocol))


def remembered_each(ask: Callable[[History, Protocol, str], T]) -> Callable[[History, Protocol, str], T]:
    """The same for a question that is asked by name: each name once, when it is asked for."""
    known = remembered(lambda history, protocol: cache(partial(ask, history, protocol)))
    return lambda history, protocol, name: known(history, protocol)(name)


def carried(start: T, step: Callable[[T, History, Protocol], T]) -> Callable[[History, Protocol], T]:
    """What is carried on from visit to visit, up to the last of a history; `start` before the first. `step`
    adds the last visit of a history to what stood before it, once for the very same visits: one pass forward,
    however many of a course are asked of."""

    @remembered
    def after(history: History, protocol: Protocol) -> T:
        if not history.visits:
            return start
        return step(after(history.before, protocol), history, protocol)

    def ask(history: History, protocol: Protocol) -> T:
        for at in range(0, len(history.visits), STRIDE):
            after(history.up_to(at), protocol)
        return after(history, protocol)

    return ask
