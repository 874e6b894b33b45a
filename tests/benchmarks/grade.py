"""Time from a key to a grade that is durable and painted, measured at a terminal.

The same exam screen is run on an encrypted store and on a desk of paper that keeps nothing. A bare
Textual app paints a key in a label; a bare commit is one insert into an encrypted file.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "tui"))

from table import Row
from terminal import Terminal

CHILD = """
import sys, tempfile
from pathlib import Path
sys.path[:0] = {paths!r}
kind = {kind!r}
if kind == "bare":
    from textual.app import App, ComposeResult
    from textual.widgets import Label

    class Bare(App[None]):
        count = 0

        def compose(self) -> ComposeResult:
            yield Label("READY")

        def on_key(self) -> None:
            self.count += 1
            self.query_one(Label).update(f"key {{self.count}}")

    Bare().run()
else:
    from paper_desk import Room, Table
    from mmt.tui.screens.exam import ExamScreen
    if kind == "paper":
        desk = Table()
    else:
        from mmt.clinic.demo import make_demo
        clinic = make_demo(Path(tempfile.mkdtemp()))
        desk = clinic.view(clinic.search("dora")[0].draft)
    Room(ExamScreen(desk)).run()
"""


def started(kind: str) -> Terminal:
    """A program of this kind, at rest and ready for keys."""
    here = Path(__file__).parent
    code = CHILD.format(paths=[str(here.parent / "tui")], kind=kind)
    terminal = Terminal([sys.executable, "-c", code], dict(os.environ))
    terminal.wait_for("READY" if kind == "bare" else "done", seconds=40)
    while terminal.read(0.3) and not _quiet(terminal):
        pass
    return terminal


def latencies(runs: int) -> dict[str, list[float]]:
    """Milliseconds from a key to the first paint that follows it, of each kind, and of a bare commit.

    They take turns, so that whatever else the machine does meets all of them alike.
    """
    terminals = {kind: started(kind) for kind in ("store", "paper", "bare")}
    found: dict[str, list[float]] = {kind: [] for kind in (*terminals, "commit")}
    commit = committing()
    for number in range(runs):
        for kind, terminal in terminals.items():
            found[kind].append(_one(terminal, "5"))
            _one(terminal, "/")
        found["commit"].append(commit(number))
    for terminal in terminals.values():
        terminal.kill()
    return found


def _quiet(terminal: Terminal) -> bool:
    before = len(terminal.raw)
    terminal.read(0.4)
    return len(terminal.raw) == before


def _one(terminal: Terminal, key: str) -> float:
    before, start = len(terminal.raw), time.perf_counter()
    terminal.send(key)
    while len(terminal.raw) == before:
        terminal.read_once()
    taken = 1000 * (time.perf_counter() - start)
    terminal.read(0.03)
    return taken


def committing() -> Callable[[int], float]:
    """What commits one numbered row, durably, into an encrypted file, and gives the milliseconds it took."""
    from mmt.storage.store import Store

    folder = Path(tempfile.mkdtemp())
    store = Store.create(folder / "bench.db", folder / "bench.key")
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


def rows(runs: int = 200) -> list[Row]:
    """The grade beside the same widgets without the store, and beside a bare key and a bare commit."""
    found = latencies(runs)
    store, paper = found["store"], found["paper"]
    plain = [key + commit for key, commit in zip(found["bare"], found["commit"], strict=True)]
    return [
        Row(name, store, reference, against, goal, quantile)
        for quantile in (0.5, 0.99)
        for name, reference, against, goal in (
            ("key to a durable, painted grade", "the same widgets without the store", paper, 1.5),
            ("key to a durable, painted grade", "bare key to paint + bare commit", plain, 3.0),
        )
    ]
