"""A history to a review: every question of reasoning asked once, in order."""

from msgspec.structs import replace

from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Review, Watch
from mmt.model.said import said
from mmt.model.visit import History

from . import (
    at_home,
    balance,
    both_legs,
    counts,
    course_rules,
    earlier,
    early_look,
    late,
    leg_length,
    length,
    pattern_again,
    reflexes,
    safety,
    signs,
    strength,
    touch,
    weaker,
)
from .alarms import alarms
from .change import changes
from .gates import Gates
from .next_tests import next_tests
from .patterns import Standings, patterns, standings
from .prescribe import prescribe
from .remembered import remembered
from .standing import in_turn
from .totals import totals


def watch(history: History, protocol: Protocol) -> Watch:
    """What there is to say at once, after each key of the exam; `review` says the rest."""
    return _watch(history, standings(history, protocol), protocol)


@remembered
def told(history: History, protocol: Protocol) -> tuple[Alert, ...]:
    """What the last visit of a history alerts to by itself, without what earlier ones left undone."""
    return (
        *safety.alerts(history, protocol),
        *alarms(history, protocol),
        *weaker.alerts(history, protocol),
        *both_legs.alerts(history, protocol),
    )


def _watch(history: History, fits: Standings, protocol: Protocol) -> Watch:
    found = [*told(history, protocol), *early_look.alerts(history, fits, protocol)]
    found += earlier.alerts(history, protocol, found)
    done = history.visits[-1].action
    return Watch(
        alerts=in_turn((_beside(one, done) for one in found) if done else found, protocol),
        status=safety.status(found, history, protocol),
        next_tests=next_tests(history.visits[-1], fits, protocol),
    )


def _beside(alert: Alert, done: str) -> Alert:
    """An alert that asks for a specialist, with what was `done` at this visit beside it: nothing tells here
    whether it reached one."""
    asks = any(one.key == "motor-action" for one in alert.action)
    return replace(alert, action=(*alert.action, said("motor-acted", text=done))) if asks else alert


def _asked_back(history: History, protocol: Protocol) -> int | None:
    """Within how many days the signed visit before asked to see the patient again."""
    before = history.signed_before
    return _review_days(history.up_to(before[-1]), protocol) if before else None


@remembered
def _review_days(history: History, protocol: Protocol) -> int | None:
    return Gates(history, protocol, watch(history, protocol).alerts).review_days


def review(history: History, protocol: Protocol) -> Review:
    """What there is to say about the last visit of a history in the light of the earlier ones.

    Everything is said whether or not the visit is locked; only the status of the prescription changes.
    """
    fits = standings(history, protocol)
    now = _watch(history, fits, protocol)
    legs = leg_length.leg_length(history, protocol)
    single = (
        *strength.findings(history, protocol),
        *strength.gave_way(history, protocol),
        *strength.not_tested(history, protocol),
        *counts.findings(history, protocol),
        *length.findings(history, protocol),
        *signs.findings(history, protocol),
        *reflexes.findings(history, protocol),
        *touch.findings(history, protocol),
        *leg_length.finding(legs),
    )
    fitting = patterns(history, fits, protocol)
    findings = (
        *single,
        *balance.findings(history, single, protocol),
        *late.findings(history, protocol, _asked_back(history, protocol)),
        *course_rules.findings(history, protocol),
        *pattern_again.findings(history, fitting, protocol),
    )
    sheet = prescribe(history, protocol, findings, now, fitting)
    if history.visits[-1].home and now.status == "offered":
        beside = {*(one.rule for one in findings), *(one.level for one in now.alerts)}
        findings = (*findings, *at_home.findings(history, protocol, beside, sheet.withheld))
        sheet = prescribe(history, protocol, findings, now, fitting)
    entered = history.visits[-1].entered
    return Review(
        date=history.visits[-1].date.isoformat(),
        entered=None if entered is None else entered.isoformat(),
        alerts=now.alerts,
        findings=findings,
        patterns=fitting,
        next_tests=now.next_tests,
        leg_length=legs,
        changes=changes(history, protocol),
        totals=totals(history.visits[-1], protocol),
        prescription=sheet,
        home=at_home.all_told(history.visits[-1], protocol),
    )
