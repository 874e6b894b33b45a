"""The documents, each a list of blocks that its template puts in order."""

from . import handout, warning_card

__all__ = ["handout", "warning_card"]
