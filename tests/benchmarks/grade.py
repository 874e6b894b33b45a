"""Time from a key to a grade that is durable and painted, measured at a terminal.

The same exam is run on the encrypted records of 20,000 patients and 150,000 visits, on the same without acts
in a chain, and on nothing. A bare
Textual app paints a key in a label; a bare commit is one insert into an encrypted file.
"""

import os
import select
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from many_patients import NOW, records

sys.path += [str(Path(__file__).parents[1] / "tui"), str(Path(__file__).parents[1])]

from table import Row
from terminal import Terminal

from mmt.paths import Places
from mmt.storage.connect import connect
from mmt.storage.keyfile import read_secrets

PROGRAM = Path(__file__).parent / "station.py"
REST = 0.04
"""Seconds after a paint until the next key, so that nothing of the one before is left over: Textual holds
the next paint back for up to two frames of a sixtieth of a second. No hand types faster."""


def started(kind: str, folder: Path) -> Terminal:
    """A program of this kind, at rest and ready for keys."""
    terminal = Terminal([sys.executable, str(PROGRAM), kind, str(folder)], dict(os.environ))
    terminal.wait_for("READY" if kind == "bare" else "done", seconds=60)
    while terminal.read(0.3) and not _quiet(terminal):
        pass
    return terminal


def latencies(runs: int) -> dict[str, list[float]]:
    """Milliseconds from a key to the first paint that follows it, of each kind, and of a bare commit.

    They take turns, so that whatever else the machine does meets all of them alike.
    """
    room = Path(tempfile.mkdtemp())
    terminals = {}
    for kind in ("store", "unaudited", "paper", "bare"):
        terminals[kind] = started(kind, shutil.copytree(records(), room / kind))
    before = rows_kept(room / "store")
    found: dict[str, list[float]] = {kind: [] for kind in (*terminals, "commit")}
    commit = committing()
    for number in range(runs):
        for kind, terminal in terminals.items():
            found[kind].append(_one(terminal, "5"))
            _one(terminal, "/")
        found["commit"].append(commit(number))
    for terminal in terminals.values():
        terminal.kill()
    kept = [rows_kept(room / kind) - before for kind in ("store", "unaudited")]
    assert kept == [runs, runs], f"not each key was a grade that was kept: {kept}"
    shutil.rmtree(room)
    return found


def rows_kept(folder: Path) -> int:
    """How many values the records in a folder hold."""
    places = Places(folder)
    with closing(connect(places.database, read_secrets(places.key), "mode=rw").conn) as records:
        return int(records.execute("select count(*) from observations").fetchone()[0])


def _quiet(terminal: Terminal) -> bool:
    before = len(terminal.raw)
    terminal.read(0.4)
    return len(terminal.raw) == before


def _one(terminal: Terminal, key: str) -> float:
    """Milliseconds until what a key paints arrives; how long the emulator then takes over it is not ours."""
    start = time.perf_counter()
    terminal.send(key)
    ready, _, _ = select.select([terminal], [], [], 5)
    taken = 1000 * (time.perf_counter() - start)
    assert ready, "nothing was painted"
    terminal.read(REST)
    return taken


def committing() -> Callable[[int], float]:
    """What commits one numbered row, durably, into an encrypted file, and gives the milliseconds it took."""
    from mmt.model.people import Letterhead
    from mmt.storage.store import Store

    folder = Path(tempfile.mkdtemp())
    store = Store.create(folder / "bench.db", folder / "bench.key", Letterhead(), "Dr Benchmark", NOW)
    with store.reading() as db:
        connection = db.conn
    connection.execute("create table bench (n integer primary key, text text) strict")

    def commit(number: int) -> float:
        start = time.perf_counter()
        connection.execute("begin immediate")
        connection.execute("insert into bench values (?, ?)", (number, "a grade"))
        connection.execute("commit")
        return 1000 * (time.perf_counter() - start)

    return commit


def rows(runs: int = 1000) -> list[Row]:
    """The grade beside the same widgets without the store, and beside a bare key and a bare commit."""
    found = latencies(runs)
    store = found["store"]
    plain = [key + commit for key, commit in zip(found["bare"], found["commit"], strict=True)]
    return [
        Row(name, store, reference, against, goal, quantile)
        for quantile in (0.5, 0.99)
        for name, reference, against, goal in (
            (
                "key to a durable, painted grade",
                "the same without the chain of acts",
                found["unaudited"],
                1.3,
            ),
            ("key to a durable, painted grade", "the same widgets without the store", found["paper"], 1.5),
            ("key to a durable, painted grade", "bare key to paint + bare commit", plain, 3.0),
        )
    ]
