"""A history to a review: every question of reasoning asked once, in order."""

from msgspec.structs import replace

from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Finding, Review, Watch
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
from .came_of_it import came_of_it
from .change import changes
from .gates import Gates
from .meanwhile import with_meanwhile
from .next_tests import next_tests
from .patterns import patterns, standings
from .prescribe import prescribe
from .remembered import remembered, remembered_of_seen
from .standing import in_turn
from .totals import totals


def watch(history: History, protocol: Protocol) -> Watch:
    """What there is to say at once, after each key of the exam; `review` says the rest."""
    fits = standings(history, protocol)
    now = (came_of_it(one, history, protocol) for one in told(history, protocol))
    found = [*now, *early_look.alerts(history, fits, protocol)]
    found += earlier.alerts(history, protocol, found)
    found = list(with_meanwhile(found, history, protocol))
    done = history.visits[-1].action
    return Watch(
        alerts=in_turn((_beside(one, done) for one in found), protocol),
        status=safety.status(found, history, protocol),
        next_tests=next_tests(history.visits[-1], fits, protocol),
    )


@remembered_of_seen
def told(history: History, protocol: Protocol) -> tuple[Alert, ...]:
    """What the last visit of a history alerts to by itself, without what earlier ones left undone."""
    return (
        *safety.alerts(history, protocol),
        *alarms(history, protocol),
        *weaker.alerts(history, protocol),
        *both_legs.alerts(history, protocol),
    )


def _beside(alert: Alert, done: str) -> Alert:
    """An alert that asks for a specialist, with what was `done` at this visit beside it: nothing tells here
    whether it reached one."""
    asks = any(one.key in ("motor-action", "motor-again-action") for one in alert.action)
    beside = asks and done
    return replace(alert, action=(*alert.action, said("motor-acted", text=done))) if beside else alert


def _asked_back(history: History, protocol: Protocol) -> int | None:
    """Within how many days the signed visit before asked to see the patient again."""
    before = history.signed_before
    return _review_days(history.up_to(before[-1]), protocol) if before else None


@remembered
def _review_days(history: History, protocol: Protocol) -> int | None:
    return Gates(history, protocol, watch(history, protocol).alerts).review_days


def concluded(history: History, protocol: Protocol) -> tuple[Watch, tuple[Finding, ...]]:
    """What alerts at the last visit of a history, and all that was found: what is kept beside a signature."""
    now = watch(history, protocol)
    single = (
        *strength.findings(history, protocol),
        *strength.gave_way(history, protocol),
        *both_legs.findings(history, protocol),
        *strength.not_tested(history, protocol),
        *counts.findings(history, protocol),
        *length.findings(history, protocol),
        *signs.findings(history, protocol),
        *reflexes.findings(history, protocol),
        *touch.findings(history, protocol),
        *leg_length.finding(leg_length.leg_length(history, protocol)),
    )
    fitting = patterns(history, protocol)
    findings = (
        *single,
        *balance.findings(history, single, protocol),
        *late.findings(history, protocol, _asked_back(history, protocol)),
        *course_rules.findings(history, protocol),
        *pattern_again.findings(history, fitting, protocol),
    )
    if history.visits[-1].home and now.status == "offered":
        beside = {*(one.rule for one in findings), *(one.level for one in now.alerts)}
        sheet = prescribe(history, protocol, findings, now, fitting)
        findings = (*findings, *at_home.findings(history, protocol, beside, sheet.withheld))
    return now, findings


def review(history: History, protocol: Protocol) -> Review:
    """What there is to say about the last visit of a history in the light of the earlier ones.

    Everything is said whether or not the visit is locked; only the status of the prescription changes.
    """
    now, findings = concluded(history, protocol)
    fitting = patterns(history, protocol)
    entered = history.visits[-1].entered
    return Review(
        date=history.visits[-1].date.isoformat(),
        entered=None if entered is None else entered.isoformat(),
        alerts=now.alerts,
        findings=findings,
        patterns=fitting,
        next_tests=now.next_tests,
        leg_length=leg_length.leg_length(history, protocol),
        changes=changes(history, protocol),
        totals=totals(history.visits[-1], protocol),
        prescription=prescribe(history, protocol, findings, now, fitting),
        home=at_home.all_told(history.visits[-1], protocol),
    )
