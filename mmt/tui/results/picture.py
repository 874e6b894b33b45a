"""Pictures in terminals that can show them (Sixel, or the graphics protocol of kitty)."""

import io
from functools import cache
from typing import Any

from textual.app import App, SuspendNotSupported
from textual.containers import Container


class Picture(Container):
    """A picture as large as its place allows."""


def picture(app: App[Any], png: bytes) -> Picture | None:
    """A widget with this picture; nothing where the terminal shows no pictures."""
    image = _image(app)
    return Picture(image(io.BytesIO(png))) if image else None


@cache
def _image(app: App[Any]) -> Any:
    """What shows pictures in the terminal of this program; nothing where it shows none.

    The terminal is asked once, the first time a picture is wanted, while the program steps aside: as long as
    the program runs, it would take the answer for keys.
    """
    try:
        with app.suspend():
            from textual_image.renderable import Image, SixelImage, TGPImage
            from textual_image.widget import Image as Shown
    except SuspendNotSupported:
        return None
    return Shown if Image in (SixelImage, TGPImage) else None
