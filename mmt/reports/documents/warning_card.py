"""The patient's one-page card for an emergency."""

from mmt.model.papers import WarningCard
from mmt.model.template import Template
from mmt.reports.blocks.card import go_now, say, signs, take
from mmt.reports.blocks.head import patients_foot

from .build import Block, build, build_on_one_page

BLOCKS: dict[str, Block[WarningCard]] = {
    "go-now": go_now,
    "say": say,
    "signs": signs,
    "take": take,
}
SMALLEST = 12
"""Points: what a patient reads is never set smaller."""

SMALLEST_LARGE = 16
"""Points: large print is never set smaller; the page that sends nobody comes onto one page by it."""


def render(card: WarningCard, template: Template) -> bytes:
    """The card as a PDF, its blocks in the order of the template; in large print it may take two pages."""
    if card.large_print and card.sends:
        return build(card, template, BLOCKS, patients_foot)
    smallest = SMALLEST_LARGE if card.large_print else SMALLEST
    return build_on_one_page(card, template, BLOCKS, patients_foot, smallest)
