"""Checks that a body can do what a drawing shows."""

from collections.abc import Mapping

from mmt.figures.faults import faults
from mmt.model.protocol import Protocol
from mmt.toml.problems import Problem


def posing(protocol: Protocol, origins: Mapping[str, str]) -> list[Problem]:
    """What no body could do, or no eye could see, in any drawing.

    Takes some milliseconds a drawing: it is asked when files are checked, not when the program starts.
    """
    found = []
    for one in protocol.figures.values():
        file, place = origins.get(f"figures:{one.id}", "protocols"), f"figures {one.id}"
        for number, drawing in enumerate(one.drawings, start=1):
            body = protocol.bodies.get(drawing.body)
            says = faults(drawing, body) if body else [f'body "{drawing.body}" is not in the library']
            found += [Problem(file=file, place=place, says=f"drawing {number}: {told}") for told in says]
    return found
