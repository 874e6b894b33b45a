"""What several visits together tell: each a finding to weigh, and none takes an alarm away."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from mmt.model.at_home import FELT
from mmt.model.base import Item
from mmt.model.course import SlowRule
from mmt.model.exam_tests import CountTest, MuscleTest, ReflexTest, TouchTest
from mmt.model.protocol import Protocol
from mmt.model.review import Change, Finding, Reason
from mmt.model.said import Said, said
from mmt.model.visit import History

from . import at_home
from .answers import dated
from .change import compare
from .goals import since_worded
from .ruler import of_score

_OF_NERVES = MuscleTest | CountTest | ReflexTest | TouchTest
"""What a nerve that fails makes worse."""


def findings(history: History, protocol: Protocol) -> Iterator[Finding]:
    """What the course tells, the dangerous first."""
    yield from _weaker(history, protocol)
    yield from _worse_running(history, protocol)
    away = tuple(_worse_than_best(history, protocol))
    yield from away
    relapsed = any(one.said[0].key == "relapse" for one in away)
    reached = tuple(_goals(history, protocol))
    for rule in (protocol.rules.no_real_change, protocol.rules.expected_time):
        if rule is not None and not (reached or relapsed) and not _rated_better(history, rule):
            yield from _slow(history, rule, protocol)
    yield from reached


def _found(rule: Item, says: Said, because: Sequence[Reason], story: str | None = None) -> Finding:
    return Finding(
        rule=rule.id,
        story=story,
        said=(says, said(f"{says.key}-advice")),
        because=tuple(dict.fromkeys(because)),
        sources=rule.sources,
        evidence=rule.evidence,
    )


def episode(history: History, pause: int) -> list[int]:
    """Where the signed visits of the last one's episode stand, but for itself; an episode begins where none
    was for over `pause` days before."""
    signed = history.signed_before
    for at, (one, two) in reversed(list(enumerate(pairwise((*signed, len(history.visits) - 1))))):
        if (history.visits[two].date - history.visits[one].date).days > pause:
            return signed[at + 1 :]
    return signed


def _reasons(changes: Sequence[Change]) -> list[Reason]:
    return [reason for one in changes for reason in one.because]


def _measures(changes: Sequence[Change]) -> tuple[tuple[str, str | None], ...]:
    return tuple((one.test, one.side) for one in changes)


def _weaker(history: History, protocol: Protocol) -> Iterator[Finding]:
    """Less pain and a weaker muscle, both since the visit before or since the first one."""
    rule, signed = protocol.rules.better_but_weaker, history.signed_before
    if rule is None:
        return
    for since in dict.fromkeys((*signed[-1:], *episode(history, rule.pause)[:1])):
        found = compare(history, protocol, since)
        less = [one for one in found if one.test in rule.scores and one.verdict == "better"]
        weaker = [
            one
            for one in found
            if one.verdict == "worse" and isinstance(protocol.tests.get(one.test), _OF_NERVES)
        ]
        if less and weaker:
            date, last = (history.visits[at].date.isoformat() for at in (since, signed[-1]))
            shown = {"date": date, "scores": _measures(less), "measures": _measures(weaker)}
            one = _found(rule, said("better-but-weaker", **shown), _reasons((*less, *weaker)))
            again = compare(history, protocol, signed[-1])
            more = [each for each in again if each.test in rule.scores and _worse(each)]
            told = said("pain-more-since", date=last, measures=_measures(more))
            yield replace(one, said=(one.said[0], told, *one.said[1:])) if more else one
            return


def _worse_running(history: History, protocol: Protocol) -> Iterator[Finding]:
    """The same score or test worse in visits running, each against the signed visit before it."""
    rule, signed = protocol.rules.worse_running, history.signed_before
    if rule is None or len(signed) < rule.visits:
        return
    walked = [*signed[-rule.visits :], len(history.visits) - 1]
    worse = [
        {(one.test, one.side): one for one in compare(history.up_to(now), protocol, then) if _worse(one)}
        for then, now in pairwise(walked)
    ]
    both = [key for key in worse[-1] if all(key in each for each in worse)]
    if both:
        says = said("worse-running", visits=rule.visits, measures=tuple(both))
        yield _found(rule, says, _reasons([each[key] for key in both for each in worse]))


def _worse(one: Change) -> bool:
    return one.verdict == "worse"


def _worse_than_best(history: History, protocol: Protocol) -> Iterator[Finding]:
    """Each score that is worse than at its best visit of the episode by as much as is likely. One that was
    better there than at the first of the episode by as much as counts came back; else it crept, and was
    worse than its best at the visit before already."""
    rule = protocol.rules.worse_than_best
    if rule is None:
        return
    walked = episode(history, rule.pause)
    for name, question in protocol.story.items():
        given = [(at, history.visits[at].story.get(name)) for at in walked]
        told = [(at, float(value)) for at, value in given if isinstance(value, int | float)]
        if len(told) < 2:
            continue
        sign = 1 if question.more == "better" else -1
        at, best = max(told, key=lambda one: (sign * one[1], one[0]))
        ruler = of_score(question)
        now = next((one for one in compare(history, protocol, at) if one.test == name), None)
        if now is None or now.verdict != "worse" or now.confidence == "possible":
            continue
        back = ruler.told(best - told[0][1])
        if back or sign * told[-1][1] < sign * best:
            date = history.visits[at].date.isoformat()
            key, measures = "relapse" if back else "crept", ((name, None),)
            says = said(key, date=date, measures=measures, then=now.from_, now=now.to)
            yield _found(rule, says, now.because, name)


def _slow(history: History, rule: SlowRule, protocol: Protocol) -> Iterator[Finding]:
    now, walked = history.visits[-1], episode(history, rule.pause)
    long = [at for at in walked if (now.date - history.visits[at].date).days >= rule.days]
    if not long:
        return
    since = long[0 if rule.from_first else -1]
    done = _done(history, since, rule, protocol) if rule.done else ()
    asked = [one for one in compare(history, protocol, since) if _could_be_better(one, protocol)]
    if done is None or not asked or any(one.verdict == "better" for one in asked):
        return
    then = history.visits[since].date
    weeks = (now.date - then).days // 7
    says = said("slow-done" if rule.done else "slow", date=then.isoformat(), weeks=weeks)
    yield _found(rule, says, (*_reasons(asked), *done))


def _rated_better(history: History, rule: SlowRule) -> bool:
    """Whether the patient rates the change at this visit as better by as much as matters."""
    rating = history.visits[-1].story.get(rule.change)
    return isinstance(rating, int | float) and rating >= rule.better_from


def _could_be_better(one: Change, protocol: Protocol) -> bool:
    """Whether a score of pain or function had room to become better by as much as counts."""
    asked = protocol.story.get(one.test)
    if asked is None or asked.topic == "goals":
        return False
    best = asked.least if asked.more == "worse" else asked.most
    needs = of_score(asked).limit
    return best is None or needs is None or abs(float(one.from_) - best) >= needs


def _done(history: History, since: int, rule: SlowRule, protocol: Protocol) -> tuple[Reason, ...] | None:
    """What was told of the sheets at home since a visit, where at least half of it was done; else None."""
    visits = history.visits[since + 1 :]
    told = [one for visit in visits for one in at_home.told(visit, protocol, dated(visit, history))]
    given = protocol.rules.given_before
    if not told and given is not None:
        told = [
            Reason(story=given.done, answer=visit.story[given.done], date=dated(visit, history))
            for visit in visits
            if given.done in visit.story
        ]
    done = [one for one in told if set(rule.done) & set(_words(one))]
    asked = [one for one in told if _words(one)]
    return tuple(told) if asked and len(done) * 2 >= len(asked) else None


def _words(one: Reason) -> tuple[str, ...]:
    """How much was done, in the words of the answer; none where it was not told."""
    words = one.answer if isinstance(one.answer, tuple) else (str(one.answer),)
    return tuple(word for word in words if word not in FELT)


def _goals(history: History, protocol: Protocol) -> Iterator[Finding]:
    """Each goal that is reached at this visit."""
    rule = protocol.rules.goal_reached
    if rule is None:
        return
    told = {name: answer for visit in history.visits for name, answer in visit.story.items()}
    for goal, score, aim in rule.goals:
        now, want = history.visits[-1].story.get(score), told.get(aim)
        visits = since_worded(history, goal)
        start = next((one.story[score] for one in visits if score in one.story), None)
        if goal not in told or not isinstance(now, int | float) or not isinstance(want, int | float):
            continue
        if isinstance(start, int | float) and start < want <= now:
            says = said("goal-reached", goal=told[goal], now=f"{now:g}", want=f"{want:g}")
            because = [Reason(story=name, answer=told[name]) for name in (goal, score, aim)]
            yield _found(rule, says, because, score)
