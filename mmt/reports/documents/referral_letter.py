"""The letter to a colleague: what was found and how urgent it is, on one page."""

from mmt.model.papers import ReferralLetter
from mmt.model.template import Template
from mmt.reports.blocks.head import clinicians_foot
from mmt.reports.blocks.letter import (
    action,
    addressee,
    alerts,
    findings,
    grades,
    note,
    red_flags,
    signature,
    told,
    urgency,
)

from .build import Block, build_on_one_page

BLOCKS: dict[str, Block[ReferralLetter]] = {
    "addressee": addressee,
    "urgency": urgency,
    "alerts": alerts,
    "red-flags": red_flags,
    "told": told,
    "grades": grades,
    "findings": findings,
    "action": action,
    "note": note,
    "signature": signature,
}
SMALLEST = 8.5
"""Points: a letter is set no smaller than this to come onto one page."""


def render(letter: ReferralLetter, template: Template) -> bytes:
    """The letter as a PDF, its blocks in the order of the template."""
    return build_on_one_page(letter, template, BLOCKS, clinicians_foot, SMALLEST)
