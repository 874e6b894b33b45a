"""A PNG or JPEG logo: its pixels on white, sized for paper, without anything else of the file."""

import io
import warnings

from PIL import Image, ImageOps

from . import LogoError

WIDEST, HIGHEST = 900, 360
"""Pixels: as fine as a printer shows 60 by 24 mm. A larger picture is made smaller."""

_MOST_PIXELS = 40_000_000
_LOSSLESS = 50_000
"""Bytes: a picture that packs no smaller without loss is a photograph, and kept as one."""

_PALE = 235
"""Of 255: what is no darker than this cannot be seen on white paper."""


def redrawn(data: bytes) -> bytes:
    """The picture as a PNG, or a JPEG where it is a photograph. Raises LogoError."""
    try:
        # a damaged file is told in a sentence, not by warnings across the screen
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened,
        ):
            wide, high = opened.size
            if wide * high > _MOST_PIXELS:
                raise LogoError(f"has {wide} × {high} pixels; save it with 4000 × 4000 at most")
            picture = on_white(ImageOps.exif_transpose(opened))
    except LogoError:
        raise
    except Image.DecompressionBombError as error:
        raise LogoError("has far too many pixels; save it with 4000 × 4000 at most") from error
    except Exception as error:  # a decoder raises what it likes
        raise LogoError("is damaged or no PNG, JPEG or SVG; save it again as a PNG") from error
    picture.thumbnail((WIDEST, HIGHEST), Image.Resampling.LANCZOS)
    return packed(picture)


def on_white(picture: Image.Image) -> Image.Image:
    """The picture as plain red, green and blue, on white where it lets the ground through."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(ground, seen).convert("RGB")


def packed(picture: Image.Image) -> bytes:
    """The pixels alone as a file: without loss where that is small, else as a photograph.

    Raises LogoError where there is nothing to see.
    """
    if not any(picture.convert("L").histogram()[: _PALE + 1]):
        raise LogoError("cannot be seen on white paper; use its dark version")
    plain = Image.frombytes("RGB", picture.size, picture.tobytes())
    out = io.BytesIO()
    plain.save(out, "PNG", optimize=True)
    if out.tell() > _LOSSLESS:
        out = io.BytesIO()
        plain.save(out, "JPEG", quality=85, subsampling=0)
    return out.getvalue()
