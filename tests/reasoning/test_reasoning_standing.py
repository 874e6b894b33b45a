"""Which alerts interrupt the exam, and until when."""

import pytest
from made import quote
from msgspec.structs import replace

from mmt.model.base import SIDES
from mmt.model.review import Alert, Reason
from mmt.model.said import said
from mmt.reasoning import alarm_key, interrupts, standing

WEAK = Alert(
    rule="motor-deficit",
    level="urgent",
    side="left",
    test="TA",
    said=(said("motor-low", grade="2"),),
    because=(quote("TA", "left", grade="2"),),
    sources=("derived",),
    evidence="derived",
)
BOTH = tuple(quote("TA", side, grade="4") for side in SIDES)


@pytest.mark.parametrize(
    ("alert", "loud"),
    [
        (WEAK, True),
        (replace(WEAK, level="emergency"), True),
        (replace(WEAK, level="caution"), False),
        (replace(WEAK, level="caution", because=BOTH), True),
        (replace(WEAK, level="routine", because=BOTH), True),
        (replace(WEAK, because=(Reason(question="fever", answer=True),)), False),
        (replace(WEAK, because=(quote("TA", "left", grade="2", date="2026-02-02"),)), False),
    ],
)
def test_what_was_found_by_hand_today_interrupts(alert: Alert, loud: bool) -> None:
    assert interrupts(alert) == loud
    assert standing([alert], set()) == ((alert,) if loud else ())


def test_an_alarm_that_was_acknowledged_stands_again_once_it_is_worse() -> None:
    seen = {alarm_key(WEAK)}
    worse = replace(WEAK, said=(said("motor-low", grade="1"),))
    assert standing([WEAK], seen) == ()
    assert standing([worse], seen) == (worse,)
    bilateral = replace(WEAK, level="caution", because=BOTH)
    assert standing([replace(bilateral, said=(said("weak-both"),))], {alarm_key(bilateral)}) == ()
