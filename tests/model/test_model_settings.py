"""How a station is set up before anybody chose anything."""

from mmt.model.settings import Settings


def test_the_right_side_comes_first_until_a_station_says_otherwise() -> None:
    assert Settings().side_order == "right"
    assert Settings(side_order="sound") != Settings()


def test_a_new_station_is_dark_rings_and_moves_as_usual() -> None:
    assert (Settings().theme, Settings().bell, Settings().reduced_motion) == ("dark", True, False)
