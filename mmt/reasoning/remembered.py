"""What earlier visits tell is worked out once: it does not change while a visit is filled in."""

from collections.abc import Callable, Hashable, Iterable
from functools import cache, lru_cache, partial
from operator import attrgetter
from typing import TypeVar

from mmt.model.protocol import Protocol
from mmt.model.visit import History, Visit

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

KEPT = 256
"""So many answers are kept: those of a few patients with long courses."""

STRIDE = 50
"""So many visits back are asked of from within each other at most."""


WRITTEN = ("action", "override", "decisions", "prescription", "note", "next_visit", "place")
CLOSED = ("signature", "addenda")
"""What is decided and written of a visit, and closes it, is nothing that was asked or seen at it."""

_seen_of = attrgetter(*(one for one in Visit.__struct_fields__ if one not in (*WRITTEN, *CLOSED)))


class _Same:
    """A history under a protocol, the same as another where it holds the very same `parts`."""

    __slots__ = ("_ids", "history", "protocol")

    def __init__(self, history: History, protocol: Protocol, parts: Iterable[object]) -> None:
        self.history, self.protocol = history, protocol  # held, so that no other value gets one of the ids
        self._ids = (id(protocol), id(history.patient), *map(id, parts))

    def __hash__(self) -> int:
        return hash(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._ids == other._ids


def remembered(ask: Callable[[History, Protocol], T]) -> Callable[[History, Protocol], T]:
    """`ask`, worked out once for the very same patient, visits and protocol."""
    known = lru_cache(maxsize=KEPT)(lambda same: ask(same.history, same.protocol))
    return lambda history, protocol: known(_Same(history, protocol, history.visits))


def remembered_of_seen(ask: Callable[[History, Protocol], T]) -> Callable[[History, Protocol], T]:
    """The same for a question about what was asked and seen: what is written of the last visit and that it is
    signed changes no answer. An answer may hold no last visit, which would not be the one that it became."""
    known = lru_cache(maxsize=KEPT)(lambda same: ask(same.history, same.protocol))

    def asked(history: History, protocol: Protocol) -> T:
        *before, last = history.visits
        return known(_Same(history, protocol, (*before, *_seen_of(last))))

    return asked


def remembered_each(ask: Callable[[History, Protocol, K], T]) -> Callable[[History, Protocol, K], T]:
    """The same for a question that is asked by name: each name once, when it is asked for."""
    known = remembered_of_seen(lambda history, protocol: cache(partial(ask, history, protocol)))
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
