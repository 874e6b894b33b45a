"""A whole patient history as one file holds it, with what a golden case expects of it."""

from typing import Any

from .base import Text, Value
from .people import Letterhead
from .visit import History


class Case(Value, frozen=True, kw_only=True):
    """A case file as values. All its visits count as signed by their examiner.

    `source` says where the case comes from, `exam` is the plan that its visits follow (may be empty).
    `expect` is plain data, which reasoning never sees: what `mmt explain --json` must print, its `visits`
    aligned from the last one backwards.
    """

    id: Text
    title: Text
    source: Text
    exam: str = ""
    letterhead: Letterhead = Letterhead()
    history: History
    expect: dict[str, Any] = {}
