"""The rules of the course: what several visits together tell."""

from typing import Annotated

from msgspec import Meta

from .at_home import Done
from .base import Item

COURSE = (
    "better-but-weaker",
    "worse-running",
    "worse-than-best",
    "no-real-change",
    "expected-time",
    "goal-reached",
)
"""The rules of the course, what matters most first. The first sentence of each is the fact, the second one
says what to do."""

Days = Annotated[int, Meta(ge=1)]
Scores = Annotated[tuple[str, ...], Meta(min_length=1)]


class SlowRule(Item, frozen=True, kw_only=True):
    """No score is better than it was `days` ago or more.

    It is held against the latest visit that is so long ago, or, `from_first`, against the first one of the
    episode, which ends where no visit was for over `pause` days. With `done` it holds only where at least
    half of what was asked about the sheet at home since then was answered so. A score that could not become
    better by as much as counts is not asked. It does not hold where the patient says at this visit that it is
    better: a goal is reached, or the rating of `change` is `better_from` or more.
    """

    days: Days
    change: str = ""
    better_from: float = 0
    from_first: bool = False
    pause: Days = 90
    done: tuple[Done, ...] = ()


class WorseRunningRule(Item, frozen=True, kw_only=True):
    """The same score or test is worse in so many (`visits`) visits running, each against the one before."""

    visits: Annotated[int, Meta(ge=2)]


class WorseThanBestRule(Item, frozen=True, kw_only=True):
    """A score is worse than at its best visit of the episode by as much as counts as likely. Where it crept
    there, it was worse than that at the visit before already. An episode ends where no visit was for over
    `pause` days."""

    pause: Days


class BetterButWeakerRule(Item, frozen=True, kw_only=True):
    """One of the `scores` of pain is better, and a muscle weaker or a reflex or touch less, both against the
    same visit: the one before, or the first of the episode, which ends where no visit was for over `pause`
    days."""

    scores: Scores
    pause: Days = 90


class GoalReachedRule(Item, frozen=True, kw_only=True):
    """A goal in the patient's words is reached: its score is that which was aimed at, or better, and was not
    when it was told first. `goals` are the questions of the goal, of its score, and of the score aimed at;
    in the same order `by` are those of when, and `counted` those of what can be counted of it, of how much of
    that there is, and of how much would be enough."""

    goals: Annotated[tuple[tuple[str, str, str], ...], Meta(min_length=1)]
    by: tuple[str, ...] = ()
    counted: tuple[tuple[str, str, str], ...] = ()


class ReExaminationRule(Item, frozen=True, kw_only=True):
    """When what was found is to be tested again: `days` after it was tested last, or after so many `visits`
    without a test. Who was not seen for over `pause` days is not under care."""

    days: Annotated[int, Meta(ge=1)]
    visits: Annotated[int, Meta(ge=1)]
    pause: Annotated[int, Meta(ge=1)]
