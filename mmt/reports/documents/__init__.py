"""The documents, each a list of blocks that its template puts in order."""

from . import comparison, figure_sheet, handout, lift_page, referral_letter, warning_card

__all__ = ["comparison", "figure_sheet", "handout", "lift_page", "referral_letter", "warning_card"]
