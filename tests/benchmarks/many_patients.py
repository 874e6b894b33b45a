"""A clinic of 20,000 made-up patients and 150,000 visits, built once into a cache folder and copied for use.

The patient "Last Draft" has an open visit in which the whole exam `sciatica` but its first test is done. That
was weak before: what was normal would be folded away.
"""

import datetime
import hashlib
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from msgspec.structs import replace
from platformdirs import user_cache_path

from mmt.library.load import load
from mmt.model.exam import Cell, begun
from mmt.model.exam_tests import ReflexTest
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.protocol import Protocol, content
from mmt.model.visit import Visit
from mmt.paths import Places, shipped
from mmt.storage import patients, protocols, shape, visits
from mmt.storage.adding import ERASED_UP_TO
from mmt.storage.driver import Database, dbapi2
from mmt.storage.keyfile import read_secrets
from mmt.storage.seals import know_seals
from mmt.storage.signing import know_signers

PATIENTS, VISITS = 20_000, 150_000
EACH = 8
"""Observations a visit; the patient with the draft has whole exams."""

DRAFT = "Last Draft"
NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
SYLLABLES = ("an", "bel", "cor", "dan", "el", "fer", "gil", "har", "is", "jo", "ka", "lin", "mar", "no", "ri")


def records() -> Path:
    """The folder of the clinic; built on first use, and anew where its shape or this module has changed."""
    made_of = b"".join(Path(file).read_bytes() for file in (__file__, str(shape.__file__)))
    digest = hashlib.sha256(made_of).hexdigest()[:8]
    folder = user_cache_path("mmt") / "benchmarks" / f"{PATIENTS}-patients-{digest}"
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        build(folder)
        (folder / "done").touch()
    return folder


CREATE = """
import sys
from pathlib import Path
from mmt.clinic import Clinic
from mmt.model.people import Letterhead
from mmt.paths import Places
Clinic.create(Places(Path(sys.argv[1])), Letterhead(name="Benchmark"), "Dr Benchmark").close()
"""
"""Set up in a process of its own: SQLCipher's memory security, once on, slows each statement ten times."""


def build(folder: Path) -> None:
    """Fill a new clinic, outside of its chain."""
    subprocess.run([sys.executable, "-c", CREATE, str(folder)], check=True)
    chance, protocol = random.Random(1), load([shipped("protocols")]).protocol
    digest, body = content(protocol)
    cells = begun(visit_of(NOW.date()), protocol).cells
    with unguarded(Places(folder)) as db, patch.object(protocols, "keep", lambda *_: digest):
        db.conn.execute("insert into protocols (hash, body) values (?, ?)", (digest, body))
        for number in range(PATIENTS):
            patient = patients.add(db, made_up(number, chance), NOW)
            for visit in history(number, chance, cells, protocol):
                keep(db, patient, visit, protocol)


@contextmanager
def unguarded(places: Places) -> Iterator[Database]:
    """A clinic's file for one transaction that writes much at once: guards and chain rest meanwhile."""
    connection, secrets = dbapi2.connect(str(places.database), isolation_level=None), read_secrets(places.key)
    connection.execute("pragma cipher_log_level = NONE")
    connection.execute(secrets.pragma)
    know_seals(connection, secrets)
    know_signers(connection, places.key, secrets)
    connection.create_function(ERASED_UP_TO, 1, lambda _: 0)
    triggers = dict(
        connection.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
    )
    connection.execute("begin immediate")
    for name in triggers:
        connection.execute(f"drop trigger {name}")
    yield Database(connection, execute_plugins=False)
    for statement in triggers.values():
        connection.execute(statement)
    connection.execute("commit")
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()


def keep(db: Database, patient: int, visit: Visit, protocol: Protocol) -> None:
    """Keep a visit with what was seen; all but today's are signed."""
    kept = replace(visit, id=visits.begin(db, patient, visit, protocol, NOW))
    for one in visit.observations:
        visits.put(db, kept, one, NOW)
    if visit.date < NOW.date():
        visits.sign(db, kept, protocol, "Dr Benchmark", b"{}", NOW)


def made_up(number: int, chance: random.Random) -> Patient:
    """A patient with a name of syllables."""
    words = ("".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(2))
    born = datetime.date(1930, 1, 1) + datetime.timedelta(days=chance.randrange(30_000))
    name = DRAFT if number == PATIENTS - 1 else " ".join(words)
    return Patient(name=name, birth_date=born, chart_number=f"C{number}")


def history(
    number: int, chance: random.Random, cells: tuple[Cell, ...], protocol: Protocol
) -> Iterator[Visit]:
    """The visits of one patient, oldest first; those of the last patient are whole exams, the last one of
    today and without its first test."""
    whole = number == PATIENTS - 1
    for back in range(VISITS // PATIENTS + number % 2 - 1, -1, -1):
        day = NOW.date() - datetime.timedelta(days=28 * back + (0 if whole else chance.randrange(1, 28)))
        chosen = cells[0 if back else 2 :] if whole else chance.sample(cells, EACH)
        found = (seen(cell, protocol, weak=whole and cell.test == cells[0].test) for cell in chosen)
        yield replace(visit_of(day), observations=tuple(found))


def visit_of(day: datetime.date) -> Visit:
    """An exam of this day, with nothing seen yet."""
    return Visit(date=day, examiner="Dr Benchmark", scale="MRC-8", exam="sciatica")


def seen(cell: Cell, protocol: Protocol, *, weak: bool = False) -> Observation:
    """A usual value of a cell, or a `weak` grade."""
    test = protocol.tests[cell.test]
    measure = test.measures[0]
    usual = {
        "grade": "4" if weak else "5",
        "result": "negative",
        "count": 2 if isinstance(test, ReflexTest) else 24,
    }
    return Observation(test=cell.test, side=cell.side, **{measure: usual.get(measure, 24.0)})
