"""Drawings of the home stretches: a body posed in space, seen from a side, as flat shapes.

Pure geometry. Lengths are hundredths of the body's height. `x` runs to where the body faces when it is not
turned, `y` to its left, `z` up from the floor. Poses are written for the left side as *this* side; the right
side is the mirror image.
"""
