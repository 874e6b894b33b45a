"""The alarms of an exam: which stand, and which the examiner has seen."""

from collections.abc import Sequence

from mmt.model.observation import Observation
from mmt.model.review import Alert
from mmt.reasoning import alarm_key, interrupts, standing, unconfirmed


class Alarms:
    """The alarms of an exam, an emergency first, then the newest.

    An acknowledged one is silent until its grade or level changes, or it is withdrawn and comes back.
    `acknowledged` are those seen before at this visit, which the alarms keep up to date; `done` is what was
    done about the urgent ones of a signed visit, empty while the visit is open. `falls` are the grades that
    fell and that nothing confirms yet, acknowledged or not.
    """

    def __init__(
        self, acknowledged: set[tuple[object, ...]], done: str = "", *, signed: bool = False
    ) -> None:
        self._signed = signed
        self.done = done
        self._acknowledged = acknowledged
        self.standing: tuple[Alert, ...] = ()
        self.falls: tuple[Observation, ...] = ()
        self._cells: set[tuple[object, object]] = set()
        self._gone: set[tuple[object, object]] = set()

    def look(self, alerts: Sequence[Alert]) -> bool:
        """Take in the alerts of the visit as it is now; whether an alarm is new."""
        before = {alarm_key(alert) for alert in self.standing}
        self.falls = _fell(alerts)
        now = [alert for alert in alerts if interrupts(alert)]
        self._acknowledged &= {alarm_key(alert) for alert in now}
        cells: set[tuple[object, object]] = {(alert.test, alert.side) for alert in now}
        self._gone, self._cells = self._cells - cells, cells
        waiting = standing(now, self._acknowledged)
        self.standing = tuple(
            sorted(waiting, key=lambda alert: (alert.level != "emergency", alarm_key(alert) in before))
        )
        return any(alarm_key(alert) not in before for alert in self.standing)

    @property
    def asked(self) -> Observation | None:
        """The first grade that fell and asks for another trial, or for a word that it is so; none of a signed
        visit."""
        return None if self._signed else next(iter(_fell(self.standing)), None)

    def ask_again(self, alerts: Sequence[Alert]) -> None:
        """Let those that nothing confirms yet stand again, though they were acknowledged."""
        self._acknowledged -= {alarm_key(alert) for alert in unconfirmed(alerts)}

    def confirmed(self, alerts: Sequence[Alert], kept: Observation) -> None:
        """Note as seen the alarm that the examiner just confirmed."""
        self._acknowledged |= {alarm_key(one) for one in alerts if (one.test, one.side) == kept.cell}

    def lifted(self, kept: Observation | None) -> bool:
        """Whether a value just kept had an alarm that pain lifts: with pain the grade is no evidence."""
        return kept is not None and kept.pained and kept.cell in self._gone

    def acknowledge(self) -> tuple[Alert, ...]:
        """Note that the standing alarms were seen; gives them back."""
        seen, self.standing = self.standing, ()
        self._acknowledged |= {alarm_key(alert) for alert in seen}
        return seen


def _fell(alerts: Sequence[Alert]) -> tuple[Observation, ...]:
    """The grades of the falls that nothing confirms yet."""
    return tuple(grade for one in unconfirmed(alerts) if (grade := one.because[0].seen))
