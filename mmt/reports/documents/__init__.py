"""The documents, each a list of blocks that its template puts in order."""

from . import handout

__all__ = ["handout"]
