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


def render(card: WarningCard, template: Template) -> bytes:
    """The card as a PDF, its blocks in the order of the template; in large print it may take two pages."""
    if card.large_print:
        return build(card, template, BLOCKS, patients_foot)
    return build_on_one_page(card, template, BLOCKS, patients_foot, SMALLEST)
