"""How a station is set up: how it looks, sounds and in which order it asks, never what was seen."""

from typing import Annotated, Literal

from msgspec import Meta

from .base import Value
from .forces import ForceUnit
from .papers import PaperSize

SideOrder = Literal["right", "sound"]
"""Which side an exam tests first: the right one, or the one that does not hurt."""


Colours = Literal["dark", "light", "high-contrast", "blue-orange"]
"""The name of a theme."""


class Settings(Value, frozen=True, kw_only=True):
    """What a clinic chose once, for all visits.

    `bell` lets the terminal ring at alarms and at keys that are refused. With `reduced_motion` nothing glides
    or blinks; without it the terminal's own wish (`TEXTUAL_ANIMATIONS`) holds. `force_unit` is what the
    dynamometer showed last, `addressees` are those to whom letters went, the latest first. Papers are made
    for sheets of `paper_size`; `printer` prints them, maybe on `both_sides`. It is None until somebody was
    asked, and empty where papers are opened instead. Without `name_in_files` the file of a paper is called by
    the number of the record alone. `backups` is the folder that backups go to by
    themselves, empty where none was chosen. After `lock_after` minutes without a key the records are locked,
    where people sign in to them; 0 never.
    By the law of which place records are kept tells `retention`, the
    id of a rule, empty where none was chosen.
    """

    theme: Colours = "dark"
    bell: bool = True
    reduced_motion: bool = False
    side_order: SideOrder = "right"
    force_unit: ForceUnit = "N"
    addressees: tuple[str, ...] = ()
    paper_size: PaperSize = "a4"
    both_sides: bool = False
    printer: str | None = None
    name_in_files: bool = True
    backups: str = ""
    lock_after: Annotated[int, Meta(ge=0, le=1440)] = 5
    retention: str = ""
