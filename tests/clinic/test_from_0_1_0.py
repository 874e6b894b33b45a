"""The demo's records as mmt 0.1.0 left them open with all that they hold, and a copy of them stays meanwhile.

`old/0.1.0.sql.xz` is their dump: nothing that the program writes now is in it.
"""

import datetime
import lzma
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from passphrases import CHEAP

from mmt.clinic import Clinic
from mmt.clinic.doctor.complaint import Examined
from mmt.clinic.doctor.examination import complaints
from mmt.model.errors import ClinicError
from mmt.model.people import Letterhead
from mmt.model.sign_in import NewKeys
from mmt.paths import Places
from mmt.storage import before, visits
from mmt.storage.driver import Connection, dbapi2
from mmt.storage.keys.recovery import fresh_code
from mmt.storage.slots import cost

DUMP = Path(__file__).with_name("old") / "0.1.0.sql.xz"
KEY = "5f" * 32


def raw(root: Path) -> Connection:
    """The file as 0.1.0 opens it: by the one line of its key file."""
    key = (root / "clinic.key").read_text().splitlines()
    assert key == [KEY]
    connection = dbapi2.connect(root / "clinic.db", isolation_level=None)
    connection.execute("pragma cipher_log_level = NONE")
    connection.execute(f"pragma key = \"x'{key[0]}'\"")
    return connection


@pytest.fixture(scope="module")
def as_left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("old") / "clinic"
    root.mkdir(mode=0o700)
    (root / "clinic.key").write_text(f"{KEY}\n")
    connection = raw(root)
    connection.executescript(lzma.decompress(DUMP.read_bytes()).decode())
    connection.close()
    return root


@pytest.fixture
def old(as_left: Path, tmp_path: Path) -> Places:
    return Places(shutil.copytree(as_left, tmp_path / "records"))


def test_what_0_1_0_kept_goes_out_and_comes_into_another_clinic(old: Places, tmp_path: Path) -> None:
    clinic = Clinic.open(old)
    went = clinic.exchange().write("json", tmp_path / "out").path
    clinic.close()
    other = Clinic.create(Places(tmp_path / "other"), Letterhead(name="Other"), "Dr Other")
    file = other.exchange().file(went)
    assert (file.look().problems, file.take()) == ((), 6)
    assert other.exchange().write("json", tmp_path / "out").path.read_bytes() == went.read_bytes()
    other.close()


def test_each_visit_of_0_1_0_opens_under_the_protocol_of_its_day_and_goes_on_paper(old: Places) -> None:
    clinic = Clinic.open(old)
    rows = clinic.search("")
    assert len(rows) == 6
    signed = 0
    for row in rows:
        for visit in clinic.history(row.id).visits:
            opened = clinic.view(visit.id)
            assert opened.review.findings is not None
            if visit.signature is None:
                continue
            signed += 1
            assert opened.protocol is not clinic.protocol
            assert visit.signature.digest == visits.digest(visit)
            assert visit.observations
            assert all(one.test in opened.protocol.tests for one in visit.observations)
            assert opened.paper("visit-note").read_bytes().startswith(b"%PDF-")
    assert signed == 4
    assert clinic.drafts()
    clinic.close()


def test_a_copy_of_what_0_1_0_left_stays_until_the_next_good_backup(old: Places, tmp_path: Path) -> None:
    clinic = Clinic.open(old)
    kept = old.root / "before-shape-1"
    connection = raw(kept)
    assert connection.execute("pragma user_version").fetchone() == (1,)
    assert connection.execute("select count(*) from visits").fetchone() == (6,)
    connection.close()
    clinic.close()
    again = Clinic.open(old)
    assert [path.name for path in old.root.glob("before-*")] == ["before-shape-1"], "only once"
    with pytest.raises(ClinicError):
        again.backups().make(tmp_path / "not there")
    assert kept.exists()
    again.backups().make(tmp_path)
    assert not kept.exists()
    again.close()


def test_without_a_copy_nothing_is_brought_up_to_date(old: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(before, "_copied", full)
    with pytest.raises(ClinicError, match=r"could not be copied before that \(No space left on device\)"):
        Clinic.open(old)
    assert sorted(path.name for path in old.root.iterdir()) == ["clinic.db", "clinic.key"]
    connection = raw(old.root)
    assert connection.execute("pragma user_version").fetchone() == (1,)
    connection.close()
    monkeypatch.undo()
    Clinic.open(old).close()


def test_a_copy_with_its_key_in_clear_is_told_where_the_records_ask_for_a_passphrase(
    old: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cost, "STANDARD", CHEAP)
    clinic = Clinic.open(old)
    keys = NewKeys(passphrase="seven otters walk by", code=fresh_code())
    clinic.keys().turn_on(clinic.practitioners[0], keys)
    noon = datetime.datetime(2099, 3, 2, 12, tzinfo=datetime.UTC)
    found = {one.where: one for one in complaints(Examined(old, noon))}
    assert "with a key that asks for no passphrase. It goes with" in str(found["before-shape-1"])
    clinic.backups().make(tmp_path)
    assert "before-shape-1" not in {one.where for one in complaints(Examined(old, noon))}
    clinic.close()


@pytest.mark.parametrize(
    "many", [pytest.param(4, id="short"), pytest.param(60, id="long", marks=pytest.mark.long)]
)
def test_killed_at_any_moment_of_an_update_nothing_is_lost(many: int, as_left: Path, tmp_path: Path) -> None:
    shutil.copytree(as_left, tmp_path / "old")
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    program = Path(__file__).with_name("killed_updates.py")
    subprocess.run([sys.executable, str(program), str(tmp_path), str(many), "1"], check=True, env=here)
    for turn in range(many + 1):
        places = Places(tmp_path / str(turn))
        clinic = Clinic.open(places)
        visits_kept = [one for row in clinic.search("") for one in clinic.history(row.id).visits]
        assert len(visits_kept) == 6
        assert not any(one.altered for one in visits_kept)
        clinic.close()
        for copy in places.root.glob("before-*"):
            connection = raw(copy)
            assert connection.execute("select count(*) from visits").fetchone() == (6,)
            connection.close()
        assert (places.root / "before-shape-1").is_dir()
