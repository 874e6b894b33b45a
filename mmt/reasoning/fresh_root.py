"""A root in its first weeks: bending waits while its nerve hurts to be raised or weakness presses."""

from collections.abc import Iterator, Sequence
from itertools import product

from mmt.model.base import SIDES, Side
from mmt.model.grades import at_most
from mmt.model.patterns import Pattern
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Reason
from mmt.model.rules import FreshRootRule
from mmt.model.visit import History

from . import seen, signs
from .answers import by_now, dated, latest
from .standing import holds_back


def fresh_root(
    rule: FreshRootRule, history: History, alerts: Sequence[Alert], protocol: Protocol
) -> tuple[Reason, ...]:
    """Why bending waits: a muscle of a root is weak, in pain too, as tested last, with a sign of that root on
    its side, or while any weakness presses. Not where the pain is known to be older, nor where bending was
    told to ease it; weeks that were not asked are not read as many."""
    weeks, story = by_now(rule.question, history, protocol), latest(history, "story")
    if weeks is not None and weeks > rule.most:
        return ()
    if any(name in story and story[name][1] == answer for name, answer in rule.eased.items()):
        return ()
    roots = [protocol.patterns[name] for name in rule.roots if name in protocol.patterns]
    presses = any(one.rule == "motor-deficit" and holds_back(one) for one in alerts)
    found = (_of_root(*one, history, presses, protocol) for one in product(roots, SIDES))
    why = tuple(dict.fromkeys(reason for reasons in found for reason in reasons))
    told = story.get(rule.question)
    new = (Reason(story=rule.question, answer=told[1], date=dated(told[0], history)),) if told else ()
    return (*why, *new) if why else ()


def _of_root(
    root: Pattern, side: Side, history: History, presses: bool, protocol: Protocol
) -> tuple[Reason, ...]:
    """The weak muscles of a root on one side and what makes them count; nothing where one of both lacks."""
    last = (seen.latest(history, muscle, side, "grade") for muscle in root.weak)
    weak = [one for one in last if one and at_most(one[1].code, protocol.rules.patterns.weak)]
    raised = tuple(_signs(root, side, history))
    if not raised and not presses:
        return ()
    now = history.visits[-1]
    why = (seen.reason(one, None if visit is now else visit) for visit, one in weak)
    return (*why, *raised) if weak else ()


def _signs(root: Pattern, side: Side, history: History) -> Iterator[Reason]:
    for name in root.signs:
        if stood := signs.positive(history, name, side):
            yield from signs.reasons(stood, history)
