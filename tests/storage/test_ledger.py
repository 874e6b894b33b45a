"""Each transaction leaves one act: who did what when, with whose record, sealed over the one before it."""

import json
import shutil
from types import SimpleNamespace
from typing import Any

import pytest
from dumps import restore
from kept import NOW, begun, graded, held, made, opened, patient, signed

from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.model.protocol import Protocol
from mmt.model.visit import Visit
from mmt.paths import Places
from mmt.storage import patients, visits
from mmt.storage.keyfile import Secrets, read_secrets
from mmt.storage.ledger import digest, head, seal
from mmt.storage.store import Store
from mmt.storage.watches import tables
from mmt.storage.whole_shape import DIGEST, shape_of


def acts(store: Store) -> list[dict[str, Any]]:
    """Every act, oldest first."""
    with store.reading() as db:
        rows = db.conn.execute("select * from acts order by seq")
        names = [column[0] for column in rows.description]
        return [dict(zip(names, row, strict=True)) for row in rows]


def changes(act: dict[str, Any]) -> list[list[Any]]:
    """What an act changed: table, first and last row, and how."""
    return [change[:4] for change in json.loads(act["changes"])]


def test_a_grade_is_an_act_with_whoever_works_here(store: Store, protocol: Protocol) -> None:
    visit = begun(store, protocol)
    store.actor, store.clock = "Dr Example", lambda: NOW
    graded(store, visit, "4")
    last = acts(store)[-1]
    assert (last["actor"], last["act"], last["at"]) == ("Dr Example", "test kept", NOW.isoformat())
    assert (last["visit"], changes(last)) == (visit.id, [["observations", 1, 1, "insert"]])


