"""Two visits side by side."""

from mmt.model.papers import ComparisonSheet
from mmt.model.template import Template
from mmt.reports.blocks.changes import others, reasons, sources, summary, title, told, unchanged
from mmt.reports.blocks.head import clinicians_foot
from mmt.reports.blocks.scores import scores
from mmt.reports.blocks.sides import sides

from .build import Block, build_on_one_page

BLOCKS: dict[str, Block[ComparisonSheet]] = {
    "title": title,
    "summary": summary,
    "told": told,
    "sides": sides,
    "others": others,
    "scores": scores,
    "unchanged": unchanged,
    "reasons": reasons,
    "sources": sources,
}
SMALLEST = 9
"""Points: a comparison that needs more room than a page at this size takes a second page."""


def render(sheet: ComparisonSheet, template: Template) -> bytes:
    """The comparison as a PDF, its blocks in the order of the template."""
    return build_on_one_page(sheet, template, BLOCKS, clinicians_foot, SMALLEST)
