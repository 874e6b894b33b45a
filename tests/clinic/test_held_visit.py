"""Two programs on the same records: one at a time changes a draft, and both know which."""

import datetime
import subprocess
import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from test_open_visit import DEEDS, GRADE

from mmt.clinic import Clinic, OpenVisit
from mmt.clinic.program import this_program
from mmt.model.errors import RefusedError, TakenOverError
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.program import Program
from mmt.paths import Places
from mmt.storage.store import Store

TODAY = datetime.date(2026, 3, 2)
NOW = datetime.datetime(2026, 3, 2, 12, 12).astimezone()
LATER = NOW + datetime.timedelta(minutes=2)
YESTERDAY = NOW - datetime.timedelta(days=1)

Room = Callable[..., Clinic]


@pytest.fixture
def room(places: Places) -> Iterator[Room]:
    """A program in another room of the clinic: on another computer, unless told otherwise."""
    running: list[Clinic] = []

    def opened(host: str, process: int = 7, now: datetime.datetime = NOW) -> Clinic:
        program = Program(token=f"{host}{len(running)}", host=host, process=process, who=f"ann on {host}")
        store = Store.open(places.database, places.key)
        running.append(Clinic(places, store, today=lambda: TODAY, now=lambda: now, program=program))
        return running[-1]

    yield opened
    for clinic in running:
        clinic.close()


@pytest.fixture
def first(room: Room) -> OpenVisit:
    """A draft with a grade, open in the first room."""
    clinic = room("room-1")
    ann = clinic.add_patient(Patient(name="Ann Example", birth_date=datetime.date(1980, 5, 17)))
    visit = clinic.begin(ann.id, "Dr Example", exam="sciatica-quick")
    visit.keep(GRADE)
    return visit


def graded(visit: OpenVisit) -> list[str | None]:
    """The grades of the right TA as this room knows them."""
    return [one.grade for one in visit.visit.seen("TA", "right")]


def test_a_draft_that_is_open_elsewhere_can_be_looked_at_and_not_changed(
    first: OpenVisit, room: Room
) -> None:
    second = room("room-2", now=LATER)
    told = "Open elsewhere since 12:12 (ann on room-1): here it can be looked at, not changed."
    assert second.open_elsewhere(first.visit.id) == told
    assert first.clinic.open_elsewhere(first.visit.id) == ""
    looking = second.view(first.visit.id)
    assert (looking.elsewhere, first.elsewhere) == (told, "")
    assert graded(looking) == ["4"]
    for deed in (one for name, one in DEEDS.items() if name != "move"):
        with pytest.raises(RefusedError, match="Open elsewhere since"):
            deed(looking)
    looking.move("sign")
    assert looking.visit == first.visit
    first.keep(GRADE)


@pytest.mark.parametrize("deed", DEEDS)
def test_what_was_taken_over_keeps_nothing_here_and_shows_what_is_kept(
    deed: str, first: OpenVisit, room: Room
) -> None:
    second = room("room-2", now=LATER).view(first.visit.id)
    second.hold(over=True)
    second.keep(Observation(test="TA", side="right", grade="3"))
    with pytest.raises(TakenOverError, match=r"Taken over elsewhere at 12:14 \(ann on room-2\)"):
        DEEDS[deed](first)
    assert graded(first) == graded(second) == ["3"]
    assert first.visit == second.visit
    assert first.refusal.change() == first.refusal.sign() == first.elsewhere
    with pytest.raises(RefusedError, match="Taken over elsewhere at 12:14"):
        first.keep(GRADE)
    assert second.visit == room("room-3").view(first.visit.id).visit


def test_a_draft_is_taken_back_as_it_is_kept_by_then(first: OpenVisit, room: Room) -> None:
    second = room("room-2").view(first.visit.id)
    second.hold(over=True)
    assert first.overtaken()
    second.keep(Observation(test="TA", side="right", grade="3"))
    first.hold(over=True)
    assert (first.elsewhere, graded(first)) == ("", ["3"])
    first.keep(GRADE)
    with pytest.raises(TakenOverError, match="room-1"):
        second.keep(GRADE)
    assert graded(second) == ["4"]


def test_a_draft_that_was_changed_and_left_again_is_shown_before_it_is_changed(
    first: OpenVisit, room: Room
) -> None:
    second = room("room-2").view(first.visit.id)
    second.hold(over=True)
    second.keep(Observation(test="TA", side="right", grade="3"))
    second.leave()
    with pytest.raises(TakenOverError, match="Opened elsewhere in the meantime: what is shown here is what"):
        first.keep(Observation(test="TA", side="right", grade="5"))
    assert graded(first) == ["3"]


@pytest.mark.parametrize("seen", ["at a key", "at rest", "taken back"])
def test_a_draft_signed_elsewhere_is_shown_as_signed(seen: str, first: OpenVisit, room: Room) -> None:
    second = room("room-2").view(first.visit.id)
    second.hold(over=True)
    second.sign("Dr Other")
    if seen == "at rest":
        assert first.overtaken()
    elif seen == "taken back":
        first.hold(over=True)
    else:
        with pytest.raises(TakenOverError, match="Signed elsewhere"):
            first.keep(GRADE)
    assert first.visit.signature == second.visit.signature
    assert first.elsewhere.startswith("Signed elsewhere in the meantime")
    first.add("Seen", "Dr Example")
    assert not first.overtaken()


