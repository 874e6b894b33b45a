"""The files of the records hold all that was acknowledged, once mmt is idle or left and before."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mmt.clinic import Clinic
from mmt.model.people import Patient
from mmt.paths import Places


@pytest.mark.parametrize(
    "moment", [lambda _: None, Clinic.fold_in, Clinic.close], ids=["open", "idle", "left"]
)
def test_the_files_without_the_log_hold_every_patient(
    moment: Callable[[Clinic], None], clinic: Clinic, places: Places, ann: Patient, tmp_path: Path
) -> None:
    clinic.begin(ann.id, "Dr Example").sign("Dr Example")
    moment(clinic)
    copy = Places(tmp_path / "copy")
    copy.root.mkdir()
    for one in (places.database, places.key, places.mark):
        shutil.copy2(one, copy.root)
    kept = Clinic.open(copy)
    assert [row.name for row in kept.search("")] == ["Ann Example"]
    assert kept.history(ann.id).visits[-1].signed
    kept.close()
