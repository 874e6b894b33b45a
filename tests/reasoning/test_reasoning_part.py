"""What a visit holds of PART: a letter without a record is left open."""

from made import PROTOCOL, history, seen, visit
from msgspec.structs import replace

from mmt.model.visit import History
from mmt.reasoning import review
from mmt.reasoning.part import part


def letters(past: History, protocol: object = PROTOCOL) -> dict[str, list[str | None]]:
    found = part(past.visits[-1], review(past, PROTOCOL), protocol)  # type: ignore[arg-type]
    return {letter: [one.test or one.story for one in why] for letter, why in found.items()}


def test_each_letter_is_told_by_what_was_recorded_of_it() -> None:
    now = visit(
        seen("TA", grade="4", flags=("pain",)),
        seen("EHL", grade="4", flags=("range-limited",)),
        seen("L-PKE", degrees=45),
        seen("LL-BLOCK", millimetres=14),
        seen("LL-PRONE", millimetres=3),
        story={"nprs_back": 1, "nprs_leg": 0},
    )
    assert letters(history(now)) == {
        "pain": ["nprs_back", "TA"],
        "asymmetry": ["LL-BLOCK"],
        "range": ["L-PKE", "EHL"],
        "tissue": [],
    }


def test_nothing_recorded_supports_no_letter_and_an_old_protocol_tells_none() -> None:
    alone = history(visit(seen("TA", grade="5")))
    assert letters(alone) == {"pain": [], "asymmetry": [], "range": [], "tissue": []}
    without = replace(PROTOCOL, rules=replace(PROTOCOL.rules, part=None))
    assert letters(alone, without) == {}
