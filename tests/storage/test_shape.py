"""What is recorded stays: the file itself refuses to change it, whichever tool tries."""

import re
from collections.abc import Iterator

import pytest
from kept import LAKE, NOW, begun, foreign, graded, held, made, patient, signed

from mmt.model.acts import Act
from mmt.model.protocol import Protocol
from mmt.model.sending import Server
from mmt.model.visit import Addendum
from mmt.paths import Places
from mmt.storage import disclosures, doubles, joins, outbox, patients, restrictions, stable_ids, visits
from mmt.storage.driver import DatabaseError, dbapi2
from mmt.storage.keyfile import read_secrets
from mmt.storage.shape import GUARDS, SHAPE, migrations
from mmt.storage.store import Store
from mmt.storage.watches import WATCHED

COLUMNS = {
    "visits": "id, patient, date, examiner, scale, exam, protocol, started_at",
    "observations": "id, visit, test, side, trial, value, examiner, scale, recorded_at",
    "answers": "id, visit, topic, question, value, recorded_at",
    "decisions": "id, visit, finding, decision, recorded_at",
    "signatures": "visit, signed_by, signed_at, digest, kept",
    "addenda": "id, visit, text, written_by, written_at",
    "protocols": "hash, body",
    "discarded_visits": "visit, reason, discarded_by, discarded_at",
    "discarded_patients": "patient, reason, discarded_by, discarded_at",
    "moved_visits": "id, visit, was, became, reason, changed_by, changed_at",
    "changed_examiners": "id, visit, was, became, reason, changed_by, changed_at",
    "joined_patients": "id, patient, became, signed, reason, joined_by, joined_at",
    "parted_patients": "joined, reason, parted_by, parted_at",
    "acts": "seq, at, actor, act, changes, hash",
    "told_apart": "id, patient, other, apart, told_by, told_at",
    "restrictions": "id, patient, restricted, reason, said_by, said_at",
    "openings": "id, patient, reason, said_by, said_at",
    "disclosures": "id, patient, visit, what, given_to, said_by, said_at",
    "sites": "id, uid, name",
    "patient_ids": "patient, uid",
    "visit_ids": "visit, uid",
    "visits_elsewhere": "visit, site, number, public_key",
    "servers": "id, base, most, certificate, key, authority, can, set_by, set_at",
}
ATTACKS = [
    "update visits set note = 'x' where id = 1",
    "update visits set prescription = '[]' where id = 1",
    "update visits set patient = 2 where id = 1",
    "update visits set protocol = '' where id = 1",
    "update or replace visits set id = 1 where id = 2",
    "delete from visits where id = 1",
    "delete from visits",
    "update observations set value = '5' where visit = 1",
    "update observations set visit = 1 where visit = 2",
    "update observations set visit = 2 where visit = 1",
    "delete from observations where visit = 1",
    "insert into observations (visit, test, side, trial, value, examiner, scale, recorded_at)"
    " values (1, 'TA', 'right', 1, '{}', 'x', 'x', 'x')",
    "insert into answers (visit, topic, question, value, recorded_at) values (1, 'safety', 'x', 'true', 'x')",
    "insert into decisions (visit, finding, decision, recorded_at) values (1, 'x', '{}', 'x')",
    "delete from answers where visit = 1",
    "delete from decisions where visit = 1",
    "delete from signatures where visit = 1",
    "update signatures set signed_by = 'x' where visit = 1",
    "update or replace signatures set visit = 1 where visit = 1",
    "delete from addenda where visit = 1",
    "update addenda set text = 'x' where visit = 1",
    "update protocols set body = x'00'",
    "delete from protocols",
    *(
        f"insert or replace into {table} ({COLUMNS[table]}) select {COLUMNS[table]} from {table} limit 1"
        for table in COLUMNS
    ),
    *(
        attack.format(table)
        for table in ("observations", "answers", "decisions")
        for attack in (
            "update {0} set recorded_at = 'x' where visit = 1",
            "update {0} set recorded_at = 'x' where visit = 2",
            "delete from {0} where visit = 2",
            "replace into {0} select * from {0} where visit = 2",
        )
    ),
    "insert into addenda (visit, text, written_by, written_at) values (2, 'x', 'x', 'x')",
    "insert into discarded_visits values (1, 'x', 'x', 'x')",
    "delete from discarded_visits",
    "delete from acts",
    "delete from acts where seq = (select max(seq) from acts)",
    "update acts set actor = 'x' where seq = 1",
    "update acts set hash = x'00'",
    "update acts set seq = seq + 100",
    "update discarded_patients set reason = 'x'",
    "update visits set note = 'x' where id = 3",
    "delete from visits where id = 3",
    "insert into answers (visit, topic, question, value, recorded_at) values (3, 'safety', 'x', 'true', 'x')",
    "insert into observations (visit, test, side, trial, value, examiner, scale, recorded_at)"
    " values (3, 'TA', 'right', 1, '{}', 'x', 'x', 'x')",
    "update visits set patient = 1 where id = 2",
    "update visits set blind = 1 where id = 2",
    "update visits set examiner = 'Dr Unsaid' where id = 2",
    "update visits set examiner = 'Dr Example' where id = 2",
    *(
        f"insert into {table} (visit, was, became, reason, changed_by, changed_at) values"
        f" ({visit}, 1, 3, 'x', 'x', 'x')"
        for table, visit in (
            ("moved_visits", 1),
            ("moved_visits", 2),
            ("moved_visits", 3),
            ("changed_examiners", 1),
            ("changed_examiners", 3),
        )
    ),
    "insert into visits (patient, date, examiner, scale, exam, protocol, started_at)"
    " select 4, date, examiner, scale, exam, protocol, started_at from visits where id = 1",
    "insert into discarded_patients values (4, 'x', 'x', 'x')",
    *(
        "insert into joined_patients (patient, became, signed, reason, joined_by, joined_at)"
        f" values ({patient}, {became}, 0, 'x', 'x', 'x')"
        for patient, became in ((1, 4), (4, 2), (3, 1), (1, 3))
    ),
    *(
        f"insert into {table} ({one}, uid) select {number}, uid from {table} limit 1"
        for table, one, number in (("sites", "id, name", "9, 'x'"), ("patient_ids", "patient", 9))
    ),
    "insert into visit_ids (visit, uid) select 9, uid from visit_ids limit 1",
    "insert into visits_elsewhere values (1, 1, 1, '')",
    "insert into signatures (visit, signed_by, signed_at, digest, kept) values (3, 'x', 'x', 'x', '{}')",
    *(f"replace into {table} ({COLUMNS[table]}) select {COLUMNS[table]} from {table}" for table in COLUMNS),
]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, protocol: Protocol) -> Iterator[tuple[Places, Store]]:
    """A signed visit (1) with a row in every table, a draft (2), and an empty draft (3), discarded."""
    places = Places(tmp_path_factory.mktemp("attacked"))
    store = made(places)
    visit, draft = begun(store, protocol), begun(store, protocol, patient("Second Person"))
    for one in (visit, draft):
        graded(store, one, "4", "4-")
        with store.writing(Act.WROTE) as db:
            visits.answer(db, one.id, "safety", "night_sweats", False, NOW)
            visits.decide(db, one.id, "weakness:TA:right", None, NOW)
    signed(store, held(store, visit.id), protocol)
    with store.writing(Act.WROTE) as db:
        visits.add(db, visit.id, Addendum(text="Seen again", by="Dr Example", at=NOW))
    begun(store, protocol, patient("Third Person"))
    with store.writing(Act.WROTE) as db:
        for name in ("Dr Second", "Dr Example", "Dr Third"):
            visits.change_examiner(db, visits.get(db, draft.id), name, "ann on front", NOW)
        visits.move(db, draft.id, 1, "Wrong patient", "Dr Example", NOW)
        visits.move(db, draft.id, 2, "Right one", "Dr Example", NOW)
        stable_ids.came_from(db, draft.id, LAKE)
        visits.discard(db, 3, "Begun by mistake", "Dr Example", NOW)
        patients.discard(db, 3, "Made by mistake", "Dr Example", NOW)
        twice = patients.add(db, patient("Fourth Person"), NOW)
        joins.join(db, twice, 1, 1, "Came under another name", "Dr Example", NOW)
        joins.part(db, 1, "Another person", "Dr Example", NOW)
        joins.join(db, twice, 1, 1, "The same after all", "Dr Example", NOW)
        doubles.tell(db, 1, 2, "Dr Example", NOW, apart=True)
        restrictions.restrict(db, 1, "Asked for", "Dr Example", NOW, restricted=True)
        restrictions.opened(db, 1, "Asked for a copy", "Dr Example", NOW)
        disclosures.keep(db, 1, 1, "Visit note", "Dr Other", "Dr Example", NOW)
        outbox.choose(db, Server(base="https://lake.example/fhir"), "", "Dr Example", NOW)
    yield places, store
    store.close()


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with store.reading() as db:
        return {
            table: db.conn.execute(f"select * from {table} order by {COLUMNS[table]}").fetchall()
            for table in COLUMNS
        }


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_recorded_stays_under_any_tool(attack: str, attacked: tuple[Places, Store]) -> None:
    places, store = attacked
    before = rows(store)
    tool = foreign(places)
    assert tool.execute("pragma recursive_triggers").fetchone()[0] == 0
    with pytest.raises(DatabaseError) as refusal:
        tool.execute(attack)
    tool.close()
    assert (
        "signed" in str(refusal.value) or "stays" in str(refusal.value) or "discarded" in str(refusal.value)
    )
    assert rows(store) == before
    assert [one.grade for one in held(store, 1).observations] == ["4-"]


