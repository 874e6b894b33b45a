"""Whom to call where it cannot wait."""

from mmt.model.papers import Paper
from mmt.model.wording import sentence
from mmt.reports.setting import Setting

CALL = {"emergency-call": sentence("number"), "emergency-number": sentence()}
"""The sentences that a block needs for it."""


def number(paper: Paper, at: Setting) -> str:
    """The emergency number that the clinic gave, else words for whatever it is there."""
    return paper.letterhead.emergency or at.words("emergency-number")
