"""The drawings of a stretch as pictures of pixels, for a screen that can show them."""

import resvg_py

from mmt.figures.svg import svg
from mmt.model.papers import ScreenPicture, SheetItem
from mmt.reports.blocks.pictures import shown

LONGEST = 600
"""Pixels of the longer side: as many as a large screen has for one drawing."""


def screen_pictures(item: SheetItem) -> tuple[ScreenPicture, ...]:
    """The drawings of a stretch in its form, as large as a screen shows them."""
    found = []
    for one in shown(item.drawn, item.text("en").parts, item.prescribed.side, "en"):
        zoom = LONGEST / max(one.made.size)
        png = resvg_py.svg_to_bytes(svg(one.made), background="white", zoom=zoom, skip_system_fonts=True)
        found.append(ScreenPicture(steps=one.numbers, png=bytes(png)))
    return tuple(found)
