"""What the line before the server is to spoil, it spoils: else a sender is tried with less than is said."""

import time
from collections.abc import Iterator
from http.client import HTTPException

import pytest
from bad_line import SLOW, BadLine, Ill
from engine import Engine
from there import Json, There, patient, transaction


@pytest.fixture
def ills() -> list[Ill | None]:
    """What goes wrong with the next requests, the first at their head; with those after them nothing."""
    return []


@pytest.fixture
def behind(engine: Engine, ills: list[Ill | None]) -> Iterator[There]:
    """The server behind such a line."""
    with BadLine(engine.base, lambda: ills.pop(0) if ills else None) as line:
        one = There(line.base)
        yield one
        one.close()


def lies(there: There, *people: Json) -> list[bool]:
    """Of whom the server knows."""
    return [there.ask("GET", f"/Patient/{one['id']}").status == 200 for one in people]


@pytest.mark.parametrize("ill", ["refused", "cut-before", "cut-after"])
def test_a_cut_line_gives_no_answer(ill: Ill, there: There, behind: There, ills: list[Ill | None]) -> None:
    who = patient()
    ills.append(ill)
    with pytest.raises((OSError, HTTPException)):
        behind.post(transaction(who))
    behind.close()
    assert lies(there, who) == [ill == "cut-after"]
    assert behind.post(transaction(who)).status == 200


@pytest.mark.parametrize(
    ("ill", "status", "done"),
    [("error-before", 503, False), ("error-after", 500, True), ("nonsense", 200, False)],
)
def test_an_answer_that_says_nothing(
    ill: Ill, status: int, done: bool, there: There, behind: There, ills: list[Ill | None]
) -> None:
    who = patient()
    ills.append(ill)
    answered = behind.post(transaction(who))
    assert (answered.status, answered.body.get("entry")) == (status, None)
    assert lies(there, who) == [done]


def test_a_slow_line_takes_its_time(behind: There, ills: list[Ill | None]) -> None:
    ills.append("slow")
    began = time.monotonic()
    assert behind.post(transaction(patient())).status == 200
    assert time.monotonic() - began >= SLOW * 0.9


@pytest.mark.parametrize(("ill", "status"), [("half-tired", "503"), ("half-refused", "422")])
def test_half_a_bundle_is_there_and_half_of_it_is_not(
    ill: Ill, status: str, there: There, behind: There, ills: list[Ill | None]
) -> None:
    people = [patient() for _ in range(4)]
    ills.append(ill)
    answered = behind.post(transaction(*people))
    assert answered.status == 200
    assert [one["response"]["status"] for one in answered.body["entry"]] == ["200", status, "200", status]
    assert lies(there, *people) == [True, False, True, False]
