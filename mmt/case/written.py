"""A review as plain values: its sentences in words, its sources by title, what was seen in the reason itself.

The names and their order are those of docs/case-format.md.
"""

from functools import cache
from typing import Any

import msgspec
from msgspec.structs import fields

from mmt.model.protocol import Protocol
from mmt.model.review import Reason
from mmt.model.said import Said
from mmt.reasoning.wording import missing_said, sentence, worded


def written(value: Any, protocol: Protocol) -> Any:
    """A value of `mmt.model.review` as it is written to JSON."""
    if isinstance(value, Said):
        return sentence(value, protocol)
    if isinstance(value, Reason):
        return _reason(value, protocol)
    if isinstance(value, tuple):
        return [written(one, protocol) for one in value]
    if isinstance(value, msgspec.Struct):
        return {
            name: _field(name, getattr(value, held), protocol) for held, name in _names(type(value)).items()
        }
    return value


@cache
def _names(kind: type[msgspec.Struct]) -> dict[str, str]:
    """Each field of a kind of value, with its name in JSON."""
    return {one.name: one.encode_name for one in fields(kind)}


def _field(name: str, value: Any, protocol: Protocol) -> Any:
    if name == "source":
        return protocol.cite(value)
    if name == "missing":
        return [missing_said(one, str) for one in value]
    sentences = name in ("text", "action") and isinstance(value, tuple)
    return worded(value, protocol) if sentences else written(value, protocol)


def _reason(reason: Reason, protocol: Protocol) -> dict[str, Any]:
    """Only what is set: the place, then what was seen there as it is observed, then all else."""
    seen = msgspec.to_builtins(reason.seen) if reason.seen else {}
    told = {name: getattr(reason, held) for held, name in _names(Reason).items()}
    known = {"test": told.pop("test"), "side": told.pop("side")} | seen | told
    return {
        name: written(value, protocol)
        for name, value in known.items()
        if value is not None and name not in ("seen", "variant")
    }
