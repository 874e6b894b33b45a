"""What is wrong with a drawing, in words for whoever wrote it."""

from collections.abc import Iterator

from mmt.model.figures import Body, Drawing

from .build import Built, build
from .joints import joints
from .paint import PARTS, tinted
from .reach import PoseError
from .scene import scene
from .skeleton import SIDES
from .tint import MUSCLES
from .tube import eye, lowest

SUNK = 1.5
"""A body may sink so far into what it rests on: skin gives way."""

FLOATS = 1.0
"""A body that is so far above the floor rests on nothing."""


def faults(drawing: Drawing, body: Body) -> Iterator[str]:
    """Each fault of a drawing: names that do not exist, a pose that no body can take, a body that floats."""
    wrong = list(_names(drawing))
    yield from wrong
    if wrong:
        return
    try:
        built = build(drawing.pose, body.lengths)
        scene(drawing, body.lengths)
    except PoseError as error:
        yield str(error)
        return
    for joint in joints(built, drawing.pose, body.limits):
        if joint.beyond:
            least, most = joint.limits
            yield f"{joint.name} is at {joint.degrees:.0f} degrees; it goes from {least:g} to {most:g}"
    yield from _floor(drawing, built)
    seen = eye(drawing.view.turn, drawing.view.height)
    shown = tinted(drawing.feel, built, seen)
    if drawing.feel and not shown:
        yield "what is to be felt is on the side that is turned away; turn the view"


def _names(drawing: Drawing) -> Iterator[str]:
    for name in drawing.feel:
        side, _, muscle = name.partition(".")
        if side not in SIDES or muscle not in MUSCLES:
            yield f'feel "{name}" is not known; write this. or other. before one of {", ".join(MUSCLES)}'
    for name in drawing.over:
        if name not in PARTS:
            yield f'over "{name}" is not a part of the body; those are {", ".join(PARTS)}'


def _floor(drawing: Drawing, built: Built) -> Iterator[str]:
    """Faults of a body that does not stand, lie or sit on anything."""
    low = {name: -lowest(tube) for name, tube in built.tubes.items()}
    name = min(low, key=lambda one: low[one])
    if low[name] < -SUNK:
        yield f"{name} is {-low[name]:.1f} under the floor"
    lain_on = max((one.at[2] + one.size[2] for one in drawing.props if one.kind == "bed"), default=0.0)
    if low[name] - lain_on > FLOATS and not drawing.close:
        yield f"the body floats {low[name] - lain_on:.1f} above the {'bed' if lain_on else 'floor'}"
