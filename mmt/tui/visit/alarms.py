"""The alarms of an exam: which stand, and which the examiner has seen."""

from collections.abc import Sequence

from mmt.model.observation import Observation
from mmt.model.review import Alert
from mmt.reasoning import alarm_key, interrupts, standing


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
        before = {alarm_key(alert) for alert in self.standing}
        now = [alert for alert in alerts if interrupts(alert)]
        self._acknowledged &= {alarm_key(alert) for alert in now}
        cells: set[tuple[object, object]] = {(alert.test, alert.side) for alert in now}
        self._gone, self._cells = self._cells - cells, cells
        waiting = standing(now, self._acknowledged)
        self.standing = tuple(
            sorted(waiting, key=lambda alert: (alert.level != "emergency", alarm_key(alert) in before))
        )
        return any(alarm_key(alert) not in before for alert in self.standing)

    def lifted(self, kept: Observation | None) -> bool:
        """Whether a value just kept had an alarm that pain lifts: with pain the grade is no evidence."""
        return kept is not None and kept.pained and kept.cell in self._gone

    def acknowledge(self) -> tuple[Alert, ...]:
        """Note that the standing alarms were seen; gives them back."""
        seen, self.standing = self.standing, ()
        self._acknowledged |= {alarm_key(alert) for alert in seen}
        return seen