def test_an_act_without_a_name_bears_that_of_the_account(
    store: Store, protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pwd.getpwuid", lambda _: SimpleNamespace(pw_name="ann"))
    store.actor = ""
    begun(store, protocol)
    assert acts(store)[-1]["actor"] == "ann"
    monkeypatch.setenv("LOGNAME", "bea")
    store.log(Act.HELD)
    assert acts(store)[-1]["actor"] == "ann", "not what anybody can write in the environment"
    monkeypatch.setattr("pwd.getpwuid", dict[int, str]().__getitem__)
    monkeypatch.setattr("getpass.getuser", dict[str, str]().popitem)
    store.log(Act.HELD)
    assert acts(store)[-1]["actor"]


def test_each_act_is_sealed_over_the_one_before_it(places: Places, store: Store, protocol: Protocol) -> None:
    graded(store, begun(store, protocol), "4", "5")
    secrets, before = read_secrets(places.key), bytes(32)
    for act in acts(store):
        columns = ("seq", "at", "actor", "act", "patient", "visit", "changes")
        assert act["hash"] == seal(secrets, before, [act[name] for name in columns])
        assert act["hash"] != seal(Secrets(bytes(32), bytes(32)), before, [act[name] for name in columns])
        before = act["hash"]
    with store.reading() as db:
        assert head(db) == (len(acts(store)), before)


def test_what_is_kept_together_is_one_act_with_what_is_left(store: Store, protocol: Protocol) -> None:
    visit = begun(store, protocol)
    assert changes(acts(store)[-1]) == [
        ["patients", 1, 1, "insert"],
        ["patient_ids", 1, 1, "insert"],
        ["protocols", *[visits_protocol(store)] * 2, "insert"],
        ["visits", 1, 1, "insert"],
        ["visit_ids", 1, 1, "insert"],
    ]
    before = len(acts(store))
    with store.writing(Act.WROTE) as db:
        graded(store, visit, "3", "4")
        visits.set_fields(db, visit.id, note="one")
        visits.set_fields(db, visit.id, note="two")
    assert len(acts(store)) == before + 1
    last = acts(store)[-1]
    assert (last["act"], last["patient"], last["visit"]) == ("note written", 1, 1)
    assert changes(last) == [["observations", 1, 2, "insert"], ["visits", 1, 1, "update"]]
    assert json.loads(last["was"]) == [{"note": ""}]


def visits_protocol(store: Store) -> str:
    with store.reading() as db:
        return visits.protocol_digest(db, 1)


def stumble(store: Store, visit: Visit) -> None:
    """Write a note, and fail before the block ends."""
    with store.writing(Act.WROTE) as db:
        visits.set_fields(db, visit.id, note="never")
        raise ZeroDivisionError


def test_a_part_that_is_taken_back_is_no_change(store: Store, protocol: Protocol) -> None:
    visit = begun(store, protocol)
    with store.writing(Act.OBSERVED):
        graded(store, visit, "3")
        with pytest.raises(ZeroDivisionError):
            stumble(store, visit)
    assert changes(acts(store)[-1]) == [["observations", 1, 1, "insert"]]


def test_what_changes_nothing_of_the_record_is_no_act(store: Store, protocol: Protocol) -> None:
    visit = begun(store, protocol)
    before = acts(store)
    with store.writing(Act.WALKED) as db:
        visits.set_fields(db, visit.id, place="sign")
    with store.writing(Act.WROTE) as db:
        visits.set_fields(db, visit.id, note=visit.note)
    with pytest.raises(ZeroDivisionError):
        stumble(store, visit)
    assert held(store, visit.id).place == "sign"
    assert acts(store) == before


def test_what_was_only_looked_at_is_logged(store: Store) -> None:
    store.log("opened", patient=4, visit=7)
    last = acts(store)[-1]
    assert (last["act"], last["patient"], last["visit"], changes(last)) == ("opened", 4, 7, [])


def test_records_are_changed_through_the_store_alone(store: Store) -> None:
    with pytest.raises(ClinicError), store.reading() as db:
        patients.add(db, patient(), NOW)
    assert [act["act"] for act in acts(store)] == ["clinic set up"]


def test_the_digest_is_of_the_row_as_it_stands(places: Places, store: Store, protocol: Protocol) -> None:
    begun(store, protocol)
    with store.writing(Act.CHANGED_PATIENT) as db:
        patients.change(db, patient("Ann Other", id=1))
    last = acts(store)[-1]
    ((table, row, _, event, told, _),) = json.loads(last["changes"])
    with store.reading() as db:
        known = tables(db)[table]
        values = db.conn.execute("select * from patients where id = ?", (row,)).fetchone()
        told_now = digest(read_secrets(places.key), last["salt"], [known.canonical(known.row(values))])
    assert (table, event, told) == ("patients", "update", told_now)
    assert "Quillfeather" in last["was"]


def test_records_of_an_earlier_mmt_are_taken_over_once(places: Places) -> None:
    restore("shape-6.sql", places)
    assert len(places.key.read_text().split()) == 1
    store = opened(places)
    (taken,) = acts(store)
    assert taken["act"] == "records of an earlier mmt taken over"
    assert ["observations", 1, 3, "insert"] in changes(taken)
    store.close()
    assert len(places.key.read_text().split()) == 2
    again = opened(places)
    assert len(acts(again)) == 1
    again.close()


def test_an_older_key_file_is_told_and_not_completed(places: Places) -> None:
    made(places).close()
    whole = places.key.read_text()
    places.key.write_text(whole.splitlines()[0])
    with pytest.raises(ClinicError, match="lacks its second line: it is older than the records"):
        opened(places)
    assert places.key.read_text() == whole.splitlines()[0]
    places.key.write_text(whole)
    opened(places).close()


def test_a_start_that_ended_between_key_and_records_goes_on(places: Places) -> None:
    restore("shape-6.sql", places)
    whole = read_secrets(places.key).with_chain().lines
    places.key.write_text(whole)
    store = opened(places)
    assert len(acts(store)) == 1
    store.close()
    assert places.key.read_text() == whole


def test_two_programs_that_take_records_over_agree_on_the_key(places: Places) -> None:
    restore("shape-6.sql", places)
    old = read_secrets(places.key)
    first = opened(places)
    second = Store.open(places.database, places.key, old)  # it has read the key before the first wrote it
    for store in (first, second):
        with store.writing(Act.ADDED_PATIENT) as db:
            patients.add(db, patient(), NOW)
    secrets, before = read_secrets(places.key), bytes(32)
    for act in acts(first):
        columns = ("seq", "at", "actor", "act", "patient", "visit", "changes")
        before = seal(secrets, before, [act[name] for name in columns])
        assert act["hash"] == before
    first.close()
    second.close()


def test_a_column_that_a_later_shape_adds_changes_no_digest(store: Store) -> None:
    with store.writing(Act.ADDED_PATIENT) as db:
        patients.add(db, patient(), NOW)
        known = tables(db)["patients"]
        row = known.row(db.conn.execute("select * from patients").fetchone())
        db.conn.execute("alter table patients add column colour text not null default 'blue'")
        later = tables(db)["patients"]
        wider = later.row(db.conn.execute("select * from patients").fetchone())
        assert wider["colour"] == "blue"
        assert later.canonical(wider) == known.canonical(row)
        assert later.canonical({**wider, "colour": "red"}) != known.canonical(row)


def test_signatures_of_an_earlier_mmt_are_sealed_as_new_ones(
    places: Places, store: Store, protocol: Protocol
) -> None:
    signed(store, graded(store, begun(store, protocol), "4"), protocol)
    seals = []
    for kept in (store, opened_old(places)):
        with kept.reading() as db:
            seals += [row[0] for row in db.conn.execute("select seal from signatures")]
    assert len(seals) == 2
    assert all(len(one) == 64 for one in seals)


def opened_old(places: Places) -> Store:
    old = Places(places.root.with_name("old"))
    shutil.rmtree(old.root, ignore_errors=True)
    restore("shape-6.sql", old)
    return opened(old)


def test_the_digest_of_the_present_shape_is_known(store: Store) -> None:
    with store.reading() as db:
        assert shape_of(db) == DIGEST
