"""Drawings for a screen show what those on paper show, on the patient's side."""

import io

import pytest
from paper_samples import item
from PIL import Image
from PIL.ImageColor import getrgb

from mmt.figures.colours import COLOURS
from mmt.model.base import SIDES
from mmt.model.papers import ScreenPicture
from mmt.reports.pixels import screen_pictures

LONGEST = 600


def pixels(one: ScreenPicture) -> Image.Image:
    return Image.open(io.BytesIO(one.png)).convert("RGB")


def share(one: ScreenPicture, what: str) -> tuple[int, float]:
    """How many pixels have this colour, and how far across the picture they lie, from 0 to 1."""
    shown, colour = pixels(one), getrgb(COLOURS[what])
    across = [x for x in range(shown.width) for y in range(shown.height) if shown.getpixel((x, y)) == colour]
    return len(across), sum(across) / max(1, len(across)) / shown.width


def test_each_drawing_comes_with_its_steps() -> None:
    first, second = screen_pictures(item("E07:left"))
    assert (first.steps, second.steps) == ("1–2", "3–5")
    assert max(pixels(first).size) == pytest.approx(LONGEST, abs=3)


@pytest.mark.parametrize("what", ["tint", "hair", "strap"])
def test_the_picture_is_mirrored_for_the_other_side(what: str) -> None:
    (_, left), (_, right) = (screen_pictures(item(f"E07:{side}")) for side in SIDES)
    (one, there), (two, mirrored) = share(left, what), share(right, what)
    assert one == pytest.approx(two, rel=0.05)
    assert one > 50
    assert there == pytest.approx(1 - mirrored, abs=0.02)
    assert what == "tint" or abs(there - 0.5) > 0.03


def test_the_ground_is_white() -> None:
    first, _ = screen_pictures(item("E07"))
    assert pixels(first).getpixel((0, 0)) == (255, 255, 255)
