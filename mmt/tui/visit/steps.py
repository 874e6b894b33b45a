"""The steps of a visit, in the order in which they are walked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mmt.model.visit import Visit


class Step(NamedTuple):
    """A step: its id, and the word on the step bar."""

    id: str
    name: str


STEPS = (
    Step("safety", "Safety"),
    Step("story", "Story"),
    Step("exam", "Exam"),
    Step("leg-length", "Legs"),
    Step("findings", "Findings"),
    Step("prescription", "Stretches"),
    Step("sign", "Sign"),
    Step("papers", "Papers"),
)

SIGNED = (Step("signed", "Visit"), STEPS[-1])
"""A signed visit is one page to read, and the papers to print."""

BY_ID = {step.id: step for step in (*STEPS, *SIGNED)}


def steps_of(visit: "Visit") -> tuple[Step, ...]:
    """The steps that a visit is walked through."""
    return SIGNED if visit.signed else STEPS


def step_of(place: str) -> str:
    """The step that a stored place belongs to (`exam:TA:left`: the exam); the first where there is none."""
    step = place.partition(":")[0]
    return step if step in BY_ID else STEPS[0].id


def neighbour(step: str, by: int, steps: Sequence[Step] = STEPS) -> str:
    """The step so many places on, kept within the walk; its first one from a step outside of it."""
    ids = [one.id for one in steps]
    if step not in ids:
        return ids[0]
    return ids[max(0, min(len(ids) - 1, ids.index(step) + by))]


def begun(visit: "Visit", leg_tests: frozenset[str], *, made: bool = False) -> frozenset[str]:
    """The steps in which something is recorded; that of the papers where one was `made`."""
    legs = any(one.test in leg_tests for one in visit.observations)
    exam = any(one.test not in leg_tests for one in visit.observations)
    found = {
        "safety": bool(visit.safety),
        "story": bool(visit.story or visit.precautions or visit.home),
        "exam": exam,
        "leg-length": legs,
        "findings": bool(visit.decisions),
        "prescription": visit.prescription is not None,
        "sign": visit.signed,
        "signed": visit.signed,
        "papers": made,
    }
    return frozenset(step for step, here in found.items() if here)
