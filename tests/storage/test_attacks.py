"""Who has the data key, the file and SQLite, but not the chain key: nothing that they change stays unseen.

Each attack may drop the triggers and put them back, and define functions of its own. It is refused at the
next start, shown where the visit is read, or named by `mmt verify`.
"""

import shutil
import tomllib
from collections.abc import Callable
from contextlib import closing
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from kept import NOW, begun, foreign, graded, held, made, opened, patient, signed
from msgspec.structs import replace

from mmt.clinic.verifying import verify
from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.model.observation import Observation
from mmt.model.people import Letterhead
from mmt.model.protocol import Protocol
from mmt.model.visit import Addendum
from mmt.paths import Places
from mmt.storage import clinic_data, patients, visits
from mmt.storage.driver import Database
from mmt.storage.mark import RolledBackError

ATTACKS = tomllib.loads(Path(__file__).with_name("attacks.toml").read_text("utf-8"))["attacks"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, protocol: Protocol) -> Path:
    """A signed visit (1) with a row of every kind, and a draft (2)."""
    places = Places(tmp_path_factory.mktemp("whole") / "clinic")
    store = made(places)
    visit = graded(store, begun(store, protocol, patient("Ann Signed")), "4", "4-")
    for note in ("first thought", "second thought"):
        with store.writing(Act.WROTE) as db:
            visits.set_fields(db, visit.id, note=note)
    with store.writing(Act.ANSWERED) as db:
        visits.answer(db, visit.id, "safety", "night_sweats", False, NOW)
    signed(store, held(store, visit.id), protocol)
    with store.writing(Act.ADDED_NOTE) as db:
        visits.add(db, visit.id, Addendum(text="Seen again", by="Dr Example", at=NOW))
    draft = graded(store, begun(store, protocol, patient("Bo Draft")), "3")
    with store.writing(Act.CHANGED_EXAMINER) as db:
        visits.change_examiner(db, draft, "Dr Second", "ann", NOW)
    store.close()
    return places.root


@pytest.fixture
def taken(whole: Path, places: Places) -> Places:
    """A copy of it in the attacker's hand."""
    shutil.copytree(whole, places.root)
    return places


def attack(places: Places, *sql: str) -> None:
    """Let another program with the data key change the file, its triggers away meanwhile."""
    with closing(foreign(places)) as tool:
        triggers = tool.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        tool.execute("begin")
        for name, _ in triggers:
            tool.execute(f"drop trigger {name}")
        for statement in sql:
            tool.execute(statement)
        for _, statement in triggers:
            tool.execute(statement)
        tool.execute("commit")


def breaks(places: Places) -> str:
    """What `mmt verify` says is not as mmt left it."""
    return "\n".join(verify(places.root).breaks)


def test_records_that_nobody_touched_are_sound(taken: Places) -> None:
    found = verify(taken.root)
    assert found.breaks == ()
    assert (found.signed, found.acts) == (1, 12)
    attack(taken, "select 1")
    assert verify(taken.root) == found


def digests(places: Places) -> dict[str, str]:
    """The digests that an attacker works out: of the signed visit with another grade, and of the draft."""
    with closing(opened(places)) as store:
        visit = held(store, 1)
        better = tuple(replace(one, grade="5") for one in visit.observations)
        return {
            "{digest}": visits.digest(replace(visit, observations=better)),
            "{draft}": visits.digest(held(store, 2)),
        }


@pytest.mark.parametrize(
    "gone",
    [
        "insert into discarded_visits values (1, 'Twice', 'Dr Other', '2026-03-02T09:00:00+00:00')",
        "insert into discarded_patients values (1, 'Twice', 'Dr Other', '2026-03-02T09:00:00+00:00')",
    ],
)
def test_what_is_signed_is_shown_though_another_program_says_that_it_was_discarded(
    gone: str, taken: Places
) -> None:
    attack(taken, gone)
    with closing(opened(taken)) as store, store.reading() as db:
        assert [one.id for one in visits.of_patient(db, 1)] == [1]
        assert visits.get(db, 1).signed
        assert "Ann Signed" in [one.name for one in patients.search(db, "ann", 9)]
    assert "discarding" in breaks(taken)


def test_a_step_to_the_shape_that_was_taken_out_is_named_and_nothing_is_opened(taken: Places) -> None:
    attack(taken, "delete from _sqlite_migrations where rowid = 3")
    assert "_sqlite_migrations" in breaks(taken)
    with pytest.raises(ClinicError, match=r"changed by another program \(_sqlite_migrations\)"):
        opened(taken)


