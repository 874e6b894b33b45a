"""Before a follow-up begins: what waits for the patient, and what a colleague would tell at the door."""

import datetime
from collections.abc import Iterator

from msgspec.structs import replace

from mmt.model.at_home import mostly_done
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import LEVELS, Change
from mmt.model.said import Said, Sentences, said
from mmt.model.visit import History, Visit

from .change import changes, compare
from .course import weak
from .earlier import IN_PAIN
from .patterns import patterns
from .reviewing import told
from .standing import blocks

MOST = 4
"""So many names stand in a line: what is said at the door is short."""

MOVES = 2
"""So many moves are named; their names are long."""


def due(history: History, protocol: Protocol, today: datetime.date) -> Sentences:
    """What waits for the patient, worst first: an action to be written, tests to be done again, the
    re-examination, a sheet that has run out. Empty where nothing waits."""
    if not history.visits:
        return ()
    return (
        *_open_alerts(history, protocol),
        *_examination(history, protocol, today),
        *_run_out(history, today),
    )


def waited(history: History, protocol: Protocol) -> Sentences:
    """What waited for the patient when the last visit of a history began."""
    *before, now = history.visits
    return due(replace(history, visits=tuple(before)), protocol, now.date)


def door(history: History, protocol: Protocol) -> Sentences:
    """What was found at the last signed visit, what moved since the first, what was given, what was done at
    home so far, and what to look at today, a sentence each. Empty where no visit is signed.
    """
    signed = [at for at, one in enumerate(history.visits) if one.signed]
    if not signed:
        return ()
    past = history.up_to(signed[-1])
    since = _since(past, signed[0], protocol) if len(signed) > 2 else ()
    return _found(past, protocol), *since, _given(past), *at_home(past), _today(past, protocol)


def _open_alerts(history: History, protocol: Protocol) -> Iterator[Said]:
    """What the last visit alerted to and nobody wrote down or tested again."""
    visit, found = history.visits[-1], told(history, protocol)
    pressing = {one.level for one in found if blocks(one)}
    if pressing and not visit.action:
        level = next(one for one in LEVELS if one in pressing)
        yield said("due-action", level=level, date=visit.date.isoformat())
    again = (one.test for one in found if one.state == "not-confirmed" or one.said[0].key in IN_PAIN)
    if names := tuple(dict.fromkeys(again)):
        yield said("due-again", brief=names)


def _examination(history: History, protocol: Protocol, today: datetime.date) -> Iterator[Said]:
    """The re-examination, by weeks or by visits since something was tested last. Who was not here for longer
    than a pause between two episodes is not under care: then it is said when that was."""
    rule, signed = protocol.rules.re_examination, [one for one in history.visits if one.signed]
    tested = [at for at, one in enumerate(signed) if one.observations]
    if rule is None or not tested:
        return
    then, away = signed[tested[-1]].date, (today - signed[-1].date).days
    if away > rule.pause:
        yield said("due-away", date=signed[-1].date.isoformat())
    elif (today - then).days >= rule.days or len(signed) - 1 - tested[-1] >= rule.visits:
        yield said("due-examination", date=then.isoformat())


def _run_out(history: History, today: datetime.date) -> Iterator[Said]:
    """The latest sheet, where its weeks are over."""
    for visit in [one for one in history.visits if one.signed and one.prescription][-1:]:
        weeks = max(one.dose.weeks for one in visit.prescription or ())
        end = visit.date + datetime.timedelta(weeks=weeks)
        if end <= today:
            yield said("due-sheet", date=end.isoformat())


def _found(past: History, protocol: Protocol) -> Said:
    visit = past.visits[-1]
    names, day = _abnormal(visit, protocol), visit.date.isoformat()
    leading = tuple(one.id for one in patterns(past, protocol)[:1])
    if not names:
        return said("door-nothing", date=day)
    if not leading:
        return said("door-found", date=day, brief=names[:MOST])
    return said("door-found-pattern", date=day, brief=names[:MOST], patterns=leading)


def _since(past: History, first: int, protocol: Protocol) -> Iterator[Said]:
    """What is worse and what better than at the first visit, then what perhaps is; scores before tests."""
    found = sorted(compare(past, protocol, first), key=lambda one: one.test not in protocol.story)
    parts = []
    for way in ("worse", "better", "perhaps-worse", "perhaps-better"):
        moved = tuple(one for one in found if _way(one) == way)
        more = len(moved) - MOST
        if more > 0:
            parts.append(said("since-more", way=said(f"way-{way}"), moved=moved[:MOST], more=more))
        elif moved:
            parts.append(said("since", way=said(f"way-{way}"), moved=moved))
    if parts:
        yield said("door-since", date=past.visits[first].date.isoformat(), parts=tuple(parts))


def _way(one: Change) -> str:
    return f"perhaps-{one.told}" if one.confidence == "possible" else one.told


def _abnormal(visit: Visit, protocol: Protocol) -> tuple[Observation, ...]:
    """Weak muscles, weakest first, then what was positive."""
    positive = (one for one in visit.observations if one.result == "positive")
    return (*weak(visit, protocol), *positive)


def _given(past: History) -> Said:
    """The latest sheet with its moves."""
    for visit in [one for one in past.visits if one.signed and one.prescription][-1:]:
        moves = tuple(dict.fromkeys(one.stretch for one in visit.prescription or ()))
        more = len(moves) - MOVES
        if more > 0:
            return said("door-given-more", date=visit.date.isoformat(), stretches=moves[:MOVES], more=more)
        return said("door-given", date=visit.date.isoformat(), stretches=moves)
    return said("door-no-sheet")


def at_home(past: History) -> Iterator[Said]:
    """At how many visits the moves at home were told to be mostly done, where more than one visit told."""
    told = [counted for one in past.visits if (counted := mostly_done(one.home))]
    if len(told) > 1:
        yield said("door-home", times=sum(2 * some > every for some, every in told), visits=len(told))


def _today(past: History, protocol: Protocol) -> Said:
    """The tests to look at first: done in pain, weak or positive, then what moved since the visit before."""
    visit = past.visits[-1]
    pained = (one.test for one in visit.observations if one.pained)
    abnormal = (one.test for one in _abnormal(visit, protocol))
    moved = (one.test for one in changes(past, protocol) if one.verdict in ("better", "worse"))
    went = (name for name in moved if name in protocol.tests)
    names = tuple(dict.fromkeys((*pained, *abnormal, *went)))
    return said("door-today", brief=names[:MOST]) if names else said("door-today-nothing")