def test_a_tool_that_does_not_know_the_chain_cannot_write(
    places: Places, store: Store, protocol: Protocol
) -> None:
    draft = begun(store, protocol)
    tool = dbapi2.connect(places.database, isolation_level=None)
    tool.execute(read_secrets(places.key).pragma)
    for attack in (
        "update visits set note = 'later'",
        "delete from visits",
        "update patients set name = 'x'",
    ):
        with pytest.raises(DatabaseError, match="no such function: mmt_changed"):
            tool.execute(attack)
    tool.close()
    assert held(store, draft.id) == draft


def test_a_draft_can_be_changed_and_dropped(places: Places, store: Store, protocol: Protocol) -> None:
    draft = begun(store, protocol)
    tool = foreign(places)
    tool.execute("update visits set note = 'later' where id = ?", (draft.id,))
    assert held(store, draft.id).note == "later"
    tool.execute("delete from visits where id = ?", (draft.id,))
    tool.close()
    with pytest.raises(KeyError):
        held(store, draft.id)


def test_every_table_of_the_record_is_guarded_against_every_event() -> None:
    guarded = {re.match(r"CREATE TRIGGER \w+ before (\w+) on (\w+)", sql).groups() for sql in GUARDS.values()}  # type: ignore[union-attr]
    assert guarded == {(event, table) for event in ("insert", "update", "delete") for table in COLUMNS}


