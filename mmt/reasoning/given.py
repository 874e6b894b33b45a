"""The last sheet: what was on it, what was done of it at home, and whether it went worse since."""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from mmt.model.protocol import Protocol
from mmt.model.review import Reason
from mmt.model.rules import GivenBeforeRule
from mmt.model.said import Said, said
from mmt.model.visit import Answer, History, Prescribed, Visit

from .answers import dated, latest
from .scores import other_goals, scores


class LastSheet(NamedTuple):
    """The `visit` whose sheet the patient has, its `items` by stretch, the `reason` to offer them again with
    the question and answer of what was `done` at home, and what of the answers since is `worse`."""

    visit: Visit
    items: dict[str, Prescribed]
    reason: Reason
    done: tuple[str, Answer | None]
    worse: tuple[Reason, ...]


def last_sheet(history: History, protocol: Protocol) -> LastSheet | None:
    """The sheet of the latest signed visit before this one where one was decided; None where it is empty."""
    rule = protocol.rules.given_before
    decided = [at for at in history.signed_before if history.visits[at].prescription is not None]
    if rule is None or not decided:
        return None
    visit = history.visits[decided[-1]]
    items = {one.stretch: one for one in visit.prescription or ()}
    since = latest(replace(history, visits=history.visits[decided[-1] + 1 :]), "story")
    done = rule.done, since[rule.done][1] if rule.done in since else None
    says = said("on-last-sheet", done=done)
    reason = Reason(rule=rule.id, said=says, date=visit.date.isoformat())
    worse = tuple(_worse(history, visit, since, rule, protocol))
    return LastSheet(visit, items, reason, done, worse) if items else None


def _worse(
    history: History,
    then: Visit,
    since: dict[str, tuple[Visit, Answer]],
    rule: GivenBeforeRule,
    protocol: Protocol,
) -> Iterator[Reason]:
    """The answers since a visit that say that it went worse. A score of the back that rose while that of the
    leg fell is none: the pain may have drawn back towards the spine."""
    now = replace(history.visits[-1], story={name: answer for name, (_, answer) in since.items()})
    others = other_goals(history, history.visits.index(then), protocol)
    moved = {one.test: one for one in scores(then, now, protocol, others)}
    for name, one in moved.items():
        leg = moved.get(rule.centralised.get(name, ""))
        if one.verdict == "worse" and (leg is None or leg.verdict != "better"):
            says = said("worse-than", then=one.from_, date=one.since)
            yield _told(name, since[name], history, says)
    if rule.change in since:
        rating = since[rule.change][1]
        if isinstance(rating, int | float) and rating <= rule.worse_from:
            yield _told(rule.change, since[rule.change], history)


def _told(name: str, given: tuple[Visit, Answer], history: History, says: Said | None = None) -> Reason:
    return Reason(story=name, answer=given[1], date=dated(given[0], history), said=says)
