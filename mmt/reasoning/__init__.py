"""Pure functions of model values: what an exam may mean, with its reasons. Never a diagnosis."""

from .change import compare
from .reviewing import review, watch

__all__ = ["compare", "review", "watch"]
