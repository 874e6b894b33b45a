"""Acts in words: what was done to what, and what became of it."""

from mmt.model.acts import Act, Became


def test_an_act_says_what_it_was_done_to() -> None:
    assert Act.MADE_PAPER.of("hand-out") == "paper made: hand-out"


def test_what_became_of_one_thing_is_said_with_what_was_there() -> None:
    assert Became(of="name", was="Ann Low", now="Ann High").said == "name: Ann Low → Ann High"
    assert Became(of="Tibialis anterior, left", now="4").said == "Tibialis anterior, left: 4"
    assert Became(of="night pain").said == "night pain"
    assert Became(of="name", was="Ann Low").said == "name: Ann Low → taken back"
