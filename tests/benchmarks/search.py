"""Time from a key in the search of the home screen to the painted list, with 100,000 patients on file, beside
a tenth of them.

The clinics are built once into the cache folder (a minute or two) and used again.
"""

import asyncio
import datetime
import hashlib
import random
import shutil
import sys
import time
from pathlib import Path

from many_patients import unguarded
from platformdirs import user_cache_path
from table import Row
from textual.widgets import Input

sys.path += [str(Path(__file__).parents[1] / "tui"), str(Path(__file__).parents[1])]

from program import FolderOpener

from mmt.clinic import Clinic
from mmt.model.people import Letterhead, Patient
from mmt.paths import Places
from mmt.storage import patients, shape
from mmt.tui.app import MmtApp

PATIENTS, VISITS_EACH, DRAFTS = 100_000, 3, 5
NOW = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
FIRST = ("Ana", "Ben", "Carlos", "Élodie", "Frank", "Grażyna", "Iván", "Łukasz", "María", "Søren", "Zoë")
PARTS = ("an", "bel", "cor", "dan", "el", "fer", "gil", "is", "jo", "ka", "lin", "mar", "no", "ri", "son")


def records(many: int) -> Path:
    """The folder of the clinic with so many patients; built on first use, and anew where its shape or this
    module has changed."""
    sources = (__file__, str(shape.__file__), str(patients.__file__))
    made_of = b"".join(Path(file).read_bytes() for file in sources)
    folder = user_cache_path("mmt") / f"benchmark-search-{many}-{hashlib.sha256(made_of).hexdigest()[:8]}"
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        build(folder, many)
        (folder / "done").touch()
    return folder


def build(folder: Path, many: int) -> None:
    """Build the clinic: patients as the program keeps them, visits as bare rows."""
    chance, many_visits = random.Random(1), many * VISITS_EACH
    Clinic.create(Places(folder), Letterhead(name="Benchmark"), "Dr Benchmark").close()
    with unguarded(Places(folder)) as db:
        for number in range(many):
            patients.add(db, made_up(number, chance), NOW)
        db.conn.execute("insert into protocols values ('benchmark', x'7b7d')")
        days = (str(NOW.date() - datetime.timedelta(days=1 + number % 900)) for number in range(many_visits))
        rows = [(1 + number % many, day) for number, day in enumerate(days)]
        db.conn.executemany(
            "insert into visits (patient, date, examiner, scale, exam, protocol, started_at)"
            " values (?, ?, 'Dr Benchmark', 'MRC-8', 'sciatica-quick', 'benchmark', '')",
            sorted(rows, key=lambda row: row[1]),
        )
        db.conn.execute("insert into open_visits select id from visits where id > ?", (many_visits - DRAFTS,))
        db.conn.execute(
            "insert into signatures (visit, signed_by, signed_at, digest, kept)"
            " select id, 'Dr Benchmark', '', '', printf('%.300c', 'x') from visits"
            " where id not in (select visit from open_visits)"
        )


def made_up(number: int, chance: random.Random) -> Patient:
    """A patient with a common first name and a surname of syllables."""
    surname = "".join(chance.choices(PARTS, k=3)).title()
    born = datetime.date(1930, 1, 1) + datetime.timedelta(days=chance.randrange(30_000))
    return Patient(name=f"{chance.choice(FIRST)} {surname}", birth_date=born, chart_number=f"C{number}")


def typed(chance: random.Random, many: int) -> str:
    """What a receptionist types: part of a name in either order, a birth date, a chart number."""
    surname = "".join(chance.choices(PARTS, k=2))
    first = chance.choice(("ana", "elodie", "frank", "grazyna", "lukasz", "maria", "zoe"))
    born = f"{chance.randrange(1930, 2010)}-{chance.randrange(1, 13):02}"
    return chance.choice((f"{first} {surname}", f"{surname} {first}", born, f"C{chance.randrange(many)}"))


async def keys(many: int, searches: int) -> list[float]:
    """Milliseconds of each key, to the frame with the list."""
    chance, times = random.Random(2), []
    app = MmtApp(FolderOpener(records(many), demo=False))
    async with app.run_test(size=(100, 40)) as pilot:
        while app.screen.name != "patients" or not app.screen.query("#search"):
            await pilot.pause(0.01)
        search = app.screen.query_one("#search", Input)
        for _ in range(searches):
            search.value = ""
            await pilot.pause()
            for letter in typed(chance, many):
                started = time.perf_counter()
                search.insert_text_at_cursor(letter)
                painted = asyncio.Event()
                app.screen.call_after_refresh(painted.set)
                await painted.wait()
                times.append(1000 * (time.perf_counter() - started))
    return times


def rows(searches: int = 20) -> list[Row]:
    """Every key of many searches, among all patients and among a tenth, in turn."""
    found: dict[int, list[float]] = {PATIENTS: [], PATIENTS // 10: []}
    for many in (*found, *found):
        found[many] += asyncio.run(keys(many, searches))
    what, less = f"key in the search to the painted list, {PATIENTS:,} patients", "a tenth of them"
    return [
        Row(what, found[PATIENTS], less, found[PATIENTS // 10], 1.2, quantile) for quantile in (0.5, 0.99)
    ]


if __name__ == "__main__":
    from table import show

    print(show(rows()))
