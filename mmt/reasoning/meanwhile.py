"""What holds while something is suspected: told at each visit until it has been looked into."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from mmt.model.protocol import Protocol
from mmt.model.review import Alert
from mmt.model.said import said
from mmt.model.visit import History

from .suspected import suspected


def with_meanwhile(alerts: Iterable[Alert], history: History, protocol: Protocol) -> Iterator[Alert]:
    """The alerts, those about what is suspected with what holds until then; none of them asks for a resisted
    test that must wait."""
    groups = {
        one.id: one for one in protocol.safety.values() if one.meanwhile and suspected(one, history, protocol)
    }
    waits = next((name for name, one in groups.items() if one.no_tests), None)
    for alert in alerts:
        asks = {one.key for one in alert.action}
        if alert.rule in groups and "group-action" not in asks:
            told = said("group-meanwhile", group=alert.rule)
            yield replace(alert, action=(*alert.action, told))
        elif waits and "motor-untested-action" in asks:
            yield replace(alert, action=(said("motor-untested-waits", group=waits),))
        else:
            yield alert