def test_every_table_is_watched_by_the_chain_but_what_follows_from_others(store: Store) -> None:
    follows = {
        *("acts", "open_visits", "holds", "patients_search", "_sqlite_migrations"),
        *("outbox", "server_tokens", "fetched"),
    }
    with store.reading() as db:
        found = db.conn.execute("select name from pragma_table_list where type <> 'shadow'")
        assert {name for (name,) in found if not name.startswith("sqlite_")} == {*WATCHED, *follows}
        told = db.conn.execute("select name from sqlite_master where type = 'trigger' and name glob '*_told'")
        assert {name for (name,) in told} == {
            f"{table}_{event}_told" for table in WATCHED for event in ("insert", "update", "delete")
        }


def test_rows_belong_together(store: Store) -> None:
    with store.reading() as db:
        loose = [
            (table, column)
            for table in COLUMNS
            for column in ("visit", "patient", "protocol")
            if table != "acts"
            and column in COLUMNS[table].split(", ")
            and column not in {key.column for key in db.table(table).foreign_keys}
        ]
        assert loose == []
    with store.writing(Act.WROTE) as db, pytest.raises(DatabaseError, match="FOREIGN KEY"):
        db.conn.execute("insert into answers values (1, 99, 'safety', 'x', 'true', 'x')")


def test_values_are_of_the_kind_that_their_column_says(store: Store) -> None:
    with store.reading() as db:
        kinds = db.conn.execute("select name from pragma_table_list where strict = 1").fetchall()
        assert {*COLUMNS, "clinic", "practitioners", "patients"} <= {name for (name,) in kinds}


def test_the_header_tells_the_shape(store: Store) -> None:
    with store.reading() as db:
        assert db.conn.execute("pragma user_version").fetchone()[0] == SHAPE == len(migrations.applied(db))
