"""The clinic's logo at the head of the first page."""

import io
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mmt.reports.pen import Pen
from mmt.reports.rows import Row
from mmt.reports.setting import Setting

if TYPE_CHECKING:
    from reportlab.lib.utils import ImageReader

_WIDEST = 0.4
"""The most that a logo takes of the width between the margins."""


class Logo(NamedTuple):
    """The logo as a row, and how wide it is in points."""

    row: Row
    width: float


def logo(data: bytes, at: Setting) -> Logo:
    """The picture as high as the template lets it be, or less where it would become too wide."""
    picture = _picture(data)
    wide, high = picture.getSize()
    scale = min(at.logo / high, at.width * _WIDEST / wide)

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.picture(x, y, wide * scale, high * scale, picture)

    return Logo(Row(high * scale, draw), wide * scale)


@lru_cache(maxsize=4)
def _picture(data: bytes) -> "ImageReader":
    from reportlab.lib.utils import ImageReader

    return ImageReader(io.BytesIO(data))
