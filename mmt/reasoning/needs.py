"""What of one need of a combination holds: answers, signs and touch, weak muscles and those that are kept."""

from collections.abc import Iterator
from itertools import chain, product

from mmt.model.base import SIDES
from mmt.model.exam_tests import ReflexTest, SignTest
from mmt.model.grades import at_most
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.questions import Over, Part, SafetyQuestion, Told
from mmt.model.review import Reason
from mmt.model.said import said
from mmt.model.visit import History, Visit

from . import seen, signs
from .answers import condition, dated, from_record, holding, latest, weeks_since
from .long_standing import denials, long_standing, over
from .reflexes import common
from .strength import weak


def held(question: SafetyQuestion, history: History, protocol: Protocol) -> Reason | None:
    """Why a safety question holds: the record says so; a sign was answered yes at this visit; a factor was,
    by the latest answer, a lasting one by any, or by a condition of the same precaution."""
    if question.from_record:
        yes = from_record(question, history)
        return Reason(question=question.id, answer=True, said=said("from-record")) if yes else None
    if question.kind == "sign":
        yes = history.visits[-1].safety.get(question.id) is True
        return Reason(question=question.id, answer=True) if yes else None
    if visit := holding(history, "safety", question.id, lasting=question.lasting):
        return Reason(question=question.id, answer=True, date=dated(visit, history))
    return _present(question.precaution, history, protocol)


def reasons(part: Part, history: History, protocol: Protocol) -> Iterator[Reason]:
    """All of what a part names that holds; a condition counts once, however many questions it answers."""
    named = (one for name in part.answers if (one := protocol.safety_questions.get(name)))
    found = [(one, why) for one in named if (why := held(one, history, protocol))]
    own = {one.precaution for one, why in found if why.question and one.precaution}
    yield from (why for one, why in found if why.question or one.precaution not in own)
    no = (name for name in part.denied if history.visits[-1].safety.get(name) is False)
    yield from (Reason(question=name, answer=False) for name in no)
    yield from (why for code in part.precautions if (why := _present(code, history, protocol)))
    yield from (why for one in part.story if (why := _told(one, history, protocol)))
    yield from _ungraded(part, history, protocol) if part.ungraded else _positive(part, history)
    yield from _altered(part, history)
    yield from _lost(part, history, protocol)
    yield from _kept(part, history, protocol)
    if part.long_standing:
        yield from denials(part.long_standing, history, protocol)
    named_weak = _named_weak(part, history.visits[-1], protocol) if part.muscles else []
    if not part.both_sides or {one.side for one in named_weak} == set(SIDES):
        yield from map(seen.reason, named_weak)
    if part.weakness and not (part.not_new and long_standing(part.not_new, history, protocol)):
        found_weak = weak(history.visits[-1], protocol.watched, protocol, pained=part.pained)
        yield from map(seen.reason, found_weak)


def _named_weak(part: Part, visit: Visit, protocol: Protocol) -> list[Observation]:
    """The muscles that a part names and that are weak at a visit, `over` a grade where it has one; by a grade
    of its own those in pain too, and those that pain forbade to test."""
    every = weak(visit, protocol.watched, protocol, pained=True) if part.only else ()
    if any(one.test not in part.muscles for one in every):
        return []
    found = weak(visit, part.muscles, protocol, pained=part.pained or part.grade is not None)
    if part.grade is None:
        return [one for one in found if part.over is None or not at_most(one.code, part.over)]
    trials = (visit.seen(*cell) for cell in product(part.muscles, SIDES))
    sore = (one for each in trials if not any(one.measured for one in each) for one in each)
    return [
        *(one for one in found if at_most(one.code, part.grade)),
        *(one for one in sore if one.not_tested == "pain"),
    ]


def _present(code: str, history: History, protocol: Protocol) -> Reason | None:
    """Why a condition is present: its latest answer, or a yes that lasts."""
    visit = condition(code, history, protocol)
    return Reason(precaution=code, answer=True, date=dated(visit, history)) if visit else None


