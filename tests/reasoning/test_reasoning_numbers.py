"""What counts and forces tell by themselves hangs on the rules of the protocol."""

from made import PROTOCOL, SECOND, history, seen, visit
from msgspec.structs import replace

from mmt.reasoning import review


def test_a_protocol_of_an_earlier_day_tells_nothing_of_a_number_alone() -> None:
    alarm = replace(PROTOCOL.rules.motor_alarm, falls={"NONE-SUCH": 50})
    older = replace(PROTOCOL, rules=replace(PROTOCOL.rules, motor_alarm=alarm, force=None))
    then, now = (
        (seen("HEEL-RAISE", count=22), seen("TA", newtons=200.0)),
        (
            seen("HEEL-RAISE", count=4),
            seen("TA", newtons=0.0),
        ),
    )
    after = history(visit(*then), visit(*now, date=SECOND))
    tests = [[one.test for one in review(after, each).alerts if one.test] for each in (PROTOCOL, older)]
    assert tests == [["HEEL-RAISE", "TA"], []]
