"""Who has the data key, the file and SQLite, but not the chain key: nothing that they change stays unseen.

Each attack may drop the triggers and put them back, and define functions of its own. It is refused at the
next start, shown where the visit is read, or named by `mmt verify`.
"""

import shutil
import tomllib
from contextlib import closing
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from kept import NOW, begun, foreign, graded, held, made, opened, patient, signed
from msgspec.structs import replace

from mmt.clinic.verifying import verify
from mmt.model.acts import Act
from mmt.model.protocol import Protocol
from mmt.model.visit import Addendum
from mmt.paths import Places
from mmt.storage import visits
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
