"""A second copy of all that a clinic needs, and the way back from it."""
