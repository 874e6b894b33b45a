"""Two names on one birth date: which may be one person's, and which are twins or strangers."""

import pytest

from mmt.reasoning import alike


@pytest.mark.parametrize(
    "other",
    [
        "Anna Maria Müller",
        "Anna Mueller",
        "ANNA MULLER",
        "Ana Müller",
        "Anan Müller",
        "Enna Mueler",
        "Frau Anna Müller",
        "Mr Anna Müller",
        "Dr. med. Anna Müller",
        "Anna Müller-Schmidt",
        "Anna Schmidt",
        "Mr Anna Schmidt",
        "Senorita Anna Schmidt",
        "Schmidt, Anna",
        "Müller Anna",
        "A. Müller",
        "Annamaria Müller",
    ],
)
def test_one_person_is_known_again(other: str) -> None:
    assert alike("Anna Müller", other)
    assert alike(other, "Anna Müller")


@pytest.mark.parametrize(
    "other", ["Max Müller", "Bob Other", "Frau Müller-Schmidt Eva", "Bo Li", "Dr", "?", ""]
)
def test_a_twin_and_a_stranger_are_not(other: str) -> None:
    assert not alike("Anna Müller", other)
    assert not alike(other, "Anna Müller")


def test_two_letters_may_be_exchanged_and_nothing_beside_them() -> None:
    assert alike("Katharina Roth", "Kahtarina Berg")
    assert not alike("Katharina Roth", "Kahtarine Berg")
    assert not alike("Katharina Roth", "Kahterina Berg")
    assert not alike("Katharina Roth", "Kalmarina Berg"), "two others are no exchange"


def test_short_words_have_no_slips_and_a_title_alone_is_a_name() -> None:
    assert not alike("Bo Li", "Jo Wu")
    assert alike("Dr", "Dr")
    assert alike("Liam O'Brien", "OBrien Liam")
