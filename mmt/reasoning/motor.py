"""The form of every alert about strength."""

from collections.abc import Iterable, Sequence

from mmt.model.base import Item, Side
from mmt.model.review import Alert, Level, Reason
from mmt.model.said import Said


def motor_alert(
    level: Level,
    says: Sequence[Said],
    because: Iterable[Reason],
    rule: Item,
    cell: tuple[str | None, Side | None] = (None, None),
) -> Alert:
    """A motor alert: what it says, last what it asks for, and the rule that it cites."""
    return Alert(
        rule="motor-deficit",
        level=level,
        test=cell[0],
        side=cell[1],
        said=tuple(says[:-1]),
        action=tuple(says[-1:]),
        because=tuple(because),
        sources=rule.sources,
        evidence=rule.evidence,
    )
