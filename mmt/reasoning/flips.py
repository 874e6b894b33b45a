"""Yes/no tests over the visits: an answer that was seen once may be wrong, so that it must be seen again."""

from collections.abc import Iterator
from typing import NamedTuple

from mmt.model.base import Side
from mmt.model.observation import Observation, Result
from mmt.model.said import said
from mmt.model.visit import History, Visit

from .judged import Judged
from .signs import TWICE

_ALONE = Judged("within-noise", why=(said("repeat-it"),))
_ONCE_BEFORE = said("once-before")


class _Answer(NamedTuple):
    """What a trial of a visit showed; `result` is None where the trials of that visit disagree."""

    visit: Visit
    seen: Observation
    result: Result | None


class Flip(NamedTuple):
    """The answer that the present one is held against, the visit it was seen at, and what is said of both."""

    then: Visit
    one: Observation
    two: Observation
    judged: Judged


def flip(history: History, since: int, test: str, side: Side | None) -> Flip:
    """What a yes/no test says at the last visit beside the visit with index `since`; both hold an answer.

    A change is told once it was seen twice: on both trials of a visit, or at two visits running. In the
    second case the visit before shows the new answer already: then the one before that is compared.
    """
    compared, last = history.visits[since], history.visits[-1]
    answers = list(_answers(history, compared, test, side))
    now, old = _parted(answers)
    one, two = next(each for each in reversed(answers) if each.visit is compared), answers[-1]
    if one.result is None or two.result is None:
        return Flip(compared, one.seen, two.seen, _ALONE)
    if one.result != two.result:
        return Flip(compared, one.seen, two.seen, _judged(now, old))
    if old and old[-1].result and [each.visit for each in now if each.visit is not last] == [compared]:
        return Flip(old[-1].visit, old[-1].seen, two.seen, _judged(now, old))
    return Flip(compared, one.seen, two.seen, Judged("within-noise"))


def _answers(history: History, compared: Visit, test: str, side: Side | None) -> Iterator[_Answer]:
    """All answers, oldest first: of signed visits, of the one compared with and of the last one."""
    for visit in history.visits:
        if visit.signed or visit is compared or visit is history.visits[-1]:
            trials = [one for one in visit.seen(test, side) if one.result is not None]
            alike = len({one.result for one in trials}) == 1
            yield from (_Answer(visit, one, one.result if alike else None) for one in trials)


def _parted(answers: list[_Answer]) -> tuple[list[_Answer], list[_Answer]]:
    """The answers that agree with the last one without a break, and those before them."""
    start = len(answers) - 1
    while start and answers[start - 1].result == answers[-1].result:
        start -= 1
    return answers[start:], answers[:start]


def _judged(now: list[_Answer], old: list[_Answer]) -> Judged:
    """A flip: within noise until seen twice, and where the other answer came once between; possible where it
    is all that was seen before."""
    if len(now) < TWICE:
        return _ALONE
    answer = now[-1].result
    before = [each.result for each in old[-TWICE:]]
    if before[0] == answer:
        return Judged("within-noise", why=(_ONCE_BEFORE,))
    judged = Judged("better" if answer == "negative" else "worse", "likely")
    twice = len(before) == TWICE and None not in before
    return judged if twice else judged.at_most_possible(_ONCE_BEFORE)
