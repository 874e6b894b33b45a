"""Time of `mmt explain` on the longest golden case, and of what is worked out anew after a key of an exam."""

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from table import Row

from mmt.case import read_case
from mmt.library.load import load
from mmt.model.protocol import Protocol
from mmt.model.visit import History
from mmt.paths import shipped
from mmt.reasoning import review, watch

CASES = Path(__file__).parents[1] / "cases"
LOADING = """
import click, msgspec
from mmt.library.load import load
from mmt.paths import shipped
load([shipped("protocols")])
"""
EXPLAIN = "from mmt.cli import main; main()"


def longest() -> Path:
    """The golden case with most in it."""
    return max(CASES.glob("*.toml"), key=lambda path: path.stat().st_size)


def once(program: str, *args: str) -> float:
    """Milliseconds of one run of a program in a process of its own."""
    with tempfile.TemporaryDirectory() as home:
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", program, *args],
            env={**os.environ, "MMT_HOME": home},
            capture_output=True,
            check=True,
        )
        return 1000 * (time.perf_counter() - start)


def rows(runs: int = 25) -> list[Row]:
    """The command beside loading the library alone; what is worked out after a key beside the same where
    nothing of the visits before is known yet."""
    case = longest()
    after = [
        Row(f"{what} after a key", again, "worked out for the first time", first, goal, quantile)
        for what, ask, goal in (("what must be known", watch, 0.5), ("the review", review, 1.0))
        for first, again in [after_a_key(case, ask)]
        for quantile in (0.5, 0.99)
    ]
    loading, explaining = [], []
    for _ in range(runs):
        loading.append(once(LOADING))
        explaining.append(once(EXPLAIN, "explain", str(case)))
    return [
        Row(f"mmt explain {case.name}", explaining, "import msgspec, click and load", loading, 2.0),
        *after,
    ]


def after_a_key(
    case: Path, ask: Callable[[History, Protocol], object], runs: int = 200
) -> tuple[list[float], list[float]]:
    """Milliseconds of processor time of a question about a case's last visit, where it is asked for the first
    time and after the last visit changed, in turn, in this process.

    A key of the exam waits for `watch`; `review` is asked where a step shows it.
    """
    protocol = load([shipped("protocols")]).protocol
    read, problems = read_case(case.read_bytes(), case.name, protocol)
    if read is None:
        raise SystemExit("\n".join(map(str, problems)))
    gc.freeze()  # as the program does it once its modules are there
    first: list[float] = []
    again: list[float] = []
    for _ in range(runs + 1):
        new = replace(read.history, visits=tuple(map(replace, read.history.visits)))
        changed = replace(new, visits=(*new.visits[:-1], replace(new.visits[-1])))
        for history, times in ((new, first), (changed, again)):
            start = time.process_time()
            ask(history, protocol)
            times.append(1000 * (time.process_time() - start))
    return first[1:], again[1:]
