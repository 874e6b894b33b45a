"""A clinic's file as text, and back; `python tests/storage/dumps.py` dumps the present shape anew.

A dump is written anew until the release of its shape, and never after it.
"""

import tempfile
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from kept import LAKE, NOW, begun, graded, made, patient, signed
from msgspec.structs import replace

from mmt.files import write_private
from mmt.library.load import load
from mmt.model.acts import Act
from mmt.model.observation import Observation
from mmt.model.program import Program
from mmt.model.protocol import Protocol
from mmt.model.sending import FetchedVisit, Server
from mmt.model.visit import Addendum, Decision
from mmt.paths import Places, shipped
from mmt.storage import (
    disclosures,
    doubles,
    fetched,
    holds,
    joins,
    outbox,
    patients,
    restrictions,
    stable_ids,
    visits,
)
from mmt.storage.driver import Database, dbapi2
from mmt.storage.keyfile import read_secrets
from mmt.storage.ledger import head
from mmt.storage.mark import write_fresh
from mmt.storage.shape import SHAPE
from mmt.storage.store import Store

FOLDER = Path(__file__).parent.parent / "databases"
_KEYS = "-- key: "
"""Before each line of the key file of who is made up, with which the acts of a dump are sealed."""


def dump(db: Database) -> str:
    """The SQL that makes an equal file."""
    heads = [f"pragma {name} = {value(db, f'pragma {name}')};" for name in ("application_id", "user_version")]
    parts = db.conn.execute(
        "select name from sqlite_master where name like 'patients_search\\_%' escape '\\'"
    )
    skipped = {name for (name,) in parts}
    lines = [*heads]
    schema = "select name, sql from sqlite_master where type = ? and sql is not null order by rowid"
    for name, sql in db.conn.execute(schema, ("table",)).fetchall():
        if name not in skipped and not name.startswith("sqlite_"):
            lines += [f"{sql};", *rows(db, name)]
    for kind in ("index", "trigger"):
        lines += [
            f"{sql};" for name, sql in db.conn.execute(schema, (kind,)).fetchall() if name not in skipped
        ]
    return "\n".join(lines) + "\n"


def rows(db: Database, table: str) -> list[str]:
    """An insert for each row of a table; bytes that are a text are written as it."""
    columns = [column.name for column in db.table(table).columns]
    if table == "patients_search":
        columns = ["rowid", *columns]
    as_text = "'cast(' || quote(cast({0} as text)) || ' as blob)'" if table != "acts" else "quote({0})"
    quoted = ", ".join(
        f"case typeof({one}) when 'blob' then {as_text.format(one)} else quote({one}) end" for one in columns
    )
    found = db.conn.execute(f"select {quoted} from {table}").fetchall()
    return [f"insert into {table} ({', '.join(columns)}) values ({', '.join(row)});" for row in found]


def value(db: Database, question: str) -> int:
    """The one number that a question gives."""
    return int(db.conn.execute(question).fetchone()[0])


def restore(name: str, places: Places) -> None:
    """Make a clinic's file of a dump."""
    places.root.mkdir(mode=0o700)
    sql = (FOLDER / name).read_text("utf-8")
    keys = [line.removeprefix(_KEYS) for line in sql.splitlines() if line.startswith(_KEYS)]
    write_private(places.key, "\n".join(keys or ["5f" * 32]).encode())
    connection = dbapi2.connect(places.database, isolation_level=None)
    connection.execute(read_secrets(places.key).pragma)
    connection.executescript(sql)
    if keys:
        write_fresh(places.mark, read_secrets(places.key), head(Database(connection, execute_plugins=False)))
    connection.close()


def small(protocol: Protocol) -> Protocol:
    """Enough of a protocol for a dump that can be read."""
    scale, exam = protocol.scales["MRC-8"], protocol.exams["sciatica-quick"]
    tests = {name: protocol.tests[name] for name in ("TA", "GMED", "SLR")}
    return replace(
        Protocol(rules=protocol.rules), scales={scale.id: scale}, exams={exam.id: exam}, tests=tests
    )


