"""Patients come back as they were typed, and are found however they are typed."""

import datetime
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from kept import DAY, NOW, begun, made, opened, patient, signed

from mmt.model.acts import Act
from mmt.model.born import born_of
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.text import clean
from mmt.paths import Places
from mmt.storage import doubles, patients
from mmt.storage.store import Store

PEOPLE = (
    patient("Łukasz Żółć-O'Brien [L] <b>", chart_number="A-1001"),
    patient("Anne-Marie Strauß", birth_date=datetime.date(1999, 12, 31), chart_number="Ä77"),
    patient("Øystein Åse Dvořák", chart_number="77"),
    patient("Ελένη Παπαδοπούλου"),
    patient("Пётр Чайковский"),
    patient("Nguyễn Thị Hương"),
    patient("Sean O’Connor"),
    patient("AND OR NOT"),
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = made(Places(tmp_path_factory.mktemp("full")))
    with store.writing(Act.WROTE) as db:
        for person in PEOPLE:
            patients.add(db, person, NOW)
    yield store
    store.close()


def found(store: Store, text: str, limit: int = 100) -> list[str]:
    """The names that a search lists."""
    with store.reading() as db:
        return [row.name for row in patients.search(db, text, limit)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("łukasz", PEOPLE[0].name),
        ("lukasz", PEOPLE[0].name),
        ("LUKASZ ZOLC", PEOPLE[0].name),
        ("zolc lukasz", PEOPLE[0].name),
        ("O'Brien", PEOPLE[0].name),
        ("obrien", PEOPLE[0].name),
        ("o’brien", PEOPLE[0].name),
        ("brien", PEOPLE[0].name),
        ("[L]", PEOPLE[0].name),
        ("A-1001", PEOPLE[0].name),
        ("a-10", PEOPLE[0].name),
        ("luk 1980-05", PEOPLE[0].name),
        ("strauss", PEOPLE[1].name),
        ("Strauß", PEOPLE[1].name),
        ("marie anne", PEOPLE[1].name),
        ("1999-12-31", PEOPLE[1].name),
        ("1999", PEOPLE[1].name),
        ("a77", PEOPLE[1].name),
        ("oystein", PEOPLE[2].name),
        ("dvorak ase", PEOPLE[2].name),
        ("ελενη", PEOPLE[3].name),
        ("петр", PEOPLE[4].name),
        ("nguyen huong", PEOPLE[5].name),
        ("o'connor", PEOPLE[6].name),
        ("not", PEOPLE[7].name),
        ("AND OR", PEOPLE[7].name),
    ],
)
def test_a_patient_is_found_however_the_name_is_typed(typed: str, name: str, full: Store) -> None:
    assert found(full, typed) == [name]


@pytest.mark.parametrize(
    ("on_file", "typed"),
    [
        (("Anna Müller", "Karyn Mueller"), ("mueller", "müller", "Müller", "Mueller", "muller", "mue", "MU")),
        (("Jörg Schäfer", "Joerg Schaefer"), ("schafer", "schaefer", "schäf", "joerg", "jorg")),
        (("Søren Åberg", "Soeren Aaberg"), ("søren", "soren", "soeren", "åberg", "aab")),
        (("Strauß", "Strauss"), ("strauß", "STRAUSS")),
        (("Æbelø", "Aebeloe"), ("æb", "aebelo", "abelø")),
        (("Samuel Bauer",), ("samue", "samuel", "bau", "baue", "bauer")),
    ],
)
def test_either_spelling_of_a_letter_finds_both(
    on_file: tuple[str, ...], typed: tuple[str, ...], store: Store
) -> None:
    with store.writing(Act.WROTE) as db:
        for name in on_file:
            patients.add(db, patient(name), NOW)
    assert {one: found(store, one) for one in typed} == dict.fromkeys(typed, sorted(on_file))


def test_all_of_a_birth_date_or_chart_number_are_looked_up_by_an_index(store: Store) -> None:
    born, other = datetime.date(1970, 6, 1), datetime.date(1971, 1, 1)
    with store.writing(Act.WROTE) as db:
        for _ in range(60):
            patients.add(db, patient("Maria Garcia", birth_date=born), NOW)
        patients.add(db, patient("By Chart", birth_date=other, chart_number="A-1"), NOW)
        mine = patients.add(db, patient("Me", birth_date=born, chart_number="a-1"), NOW)
        same = doubles.beside(db, patient("Me", id=mine, birth_date=born, chart_number="0 A-1"))
        assert [one.name for one in same] == ["By Chart"] + ["Maria Garcia"] * 60
        values = {"id": 1, "days": "[]", "part": "1970", "beyond": "1970~", "chart": "a-1"}
        plan = db.conn.execute(f"explain query plan {doubles.BESIDE}", values).fetchall()
    assert not [row for row in plan if "SCAN" in row[3] and "json_each" not in row[3]]


