"""Which alerts of a review interrupt the exam, and which the examiner has seen."""

from collections.abc import Sequence

from mmt.model.base import SIDES
from mmt.model.observation import Observation
from mmt.model.review import Alert

LOUD = ("emergency", "urgent")


def rests_on_tests(alert: Alert) -> bool:
    """Whether the alert comes from what was tested at this visit, not from an answer or an earlier visit."""
    return any(reason.test is not None and reason.date is None for reason in alert.because)


def interrupts(alert: Alert) -> bool:
    """Whether an alert shows at once as a band: motor alarms, and weakness on both sides (decisions 4, 5)."""
    if not rests_on_tests(alert):
        return False
    sides = {reason.side for reason in alert.because if reason.test is not None}
    return alert.level in LOUD or (alert.level == "caution" and sides >= set(SIDES))


class Alarms:
    """The alarms of an exam, an emergency first, then the newest.

    An acknowledged one is silent until its grade or level changes, or it is withdrawn and comes back.
    `acknowledged` are those seen before at this visit, which the alarms keep up to date; `done` is what was
    done about the urgent ones of a signed visit, empty while the visit is open.
    """

    def __init__(self, acknowledged: set[tuple[object, ...]], done: str = "") -> None:
        self.done = done
        self._acknowledged = acknowledged
        self.standing: tuple[Alert, ...] = ()
        self._cells: set[tuple[object, object]] = set()
        self._gone: set[tuple[object, object]] = set()

    def look(self, alerts: Sequence[Alert]) -> bool:
        """Take in the alerts of the visit as it is now; whether an alarm is new."""
        before = {_key(alert) for alert in self.standing}
        now = [alert for alert in alerts if interrupts(alert)]
        self._acknowledged &= {_key(alert) for alert in now}
        cells: set[tuple[object, object]] = {(alert.test, alert.side) for alert in now}
        self._gone, self._cells = self._cells - cells, cells
        standing = (alert for alert in now if _key(alert) not in self._acknowledged)
        self.standing = tuple(
            sorted(standing, key=lambda alert: (alert.level != "emergency", _key(alert) in before))
        )
        return any(_key(alert) not in before for alert in self.standing)

    def lifted(self, kept: Observation | None) -> bool:
        """Whether a value just kept had an alarm that pain lifts: with pain the grade is no evidence."""
        return kept is not None and kept.pained and kept.cell in self._gone

    def acknowledge(self) -> tuple[Alert, ...]:
        """Note that the standing alarms were seen; gives them back."""
        seen, self.standing = self.standing, ()
        self._acknowledged |= {_key(alert) for alert in seen}
        return seen


def _key(alert: Alert) -> tuple[object, ...]:
    """What tells alarms apart: a worse grade or level of the same muscle is a new one."""
    said = alert.text if alert.level in LOUD else ""
    return alert.rule, alert.level, alert.side, alert.test, said
