"""Checks that a body can do what a drawing shows."""

from collections.abc import Iterator, Mapping

from mmt.figures.faults import faults
from mmt.model.protocol import Protocol
from mmt.toml.problems import Problem

from .faults import Fault, problems_of


def posing(protocol: Protocol, origins: Mapping[str, str]) -> list[Problem]:
    """What no body could do, or no eye could see, in any drawing.

    Takes some milliseconds a drawing: it is asked when files are checked, not when the program starts.
    """
    return list(problems_of(_impossible(protocol), origins))


def _impossible(protocol: Protocol) -> Iterator[Fault]:
    for one in protocol.figures.values():
        for number, drawing in enumerate(one.drawings, start=1):
            body = protocol.bodies.get(drawing.body)
            says = faults(drawing, body) if body else [f'body "{drawing.body}" is not in the library']
            yield from ((f"figures:{one.id}", f"drawing {number}: {told}") for told in says)
