"""A row that holds what mmt never writes is named, and everything else opens as usual."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from kept import DAY, begun, graded, made, opened, patient, signed

from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.model.protocol import Protocol
from mmt.model.visit import Visit
from mmt.paths import Places
from mmt.storage import clinic_data, patients, visits
from mmt.storage.driver import Database
from mmt.storage.shape import GUARDS
from mmt.storage.store import Store

OBSERVE = (
    "insert into observations (visit, test, side, trial, value, examiner, scale, recorded_at)"
    " values (1, 'TA', 'right', 1, ?, 'x', 'MRC-8', '2026-03-02')"
)
ANSWER = (
    "insert into answers (visit, topic, question, value, recorded_at) values (1, ?, 'x', ?, '2026-03-02')"
)
DECIDE = "insert into decisions (visit, finding, decision, recorded_at) values (1, 'x', ?, '2026')"
ADD = "insert into addenda (visit, text, written_by, written_at) values (1, 'x', 'x', ?)"


def seen(**values: object) -> str:
    return json.dumps({"test": "TA", "side": "right", **values})


VISITS = {
    "grade of no scale": (OBSERVE, seen(grade="9")),
    "grade as a number": (OBSERVE, seen(grade=4)),
    "side of no body": (OBSERVE, seen(grade="4", side="up")),
    "nothing seen": (OBSERVE, seen()),
    "cut short": (OBSERVE, seen(grade="4")[:-3]),
    "letters that are none": (OBSERVE.replace("?", "cast(x'7bff7d' as text) || ?"), ""),
    "answer": (ANSWER, "story", "{"),
    "answer in words to yes or no": (ANSWER, "safety", '"no"'),
    "decision": (DECIDE, '{"verdict": "perhaps"}'),
    "day that is none": ("update visits set date = ? where id = 1", "2026-02-30"),
    "stretches": ("update visits set prescription = ? where id = 1", "{}"),
    "reason to go on": ("update visits set override = ? where id = 1", "[]"),
    "moment of a signature": ("update signatures set signed_at = ?", "noon"),
    "moment of a note": (ADD, "noon"),
}
PATIENTS = {
    "birth date": "update patients set birth_date = '1980-02-30' where id = 1",
    "no birth date": "update patients set birth_date = '' where id = 1",
    "sex": "update patients set sex = 'x' where id = 1",
    "hand": "update patients set handedness = 'x' where id = 1",
}


def spoil(store: Store, sql: str, *values: str) -> None:
    """What another program with the key can do, guards or not."""
    with store.writing(Act.WROTE) as db:
        for name in GUARDS:
            db.conn.execute(f"drop trigger {name}")
        db.conn.execute(sql, values)
        for guard in GUARDS.values():
            db.conn.execute(guard)


def said(store: Store, ask: Callable[[Database], object]) -> str:
    with pytest.raises(ClinicError) as caught, store.reading() as db:
        ask(db)
    return str(caught.value)


@pytest.mark.parametrize("damage", VISITS)
def test_a_damaged_visit_is_named_and_the_others_open(damage: str, store: Store, protocol: Protocol) -> None:
    first = signed(store, graded(store, begun(store, protocol), "4"), protocol)
    other = begun(store, protocol, patient("Other"))
    spoil(store, *VISITS[damage])
    day = "2026-02-30" if damage == "day that is none" else DAY.isoformat()
    for ask in (lambda db: visits.of_patient(db, 1), lambda db: visits.get(db, first.id)):
        told = said(store, ask)
        assert told.startswith(f"Visit number 1 of {day} cannot be read: a value in it is damaged")
        assert told.endswith("Restore the last backup, or tell the makers of mmt.")
    with store.reading() as db:
        assert visits.get(db, other.id) == other
        assert [row.name for row in patients.drafts(db)] == ["Other"]
        assert sorted(row.name for row in patients.search(db, "", 10)) == [patient().name, "Other"]
        assert visits.day_begun_last(db) in (DAY, None)


@pytest.mark.parametrize("damage", PATIENTS)
def test_a_damaged_patient_is_named_and_stands_in_the_list(
    damage: str, store: Store, protocol: Protocol
) -> None:
    begun(store, protocol)
    begun(store, protocol, patient("Other"))
    spoil(store, PATIENTS[damage])
    assert said(store, lambda db: patients.get(db, 1)).startswith(
        "The data of patient number 1 cannot be read"
    )
    with store.reading() as db:
        rows = {row.id: row for row in patients.search(db, "", 10)}
        assert {row.id for row in patients.search(db, "quillfeather", 10)} == {1}
        assert patients.get(db, 2).name == "Other"
    assert rows[2].birth_date == patient().birth_date
    assert (rows[1].birth_date, rows[1].damaged) == (
        (None, True) if "birth" in damage else (patient().birth_date, False)
    )


def test_a_damaged_letter_hides_no_name(store: Store, protocol: Protocol) -> None:
    begun(store, protocol)
    spoil(store, "update patients set name = cast(x'41ff' as text)")
    with store.reading() as db:
        assert patients.get(db, 1).name == "A\ufffd"


def test_a_damaged_protocol_of_a_signed_visit_is_named(store: Store, protocol: Protocol) -> None:
    visit: Visit = signed(store, begun(store, protocol), protocol)
    spoil(store, "update protocols set body = x'7b'")
    told = said(store, lambda db: visits.protocol_of(db, visit.id))
    assert told.startswith("The protocol of visit number 1 cannot be read")


@pytest.mark.parametrize(
    "body",
    [
        "replace(cast(body as text), 'ibialis', 'IBIALIS')",  # another word
        "substr(body, 1, 900) || zeroblob(900)",  # a page that reads as zeros
    ],
)
def test_a_protocol_that_is_not_what_was_kept_is_named(body: str, store: Store, protocol: Protocol) -> None:
    visit = signed(store, begun(store, protocol), protocol)
    with store.reading() as db:
        assert visits.protocol_of(db, visit.id) == protocol
    spoil(store, f"update protocols set body = cast({body} as blob)")
    told = said(store, lambda db: visits.protocol_of(db, visit.id))
    assert told.startswith("The protocol of visit number 1 cannot be read")


def test_a_damaged_letterhead_is_named(store: Store) -> None:
    spoil(store, "update clinic set letterhead = '{'")
    assert said(store, clinic_data.letterhead).startswith("The clinic's name and address cannot be read")


def flip(database: Path) -> None:
    """Turn one bit of each page but the first, and turned twice back again."""
    with database.open("r+b", buffering=0) as file:
        for at in range(4096 + 100, database.stat().st_size, 4096):
            file.seek(at)
            (byte,) = file.read(1)
            file.seek(at)
            file.write(bytes([byte ^ 1]))


def found(store: Store, typed: str) -> list[str]:
    with store.reading() as db:
        return [row.name for row in patients.search(db, typed, 10)]


@pytest.mark.parametrize("first", ["read", "write"])
def test_a_read_that_failed_once_is_made_good_without_a_new_start(
    first: str, places: Places, protocol: Protocol
) -> None:
    store = made(places)
    begun(store, protocol, patient("Ann"))
    store.close()
    store = opened(places)
    flip(places.database)
    ask = {
        "read": lambda: found(store, "ann"),
        "write": lambda: begun(store, protocol, patient("Bea")),
    }
    for _ in range(2):
        with pytest.raises(ClinicError, match="The records are damaged"):
            ask[first]()
    flip(places.database)
    assert found(store, "ann") == ["Ann"]
    begun(store, protocol, patient("Cleo"))
    assert store.trouble == ""
    store.close()
    again = opened(places)
    assert sorted(found(again, "")) == ["Ann", "Cleo"]
    again.close()
