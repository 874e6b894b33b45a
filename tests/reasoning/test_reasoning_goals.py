"""How far the patient's own goals are, in a sentence each."""

from typing import Any

import pytest
from made import FIRST, PROTOCOL, SECOND, THIRD, history, visit
from msgspec.structs import replace

from mmt.reasoning import goals
from mmt.reasoning.wording import worded

SHOP = {"goal_1": "Walk to the shop.", "goal_1_now": 3, "goal_1_aim": 8, "goal_1_by": "by Easter"}
WALKED = {"goal_1_measure": "minutes walked", "goal_1_counted": 10, "goal_1_enough": 30}


def said(*told: dict[str, Any]) -> str:
    days = (FIRST, SECOND, THIRD)
    visits = (visit(date=day, story=one) for day, one in zip(days, told, strict=False))
    return worded(goals(history(*visits), PROTOCOL), PROTOCOL)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ([{}], ""),
        ([{"goal_1": "Dance"}], "Dance."),
        ([SHOP], "Walk to the shop: 3 of 10, 8 aimed at; by Easter."),
        (
            [SHOP | WALKED, {}, {"goal_1_now": 6, "goal_1_counted": 20}],
            "Walk to the shop: 3 → 6 of 10, 8 aimed at; by Easter; minutes walked 10 → 20, 30 aimed at.",
        ),
        ([{"goal_2_now": 4}], "goal 2: 4 of 10."),
        ([{"goal_3": "Dance", "goal_3_aim": 7}], "Dance: 7 of 10 aimed at."),
        ([{"goal_1": "Dance", "goal_1_counted": 2.5}], "Dance: counted 2.5."),
        ([{"goal_1": "Dance", **WALKED, "goal_1_counted": 0}], "Dance: minutes walked 0, 30 aimed at."),
        ([{"goal_1": "Sew", "goal_1_measure": "rows"}], "Sew: rows."),
        ([{"goal_1": "Sew", "goal_1_enough": 30}], "Sew: counted, 30 aimed at."),
        (
            [SHOP, {"goal_1": "walk to the  shop.", "goal_1_now": 5}],
            "walk to the  shop: 3 → 5 of 10, 8 aimed at; by Easter.",
        ),
        ([SHOP | WALKED, {"goal_1": "Swim", "goal_1_now": 1}], "Swim: 1 of 10."),
        (
            [SHOP | WALKED, {"goal_1_measure": "km walked", "goal_1_counted": 2}],
            "Walk to the shop: 3 of 10, 8 aimed at; by Easter; km walked 2.",
        ),
        (
            [SHOP, {"goal_2": "Sew", "goal_2_now": 2}],
            "Walk to the shop: 3 of 10, 8 aimed at; by Easter. Sew: 2 of 10.",
        ),
    ],
)
def test_a_goal_is_told_from_its_first_number_to_the_latest(told: list[dict[str, Any]], words: str) -> None:
    assert said(*told) == words


def test_a_protocol_of_an_earlier_day_has_no_measure_or_no_goals() -> None:
    rule = PROTOCOL.rules.goal_reached
    assert rule is not None
    past = history(visit(story=SHOP | WALKED))
    earlier = replace(rule, by=(), counted=())
    for held, words in ((earlier, "Walk to the shop: 3 of 10, 8 aimed at."), (None, "")):
        protocol = replace(PROTOCOL, rules=replace(PROTOCOL.rules, goal_reached=held))
        assert worded(goals(past, protocol), protocol) == words
