"""Time of `mmt explain` on the longest golden case, and of a second review, as a screen asks after a key."""

import gc
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from table import Row

from mmt.case import read_case
from mmt.library.load import load
from mmt.model.protocol import content, from_content
from mmt.paths import shipped
from mmt.reasoning import review

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
    """The command beside loading the library alone, and a second review beside reading the protocol once."""
    read, review_again = again(longest())
    case = longest()
    loading, explaining = [], []
    for _ in range(runs):
        loading.append(once(LOADING))
        explaining.append(once(EXPLAIN, "explain", str(case)))
    return [
        Row(f"mmt explain {case.name}", explaining, "import msgspec, click and load", loading, 2.0),
        Row("reviewing its last visit again", review_again, "decoding the protocol", read, 1.0, 0.99),
    ]


def again(case: Path, runs: int = 300) -> tuple[list[float], list[float]]:
    """Milliseconds of processor time of decoding the protocol from its JSON, and of each review of a case's
    last visit after the first, in turn, in this process.

    A key waits for the review, so that it has to cost less than what is done once at the start.
    """
    protocol = load([shipped("protocols")]).protocol
    read, problems = read_case(case.read_bytes(), case.name, protocol)
    if read is None:
        raise SystemExit("\n".join(map(str, problems)))
    body = content(protocol)[1]
    gc.freeze()  # as the program does it once its modules are there
    decoding, taken = [], []
    for _ in range(runs + 1):
        start = time.process_time()
        from_content(body)
        between = time.process_time()
        review(read.history, protocol)
        decoding.append(1000 * (between - start))
        taken.append(1000 * (time.process_time() - between))
    return decoding[1:], taken[1:]
