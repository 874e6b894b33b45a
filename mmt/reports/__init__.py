"""Values to PDF bytes. The same values give the same bytes; nothing typed by a person is read as markup.

Importing this package loads no PDF library: that happens when the first paper is made.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from mmt.model.base import Side
from mmt.model.papers import (
    ComparisonSheet,
    LiftPage,
    PaperSize,
    ReferralLetter,
    ScreenPicture,
    Sheet,
    WarningCard,
)
from mmt.model.protocol import Protocol
from mmt.model.stretches import Stretch
from mmt.model.template import Template


def handout(sheet: Sheet, template: Template) -> bytes:
    """The patient's home-stretch sheet as a PDF."""
    return bytes(_documents().handout.render(sheet, template))


def warning_card(card: WarningCard, template: Template) -> bytes:
    """The patient's one-page emergency card as a PDF."""
    return bytes(_documents().warning_card.render(card, template))


def lift_page(page: LiftPage, template: Template) -> bytes:
    """The patient's page on shoe lifts as a PDF."""
    return bytes(_documents().lift_page.render(page, template))


def referral_letter(letter: ReferralLetter, template: Template) -> bytes:
    """The letter to a colleague as a PDF."""
    return bytes(_documents().referral_letter.render(letter, template))


def comparison(sheet: ComparisonSheet, template: Template) -> bytes:
    """Two visits side by side as a PDF."""
    return bytes(_documents().comparison.render(sheet, template))


def find_logo(folder: Path) -> tuple[bytes, list[str]]:
    """The clinic's logo out of this folder, drawn anew, or empty; and a line for each thing wrong with it."""
    picture, problems = import_module(f"{__name__}.logo").find_logo(folder)
    return bytes(picture), list(problems)


def figure_sheet(protocol: Protocol, template: Template, size: PaperSize, *, both: bool) -> bytes:
    """All drawings of the library as a PDF; with `both`, right and left of what is done on one side."""
    return bytes(_documents().figure_sheet.render(protocol, template, size, both))


def screen_pictures(protocol: Protocol, stretch: str, side: Side | None) -> tuple[ScreenPicture, ...]:
    """The drawings of a stretch for a screen."""
    return tuple(import_module(f"{__name__}.pixels").screen_pictures(protocol, stretch, side))


def protected(pdf: bytes, passphrase: str) -> bytes:
    """The same paper behind a passphrase (AES, 256 bits).

    Raises PaperError where the passphrase is shorter than `SHORTEST_PASSPHRASE` or too long for a PDF.
    """
    return bytes(import_module(f"{__name__}.protect").protected(pdf, passphrase))


def unprintable(text: str) -> str:
    """The characters of `text` that paper cannot show as typed, each once, in order; empty where all can."""
    return str(import_module(f"{__name__}.typeface").unprintable(text))


def unprintable_wording(templates: Mapping[str, Template], stretches: Mapping[str, Stretch]) -> list[str]:
    """A line for each text of a template or a stretch that paper cannot show as written."""
    return list(import_module(f"{__name__}.scripts").unprintable_wording(templates, stretches))


def _documents() -> Any:
    return import_module(f"{__name__}.documents")
