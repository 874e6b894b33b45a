"""What tells that weakness is not new, and how long something has gone on."""

from collections.abc import Iterator

from mmt.model.grades import at_most, halves
from mmt.model.protocol import Protocol
from mmt.model.questions import LongStanding, Over
from mmt.model.review import Reason
from mmt.model.visit import History

from . import seen
from .answers import by_now, dated, latest
from .strength import weak


def long_standing(rule: LongStanding, history: History, protocol: Protocol) -> bool:
    """Whether the weakness of the last visit is not new: denied, of long, slight, and
    never stronger before by a fall that alarms."""
    *before, now = history.visits
    denied = all(now.safety.get(one) is False for one in (rule.denied, *rule.also_denied))
    if not denied or not over(rule, history, protocol):
        return False
    found = weak(now, protocol.watched, protocol, pained=True)
    best = (seen.best(visit, one.test, one.side) for visit in before for one in found)
    stronger = {then.cell: halves(then.code) for then in sorted(filter(None, best), key=seen.worth)}
    fall = protocol.rules.motor_alarm.fall
    return all(
        at_most(rule.least, one.code) and stronger.get(one.cell, halves(one.code)) - halves(one.code) < fall
        for one in found
    )


def denials(rule: LongStanding, history: History, protocol: Protocol) -> Iterator[Reason]:
    """Why weakness is not new: since when it has gone on, and what was answered no; else nothing."""
    if long_standing(rule, history, protocol):
        visit, answer = latest(history, "story")[rule.question]
        yield Reason(story=rule.question, answer=answer, date=dated(visit, history))
        yield from (Reason(question=one, answer=False) for one in (rule.denied, *rule.also_denied))


def over(rule: Over, history: History, protocol: Protocol) -> bool:
    """Whether a number of the story is known to be over that of a rule. Weeks have gone on since they were
    told."""
    number = by_now(rule.question, history, protocol)
    return number is not None and number > rule.over
