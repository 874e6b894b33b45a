"""The drawings of a stretch as pictures of pixels, for a screen that can show them."""

import resvg_py

from mmt.figures.svg import svg
from mmt.model.base import Side
from mmt.model.papers import ScreenPicture
from mmt.model.protocol import Protocol
from mmt.reports.blocks.pictures import shown

LONGEST = 600
"""Pixels of the longer side: as many as a large screen has for one drawing."""


def screen_pictures(protocol: Protocol, stretch: str, side: Side | None) -> tuple[ScreenPicture, ...]:
    """The drawings of a stretch, as large as a screen shows them."""
    known = protocol.stretches.get(stretch)
    found = []
    for one in shown(protocol.drawn(stretch), known.text["en"].parts if known else (), side, "en"):
        zoom = LONGEST / max(one.made.size)
        png = resvg_py.svg_to_bytes(svg(one.made), background="white", zoom=zoom, skip_system_fonts=True)
        found.append(ScreenPicture(steps=one.numbers, png=bytes(png)))
    return tuple(found)
