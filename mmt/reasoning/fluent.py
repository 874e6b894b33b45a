"""Sentences put together so that no two stops meet, whatever was typed or stands in a protocol's words."""

from collections.abc import Iterable, Mapping
from functools import cache
from string import Formatter

_STOPS = (".", "!", "?", "…")
_FORMATTER = Formatter()


def filled(template: str, given: Mapping[str, object]) -> str:
    """A template with what is given in its places. Where that ends in a stop, none follows it."""
    told = ""
    for literal, field, form in _parsed(template):
        told += literal[1:] if literal.startswith(".") and told.endswith(_STOPS) else literal
        if field is not None:
            told += format(_FORMATTER.get_field(field, (), given)[0], form)
    return told


def listed(told: Iterable[str]) -> str:
    """Sentences behind one another, apart by a semicolon; the last alone keeps its full stop."""
    *earlier, last = [*told] or [""]
    return "; ".join((*(one.removesuffix(".") for one in earlier), last))


@cache
def _parsed(template: str) -> tuple[tuple[str, str | None, str], ...]:
    return tuple((literal, field, form or "") for literal, field, form, _ in _FORMATTER.parse(template))
