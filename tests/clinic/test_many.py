"""A generated clinic: the same for the same seed, signed under the rules, whole wherever it was stopped."""

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.clinic.demo import many
from mmt.clinic.demo.many import Size, made_up, make_many
from mmt.model.visit import History
from mmt.paths import Places

TODAY = datetime.date(2026, 3, 2)


def kept(folder: Path) -> list[History]:
    """All that the clinic in a folder holds, without what a moment gives it."""
    clinic = Clinic.open(Places(folder))
    found = sorted((clinic.history(row.id) for row in clinic.search("")), key=lambda one: one.patient.id)
    clinic.close()
    return found


def test_the_same_seed_draws_the_same_patients_and_another_one_others(clinic: Clinic) -> None:
    protocol = clinic.protocol
    size = Size(40, 200, seed=7)
    drawn = [made_up(number, size, protocol, TODAY) for number in range(40)]
    assert drawn == [made_up(number, size, protocol, TODAY) for number in range(40)]
    assert drawn[0] != made_up(0, Size(40, 200, seed=8), protocol, TODAY)
    assert sum(len(one.visits) for one in drawn) == 200
    assert len({len(one.visits) for one in drawn}) > 3, "long and short courses"
    pain = [one.visits[-1].story["nprs_back"] - one.visits[0].story["nprs_back"] for one in drawn]  # type: ignore[operator]
    assert min(pain) < 0 < max(pain), "some get better and some worse"


def test_a_clinic_stopped_halfway_is_whole_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = Size(3, 5)
    assert list(make_many(tmp_path / "at once", size)) == [3]
    monkeypatch.setattr(many, "TOGETHER", 2)
    growing = make_many(tmp_path / "halfway", size)
    assert next(growing) == 2
    growing.close()
    half = kept(tmp_path / "halfway")
    assert len(half) == 2
    assert list(make_many(tmp_path / "halfway", size)) == [3]
    whole, once = kept(tmp_path / "halfway"), kept(tmp_path / "at once")
    assert [one.patient for one in whole] == [one.patient for one in once]
    assert [[len(each.observations) for each in one.visits] for one in whole] == [
        [len(each.observations) for each in one.visits] for one in once
    ]
    assert all(visit.signed for one in whole for visit in one.visits)
    data = Places(tmp_path / "halfway").database.read_bytes()
    assert whole[0].patient.name.encode() not in data, "encrypted"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["--patients", "0"], "0 patients cannot be made: from 1 to 100,000 can."),
        (["--patients", "10", "--visits", "9"], "each has from 1 to 60, so that 10 to 600 can."),
        (["--patients", "2", "--visits", "999"], "each has from 1 to 60, so that 2 to 120 can."),
    ],
)
def test_a_clinic_that_cannot_be_is_refused_in_a_sentence(typed: list[str], says: str) -> None:
    found = CliRunner().invoke(commands, ["demo", *typed])
    assert found.exit_code == 2
    assert says in found.stderr
