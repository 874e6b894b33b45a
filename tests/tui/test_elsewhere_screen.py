"""Visits at other sites are read on a patient's page, and asked for without a key that waits."""

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from demo_copy import copy_demo
from program import Program, program

sys.path += [str(Path(__file__).parents[1] / room) for room in ("exchange", "reasoning", "storage")]

from loopback import Fault, FhirServer, served
from to_send import choose

from mmt.clinic import Clinic
from mmt.paths import Places
from mmt.storage import stable_ids


@pytest.fixture
def server() -> Iterator[FhirServer]:
    with served() as there:
        yield there


@pytest.fixture
def folder(tmp_path: Path, server: FhirServer) -> Path:
    """Records with a server that holds a visit of another site of a patient."""
    place = copy_demo(tmp_path / "clinic")
    with closing(Clinic.open(Places(place))) as clinic, clinic.store.reading() as db:
        choose(clinic, server.base)
        first = clinic.search("Dora")[0].id
        who = {"reference": f"Patient/{stable_ids.uid_of(db, first)}"}
    site = {"resourceType": "Organization", "id": "o", "name": "Elm [b]Clinic[/]"}
    visit = {
        "resourceType": "Encounter",
        "id": "v",
        "status": "finished",
        "period": {"start": "2025-11-03"},
        "serviceProvider": {"reference": "Organization/o"},
        "subject": who,
    }
    seen = {
        "resourceType": "Observation",
        "id": "s",
        "encounter": {"reference": "Encounter/v"},
        "subject": who,
        "code": {"text": "Knee lift"},
        "valueString": "[red]weak[/]",
    }
    server.held |= {f"{one['resourceType']}/{one['id']}": one for one in (site, visit, seen)}
    return place


async def test_they_are_fetched_and_shown_as_text_and_stay_without_the_server(
    folder: Path, server: FhirServer
) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=(110, 40)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"dora", "enter")
        await run.until("patient")
        await run.press("v")
        await run.until("elsewhere")
        assert "Nothing was fetched yet" in run.text
        await run.press("f")
        for _ in range(300):
            await pilot.pause(0.02)
            if "Knee lift" in run.text:
                break
        assert "2025-11-03 · Elm [b]Clinic[/]" in run.text
        rows = run.rows
        heading = next(row for row in rows if "2025-11-03" in row)
        line = next(row for row in rows if "Knee lift: [red]weak[/]" in row)
        assert line.index("Knee") == heading.index("2025") + 2, "set in below its visit"
        assert "To be read alone" in run.text
        server.fails = lambda _: Fault("drop")
        await run.press("escape", "v")
        await run.until("elsewhere")
        assert "Knee lift: [red]weak[/]" in run.text
        await run.press("f")
        for _ in range(300):
            await pilot.pause(0.02)
            if "Nothing was fetched; what" in run.text:
                break
        assert "Knee lift: [red]weak[/]" in run.text
        assert "Nothing was fetched; what" in run.text
