"""What earlier visits tell is worked out once: it does not change while a visit is filled in."""

from collections.abc import Callable, Hashable, Iterable
from functools import cache, lru_cache, partial
from operator import attrgetter
from typing import Generic, TypeVar

from mmt.model.protocol import Protocol
from mmt.model.visit import History, Visit

A = TypeVar("A")
K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

KEPT = 256
"""So many answers are kept: those of a few patients with long courses."""

STRIDE = 50
"""So many visits back are asked of from within each other at most."""


WRITTEN = ("action", "override", "decisions", "prescription", "note", "next_visit", "place")
CLOSED = ("signature", "addenda")
"""What is decided and written of a visit, and closes it, is nothing that was asked or seen at it."""

TESTED = "observations"
"""What was tested of a visit is nothing that was told."""

_seen = tuple(one for one in Visit.__struct_fields__ if one not in (*WRITTEN, *CLOSED))
_seen_of = attrgetter(*_seen)
_told_of = attrgetter(*(one for one in _seen if one != TESTED))


class _Same(Generic[A]):
    """What is asked about under a protocol, the same as another where it holds the very same `parts`."""

    __slots__ = ("_ids", "about", "protocol")

    def __init__(self, about: A, protocol: Protocol, parts: Iterable[object]) -> None:
        self.about, self.protocol = about, protocol  # held, so that no other value gets one of the ids
        self._ids = (id(protocol), *map(id, parts))

    def __hash__(self) -> int:
        return hash(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._ids == other._ids


def remembered(ask: Callable[[History, Protocol], T]) -> Callable[[History, Protocol], T]:
    """`ask`, worked out once for the very same patient, visits and protocol."""
    return _remembered_of(lambda one: (one.patient, *one.visits), ask)


def remembered_of_seen(ask: Callable[[History, Protocol], T]) -> Callable[[History, Protocol], T]:
    """The same for a question about what was asked and seen: what is written of the last visit and that it is
    signed changes no answer. An answer may hold no last visit, which would not be the one that it became."""
    return _remembered_of(lambda one: (one.patient, *one.visits[:-1], *_seen_of(one.visits[-1])), ask)


def remembered_of_told(ask: Callable[[History, Protocol], T]) -> Callable[[History, Protocol], T]:
    """The same for a question about what was asked alone, which no test of the last visit answers."""
    return _remembered_of(lambda one: (one.patient, *one.visits[:-1], *_told_of(one.visits[-1])), ask)


def remembered_of_visit(ask: Callable[[Visit, Protocol], T]) -> Callable[[Visit, Protocol], T]:
    """The same for a question about one visit alone."""
    return _remembered_of(lambda visit: (visit,), ask)


def _remembered_of(
    parts: Callable[[A], Iterable[object]], ask: Callable[[A, Protocol], T]
) -> Callable[[A, Protocol], T]:
    known = lru_cache(maxsize=KEPT)(lambda same: ask(same.about, same.protocol))
    last: tuple[A, Protocol, T] | None = None

    def asked(about: A, protocol: Protocol) -> T:
        nonlocal last
        found = last  # another thread may put its own there at any moment
        if found is None or found[0] is not about or found[1] is not protocol:
            found = last = about, protocol, known(_Same(about, protocol, parts(about)))
        return found[2]

    return asked


def remembered_each(ask: Callable[[History, Protocol, K], T]) -> Callable[[History, Protocol, K], T]:
    """As `remembered_of_seen`, for a question that is asked by name: each name once, when it is asked for."""
    return _each(remembered_of_seen, ask)


def remembered_each_of_told(ask: Callable[[History, Protocol, K], T]) -> Callable[[History, Protocol, K], T]:
    """As `remembered_of_told`, for a question that is asked by name."""
    return _each(remembered_of_told, ask)


def _each(
    remember: Callable[[Callable[[History, Protocol], Callable[[K], T]]], Callable[..., Callable[[K], T]]],
    ask: Callable[[History, Protocol, K], T],
) -> Callable[[History, Protocol, K], T]:
    known = remember(lambda history, protocol: cache(partial(ask, history, protocol)))
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