def test_a_draft_is_discarded_where_it_is_open_and_shown_so_elsewhere(first: OpenVisit, room: Room) -> None:
    patient = first.clinic.add_patient(Patient(name="Zoe Zed", birth_date=datetime.date(1950, 1, 1)))
    visit = first.clinic.begin(patient.id, "Dr Example")
    number, second = visit.visit.id, room("room-2")
    with pytest.raises(RefusedError, match="Open elsewhere"):
        second.discard(patient.id, number, "Begun by mistake", "Dr Other")
    second.view(number).hold(over=True)
    second.discard(patient.id, number, "Begun by mistake", "Dr Other")
    with pytest.raises(TakenOverError, match="Discarded elsewhere in the meantime"):
        visit.keep(GRADE)
    visit.hold(over=True)
    assert visit.elsewhere.startswith("Discarded elsewhere")


def test_what_was_left_opens_elsewhere_without_a_question(first: OpenVisit, room: Room) -> None:
    second = room("room-2")
    first.leave()
    visit = second.view(first.visit.id)
    assert visit.elsewhere == ""
    visit.keep(GRADE)
    second.close()
    assert room("room-3").view(first.visit.id).elsewhere == ""


def ended() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_after_a_crash_the_same_computer_goes_straight_on(first: OpenVisit, room: Room) -> None:
    crashed = room("front", process=ended())
    crashed.view(first.visit.id).hold(over=True)
    other = room("room-2", now=NOW + datetime.timedelta(days=1)).view(first.visit.id)
    assert other.elsewhere.startswith("Open elsewhere since 2026-03-02 12:12 (ann on front)")
    again = room("front", process=this_program().process)
    assert again.open_elsewhere(first.visit.id) == ""
    visit = again.view(first.visit.id)
    assert visit.elsewhere == ""
    visit.keep(GRADE)
    crashed.program = this_program()  # closes without letting go of what is no more its own


def test_a_program_that_still_runs_on_the_same_computer_keeps_the_draft(first: OpenVisit, room: Room) -> None:
    running = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        window = room("front", process=running.pid)
        window.view(first.visit.id).hold(over=True)
        assert room("front", process=this_program().process).view(first.visit.id).elsewhere
    finally:
        running.communicate()


def test_a_draft_can_be_looked_at_where_nothing_can_be_written(
    first: OpenVisit, room: Room, places: Places
) -> None:
    first.leave()
    second = room("room-2")
    away = places.database.rename(places.root / "away")
    looking = second.view(first.visit.id)
    assert graded(looking) == ["4"]
    assert "were moved or replaced" in looking.elsewhere
    away.rename(places.database)
    looking.hold()
    assert looking.elsewhere == ""


def taken_over(clinic: Clinic) -> list[tuple[str, str, str, int | None]]:
    """The acts of taking drafts over: who did it, what, whose draft and which."""
    acts = (one for one in clinic.acts().all() if one.act.startswith("draft taken over"))
    return [(one.person, one.act, one.name, one.visit) for one in acts]


def test_taking_over_is_an_act_that_says_who_took_what_from_whom(first: OpenVisit, room: Room) -> None:
    second = room("room-2")
    second.store.actor = second.signed_in = "Dr Second"
    looking = second.view(first.visit.id)
    assert taken_over(second) == []
    looking.hold(over=True)
    said = "draft taken over: at Dr Second, ann on room-2, from ann on room-1"
    assert taken_over(second) == [("Dr Second", said, "Ann Example", first.visit.id)]
    assert first.overtaken()
    assert "(Dr Second, ann on room-2)" in first.elsewhere
    looking.hold(over=True)
    assert len(taken_over(second)) == 1, "what is held here is taken from nobody"


def test_a_draft_is_taken_over_from_nobody_but_whom_the_person_was_told_of(
    first: OpenVisit, room: Room
) -> None:
    second, third = room("room-2").view(first.visit.id), room("room-3", now=LATER).view(first.visit.id)
    third.hold(over=True)
    third.keep(Observation(test="TA", side="right", grade="2"))
    second.hold(over=True)
    assert second.elsewhere.startswith("Open elsewhere since 12:14 (ann on room-3)")
    assert graded(second) == ["2"]
    assert not third.overtaken()
    assert len(taken_over(second.clinic)) == 1
    second.hold(over=True)
    assert (second.elsewhere, third.overtaken()) == ("", True)
    assert not first.overtaken() or "room-2" in first.elsewhere
    third.hold()
    assert "room-2" in third.elsewhere, "without being asked nothing is taken over"


def test_the_name_of_the_station_is_told_in_place_of_login_and_computer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MMT_STATION", " Room 2\x1b[2J\n ")
    assert this_program().who == "Room 2[2J"
    monkeypatch.setenv("MMT_STATION", "x" * 4000)
    assert this_program().who == "x" * 40
    monkeypatch.setenv("MMT_STATION", " ")
    assert " on " in this_program().who


def test_this_program_says_where_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "front")
    monkeypatch.setattr("pwd.getpwuid", lambda _: SimpleNamespace(pw_name="ann"))
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.12 50000 10.0.0.1 22")
    assert this_program().who == "ann on front, from 10.0.0.12"
    monkeypatch.delenv("SSH_CONNECTION")
    monkeypatch.setattr("pwd.getpwuid", dict[int, str]().__getitem__)
    monkeypatch.setattr("getpass.getuser", dict[str, str]().popitem)
    assert this_program().who == "front"
    assert this_program().token != this_program().token
