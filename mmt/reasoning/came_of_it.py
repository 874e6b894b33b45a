"""What came of an alert that an earlier visit told: asked for where what was arranged has a result."""

from msgspec.structs import replace

from mmt.model.protocol import Protocol
from mmt.model.review import Alert
from mmt.model.said import said
from mmt.model.visit import History

from . import safety


def came_of_it(alert: Alert, history: History, protocol: Protocol) -> Alert:
    """An alert that stood at an earlier visit as well, with what was written then and the question what came
    of it ahead of what it asks for; as it is where nothing with a result is arranged for it."""
    if not _has_result(alert, protocol):
        return alert
    told = [
        visit
        for at, visit in enumerate(history.visits[:-1])
        if any(one.rule == alert.rule for one in safety.alerts(history.up_to(at), protocol))
    ]
    if not told:
        return alert
    acted = next((visit for visit in reversed(told) if visit.action), None)
    then = acted or told[-1]
    key = "came-of-it" if acted else "came-of-nothing"
    asks = said(key, date=then.date.isoformat(), text=then.action)
    return replace(alert, action=(asks, *alert.action))


def _has_result(alert: Alert, protocol: Protocol) -> bool:
    """Whether what is arranged for an alert has a result: of its group, or of what alerts together in it."""
    group = protocol.safety.get(alert.rule)
    named = (str(dict(one.given)["combination"]) for one in alert.said if one.key == "combination")
    return bool(group and (group.result or any(protocol.combinations[name].result for name in named)))
