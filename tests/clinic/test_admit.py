"""A history that is put into a clinic comes out of it as it was, under the rules that an examiner has."""

import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from mmt.clinic import Clinic
from mmt.clinic.admit import admit
from mmt.clinic.demo.many import Size, made_up
from mmt.model.acts import Act
from mmt.model.errors import RefusedError
from mmt.model.observation import Observation
from mmt.model.people import Letterhead, Patient
from mmt.model.protocol import Protocol
from mmt.model.questions import SafetyGroup
from mmt.model.review import Alert
from mmt.model.visit import History, Visit
from mmt.paths import Places
from mmt.reasoning import safety


@pytest.fixture
def empty(tmp_path: Path) -> Clinic:
    return Clinic.create(Places(tmp_path / "empty"), Letterhead(name="Other"), "Dr Other")


def bare(history: History) -> History:
    """A history without the numbers that records give it, which a digest covers too."""
    visits = tuple(
        replace(one, id=0, signature=one.signature and replace(one.signature, digest=""))
        for one in history.visits
    )
    return History(patient=replace(history.patient, id=0), visits=visits)


def test_what_goes_in_comes_out(demo: Clinic, empty: Clinic) -> None:
    came = [demo.history(row.id) for row in demo.search("")]
    for history in came:
        stamps = {one.date: one.signature.at for one in history.visits if one.signature}
        list(admit(empty, history, lambda visit: stamps.get(visit.date) or demo.now()))  # noqa: B023
    went = [empty.history(row.id) for row in empty.search("")]

    def by_name(all_of: list[History]) -> list[History]:
        return sorted(map(bare, all_of), key=lambda one: one.patient.name)

    assert len(came) == 6
    assert by_name(went) == by_name(came)


def test_a_note_a_decision_and_an_override_come_along(
    demo: Clinic, empty: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = next(one for one in demo.drafts() if demo.view(one.draft or 0).watch.status == "locked")
    stopped = demo.view(row.draft or 0)
    stopped.go_on("Seen by the emergency department", "Dr Demo Practitioner")
    stopped.act("Sent by ambulance")
    stopped.decide("weakness:TA:right", "set-aside")
    stopped.write(note="Telephoned", next_visit="2026-12-24")
    stopped.sign("Dr Demo Practitioner")
    stopped.add("Came back well", "Dr Second Examiner")
    history = demo.history(row.id)
    list(admit(empty, history))
    came = empty.history(empty.search("")[0].id).visits[-1]
    for name in ("action", "note", "next_visit"):
        assert getattr(came, name) == getattr(history.visits[-1], name)
    assert came.override is not None
    assert came.override.reason == "Seen by the emergency department"
    assert [one.verdict for one in came.decisions.values()] == ["set-aside"]
    assert [(one.text, one.by) for one in came.addenda] == [("Came back well", "Dr Second Examiner")]


def test_stamps_are_of_the_visits_days_and_the_clinics_clock_stays(empty: Clinic) -> None:
    days = [datetime.date(2024, 2, 29), datetime.date(2025, 3, 1)]
    visits = tuple(Visit(date=day, examiner="Dr Other", scale="MRC-8", exam="sciatica-quick") for day in days)
    patient = Patient(name="Ann Example", birth_date=datetime.date(1980, 5, 17))
    for opened in admit(empty, History(patient=patient, visits=visits)):
        opened.sign("Dr Other")
    kept = empty.history(empty.search("")[0].id)
    assert [one.date for one in kept.visits] == days
    assert [one.signature.at.date() for one in kept.visits if one.signature] == days
    assert empty.today() == datetime.date.today()


def test_what_was_entered_from_paper_comes_in_as_such(empty: Clinic) -> None:
    day, entered = datetime.date(2025, 3, 1), datetime.date(2025, 4, 2)
    visit = Visit(date=day, entered=entered, examiner="Dr Other", scale="MRC-8", exam="sciatica-quick")
    patient = Patient(name="Ann Example", birth_date=datetime.date(1980, 5, 17))
    for opened in admit(empty, History(patient=patient, visits=(visit,))):
        opened.sign("Dr Other")
    (kept,) = empty.history(empty.search("")[0].id).visits
    assert (kept.date, kept.entered) == (day, entered)
    assert kept.signature is not None
    assert kept.signature.at.date() == entered


def test_what_the_rules_refuse_is_refused_and_nothing_is_kept(empty: Clinic) -> None:
    weak = tuple(Observation(test="TA", side=side, grade="1") for side in ("right", "left"))
    visit = Visit(
        date=datetime.date(2026, 3, 2),
        examiner="Dr Other",
        scale="MRC-8",
        exam="sciatica-quick",
        observations=weak,
        prescription=(),
    )
    patient = Patient(name="Ann Example", birth_date=datetime.date(1980, 5, 17))
    with pytest.raises(RefusedError, match="An emergency locks this visit"), empty.store.writing(Act.WROTE):
        list(admit(empty, History(patient=patient, visits=(visit,))))
    assert empty.search("") == []


def test_an_emergency_lets_nothing_new_in_here_either(demo: Clinic, empty: Clinic) -> None:
    row = next(one for one in demo.drafts() if demo.view(one.draft or 0).watch.status == "locked")
    stopped = demo.history(row.id)
    more = replace(stopped.visits[-1], observations=(Observation(test="QUAD", side="left", grade="5"),))
    with pytest.raises(RefusedError):
        list(admit(empty, stopped.with_visit(more)))


def test_what_a_visit_tells_is_worked_out_once_however_long_the_course(
    empty: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    told = safety.group_alert

    def counted(group: SafetyGroup, history: History, protocol: Protocol) -> Alert | None:
        asked.append(len(history.visits))
        return told(group, history, protocol)

    monkeypatch.setattr(safety, "group_alert", counted)
    for opened in admit(empty, made_up(0, Size(1, 3), empty.protocol, empty.today())):
        opened.sign("Dr Other")
    groups = len(empty.protocol.safety)
    assert asked == [*[1] * groups, *[2] * groups, *[3] * groups]
