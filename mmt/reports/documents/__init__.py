"""The documents of a visit. Each file here is one, and nothing else names it."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mmt.reports.document import Document

FILES = tuple(one.name for one in iter_modules(__path__))


@cache
def documents() -> Mapping[str, "Document[Any]"]:
    """Every document by its id, in the order of the keys, 0 last; read when first asked for."""
    found = (import_module(f"{__name__}.{name}").DOCUMENT for name in FILES)
    return {one.id: one for one in sorted(found, key=lambda one: int(one.key) or 10)}


@cache
def templated() -> Mapping[str, "Document[Any]"]:
    """The documents that have a template of their own."""
    return {name: one for name, one in documents().items() if not one.like}
