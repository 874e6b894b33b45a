"""What waits for a server goes out by itself, and the list of patients tells how it stands."""

import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from demo_copy import copy_demo
from program import Program, program

sys.path.append(str(Path(__file__).parents[1] / "exchange"))

from loopback import Asked, Fault, FhirServer, served

from mmt.clinic import Clinic
from mmt.model.sending import Server
from mmt.paths import Places
from mmt.tui import by_itself


@pytest.fixture
def server() -> Iterator[FhirServer]:
    with served() as there:
        yield there


@pytest.fixture
def folder(tmp_path: Path, server: FhirServer) -> Path:
    """Records with signed visits that wait for the server."""
    place = copy_demo(tmp_path / "clinic")
    with closing(Clinic.open(Places(place))) as clinic:
        clinic.sending().choose(Server(base=server.base))
    server.asked.clear()
    return place


async def shows(run: Program, words: str, *, there: bool = True) -> None:
    for _ in range(500):
        await run.pilot.pause(0.02)
        if (words in run.text) is there:
            return
    raise AssertionError(run.text)


async def test_what_waits_is_told_and_goes_out_by_itself(
    folder: Path, server: FhirServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_itself, "QUIET_FOR_S", 0.0)
    app = program(folder, demo=False)
    async with app.run_test(size=(120, 40)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await shows(run, "For 127.0.0.1")
        app.by_itself.send()
        await shows(run, "For 127.0.0.1", there=False)
    signed = [one["id"] for one in server.of("Encounter")]
    assert len(signed) > 3
    assert {server.written[f"Encounter/{one}"] for one in signed} == {1}
    with closing(Clinic.open(Places(folder))) as clinic:
        assert clinic.sending().standing.waits == 0


async def test_what_was_refused_is_told(
    folder: Path, server: FhirServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_itself, "QUIET_FOR_S", 0.0)
    server.refuses = lambda one: "no" if one["resourceType"] == "Encounter" else ""
    app = program(folder, demo=False)
    async with app.run_test(size=(120, 40)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        app.by_itself.send()
        await shows(run, " refused. `mmt send --status`")


async def test_no_run_goes_on_while_keys_come_nor_without_the_screen(
    folder: Path, server: FhirServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_itself, "QUIET_FOR_S", 3600.0)
    app = program(folder, demo=False)
    async with app.run_test(size=(120, 40)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("x")
        app.by_itself.send()
        await pilot.pause(0.3)
        assert server.posts == []
        assert app.by_itself.courier is not None
        app.by_itself.courier.stop()
        assert server.posts == []


async def test_a_server_that_hangs_holds_up_neither_a_key_nor_the_end(
    folder: Path, server: FhirServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_itself, "QUIET_FOR_S", 0.0)
    hangs = Event()

    def fails(one: Asked) -> Fault | None:
        if one.method == "POST":
            hangs.wait(20)
        return None

    server.fails = fails
    app = program(folder, demo=False)
    async with app.run_test(size=(120, 40)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        app.by_itself.send()
        while not any(one.method == "POST" for one in server.asked):
            await pilot.pause(0.02)
        await run.press("k", "o", "w")
        await shows(run, "kow")
    assert app.clinic is not None
    began = time.monotonic()
    app.clinic.close()
    assert time.monotonic() - began < 1.5
    assert app.by_itself.courier is not None
    assert not app.by_itself.courier.busy
    hangs.set()


async def test_a_fault_of_mmt_in_a_run_is_noted_and_ends_nothing_else(
    folder: Path, server: FhirServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object, **__: object) -> None:
        raise ZeroDivisionError("Quillfeather")

    monkeypatch.setattr("mmt.clinic.sending.running.run", faulty)
    app = program(folder, demo=False)
    async with app.run_test(size=(120, 40)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        app.by_itself.send()
        for _ in range(200):
            await pilot.pause(0.02)
            if Places(folder).log.exists():
                break
        await run.press("k", "o", "w")
        await shows(run, "kow")
    noted = Places(folder).log.read_text()
    assert "ZeroDivisionError" in noted
    assert "Quillfeather" not in noted
