"""What was seen of a test at a visit: grades worst first, the last yes or no, means for lengths."""

from collections.abc import Sequence
from statistics import fmean

from mmt.model.base import SIDES, Side
from mmt.model.exam_tests import TouchTest
from mmt.model.grades import rank
from mmt.model.observation import Measure, Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Reason
from mmt.model.said import Sentences, said
from mmt.model.visit import History, Visit


def graded(visit: Visit, test: str, side: Side | None) -> list[Observation]:
    """The trials of a test and side that carry a grade, worst first; of equal grades the one that tells more,
    without pain and with fewer flags, stands last."""
    if not (trials := visit.seen(test, side)):
        return []
    found = [one for one in trials if one.grade is not None]
    return sorted(found, key=worth) if len(found) > 1 else found


def worth(trial: Observation) -> tuple[int, bool, int, int]:
    """How much a graded trial shows, least first: by its grade, then without pain, then by fewer flags."""
    return rank(trial.code), not trial.pained, -len(trial.flags), trial.trial


def best(visit: Visit, test: str, side: Side | None) -> Observation | None:
    """The best graded trial."""
    trials = graded(visit, test, side)
    return trials[-1] if trials else None


def spread(trials: Sequence[Observation], measure: Measure) -> Sentences:
    """The lowest and the best of the trials of a grade or a count; none where they agree. Findings and
    changes tell of the best, alarms of the lowest: this says which is which."""
    if len(trials) < 2:
        return ()
    found = [one for one in trials if getattr(one, measure) is not None]
    ordered = sorted(found, key=lambda one: worth(one) if measure == "grade" else (one.number,))
    if not ordered or ordered[0].shown == ordered[-1].shown:
        return ()
    return (said("of-trials", n=len(ordered), low=ordered[0].shown, best=ordered[-1].shown),)


def highest(visit: Visit, test: str, side: Side | None) -> Observation | None:
    """The highest counted trial."""
    counts = [one for one in visit.seen(test, side) if one.count is not None]
    return max(counts, key=lambda one: one.number, default=None)


def strongest(visit: Visit, test: str, side: Side | None) -> Observation | None:
    """The trial with the most force, of those without pain."""
    forces = [one for one in visit.seen(test, side) if one.newtons is not None and not one.pained]
    return max(forces, key=lambda one: one.force, default=None)


def last(visit: Visit, test: str, side: Side | None, measure: Measure) -> Observation | None:
    """The last trial with this measure."""
    trials = visit.seen(test, side)
    return (
        next((one for one in reversed(trials) if getattr(one, measure) is not None), None) if trials else None
    )


def mean(visit: Visit, test: str, side: Side | None, measure: str) -> float | None:
    """The mean over the trials of a length, in its own unit; None where it was not measured."""
    values = [getattr(one, measure) for one in visit.seen(test, side)]
    found = [value for value in values if value is not None]
    return fmean(found) if found else None


def speaks(visit: Visit, test: str, side: Side | None) -> bool:
    """Whether a muscle was graded, counted or judged without pain at a visit."""
    values = [one for one in visit.seen(test, side) if not one.pained]
    return any((one.grade, one.count, one.result) != (None, None, None) for one in values)


def latest(
    history: History, test: str, side: Side | None, measure: Measure
) -> tuple[Visit, Observation] | None:
    """The last trial with this measure over all visits, of grades the worst of that visit: what was found
    stands until it is tested again."""
    for visit in reversed(history.visits):
        trials = graded(visit, test, side)[:1] if measure == "grade" else [last(visit, test, side, measure)]
        if trials and trials[0]:
            return visit, trials[0]
    return None


def reason(observation: Observation, visit: Visit | None = None) -> Reason:
    """An observation as a reason, with the date of its visit where it comes from an earlier one."""
    date = visit.date.isoformat() if visit else None
    return Reason(test=observation.test, side=observation.side, seen=observation, date=date)


def untouched(one: Observation, visit: Visit, protocol: Protocol) -> tuple[str, ...]:
    """The touches that one which is less or absent asks for and that were not tested at a visit."""
    test = protocol.tests.get(one.test)
    asked = test.asks_for if isinstance(test, TouchTest) and one.numb else ()
    return tuple(name for name in asked if not any(last(visit, name, side, "touch") for side in SIDES))