def fill(store: Store, protocol: Protocol) -> None:
    """One signed visit with a row of every kind, an open draft, a patient discarded with an empty one."""
    visit = begun(store, protocol, patient("Łukasz Żółć-O'Brien [L]", chart_number="A-1"))
    with store.writing(Act.WROTE) as db:
        visits.answer(db, visit.id, "safety", "fever", False, NOW)
        visits.answer(db, visit.id, "story", "pain", 3, NOW)
        visits.answer(db, visit.id, "precautions", "OST", True, NOW)
        visits.put(db, visit, Observation(test="SLR", side="left", result="positive", degrees=42.5), NOW)
        visits.decide(
            db, visit.id, "weakness:TA:right", Decision(verdict="accepted", by="Dr Example", at=NOW), NOW
        )
        visits.set_fields(
            db, visit.id, place="sign", note="It's noted", action="None needed", prescription=()
        )
    signed(store, graded(store, visit, "4", "4-"), protocol)
    with store.writing(Act.WROTE) as db:
        visits.add(db, visit.id, Addendum(text="Telephoned", by="Dr Example", at=NOW))
    draft = graded(store, begun(store, protocol, patient("Second Person")), "3")
    with store.writing(Act.WROTE) as db:
        visits.change_examiner(db, draft, "Dr Second", "ann on front", NOW)
        visits.move(db, draft.id, 1, "Wrong patient", "Dr Second", NOW)
        visits.move(db, draft.id, 2, "Right one", "Dr Second", NOW)
        stable_ids.came_from(db, draft.id, LAKE)
        holds.take(db, draft.id, Program(token="0a", host="front", process=7, who="ann on front"), NOW)
    mistaken = begun(store, protocol, patient("Third Person"))
    with store.writing(Act.WROTE) as db:
        visits.discard(db, mistaken.id, "Begun by mistake", "Dr Example", NOW)
        patients.discard(db, 3, "Made by mistake", "Dr Example", NOW)
        twice = patients.add(db, patient("Lukas Zolc"), NOW)
        joins.join(db, twice, 1, 1, "Came under another name", "Dr Example", NOW)
        joins.part(db, 1, "Another person", "Dr Example", NOW)
        joins.join(db, twice, 1, 1, "The same after all", "Dr Example", NOW)
        doubles.tell(db, 1, 2, "Dr Example", NOW, apart=True)
        restrictions.restrict(db, 1, "Asked for", "Dr Example", NOW, restricted=True)
        restrictions.opened(db, 1, "Asked for a copy", "Dr Example", NOW)
        disclosures.keep(db, 1, visit.id, "Visit note", "Dr Other", "Dr Example", NOW)
        restrictions.restrict(db, 1, "Taken back", "Dr Example", NOW, restricted=False)
        fetched.keep(db, 1, [FetchedVisit(uid="1", site="Lake Clinic", day="2026-02-01")], NOW)
        outbox.choose(db, Server(base="https://lake.example/fhir"), "secret", "Dr Example", NOW)
        visits.add(db, visit.id, Addendum(text="Wrote", by="Dr Example", at=NOW))


if __name__ == "__main__":
    ann = patch("pwd.getpwuid", lambda _: SimpleNamespace(pw_name="ann"))
    with ann, tempfile.TemporaryDirectory() as room:
        new = Places(Path(room))
        kept = made(new)
        kept.clock = lambda: NOW
        fill(kept, small(load([shipped("protocols")]).protocol))
        with kept.reading() as database:
            keys = "".join(f"{_KEYS}{line}\n" for line in new.key.read_text().splitlines())
            (FOLDER / f"shape-{SHAPE}.sql").write_text(keys + dump(database), "utf-8")
        kept.close()