@pytest.mark.parametrize("one", ATTACKS, ids=[one["name"] for one in ATTACKS])
def test_no_attack_stays_unseen(one: dict[str, Any], taken: Places) -> None:
    worked_out = digests(taken) if "{" in str(one["sql"]) else {}
    attack(taken, *(reduce(lambda sql, it: sql.replace(*it), worked_out.items(), sql) for sql in one["sql"]))
    assert one["named"] in breaks(taken)
    if one.get("refused"):
        with pytest.raises(RolledBackError):
            opened(taken)
        return
    with closing(opened(taken)) as store, store.reading() as db:
        read = [visit for number in (1, 2) for visit in visits.of_patient(db, number)]
    assert any(visit.altered for visit in read) == one.get("shown", False)


def rename(db: Database) -> None:
    patients.change(db, replace(patients.get(db, 2), name="Bo Renamed"))


def write_note(db: Database) -> None:
    visits.set_fields(db, 2, note="seen")


def sign_in(db: Database) -> None:
    clinic_data.add_signing_key(db, "Dr Example", "ab" * 32)


def move_house(db: Database) -> None:
    clinic_data.keep_letterhead(db, Letterhead(name="Moved"), NOW)


CHANGED_UNSEEN: dict[str, tuple[list[str], Callable[[Database], object], str]] = {
    "a birth date, before the name": (
        ["update patients set birth_date = '1999-01-01' where id = 2"],
        rename,
        "The data of a patient of Bo Renamed (record 2) was changed by another program between act 10",
    ),
    "a name, before it is changed": (
        ["update patients set name = 'Someone' where id = 2"],
        rename,
        "The data of a patient of Bo Renamed (record 2) was changed by another program between act 10",
    ),
    "the examiner of a draft, before a note": (
        ["update visits set examiner = 'Dr Other' where id = 2"],
        write_note,
        "The data of a visit of Bo Draft, visit of 2026-03-02 was changed by another program between act 12",
    ),
    "a foreign key for signing, before one's own": (
        [f"update practitioners set public_key = '{'cd' * 32}'"],
        sign_in,
        "A practitioner (Dr Example) was changed by another program between act 1",
    ),
    "when the clinic began, before its letterhead": (
        ["update clinic set created_at = '2020-01-01'"],
        move_house,
        "The letterhead was changed by another program between act 1",
    ),
    "a patient, before the name": (
        [
            "insert into patients select 3, name, birth_date, sex, handedness, language, chart_number,"
            " large_print, created_at from patients where id = 2"
        ],
        lambda db: patients.change(db, patient("Cy Added", id=3)),
        "The data of a patient of Cy Added (record 3) was put in by another program before act 13",
    ),
    "a patient taken away, before the number is given again": (
        [
            "delete from patients_search where rowid = 2",
            "update visits set patient = 1 where id = 2",
            "delete from patient_ids where patient = 2",
            "delete from patients where id = 2",
        ],
        lambda db: patients.add(db, patient("Bo Again"), NOW),
        "The data of a patient of Bo Again (record 2) was changed by another program between act 10",
    ),
    "a patient taken away, whose number is not given again": (
        [
            "delete from patients_search where rowid = 2",
            "update visits set patient = 1 where id = 2",
            "delete from patients where id = 2",
        ],
        lambda db: patients.add(db, patient("Cy Next"), NOW),
        "The data of a patient of Ann Signed, visit of 2026-03-02 is missing since act 10",
    ),
}
"""What another program changed, what mmt then keeps in the same row, and what `mmt verify` says of it."""


@pytest.mark.parametrize("what", CHANGED_UNSEEN)
def test_what_mmt_keeps_later_does_not_vouch_for_a_foreign_change(what: str, taken: Places) -> None:
    sql, keep, named = CHANGED_UNSEEN[what]
    attack(taken, *sql)
    with closing(opened(taken)) as kept, kept.writing("kept later") as db:
        keep(db)
    assert named in breaks(taken)


