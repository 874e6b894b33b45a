"""Which of the measures of an observation is its value."""

from mmt.model.observation import Measure, Observation

_FIRST: tuple[Measure, ...] = ("grade", "result", "touch")


def value_first(seen: Observation) -> tuple[Measure, ...]:
    """What was measured, the value first: an angle or a force stands beside a grade, a result or a touch."""
    return tuple(sorted(seen.measured, key=lambda one: one not in _FIRST))
