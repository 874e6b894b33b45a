"""JSON from outside, read within bounds: whatever is wrong with it is told in a sentence."""

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from .located import in_words

DEEPEST = 100
"""So many values may stand within each other; no record and no resource has half as many."""

LARGEST = 2**53
"""No number that counts or names something is larger: beyond it programs read another than was written."""

_LARGE = "a number in it is larger than any that mmt writes"
_DEEP = f"more than {DEEPEST} values stand within each other"
_NO_TEXT = "a text in it is not UTF-8"

T = TypeVar("T")


class UnreadableError(ValueError):
    """The bytes are not what was asked for; `str()` says what is wrong, without a full stop."""


def decoded(data: bytes | msgspec.Raw, decoder: msgspec.json.Decoder[T] = msgspec.json.Decoder()) -> T:  # noqa: B008
    """The value of a JSON text, of any kind where no decoder asks for one. Raises UnreadableError."""
    try:
        value = decoder.decode(data)
    except UnicodeDecodeError:
        raise UnreadableError(_NO_TEXT) from None
    except RecursionError:
        raise UnreadableError(_DEEP) from None
    except msgspec.MsgspecError as error:
        raise UnreadableError(in_words(str(error))) from None
    for depth, held in within(value):
        if depth > DEEPEST:
            raise UnreadableError(_DEEP)
        if isinstance(held, int) and abs(held) > LARGEST:
            raise UnreadableError(_LARGE)
    return value


def object_of(data: bytes) -> dict[str, Any]:
    """The JSON object of a text; empty where it is none."""
    try:
        value: Any = decoded(data)
    except UnreadableError:
        return {}
    return value if isinstance(value, dict) else {}


def within(value: Any) -> Iterator[tuple[int, Any]]:
    """A value and all that stands in it, each with how deep."""
    waiting: list[tuple[int, Any]] = [(0, value)]
    while waiting:
        depth, held = waiting.pop()
        yield depth, held
        waiting += ((depth + 1, one) for one in _parts(held))


def _parts(value: Any) -> tuple[Any, ...]:
    if isinstance(value, dict):
        return (*value, *value.values())
    if isinstance(value, list | tuple):
        return tuple(value)
    return msgspec.structs.astuple(value) if isinstance(value, msgspec.Struct) else ()
