"""Two names on one birth date: which may be one person's, and which are twins or strangers."""

import datetime
import random

import pytest

from mmt.model.born import born_of
from mmt.model.people import PatientRow
from mmt.reasoning.same_person import Clue, alike, clues, near, oldest_pairs, pairs


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
        "Schmidt, Anna, Dr.",
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


def row(number: int, name: str, born: str, chart: str = "", also: str = "") -> PatientRow:
    return PatientRow(
        id=number, name=name, birth_date=born_of(born) if born else None, chart_number=chart, also=also
    )


ANNA = row(1, "Anna Müller", "1970-06-01", "100")


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (row(2, "Frau Anna Schmidt", "1970-06-01"), ("born",)),
        (row(2, "Anna Mueller", "1970-01-06"), ("exchanged",)),
        (row(2, "Müller Ana", "1970-06-07"), ("digit",)),
        (row(2, "Anna Müller", "1979-06-01", "0 100"), ("chart", "digit")),
        (row(2, "Anna Müller", "1970-06"), ("part",)),
        (row(2, "Anna Maria Müller", "1970"), ("part",)),
        (row(2, "Bob Other", "1960-01-01", "100"), ("chart",)),
        (row(2, "Bob Other", "", "100"), ("chart",)),
        (row(2, "Eva Berg", "1970-06-01", also="Eva Wolf, Anna Müller"), ("born",)),
        (row(2, "Anna Schmidt", "1970-06-07"), ()),
        (row(2, "Anna", "1970-06"), ()),
        (row(2, "Enna Muller", "1970-06"), ("part",)),
        (row(2, "Enna Mueler", "1970-06"), ()),
        (row(2, "Anna Müller", "1970-06-12"), ()),
        (row(2, "Anna Müller", "1970-07"), ()),
        (row(2, "Anna Müller", ""), ()),
        (row(2, "Max Müller", "1970-06-01", "101"), ()),
    ],
)
def test_what_tells_that_two_records_may_be_of_one_person(other: PatientRow, told: tuple[Clue, ...]) -> None:
    assert clues(ANNA, other) == clues(other, ANNA) == told
    found = list(pairs([other, ANNA]))
    assert [one.clues for one in found] == ([told] if told else [])
    assert [(one.one.id, one.other.id) for one in found] == ([(1, 2)] if told else [])


def test_two_of_one_year_are_held_against_each_other_by_their_whole_names() -> None:
    assert clues(row(1, "Anna Wolf", "1970"), row(2, "Anna Wolf", "1970")) == ("part",)
    assert clues(row(1, "Anna Wolf", "1970"), row(2, "Anna Wolf", "1970-06")) == ("part",)
    assert clues(row(1, "Anna Wolf", "1970"), row(2, "Anna Berg", "1970")) == ()


def test_near_birth_dates_are_all_that_one_slip_makes_and_the_parts() -> None:
    assert {"1970-01-06", "1970-06-02", "1980-06-01", "1970-06", "1970"} <= near("1970-06-01")
    assert "1970-06-01" not in near("1970-06-01")
    assert {one[4:5] + one[7:8] for one in near("1970-06-01")} == {"--", "-", ""}, "no slip takes a dash away"
    assert near("1970-06") == {"1970"}
    assert near("1970") == set()


def test_each_pair_is_found_once_by_birth_date_and_those_by_chart_alone_last() -> None:
    first = datetime.date(1960, 1, 1)
    many = [
        row(
            at,
            f"{chr(97 + at % 26) * 9} {chr(97 + at // 26) * 9}",
            str(first + datetime.timedelta(days=at * 37)),
        )
        for at in range(300)
    ]
    rows = [
        row(900, "Bo Novak", "1990-01-01", "7"),
        *many,
        row(901, "Ina Wolf", "1991-01-02", "07"),
        row(902, "Lena Roth", "1979-11-02", "8"),
        row(903, "Lena Roth", "1979-11-02", "8"),
        row(904, "Lena Roth", "1979-11"),
    ]
    found = [(one.one.id, one.other.id, one.clues) for one in pairs(rows)]
    assert found == [
        (902, 903, ("chart", "born")),
        (902, 904, ("part",)),
        (903, 904, ("part",)),
        (900, 901, ("chart",)),
    ]


CHANCE = random.Random(1)
BORN = ("1970-06-01", "1970-06-01", "1970-01-06", "1970-06", "1970", "1980-06-01", "")


def some_name() -> str:
    words = [
        CHANCE.choice(("Dr", "?", "Ab", "".join(CHANCE.choices("abz", k=CHANCE.choice((1, 2, 3, 4, 9, 12))))))
        for _ in range(CHANCE.randint(1, 3))
    ]
    return CHANCE.choice((" ", " ", ", ")).join(words)


def test_whoever_may_be_an_older_one_is_found_without_holding_each_against_each() -> None:
    for _ in range(200):
        rows = [
            row(number, some_name(), CHANCE.choice(BORN), CHANCE.choice(("", "", "7", "07", "8")), also)
            for number, also in enumerate(
                CHANCE.choice(("", some_name())) for _ in range(CHANCE.randint(2, 60))
            )
        ]
        every = {(one.one.id, one.other.id): one.clues for one in pairs(rows)}
        found = list(oldest_pairs(rows))
        assert [one.other.id for one in found] == sorted({newer for _, newer in every}), "each once"
        assert all(every[one.one.id, one.other.id] == one.clues for one in found)
