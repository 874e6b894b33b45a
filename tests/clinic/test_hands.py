"""How well a clinic's own readings agree, over all its records, as the command prints it."""

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.clinic.admit import admit
from mmt.model.acts import Act
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.visit import History, Visit
from mmt.paths import Places

FIRST = datetime.date(2025, 12, 1)
FEWEST = 30


@pytest.fixture(autouse=True)
def _home(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MMT_HOME", str(places.root))


def angle(degrees: float, trial: int = 1) -> Observation:
    return Observation(test="L-PKE", side="left", trial=trial, degrees=degrees)


def visit(day: int, *observations: Observation, examiner: str = "Dr Example") -> Visit:
    date = FIRST + datetime.timedelta(days=day)
    return Visit(date=date, examiner=examiner, scale="MRC-8", exam="full", observations=observations)


def keep(clinic: Clinic, *visits: Visit, name: str = "Ann Twice") -> None:
    """Keep a patient with these visits, each signed by its examiner."""
    who = Patient(name=name, birth_date=datetime.date(1980, 2, 3))
    with clinic.store.writing(Act.WROTE):
        for opened in admit(clinic, History(patient=who, visits=visits)):
            opened.sign(opened.visit.examiner)


def printed(*words: str) -> list[str]:
    done = CliRunner().invoke(commands, ["agreement", *words])
    assert done.exit_code == 0, done.output
    return done.output.splitlines()


def test_without_a_reading_taken_twice_it_says_so(clinic: Clinic) -> None:
    keep(clinic, visit(0, angle(30)), visit(7, angle(32)))
    assert printed() == ["No reading was taken twice yet, in one visit or by two within a day."]


@pytest.mark.parametrize(("count", "told"), [(FEWEST - 1, False), (FEWEST, True)])
def test_enough_pairs_are_told_with_their_limits_and_fewer_are_counted(
    count: int, told: bool, clinic: Clinic
) -> None:
    keep(clinic, *(visit(at * 2, angle(30), angle(33 if at % 2 else 31, trial=2)) for at in range(count)))
    line, _ = printed()
    assert f", one examiner: {count} pairs" in line
    if told:
        assert "mean difference +2.0 °, limits +0.0 to +4.0; error 0.72" in line
    else:
        assert line.endswith(f"too few to tell (from {FEWEST}).")


def test_two_examiners_within_a_day_stand_apart_from_trials_of_one(clinic: Clinic) -> None:
    clinic.add_practitioner("Dr Other")
    twice = (visit(0, angle(30), angle(31, trial=2)), visit(1, angle(34), examiner="Dr Other"))
    keep(clinic, *twice)
    lines = printed()
    assert sum("one examiner: 1 pair, too few" in line for line in lines) == 1
    assert sum("two examiners: 1 pair, too few" in line for line in lines) == 1
    assert "second trial is often taken because the first surprised" in lines[-1]


def test_without_records_a_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MMT_HOME", str(tmp_path / "nowhere"))
    done = CliRunner().invoke(commands, ["agreement"])
    assert (done.exit_code, "Traceback" in done.output) == (1, False)
    assert done.output.strip()


def test_the_clinic_judges_by_its_own_error_by_choice_and_by_the_published_one_again(
    clinic: Clinic, places: Places
) -> None:
    before = printed("--use", "own")
    assert before[-1] == "No test has enough pairs yet: changes are judged by the published errors."
    assert not places.own_errors.exists()
    keep(clinic, *(visit(at * 2, angle(30), angle(30 + at % 7 * 5, trial=2)) for at in range(FEWEST)))
    told = printed("--use", "own")[-1]
    assert "one examiner: changes are judged by 3" in told
    assert f"from {FEWEST} pairs." in told
    clinic.read_content_anew()
    (own,) = clinic.protocol.own
    assert (own.test, own.examiners, own.pairs, own.limit > 30) == ("L-PKE", "one", FEWEST, True)
    opened = clinic.view(clinic.history(1).visits[-1].id)
    assert opened.protocol.own == (), "a signed visit stays judged as on its day"
    places.own_errors.write_text("{}", "utf-8")
    clinic.read_content_anew()
    assert clinic.protocol.own == ()
    assert any("own-errors.json: cannot be read" in one for one in clinic.problems)
    assert printed("--use", "published")[-1] == "Changes are judged by the published errors."
    assert not places.own_errors.exists()


def test_the_desk_says_how_many_pairs_are_needed_and_changes_whose_errors_are_used(clinic: Clinic) -> None:
    def whose() -> str:
        desk = clinic.hands()
        while desk.more():
            pass
        return next(desk.lines())

    need = f"An own error needs {FEWEST} pairs of a length, a count or a hold"
    assert whose() == f"Changes are judged by the published errors. {need}; there is none yet."
    keep(clinic, *(visit(at * 2, angle(30), angle(30 + at % 7 * 5, trial=2)) for at in range(FEWEST - 1)))
    assert f"{need}; the most so far: {FEWEST - 1}, of " in whose()
    keep(clinic, visit(0, angle(30), angle(35, trial=2)), name="Bo Once")
    assert f"{need}; enough are there of " in whose()
    desk = clinic.hands()
    while desk.more():
        pass
    assert "changes are judged by" in desk.judge()
    assert [one.pairs for one in clinic.protocol.own] == [FEWEST], "at once"
    assert "Changes are judged by the clinic's own errors where it has one." in whose()
    assert desk.judge() == "Changes are judged by the published errors."
    assert clinic.protocol.own == ()
