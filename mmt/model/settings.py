"""How a station is set up: in which order things are asked there, never what was seen."""

from typing import Literal

from .base import Value

SideOrder = Literal["right", "sound"]
"""Which side an exam tests first: the right one, or the one that does not hurt."""


class Settings(Value, frozen=True, kw_only=True):
    """What a clinic chose once, for all visits."""

    side_order: SideOrder = "right"