SEEN, DATA = "update observations set value = replace(value, '2', '5') where test = 'GMED'", "The data of a "
UNSIGNED = {
    "a name": (["update patients set name = 'Other' where id = 2"], f"{DATA}patient of Other"),
    "a note": (["update visits set note = 'Other' where id = 2"], f"{DATA}visit of Bo"),
    "an examiner": (["update visits set examiner = 'Other' where id = 2"], f"{DATA}visit of Bo"),
    "a grade": ([SEEN], "What was seen"),
    "a grade taken away": (["delete from observations where test = 'GMED'"], "What was seen"),
    "a grade put in": (
        [
            "insert into observations select 99, visit, test, 'left', trial, value, examiner, scale,"
            " recorded_at from observations where test = 'GMED'"
        ],
        "What was seen of Bo",
    ),
    "an answer put in": (
        ["insert into answers select 99, 2, topic, question, value, recorded_at from answers where id = 1"],
        "An answer of Bo",
    ),
    "nothing": ([], ""),
}
"""What another program changed of a patient with a draft, and what is said of it at reading."""


@pytest.fixture
def drafted(taken: Places) -> Places:
    """With a grade in the draft, kept as a visit keeps one."""
    with closing(opened(taken)) as kept, kept.writing(Act.OBSERVED, patient=2, visit=2) as db:
        visits.put(db, visits.get(db, 2), Observation(test="GMED", side="right", grade="2"), NOW)
    return taken


@pytest.mark.parametrize("what", UNSIGNED)
def test_what_is_not_signed_is_told_at_reading_where_another_program_changed_it(
    what: str, drafted: Places
) -> None:
    sql, said = UNSIGNED[what]
    attack(drafted, *sql)
    with closing(opened(drafted)) as kept:
        found = kept.not_as_kept(2)
        assert kept.not_as_kept(1) == []
    assert bool(found) is bool(said)
    assert all(one.startswith(said) for one in found)


def test_a_draft_that_was_moved_is_held_against_the_acts_of_both(drafted: Places) -> None:
    with closing(opened(drafted)) as kept:
        with kept.writing(Act.MOVED) as db:
            visits.move(db, 2, 1, "Wrong patient", "ann", NOW)
        graded(kept, held(kept, 2), "4")
        assert [kept.not_as_kept(one) for one in (1, 2)] == [[], []]
    attack(drafted, SEEN)
    with closing(opened(drafted)) as kept:
        assert kept.not_as_kept(1) == ["What was seen of Ann Signed, visit of 2026-03-02"]


def test_what_mmt_alone_changed_stays_sound_however_often(taken: Places) -> None:
    with closing(opened(taken)) as kept:
        for keep in (rename, write_note, sign_in, move_house) * 2:
            with kept.writing("kept later") as db:
                keep(db)
            with kept.writing("name and note together") as db:
                patients.change(db, patient("Bo Once More", id=2))
                visits.set_fields(db, 2, note="twice", next_visit="soon")
    assert breaks(taken) == ""


def test_what_is_kept_after_an_erasure_is_held_as_any(taken: Places, protocol: Protocol) -> None:
    with closing(opened(taken)) as kept:
        kept.erase(2)
        graded(kept, begun(kept, protocol, patient("Cy New")), "3", "4")
        with kept.writing("kept later") as db:
            patients.change(db, patient("Cy Newer", id=3))
        with kept.reading() as db:
            assert [one.id for one in visits.of_patient(db, 3)] == [3]
    assert breaks(taken) == ""
    attack(
        taken,
        "update patients set sex = 'male' where id = 3",
        "update observations set value = replace(value, '4', '5') where visit = 3",
    )
    with closing(opened(taken)) as kept, kept.writing("kept later") as db:
        patients.change(db, patient("Cy Newest", id=3))
    assert "What was seen of Cy Newest, visit of 2026-03-02 is not as act 17" in breaks(taken)
    assert "(record 3) was changed by another program between act 18" in breaks(taken)


def test_what_was_erased_does_not_come_back_unseen(taken: Places) -> None:
    with closing(foreign(taken)) as tool:
        row = tool.execute("select * from patients where id = 2").fetchone()
        seen = tool.execute("select * from observations where visit = 2").fetchone()
    with closing(opened(taken)) as kept:
        kept.erase(2)
    values = [", ".join("null" if one is None else repr(one) for one in each) for each in (row, seen)]
    attack(
        taken,
        f"insert into patients values ({values[0]})",
        f"insert into observations values ({values[1]})",
    )
    assert "The data of a patient is there again after act 13" in breaks(taken)
    assert "What was seen of visit number 2 was put in by another program" in breaks(taken)
