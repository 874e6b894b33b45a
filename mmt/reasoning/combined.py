"""What alerts together though none of it alerts alone: factors with signs, across the groups of questions."""

from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from mmt.model.base import SIDES, Side
from mmt.model.grades import rank
from mmt.model.protocol import Protocol
from mmt.model.questions import Combination, Part
from mmt.model.review import Level, Reason
from mmt.model.said import Said, Sentences, said
from mmt.model.visit import History, Visit

from .answers import dated, latest
from .long_standing import long_standing
from .needs import reasons
from .remembered import remembered_each, remembered_each_of_told

Reasons = tuple[Reason, ...]


class Held(NamedTuple):
    """A combination that holds: why, the questions of the story that would tell and were never asked, the
    visit at which all of it was there and acted upon, and whether its weakness is `old`, not new."""

    combination: Combination
    because: Reasons
    unasked: tuple[str, ...] = ()
    acted: Visit | None = None
    old: bool = False

    @property
    def level(self) -> Level:
        """Its level; a caution where it is known and acted upon or not new, or where a question is open."""
        return "caution" if self.unasked or self.acted or self.old else self.combination.level

    @property
    def says(self) -> Said:
        """What it says."""
        name = self.combination.id
        if self.acted:
            return said("combination-known", combination=name, date=self.acted.date.isoformat())
        return said("combination-open" if self.unasked else "combination", combination=name)

    @property
    def action(self) -> Sentences:
        """What it asks for."""
        if self.acted:
            return (said("combination-known-action"),)
        one = self.combination
        own = said("combination-action", combination=one.id)
        asks = own if one.action else said("group-action", group=one.group)
        return (said("combination-open-action"), asks) if self.unasked else (asks,)


def combined(group: str, history: History, protocol: Protocol) -> list[Held]:
    """The combinations of a safety group that hold at the last visit."""
    found = (_held(one, history, protocol) for one in protocol.combinations.values() if one.group == group)
    return [one for one in found if one]


def standing(combination: Combination, history: History, protocol: Protocol) -> Reasons:
    """Why a combination puts its precaution on the stretches: it holds at this visit, or it held at a visit
    since which the question that alone ends the precaution was not answered yes."""
    until = protocol.precautions[combination.precaution].until
    if until and history.visits[-1].story.get(until) is True:
        return ()
    now = _sure(combination.id, history, len(history.visits) - 1, protocol)
    return now or (_sure_before(history, protocol, combination.id) if until else ())


@remembered_each_of_told
def _sure_before(history: History, protocol: Protocol, name: str) -> Reasons:
    until = protocol.precautions[protocol.combinations[name].precaution].until
    for at in reversed(range(len(history.visits) - 1)):
        if history.visits[at].story.get(until) is True:
            break
        if why := _sure(name, history, at, protocol):
            return why
    return ()


def _sure(name: str, history: History, at: int, protocol: Protocol) -> Reasons:
    """Why a combination holds at a visit; empty where it does not, or where a question is open."""
    because, unasked = _evidence(history.up_to(at), protocol, name) or ((), ())
    if unasked:
        return ()
    return tuple(replace(one, date=one.date or dated(history.visits[at], history)) for one in because)


def _held(combination: Combination, history: History, protocol: Protocol) -> Held | None:
    found = _evidence(history, protocol, combination.id)
    if found is None:
        return None
    why, unasked = found
    acted = None if unasked else _acted(combination, why, history, protocol)
    old = bool(combination.not_new and long_standing(combination.not_new, history, protocol))
    return Held(combination, why, unasked, acted, old)


def stands(name: str, history: History, protocol: Protocol) -> bool:
    """Whether a combination holds at the last visit, with no question open; never one that is not there."""
    found = _evidence(history, protocol, name) if name in protocol.combinations else None
    return found is not None and not found[1]


@remembered_each
def _evidence(history: History, protocol: Protocol, name: str) -> tuple[Reasons, tuple[str, ...]] | None:
    """Why a combination holds, on either side where it has to be on one, and the questions of the story that
    would tell; None where it does not, or where the one does that it gives way to."""
    combination = protocol.combinations[name]
    if not _may_hold(history, protocol, name) or stands(combination.unless, history, protocol):
        return None
    sides = SIDES if combination.one_side else (None,)
    each = [one for side in sides if (one := _evidence_of(combination, side, history, protocol))]
    because = dict.fromkeys(chain.from_iterable(why for why, _ in each))
    unasked = dict.fromkeys(chain.from_iterable(left for _, left in each))
    return (tuple(because), tuple(unasked)) if each else None


@remembered_each_of_told
def _may_hold(history: History, protocol: Protocol, name: str) -> bool:
    """Whether what was told lets a combination hold, whatever is tested: asked first, as most never do."""
    told = (part for part in protocol.combinations[name].needs if part.told)
    return all(
        len(set(reasons(part, history, protocol))) >= part.least or _unasked(part, history) for part in told
    )


def _evidence_of(
    combination: Combination, side: Side | None, history: History, protocol: Protocol
) -> tuple[Reasons, tuple[str, ...]] | None:
    """The same, with the muscles of one side alone where there is one."""
    because: list[Reason] = []
    unasked: list[str] = []
    for part in combination.needs:
        found = [one for one in dict.fromkeys(reasons(part, history, protocol)) if _beside(one, side)]
        if len(found) >= part.least:
            because += found
        elif left := _unasked(part, history):
            unasked += left
        else:
            return None
    return tuple(because), tuple(unasked)


def _beside(why: Reason, side: Side | None) -> bool:
    """Whether a reason counts with the muscles of a side: it is of none of the other."""
    return side is None or why.side == side or not (why.seen and why.seen.grade)


def _unasked(part: Part, history: History) -> tuple[str, ...]:
    """The questions of the story that were never asked, of a part that the story alone tells."""
    if part != Part(story=part.story, least=part.least):
        return ()
    told = latest(history, "story")
    return tuple(one.question for one in part.story if one.question not in told)


def _acted(combination: Combination, why: Reasons, history: History, protocol: Protocol) -> Visit | None:
    """The earlier visit at which no less of it was there and what was done is written; None where a sign was
    answered yes again at this visit."""
    asked = (protocol.safety_questions[one.question] for one in why if one.question)
    if any(one.kind == "sign" and not one.from_record for one in asked):
        return None
    for at in reversed(range(len(history.visits) - 1)):
        if history.visits[at].action and (then := _evidence(history.up_to(at), protocol, combination.id)):
            because, unasked = then
            if not unasked and all(_there(one, because) for one in why):
                return history.visits[at]
    return None


def _there(now: Reason, then: Reasons) -> bool:
    """Whether a reason was one of those then, and the muscle no weaker or the skin no number now."""
    return any(_place(one) == _place(now) and _rank(now) >= _rank(one) for one in then)


def _place(why: Reason) -> tuple[str | None, ...]:
    """What a reason is of."""
    return why.test, why.side, why.question, why.story, why.precaution


def _rank(why: Reason) -> int:
    """The rank of the grade that a reason tells of, or the step of the touch; 0 where it tells of neither."""
    if why.seen and why.seen.touch:
        return why.seen.felt
    return rank(why.seen.grade) if why.seen and why.seen.grade else 0
