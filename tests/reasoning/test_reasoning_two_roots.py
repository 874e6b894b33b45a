"""Two adjacent roots: named together where each explains what the other does not, and where they stand."""

from made import PROTOCOL, history, seen, visit
from msgspec.structs import replace

from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.reasoning import review

PAIR = PROTOCOL.patterns["L5-S1"]
RULE = PROTOCOL.rules.patterns


def weak(*names: str, grade: str = "4") -> list[Observation]:
    return [seen(name, grade=grade) for name in names]


def strong(*names: str) -> list[Observation]:
    return weak(*names, grade="5")


def found(*observations: Observation, protocol: Protocol = PROTOCOL) -> list[tuple[str, float]]:
    return [(one.id, one.score) for one in review(history(visit(*observations)), protocol).patterns]


def named(*observations: Observation, protocol: Protocol = PROTOCOL) -> list[str]:
    return [name for name, _ in found(*observations, protocol=protocol)]


BOTH = [*weak("EHL", "PER", "GAS", "FHL")]


def test_two_roots_expect_what_either_does() -> None:
    one, two, both = PROTOCOL.patterns["L5"], PROTOCOL.patterns["S1"], PAIR.whole(PROTOCOL.patterns)
    assert set(both.weak) == {*one.weak, *two.weak}
    assert (both.lost, both.signs) == ((*one.lost, *two.lost), ("SLR", "SLUMP"))
    assert len(set(both.named)) == len(both.named)
    assert set(both.named) == {*one.named, *two.named}
    assert one.whole(PROTOCOL.patterns) is one
    assert PAIR.whole({}) is PAIR


def test_two_roots_stand_ahead_of_the_nerve_while_no_muscle_that_tells_was_tested() -> None:
    assert found(*BOTH) == [("L5-S1", 4 - RULE.two_roots), ("sciatic", 4.0)]
    assert named(*BOTH, *strong("GMED")) == ["sciatic"]
    assert named(*BOTH, *strong("TFL"), seen("SLR", result="positive")) == ["sciatic", "L5-S1"]
    assert named(*BOTH, *weak("GMED")) == ["L5-S1", "sciatic", "L5"]
    assert "sciatic" not in named(*BOTH, *weak("GMED", "GMAX"))


def test_of_two_roots_that_alone_explain_all_none_are_named_together() -> None:
    assert named(*weak("EHL", "PER", "GMED", "HAML", "GMAX")) == ["L5"]
    assert "L5-S1" not in named(*weak("GAS", "HAML", "GMAX", "PER", "SOL"))


def test_each_must_explain_what_contradicts_the_other_in_full() -> None:
    half = seen("GAS", grade="4", flags=("substitution",), substitution="FHL")
    assert "L5-S1" not in named(*weak("EHL", "PER", "TP"), half)
    assert named(*weak("EHL", "PER", "TP", "GAS"))[0] == "L5-S1"


def test_two_roots_push_aside_nothing_that_one_explains() -> None:
    stray = [*weak("TA", "EHL", "TP", "PER", "GMED", "HAMM", "GAS")]
    assert named(*stray) == ["L5-S1", "L5", "sciatic"]


def test_without_one_of_its_roots_the_pair_is_not_named() -> None:
    alone = {name: one for name, one in PROTOCOL.patterns.items() if name != "S1"}
    assert "L5-S1" not in named(*BOTH, protocol=replace(PROTOCOL, patterns=alone))


def test_what_two_roots_explain_counts_less_by_their_weight() -> None:
    for weight in (0.0, 0.5):
        rules = replace(PROTOCOL.rules, patterns=replace(RULE, two_roots=weight))
        assert found(*BOTH, protocol=replace(PROTOCOL, rules=rules))[0] == ("L5-S1", 4 - weight)
    rules = replace(PROTOCOL.rules, patterns=replace(RULE, two_roots=0.0))
    few = weak("EHL", "GAS")
    assert "L5-S1" not in named(*few)
    assert "L5-S1" in named(*few, protocol=replace(PROTOCOL, rules=rules))


def test_the_order_of_one_side_holds_beside_the_other() -> None:
    mirrored = [replace(one, side="right") for one in BOTH]
    sides = [(one.id, one.side) for one in review(history(visit(*BOTH, *mirrored)), PROTOCOL).patterns]
    for side in ("right", "left"):
        assert sides.index(("L5-S1", side)) < sides.index(("sciatic", side))
