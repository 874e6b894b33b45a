"""Records of every released shape open under the present program with all that they hold."""

import pytest
from dumps import FOLDER, restore, value
from kept import NOW, foreign, graded, held, made, opened, patient

from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.model.observation import Observation
from mmt.paths import Places
from mmt.storage import connect, patients, shape, visits, whole_shape
from mmt.storage.driver import Database, Migrations
from mmt.storage.store import Store
from mmt.storage.verifying import Verifier
from mmt.storage.whole_shape import changed_things

SHAPES = [f"shape-{number}.sql" for number in range(1, shape.SHAPE + 1)]


def schema(store: Store) -> dict[str, str]:
    """The statement of every table, index and trigger."""
    with store.reading() as db:
        return dict(db.conn.execute("select name, sql from sqlite_master where sql is not null").fetchall())


def test_every_shape_has_its_dump() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_records_of_this_shape_open_with_all_that_they_hold(name: str, places: Places) -> None:
    """Red after a change of the model? Then records that people have cannot be read any more.

    Before the release of a shape write its dump anew (tests/storage/dumps.py); after it mend the model.
    """
    restore(name, places)
    store = opened(places)
    with store.reading() as db:
        found = patients.search(db, "zolc", 10)
        first = visits.of_patient(db, found[0].id)[0]
        assert visits.protocol_of(db, first.id).tests["TA"].id == "TA"
        assert patients.search(db, "third", 10) == [], "who was discarded is not found"
    assert found[0].name == "Łukasz Żółć-O'Brien [L]"
    assert first.observations == (
        Observation(test="SLR", side="left", result="positive", degrees=42.5),
        Observation(test="TA", side="right", grade="4-"),
    )
    assert (first.safety, first.story, first.precautions) == ({"fever": False}, {"pain": 3}, {"OST": True})
    assert first.decisions["weakness:TA:right"].verdict == "accepted"
    assert (first.note, first.action, first.prescription) == ("It's noted", "None needed", ())
    assert first.signature is not None
    assert first.signature.digest == visits.digest(first)
    assert [one.text for one in first.addenda][:1] == ["Telephoned"]
    draft = held(store, 2)
    assert [one.grade for one in graded(store, draft, "5", side="left").observations] == ["3", "5"]
    store.close()


@pytest.mark.parametrize("name", [one for one in SHAPES if int(one[6:-4]) >= shape.CHAINED])
def test_the_chain_of_old_records_holds_with_what_the_update_added(name: str, places: Places) -> None:
    restore(name, places)
    store = opened(places)
    with store.reading() as db:
        assert list(Verifier(db, store.secrets).breaks()) == []
        named = db.conn.execute("select count(*) from patient_ids union all select count(*) from visit_ids")
        patients_and_visits = "select count(*) from patients union all select count(*) from visits"
        assert named.fetchall() == db.conn.execute(patients_and_visits).fetchall()
    store.close()


@pytest.mark.parametrize("name", SHAPES)
def test_old_records_get_the_very_shape_of_new_ones(name: str, places: Places, store: Store) -> None:
    old = Places(places.root.with_name("old"))
    restore(name, old)
    upgraded = opened(old)
    assert schema(upgraded) == schema(store)
    upgraded.close()


def test_patients_of_the_first_shape_are_found_by_either_spelling(places: Places) -> None:
    restore("shape-1.sql", places)
    old = foreign(places)
    old.execute(
        "insert into patients select 9, 'Karyn Mueller', birth_date, sex, handedness, language,"
        " 'Ä-9', large_print, created_at from patients limit 1"
    )
    old.execute(
        "insert into patients_search (rowid, name, birth_date, chart_number)"
        " values (9, 'karyn mueller', '1980-05-17', 'a-9')"
    )
    old.close()
    store = opened(places)
    with store.reading() as db:
        for typed in ("muller", "Müller", "mueller", "ä-9"):
            assert [row.id for row in patients.search(db, typed, 10)] == [9]
    store.close()


@pytest.fixture
def one_more(monkeypatch: pytest.MonkeyPatch) -> Migrations:
    """A program of tomorrow, whose records have a colour for each patient."""
    tomorrow, present = Migrations("mmt"), shape.SHAPE
    for step in (
        shape.first_shape,
        shape.found_by_spelling_birth_and_chart,
        shape.discarded_by_mark,
        shape.known_who_has_a_draft_open,
        shape.second_thoughts,
        shape.two_records_of_one_person,
        shape.acts_in_a_chain,
        shape.rights_of_the_patient,
        shape.known_wherever_it_goes,
        shape.sent_to_a_server,
        shape.runs_of_acts,
    ):
        tomorrow()(step)

    @tomorrow()
    def with_colours(db: Database) -> None:
        db.conn.execute("alter table patients add column colour text not null default 'blue'")
        db.conn.execute(f"pragma user_version = {present + 1}")

    monkeypatch.setattr(shape, "migrations", tomorrow)
    for module in (connect, whole_shape):
        monkeypatch.setattr(module, "SHAPE", present + 1)
    return tomorrow


def test_the_next_shape_is_taken_on_with_the_rows_that_are_there(
    places: Places, store: Store, one_more: Migrations
) -> None:
    with store.writing(Act.WROTE) as db:
        number = patients.add(db, patient("Ann Early"), NOW)
    store.close()
    again = opened(places)
    with again.reading() as db:
        assert patients.get(db, number).name == "Ann Early"
        assert db.conn.execute("select colour from patients").fetchall() == [("blue",)]
        assert changed_things(db) == []
    again.close()


def test_a_step_that_fails_leaves_the_old_shape_whole(
    places: Places, store: Store, one_more: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    @one_more()
    def stumbling(db: Database) -> None:
        db.conn.execute("insert into patients (name) values ('nobody')")

    before = schema(store)
    store.close()
    with pytest.raises(ClinicError):
        opened(places)
    monkeypatch.undo()
    again = opened(places)
    assert schema(again) == before
    with again.reading() as db:
        assert value(db, "pragma user_version") == shape.SHAPE
    again.close()


def test_a_step_waits_for_the_program_that_is_taking_it(
    places: Places, store: Store, one_more: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    monkeypatch.setattr(connect, "_TIMEOUT_S", 0.05)
    other = foreign(places)
    other.execute("begin immediate")
    with pytest.raises(ClinicError, match="Another program holds the records"):
        opened(places)
    other.execute("rollback")
    other.close()
    opened(places).close()


def test_a_new_clinic_has_the_newest_shape_at_once(places: Places, one_more: Migrations) -> None:
    made(places).close()
    store = opened(places)
    with store.reading() as db:
        assert value(db, "pragma user_version") == shape.SHAPE + 1
    store.close()
