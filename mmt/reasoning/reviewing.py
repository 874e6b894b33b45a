"""A history to a review: every question of reasoning asked once, in order."""

from mmt.model.protocol import Protocol
from mmt.model.review import LEVELS, Review
from mmt.model.visit import History

from . import balance, leg_length, length, safety, signs, strength
from .alarms import alarms
from .change import changes
from .next_tests import next_tests
from .patterns import patterns
from .prescribe import prescribe
from .totals import totals


def review(history: History, protocol: Protocol) -> Review:
    """What there is to say about the last visit of a history in the light of the earlier ones.

    Everything is said whether or not the visit is locked; only the status of the prescription changes.
    """
    found = [*safety.alerts(history, protocol), *alarms(history, protocol)]
    alerts = sorted(found, key=lambda one: LEVELS.index(one.level))
    legs = leg_length.leg_length(history, protocol)
    single = (
        *strength.findings(history, protocol),
        *length.findings(history, protocol),
        *signs.findings(history, protocol),
        *leg_length.finding(legs),
    )
    findings = (*single, *balance.findings(history, single, protocol))
    status = safety.status(alerts, history)
    return Review(
        date=history.visits[-1].date.isoformat(),
        alerts=tuple(alerts),
        findings=findings,
        patterns=patterns(history, protocol),
        next_tests=next_tests(history, protocol),
        leg_length=legs,
        changes=changes(history, protocol),
        totals=totals(history.visits[-1], protocol),
        prescription=prescribe(history, protocol, findings, alerts, status),
    )