def _told(wanted: Told, history: History, protocol: Protocol) -> Reason | None:
    """Why an answer of the story counts. Weeks have gone on since they were told."""
    visit, answer = latest(history, "story").get(wanted.question, (None, None))
    if visit is None or (wanted.unless and over(wanted.unless, history, protocol)):
        return None
    words = answer if isinstance(answer, tuple) else (answer,)
    counts = wanted.equals in words
    if wanted.over is not None:
        counts = over(Over(question=wanted.question, over=wanted.over), history, protocol)
    if wanted.most is not None and isinstance(answer, int | float):
        counts = answer + weeks_since(visit, wanted.question, history, protocol) <= wanted.most
    return Reason(story=wanted.question, answer=answer, date=dated(visit, history)) if counts else None


def _positive(part: Part, history: History) -> Iterator[Reason]:
    """The signs of a part that were tested at this visit and stand as positive, and the touches that are less
    or absent, on each side where both are needed."""
    now = history.visits[-1]
    for test in part.signs:
        tested = (side for side in (*SIDES, None) if seen.last(now, test, side, "result"))
        stood = [one for side in tested if (one := signs.positive(history, test, side))]
        if not part.both_sides or {one.seen.side for one in stood} == set(SIDES):
            yield from chain.from_iterable(signs.reasons(one, history) for one in stood)
    for test in part.numb:
        last = [seen.last(now, test, side, "touch") for side in (*SIDES, None)]
        found = [one for one in last if one and one.numb]
        if not part.both_sides or {one.side for one in found} == set(SIDES):
            yield from map(seen.reason, found)


def _altered(part: Part, history: History) -> Iterator[Reason]:
    """All trials of a touch that was not normal at one of this visit, or that was less or absent when tested
    last before: both are told."""
    now, before = history.visits[-1], history.before
    for test, side in product(part.altered, SIDES):
        trials = [one for one in now.seen(test, side) if one.touch]
        then = seen.latest(before, test, side, "touch") if trials else None
        doubtful = any(one.touch != "normal" for one in trials)
        if then and then[1].numb and not doubtful:
            yield seen.reason(then[1], then[0])
        if doubtful or (then and then[1].numb):
            yield from map(seen.reason, trials)


def _ungraded(part: Part, history: History, protocol: Protocol) -> Iterator[Reason]:
    """The signs of a part that stand as positive, no muscle of theirs being graded since they were found."""
    for test, side in product(part.signs, SIDES):
        sign, stood = protocol.tests.get(test), signs.positive(history, test, side)
        if stood is None or not isinstance(sign, SignTest):
            continue
        since = history.visits[history.visits.index(stood.visit) :]
        if not any(seen.speaks(visit, one, side) for visit, one in product(since, sign.muscles)):
            yield from signs.reasons(stood, history)


def _lost(part: Part, history: History, protocol: Protocol) -> Iterator[Reason]:
    """The reflexes of a part that are less than expected at a visit: on both sides where both are needed;
    else, of those that healthy people of this age often lack on both sides, only the lower one."""
    for test in (one for one in protocol.of(ReflexTest) if one.id in part.lost):
        both = [seen.last(history.visits[-1], test.id, side, "count") for side in SIDES]
        low = [one for one in both if one and one.number < test.expected]
        alike = len(low) == len(SIDES)
        if alike and not part.both_sides and common(test, history):
            low = [one for one in low if one.number < max(each.number for each in low)]
        if alike or not part.both_sides:
            yield from map(seen.reason, low)


def _kept(part: Part, history: History, protocol: Protocol) -> Iterator[Reason]:
    """The muscles and reflexes that a part names as kept: all of them on both sides, else none."""
    *before, now = history.visits[-2:] if part.kept_before else history.visits[-1:]
    found = []
    for name, side in product(part.kept, SIDES):
        test, cell = protocol.tests.get(name), (name, side)
        visit = next((one for one in before if cell not in now.cells), now)
        if isinstance(test, ReflexTest):
            one = seen.last(visit, name, side, "count")
            low = one is None or one.number < test.expected
        else:
            one = next(iter(seen.graded(visit, name, side)), None)
            low = bool(weak(visit, [name], protocol, pained=True))
        if one is None or low:
            return
        found.append(seen.reason(one, None if visit is now else visit))
    yield from found