def test_birth_dates_near_another_are_looked_up_and_those_told_apart_are_not(store: Store) -> None:
    days = ("1970-06-01", "1970-01-06", "1970-06-07", "1970-06", "1970", "1970-07-08", "1971")
    with store.writing(Act.WROTE) as db:
        number = {day: patients.add(db, patient(day, birth_date=born_of(day)), NOW) for day in days}

        def beside(day: str) -> set[str]:
            mine = patient("Me", id=number[day], birth_date=born_of(day))
            return {one.name for one in doubles.beside(db, mine)}

        assert beside("1970-06-01") == {"1970-01-06", "1970-06-07", "1970-06", "1970"}
        assert beside("1970-06") == {"1970-06-01", "1970-06-07", "1970"}
        assert beside("1970") == {*days} - {"1970", "1971"}
        both = number["1970-06"], number["1970"]
        doubles.tell(db, *both, "Dr Example", NOW, apart=True)
        assert doubles.apart(db) == {tuple(sorted(both))}
        assert beside("1970-06") == {"1970-06-01", "1970-06-07"}
        assert "1970-06" not in beside("1970")
        doubles.tell(db, *reversed(both), "Dr Example", NOW, apart=False)
        assert doubles.apart(db) == set()
        assert "1970-06" in beside("1970")


def test_each_word_narrows_and_a_stranger_is_not_found(full: Store) -> None:
    assert found(full, "lukasz dvorak") == []
    assert found(full, "nobody") == []


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(text="0\x00")
@given(text=st.text() | st.text(st.sampled_from("\"'*:^-+(){}[]%_\\aZ1 ½"), max_size=8))
def test_nothing_that_can_be_typed_breaks_the_search(text: str, full: Store) -> None:
    assert set(found(full, text)) <= {person.name for person in PEOPLE}


def test_nothing_typed_lists_whom_was_seen_last_first(store: Store, protocol: Protocol) -> None:
    for name, days in (("Long Ago", 90), ("Last Week", 7), ("Yesterday", 1)):
        begun(store, protocol, patient(name), DAY - datetime.timedelta(days=days))
    with store.writing(Act.WROTE) as db:
        patients.add(db, patient("Never Seen"), NOW)
    for typed in ("", "  ", "?!"):
        assert found(store, typed) == ["Yesterday", "Last Week", "Long Ago", "Never Seen"]
    assert found(store, "", limit=2) == ["Yesterday", "Last Week"]


def test_lists_name_drafts_and_visits_of_a_day(store: Store, protocol: Protocol) -> None:
    done = signed(store, begun(store, protocol, patient("Signed Today")), protocol)
    draft = begun(store, protocol, patient("Draft Yesterday"), DAY - datetime.timedelta(days=1))
    with store.reading() as db:
        drafts = [(row.name, row.draft, row.draft_date) for row in patients.drafts(db)]
        assert drafts == [("Draft Yesterday", draft.id, draft.date)]
        today = patients.seen_on(db, done.date)
    assert [(row.name, row.draft, row.last_visit) for row in today] == [("Signed Today", None, DAY)]


def test_changed_data_is_found_by_the_new_words_alone(places: Places, store: Store) -> None:
    with store.writing(Act.WROTE) as db:
        number = patients.add(db, patient("Ann Before", chart_number="B1"), NOW)
        after = patient("Ann After", id=number, sex="female", large_print=True, language="de")
        patients.change(db, after)
    assert found(store, "before") == found(store, "b1") == []
    store.close()
    again = opened(places)
    with again.reading() as db:
        assert patients.get(db, number) == after
        assert patients.search(db, "after", 10)[0].id == number
    again.close()


PERSON = st.builds(
    Patient,
    name=st.text(max_size=500).map(clean),
    birth_date=st.dates(datetime.date(1880, 1, 1), DAY),
    sex=st.sampled_from(("female", "male", "other", "unknown")),
    handedness=st.sampled_from(("right", "left", "both", "unknown")),
    language=st.sampled_from(("en", "de", "pl")),
    chart_number=st.text(max_size=20).map(clean),
    large_print=st.booleans(),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(person=PERSON)
def test_every_patient_comes_back_as_typed(person: Patient, store: Store) -> None:
    with store.writing(Act.WROTE) as db:
        number = patients.add(db, person, NOW)
        assert patients.get(db, number) == Patient(
            **{name: getattr(person, name) for name in person.__struct_fields__ if name != "id"}, id=number
        )


def test_a_name_of_500_letters_and_markup_comes_back_and_is_found(store: Store) -> None:
    name = "[red]Ann[/red] <b>&amp; {x} $y %s \\N " + "Wolfeschlegel" * 35
    with store.writing(Act.WROTE) as db:
        number = patients.add(db, patient(name), NOW)
    with store.reading() as db:
        assert patients.get(db, number).name == name
    assert found(store, "wolfeschl") == found(store, "<b>") == [name]


def test_who_is_not_there_is_not_made_up(store: Store) -> None:
    with pytest.raises(KeyError), store.reading() as db:
        patients.get(db, 99)


def test_where_too_many_fit_a_whole_word_comes_before_its_beginnings(store: Store) -> None:
    names = [f"Anabel {letter}" for letter in "abcdefgh"]
    with store.writing(Act.WROTE) as db:
        for name in (*names, "Ana Zeta"):
            patients.add(db, patient(name), NOW)
    listed = found(store, "ana", limit=4)
    assert "Ana Zeta" in listed
    assert len(listed) == 4
    assert found(store, "ana", limit=9) == sorted((*names, "Ana Zeta"))
