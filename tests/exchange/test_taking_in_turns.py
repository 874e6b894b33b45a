"""While a file is taken in the exam goes on, and whatever ends it, what was taken in is told."""

import os
import random
import signal
import string
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from made_up import patient

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.clinic.alone import alone
from mmt.clinic.exchange import turns
from mmt.clinic.exchange.records_in import RecordsFile
from mmt.model.errors import ClinicError
from mmt.storage import connect, ledger
from mmt.storage.ledger import Ledger

LONGEST_S = 1.2
"""So long a grade may wait on a busy machine; where nobody makes room it waits twice as long."""


def people(many: int) -> str:
    """A list of people none of whom may be another."""
    chance = random.Random(1)
    names = ["".join(chance.choices(string.ascii_lowercase, k=9)) for _ in range(2 * many)]
    days = [
        f"{chance.randint(1930, 2015)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" for _ in names
    ]
    rows = zip(names[:many], names[many:], days, strict=False)
    return "name,born\n" + "".join(f"{one} {other},{day}\n" for one, other, day in rows)


def here(clinic: Clinic) -> int:
    with clinic.store.reading() as db:
        return int(db.conn.execute("select count(*) from patients").fetchone()[0])


@contextmanager
def importing(clinic: Clinic, path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`mmt import` as a program of its own."""
    command = [sys.executable, "-c", "from mmt.cli import main; main()", "import", "--yes", str(path)]
    home = {**os.environ, "MMT_HOME": str(clinic.places.root)}
    program = subprocess.Popen(command, env=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        yield program
    finally:
        program.kill()
        program.communicate()


def waited(program: subprocess.Popen[bytes], clinic: Clinic) -> list[float]:
    """How long each key waited that was kept while the program went on."""
    times = []
    while program.poll() is None:
        begun = time.monotonic()
        clinic.store.log("looked")
        times.append(time.monotonic() - begun)
        time.sleep(0.05)
    return times


def test_a_grade_never_waits_for_a_list_that_is_taken_in(elm: Clinic, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(people(1500), "utf-8")
    with importing(elm, path) as program:
        assert max(waited(program, elm)) < LONGEST_S
        assert program.returncode == 0
    assert here(elm) == 1500


@pytest.mark.long
def test_a_grade_never_waits_for_records_that_are_looked_through_and_taken_in(
    oak: Clinic, elm: Clinic, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(people(200), "utf-8")
    oak.exchange().file(path).take()
    went = oak.exchange().write("json", tmp_path).path
    with importing(elm, went) as program:
        assert max(waited(program, elm)) < LONGEST_S
        assert program.returncode == 0
    assert here(elm) == 200


@pytest.mark.skipif(os.name == "nt", reason="nobody is told to end by a signal there")
@pytest.mark.parametrize("told", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.long)])
def test_who_stops_it_is_told_what_was_taken_in_and_the_next_try_brings_the_rest(
    told: signal.Signals, elm: Clinic, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(people(1200), "utf-8")
    with importing(elm, path) as program:
        while not here(elm):
            time.sleep(0.01)
        program.send_signal(told)
        said = program.communicate(timeout=60)[1].decode()
    taken = here(elm)
    assert 0 < taken < 1200
    assert said.endswith(
        f"Stopped: {taken:,} of 1,200 records were taken in. Run it again: who is here already stays out.\n"
    )
    assert program.returncode == 128 + told
    with importing(elm, path) as program:
        assert f"\n{1200 - taken:,} records taken in." in program.communicate(timeout=60)[0].decode()


@pytest.fixture
def row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each row is a turn, and nobody waits long."""
    monkeypatch.setattr(turns, "WORK_S", 0)
    monkeypatch.setattr(turns, "PAUSE_S", 0)
    monkeypatch.setattr(connect, "_TIMEOUT_S", 0.05)


@pytest.fixture
def run(elm: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Takes in five people; the status, and what was said beside the output."""
    path = tmp_path / "list.csv"
    path.write_text(people(5), "utf-8")
    monkeypatch.setenv("MMT_HOME", str(elm.places.root))

    def one(*options: str, typed: str = "") -> tuple[int, str]:
        ran = CliRunner().invoke(commands, ["import", *options, str(path)], input=typed)
        return ran.exit_code, ran.stderr.replace("\n", " ")

    return one


@pytest.mark.usefixtures("row_by_row")
def test_who_meets_records_that_are_held_is_told_what_was_taken_in(
    elm: Clinic, run: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    def hold(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            elm.store._db.conn.execute("BEGIN IMMEDIATE")  # noqa: SLF001

    monkeypatch.setattr(turns, "time", SimpleNamespace(sleep=hold, monotonic=time.monotonic))
    status, said = run("--yes")
    elm.store._db.conn.execute("ROLLBACK")  # noqa: SLF001
    assert status == 1
    assert "Stopped: 2 of 5 records were taken in. Run it again: who is here already stays out." in said
    assert said.rstrip().endswith(
        "Another program holds the records. Close it or wait a moment, then try again."
    )
    assert here(elm) == 2


@pytest.mark.usefixtures("row_by_row")
@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_stop_breaks_into_no_row(
    at: int, elm: Clinic, run: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even while the database is told of a change."""
    calls: list[str] = []
    changed = Ledger._changed  # noqa: SLF001

    def interrupted(self: Ledger, table: str, event: ledger.Event, *values: object) -> None:
        calls.append(table)
        if len(calls) == at:
            os.kill(os.getpid(), signal.SIGINT)
        changed(self, table, event, *values)

    monkeypatch.setattr(Ledger, "_changed", interrupted)
    taken = 1 if at <= 2 else 2
    status, said = run("--yes")
    assert (status, here(elm)) == (130, taken)
    assert f"Stopped: {taken} of 5 records were taken in." in said


@pytest.mark.usefixtures("row_by_row")
def test_who_stops_the_looking_through_has_taken_in_nothing(
    elm: Clinic, run: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "mmt.clinic.exchange.patients_in.PatientsFile._known",
        lambda *_: os.kill(os.getpid(), signal.SIGINT) or (set(), {}),
    )
    assert run("--yes")[0] == 130
    assert run("--yes")[1].rstrip().endswith("Nothing was taken in.")
    assert here(elm) == 0


def test_who_types_nothing_has_taken_in_nothing(elm: Clinic, run: Callable[..., tuple[int, str]]) -> None:
    assert run()[0] == 130
    assert run()[1].rstrip().endswith("Nothing was taken in.")
    assert run(typed="no\n") == (1, "Looking through Type yes to take it in: no Nothing was taken in. ")
    assert here(elm) == 0


def test_one_program_at_a_time_takes_in(
    oak: Clinic, elm: Clinic, run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    """Two would leave no room between their turns."""
    busy = "Another file is being taken in, in another window. Wait until that is done, then run this again."
    went = oak.exchange().write("json", tmp_path, patient=oak.add_patient(patient()).id).path
    with alone(elm.places.importing, ""):
        assert run("--yes")[1].rstrip().endswith(busy)
        for use in (RecordsFile.look, RecordsFile.take):
            with pytest.raises(ClinicError, match=busy):
                use(RecordsFile(elm, went))
    assert run("--yes")[0] == 0


def test_a_turn_ends_with_what_was_begun_within_it(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, slept = [0.0], list[float]()
    monkeypatch.setattr(turns, "time", SimpleNamespace(monotonic=lambda: clock[0], sleep=slept.append))

    def slow(turn: Iterator[str]) -> Iterator[str]:
        for one in turn:
            clock[0] += 0.1
            yield one

    assert ["".join(slow(turn)) for turn in turns.in_turns("abcde")] == ["ab", "cd", "e"]
    assert slept == [turns.PAUSE_S] * 2, "none before the first, none behind the last"


def test_who_came_in_between_two_turns_is_asked_about(
    elm: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name,born\nCy Third,1970-01-02\nAnn Example,1980-05-17\nBo Second,1950-01-01\n", "utf-8")
    pauses: list[float] = []

    def added(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 1:
            elm.add_patient(patient("Anna Example"))

    monkeypatch.setattr(turns, "WORK_S", 0)
    monkeypatch.setattr(turns, "time", SimpleNamespace(sleep=added, monotonic=time.monotonic))
    file = elm.exchange().file(path)
    assert (file.look().records, file.take()) == (3, 2)
    assert [row.name for row in elm.search("")] == ["Bo Second", "Anna Example", "Cy Third"]
