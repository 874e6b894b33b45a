"""What a group of safety questions fires by, and the precautions that are present by all that was told."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from mmt.model.protocol import Protocol
from mmt.model.questions import SafetyGroup, SafetyQuestion
from mmt.model.review import LEVELS, Level
from mmt.model.visit import History, Visit

from .answers import dated, precautions
from .combined import Held, Reasons, combined, standing
from .needs import held
from .remembered import remembered_each, remembered_each_of_told
from .standing import LOUD


class Fired(NamedTuple):
    """What fires a group at a visit: its own `signs`, the answers they rest on, and the combinations."""

    signs: tuple[SafetyQuestion, ...]
    rests_on: Reasons
    together: tuple[Held, ...]

    @property
    def level(self) -> Level:
        """The most serious level of all of it."""
        levels = (*(one.level for one in self.signs), *(one.level for one in self.together))
        return min(levels, key=LEVELS.index)

    @property
    def because(self) -> Reasons:
        """The reasons of all that is of this level."""
        combinations = (one.because for one in self.together if one.level == self.level)
        return tuple(dict.fromkeys(chain(self.rests_on, *combinations)))


def fired(group: SafetyGroup, history: History, protocol: Protocol) -> Fired | None:
    """What fires a group at the last visit; None where no sign of its own does, and no combination."""
    return _fired(history, protocol, group.id)


@remembered_each
def _fired(history: History, protocol: Protocol, name: str) -> Fired | None:
    """Signs count as answered at this visit, factors stand until answered no, lasting ones for good; the
    record answers some of both.
    """
    alone, rests_on = _by_itself(history, protocol, name)
    together = tuple(combined(name, history, protocol))
    return Fired(alone, rests_on, together) if alone or together else None


@remembered_each_of_told
def _by_itself(history: History, protocol: Protocol, name: str) -> tuple[tuple[SafetyQuestion, ...], Reasons]:
    """The signs of a group that fire it, and the answers they rest on; none of either where none does."""
    why = {one: reason for one in protocol.safety[name].questions if (reason := held(one, history, protocol))}
    signs = [one for one in why if one.kind == "sign"]
    factors = [one for one in why if one.kind == "factor"]
    supported = bool(factors) or len(signs) > 1
    alone = tuple(one for one in signs if supported or not one.needs_factor)
    return alone, tuple(why[one] for one in (*signs, *factors)) if alone else ()


def present(history: History, protocol: Protocol) -> dict[str, Reasons]:
    """The precaution codes that are present with their reasons: by answers, by what alerts together, by what
    a group of questions made suspected, and by those that bring another with them."""
    found = precautions(history, protocol)
    for one in protocol.combinations.values():
        if one.precaution in protocol.precautions and (why := standing(one, history, protocol)):
            found[one.precaution] = (*found.get(one.precaution, ()), *why)
    for group in protocol.safety.values():
        if group.precaution in protocol.precautions and (why := suspected(group, history, protocol)):
            found[group.precaution] = (*found.get(group.precaution, ()), *why)
    for brought in protocol.precautions.values():
        if why := tuple(chain.from_iterable(found.get(code, ()) for code in brought.beside)):
            found[brought.id] = (*found.get(brought.id, ()), *why)
    return found


def suspected(group: SafetyGroup, history: History, protocol: Protocol) -> Reasons:
    """Why a group puts its precaution on the stretches: it fires urgently at this visit, or did at one since
    which neither the question that ends the precaution was answered yes nor all that told of it no."""
    if history.visits[-1].story.get(_until(group, protocol)) is True:
        return ()
    at_last = _urgent(group, history, len(history.visits) - 1, protocol)
    return at_last or _suspected_before(history, protocol, group.id)


@remembered_each_of_told
def _suspected_before(history: History, protocol: Protocol, name: str) -> Reasons:
    group = protocol.safety[name]
    for at in reversed(range(len(history.visits) - 1)):
        if history.visits[at].story.get(_until(group, protocol)) is True:
            break
        if why := _urgent(group, history, at, protocol):
            return why
    return ()


def _until(group: SafetyGroup, protocol: Protocol) -> str:
    """The question of the story that ends the precaution of a group; empty where none does."""
    precaution = protocol.precautions.get(group.precaution)
    return precaution.until if precaution else ""


def _urgent(group: SafetyGroup, history: History, at: int, protocol: Protocol) -> Reasons:
    """Why a group fires urgently at a visit; empty where it does not, or where all of it was taken back."""
    found, later = fired(group, history.up_to(at), protocol), history.visits[at + 1 :]
    if found is None or found.level not in LOUD or _taken_back(found.because, later, protocol):
        return ()
    return tuple(replace(one, date=one.date or dated(history.visits[at], history)) for one in found.because)


def _taken_back(because: Reasons, later: Sequence[Visit], protocol: Protocol) -> bool:
    """Whether each sign and each answer of the story was answered otherwise at a later visit, and none of the
    reasons is of a test."""
    named = ((one, protocol.safety_questions.get(one.question or "")) for one in because)
    told = [one for one, asked in named if one.story or (asked and asked.kind == "sign")]
    return not any(one.test for one in because) and all(
        any(_differs(each, one.question, one.story, one.answer) for each in later) for one in told
    )


def _differs(visit: Visit, question: str | None, story: str | None, answer: object) -> bool:
    """Whether a visit answers a safety question with no, or a question of the story otherwise."""
    if question:
        return visit.safety.get(question) is False
    return story is not None and visit.story.get(story, answer) != answer
