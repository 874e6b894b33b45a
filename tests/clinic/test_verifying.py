"""`mmt verify` on the clinic's records and on backups, and going on knowingly after a loss."""

import datetime
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.clinic.backups.manifest import NAME, read
from mmt.clinic.backups.restoring import restore
from mmt.clinic.verifying import ANOTHER, verify
from mmt.model.observation import Observation
from mmt.model.people import Letterhead, Patient
from mmt.paths import Places

MISSING = "entries are missing in"
BORN = datetime.date(1980, 5, 17)


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A clinic with two patients."""
    places = Places(tmp_path / "home")
    monkeypatch.setenv("MMT_HOME", str(places.root))
    clinic = Clinic.create(places, Letterhead(name="Ours"), "Dr Example")
    for name in ("Ann One", "Bo Two"):
        clinic.add_patient(Patient(name=name, birth_date=BORN), sure=True)
    clinic.close()
    return places


def add(places: Places, name: str) -> None:
    """Start mmt and keep another patient."""
    clinic = Clinic.open(places)
    clinic.add_patient(Patient(name=name, birth_date=BORN), sure=True)
    clinic.close()


def backed_up(places: Places, into: Path) -> Path:
    """A new backup below a folder, where they go by themselves from then on."""
    into.mkdir(exist_ok=True)
    clinic = Clinic.open(places)
    clinic.backups().choose(str(into))
    made = clinic.backups().make()
    clinic.close()
    return made.folder


def typed(*words: str, text: str = "") -> Result:
    return CliRunner().invoke(commands, words, input=text)


def test_records_and_their_backup_are_sound(places: Places, tmp_path: Path) -> None:
    folder = backed_up(places, tmp_path / "stick")
    ran = typed("verify")
    assert ran.exit_code == 0
    assert re.match(r"All (\d+) acts and 0 signed visits are as mmt left them. Head \1-", ran.stdout)
    assert "1 of the backups that can be reached agrees with them." in ran.stdout
    assert " acts and 0 signed visits are as mmt left them. Head " in typed("verify", str(folder)).stdout


@pytest.mark.parametrize("name", ["clinic.db", "clinic.key", NAME])
def test_what_is_said_of_a_damaged_backup_fits_who_verifies_and_who_restores(
    name: str, places: Places, tmp_path: Path
) -> None:
    folder = backed_up(places, tmp_path / "stick")
    (folder / name).write_bytes((folder / name).read_bytes()[:-1] + b"?")
    looked = typed("verify", str(folder))
    assert looked.exit_code == 1
    assert "restored" not in looked.stderr
    if name != "clinic.key":  # which says why it opens nothing
        assert looked.stderr.startswith(f"Verifying\n{name} of the backup {folder} is not as it was when")
        assert looked.stderr.endswith(f"{ANOTHER}\n")
    back = typed("restore", str(folder), "--to", str(tmp_path / "back")).stderr
    assert back.endswith("or it was changed. Nothing was restored from it. Take another backup.\n")


def test_the_mark_of_a_paper_is_that_of_the_act_by_which_the_visit_was_signed(
    places: Places, tmp_path: Path
) -> None:
    clinic = Clinic.open(places)
    visit = clinic.begin(clinic.search("Ann")[0].id, "Dr Example")
    visit.keep(Observation(test="TA", side="left", grade="4"))
    visit.act("Seen")
    visit.sign("Dr Example")
    note = visit.paper("visit-note").read_bytes()
    clinic.close()
    clinic = Clinic.open(places)
    again = clinic.view(visit.visit.id)
    assert again.paper("visit-note").read_bytes() == note, "whatever was done since"
    mark = again.record().mark
    clinic.close()
    told = typed("verify", "--mark", mark)
    assert told.exit_code == 0
    assert f'The mark {mark} is that of act {mark[:-9]} ("visit signed" by ' in told.output
    assert "of Ann" in told.output
    other = f"{mark[:-1]}{'0' if mark[-1] != '0' else '1'}"
    told = typed("verify", "--mark", other)
    assert told.exit_code == 1
    assert f"No act has the mark {other}: the paper is of other records" in told.output
    assert "A mark is a number and eight signs" in typed("verify", "--mark", "3fa81c20").output


def test_the_manifest_and_the_mark_of_a_backup_say_how_far_it_goes(places: Places, tmp_path: Path) -> None:
    folder = backed_up(places, tmp_path / "stick")
    manifest, _ = read(folder)
    assert verify(folder).head == manifest.head[:-56]
    copied = Places(Path(shutil.copytree(folder, tmp_path / "by-hand")))
    Clinic.open(copied).close()  # as it lies there, with its own mark


def test_what_only_a_backup_holds_is_told(places: Places, tmp_path: Path) -> None:
    shutil.copytree(places.root, tmp_path / "earlier")
    add(places, "Cy Three")
    folder = backed_up(places, tmp_path / "stick")
    for name in ("clinic.db", "clinic.mark"):  # the whole end rolled back: file and mark
        shutil.copy(tmp_path / "earlier" / name, places.root)
    ran = typed("verify")
    assert ran.exit_code == 1
    assert f"The backup {folder} of " in ran.stdout
    assert f"holds entries (up to {read(folder)[0].head[:-56]}) that these records have not" in ran.stdout


def test_a_restore_says_so_in_the_chain_and_newer_backups_are_no_break(
    places: Places, tmp_path: Path
) -> None:
    first = shutil.copytree(backed_up(places, tmp_path / "stick"), tmp_path / "first")
    add(places, "Cy Three")
    backed_up(places, tmp_path / "stick")
    shutil.move(places.root, tmp_path / "away")
    assert restore(first, places.root).held.startswith("2 patients")
    ran = typed("verify")
    assert (ran.exit_code, ran.stdout[:4]) == (0, "All ")


@pytest.mark.parametrize(("answer", "status"), [("no\n", 1), ("\n", 1), ("", 1), ("yes\n", 0)])
def test_after_a_loss_it_goes_on_only_after_a_typed_yes(answer: str, status: int, places: Places) -> None:
    shutil.copy(places.database, places.root / "earlier")
    add(places, "Cy Three")
    shutil.move(places.root / "earlier", places.database)
    assert MISSING in typed("outcomes").stderr
    assert MISSING in typed("verify").stdout
    ran = typed("verify", "--accept", text=answer)
    assert ran.exit_code == status
    assert MISSING in ran.stdout
    assert typed("outcomes").exit_code == status
    assert typed("verify").exit_code == status


def test_there_is_nothing_to_accept_where_nothing_is_missing(places: Places) -> None:
    ran = typed("verify", "--accept")
    assert (ran.exit_code, ran.stdout.split(":")[0]) == (0, "There is nothing to accept")
