"""Pure functions of model values: what an exam may mean, with its reasons. Never a diagnosis."""

from .change import compare
from .lift import no_lift
from .prescribe import barred
from .reviewing import review, watch

__all__ = ["barred", "compare", "no_lift", "review", "watch"]
