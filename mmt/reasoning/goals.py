"""How far the patient's own goals are: in their words, from the first number to the latest."""

from collections.abc import Iterator
from itertools import zip_longest

from mmt.model.protocol import Protocol
from mmt.model.said import Said, Sentences, said
from mmt.model.visit import Answer, History, Visit

from .scores import alike


def goals(history: History, protocol: Protocol) -> Sentences:
    """A sentence each goal that was told: its score and what is counted of it, then and now, with what is
    aimed at and by when."""
    rule = protocol.rules.goal_reached
    if rule is None:
        return ()
    asked = zip_longest(rule.goals, rule.by, rule.counted)
    return tuple(told for one in asked for told in _goal(history, protocol, *one))


def since_worded(history: History, question: str) -> tuple[Visit, ...]:
    """The visits from the one at which the words of an answer became what they are."""
    start, words = 0, None
    for at, visit in enumerate(history.visits):
        told = visit.story.get(question, words)
        if words is not None and told is not None and not alike(words, told):
            start = at
        words = told
    return history.visits[start:]


def _goal(
    history: History,
    protocol: Protocol,
    goal: tuple[str, str, str],
    by: str | None,
    counted: tuple[str, str, str] | None,
) -> Iterator[Said]:
    words, score, aim = goal
    visits = since_worded(history, words)
    parts = list(_moved("goal-score", visits, score, aim))
    if when := _latest(visits, by):
        parts.append(said("goal-by", by=str(when).removeprefix("by ")))
    if counted:
        measure, many, enough = counted
        of, since = _latest(visits, measure), since_worded(history, measure)[-len(visits) :]
        found = tuple(_moved("goal-measure", since, many, enough, measure=of or said("goal-counted")))
        parts += found or ((said("goal-measured", measure=of),) if of else ())
    told = _latest(visits, words)
    if told or parts:
        name = str(told or protocol.story[score].named).rstrip(". ")
        yield said("goal", goal=name, parts=tuple(parts)) if parts else said("goal-alone", goal=name)


def _moved(key: str, visits: tuple[Visit, ...], now: str, aim: str, **given: Answer | Said) -> Iterator[Said]:
    """From the first number to the latest, with what is aimed at; nothing where neither was told."""
    numbers = [f"{one:g}" for visit in visits if isinstance(one := visit.story.get(now), int | float)]
    moved = " → ".join((numbers[0], numbers[-1]) if len(numbers) > 1 else numbers)
    want = _latest(visits, aim)
    if isinstance(want, int | float):
        yield said(f"{key}-aim" if moved else f"{key}-only-aim", values=moved, aim=f"{want:g}", **given)
    elif moved:
        yield said(key, values=moved, **given)


def _latest(visits: tuple[Visit, ...], question: str | None) -> Answer | None:
    told = (one.story[question] for one in reversed(visits) if question in one.story)
    return next(told, None) if question else None
