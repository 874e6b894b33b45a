"""A clinic comes back from a backup whole or not at all, and only from one that is as it was made."""

import os
import random
import resource
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.clinic.backups import restoring
from mmt.clinic.backups.manifest import NAME, Manifest, checked, filed, read, written
from mmt.clinic.backups.restoring import restore
from mmt.model.errors import ClinicError
from mmt.model.people import Patient
from mmt.paths import Places
from mmt.storage.keyfile import Secrets, read_secrets


@pytest.fixture
def backup(clinic: Clinic, ann: Patient, places: Places, tmp_path: Path) -> Path:
    """A backup of a clinic with a patient and files of its own."""
    clinic.begin(ann.id, "Dr Example").sign("Dr Example")
    places.signoffs.write_text("print_only_signed = true")
    places.protocols.mkdir()
    (places.protocols / "ours.toml").write_text("ours = true")
    (tmp_path / "stick").mkdir()
    return clinic.backups().make(tmp_path / "stick").folder


@pytest.fixture
def to(tmp_path: Path) -> Path:
    """Where nothing is yet."""
    return tmp_path / "new" / "home"


def typed(*words: str) -> Result:
    return CliRunner().invoke(commands, ["restore", *words])


def refused(backup: Path, to: Path) -> str:
    """Try to restore what cannot be: the sentence. Nothing was written."""
    before = sorted(to.rglob("*"))
    with pytest.raises(ClinicError) as caught:
        restore(backup, to)
    assert sorted(to.rglob("*")) == before
    assert not list(to.parent.glob(".*"))
    return str(caught.value)


def test_the_command_restores_to_the_clinics_own_place_and_says_up_to_which_day(
    backup: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MMT_HOME", str(to))
    to.mkdir(parents=True)  # an empty folder is as good as none
    ran = typed(str(backup))
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert ran.stdout.startswith(
        f"Restored 1 patient and 1 visit (1 signed), the last of 2026-03-02, into {to}, "
        "as they were on 2026-03-02 at"
    )
    clinic = Clinic.open(Places(to))
    assert [row.name for row in clinic.search("ann")] == ["Ann Example"]
    assert clinic.backups().told() != "", "that backup is old by now"
    clinic.close()
    again = typed(str(backup))
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr.startswith(f"{to} is not empty (clinic.db lies there), and nothing in it")


def test_where_the_drive_is_named_the_newest_backup_on_it_is_told(backup: Path, to: Path) -> None:
    assert typed(str(backup.parent), "--to", str(to)).stderr == (
        f"{backup.parent} holds backups and is none itself. The newest: mmt restore {backup}\n"
    )
    assert "is no whole backup of mmt" in refused(backup / "none", to)


def test_without_a_name_the_newest_backup_on_each_drive_is_told(
    backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mmt.clinic.backups.drives.drives", lambda: (str(backup.parent), "/none"))
    assert typed().stdout == f"mmt restore {backup}\n"
    monkeypatch.setattr("mmt.clinic.backups.drives.drives", lambda: ())
    assert (typed().exit_code, typed().stdout) == (1, "")
    assert typed().stderr.startswith("No drive that is plugged in holds a backup.")


@pytest.mark.parametrize("name", ["clinic.db", "clinic.key", "reviews.toml", "protocols/ours.toml", NAME])
def test_one_bit_in_any_file_is_seen_and_named(name: str, backup: Path, to: Path) -> None:
    path, chance = backup / name, random.Random(name)
    for _ in range(12):
        whole = path.read_bytes()
        content = bytearray(whole)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
        says = refused(backup, to)
        assert name == NAME or says.startswith(f"{name} of the backup {backup} is not as it was")
        path.write_bytes(whole)
    path.unlink()
    assert name in refused(backup, to)
    assert not to.exists()


def with_more(rows: Manifest) -> Manifest:
    held = rows.contents
    return replace(rows, contents=replace(held, rows=held.rows | {"patients": 2}))


def without_key(manifest: Manifest) -> Manifest:
    return replace(manifest, files=tuple(one for one in manifest.files if one.name != "clinic.key"))


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (with_more, "The records of the backup"),
        (without_key, "manifest.toml of the backup"),
        (lambda one: replace(one, format=2), "This backup was made by a newer mmt (0."),
        (
            lambda one: replace(one, contents=replace(one.contents, shape=999)),
            "This backup was made by a newer mmt (0.",
        ),
    ],
)
def test_a_manifest_that_was_written_anew_is_not_believed(
    edit: Callable[[Manifest], Manifest], says: str, backup: Path, to: Path
) -> None:
    manifest, _ = read(backup)
    (backup / NAME).write_bytes(written(edit(manifest), read_secrets(backup / "clinic.key")))
    assert refused(backup, to).startswith(says)


@pytest.mark.parametrize("name", ["../outside", "{root}/outside", "protocols/../../outside", "strange", ""])
def test_no_file_but_those_of_a_clinic_is_taken_from_a_backup(name: str, backup: Path, to: Path) -> None:
    name = name.format(root=backup.parent)
    for path in (backup.parent / "outside", backup / "strange"):
        path.write_text("true to its digest")
    manifest, _ = read(backup)
    more = filed(backup, name or "strange")
    manifest = replace(manifest, files=(*manifest.files, replace(more, name=name)))
    (backup / NAME).write_bytes(written(manifest, read_secrets(backup / "clinic.key")))
    assert refused(backup, to).startswith(f"{name} of the backup")


@pytest.mark.parametrize("text", [b"", b"\xff", b"format = [[[", b"[" * 5000, b'format = "1"\n'])
def test_what_is_no_manifest_is_told(text: bytes, backup: Path, to: Path) -> None:
    (backup / NAME).write_bytes(text)
    assert refused(backup, to).startswith(f"{NAME} of the backup")


def test_keys_that_a_later_mmt_adds_are_passed_over(backup: Path, to: Path) -> None:
    manifest, data = read(backup)
    later = data.replace(b"\n[contents]\n", b'\n[audit]\nhead = "later"\n\n[contents]\n')
    said = later.rpartition(b"\nseal = ")[0]
    seal = written(manifest, read_secrets(backup / "clinic.key"))  # of what it was: it is not believed
    (backup / NAME).write_bytes(said + b"\nseal = " + seal.rpartition(b"\nseal = ")[2])
    assert refused(backup, to).startswith(NAME)
    sign = read_secrets(backup / "clinic.key").seal("manifest", said).hex()
    (backup / NAME).write_bytes(said + f'\nseal = "{sign}"\n'.encode())
    assert restore(backup, to) == manifest


def test_a_disk_that_spoils_the_copy_or_is_full_leaves_nothing(
    backup: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = restoring._copied  # noqa: SLF001  (the disk spoils it after it was written)

    def spoilt(source: Path, manifest: Manifest, part: Path) -> None:
        copied(source, manifest, part)
        os.truncate(part / "clinic.db", 8192)

    with monkeypatch.context() as here:
        here.setattr(restoring, "_copied", spoilt)
        assert refused(backup, to).startswith(f"The records of the backup {backup}")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        says = refused(backup, to)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert says.startswith(f"Nothing was restored: {to} cannot be written or read (File too large).")
    assert checked(backup)
    restore(backup, to)


def test_a_place_that_is_taken_meanwhile_stays_as_it_is(
    backup: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = restoring.checked

    def taken(folder: Path, secrets: Secrets) -> Manifest:
        to.mkdir()
        (to / "clinic.db").write_text("another's")
        return look(folder, secrets)

    monkeypatch.setattr(restoring, "checked", taken)
    with pytest.raises(ClinicError, match="Nothing was restored"):
        restore(backup, to)
    assert [path.name for path in to.iterdir()] == ["clinic.db"]
    assert (to / "clinic.db").read_text() == "another's"


@pytest.mark.usefixtures("bound_by_modes")
def test_a_place_that_may_not_be_written_is_named(backup: Path, tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    shut.mkdir(mode=0o500)
    says = typed(str(backup), "--to", str(shut / "home")).stderr
    shut.chmod(0o700)
    assert says.startswith(f"Nothing was restored: {shut}")
    assert "(Permission denied)" in says
    shutil.rmtree(shut)


@pytest.mark.parametrize("below", ["live", "deep/er/live"])
def test_nothing_is_restored_into_a_backup(below: str, backup: Path, tmp_path: Path) -> None:
    told = CliRunner().invoke(commands, ["restore", str(backup), "--to", str(backup / below)])
    assert told.exit_code == 1
    assert f"lies in the backup {backup}" in told.stderr
    assert checked(backup)
    assert not (backup / Path(below).parts[0]).exists()


def test_a_folder_without_a_name_gets_no_backup(
    clinic: Clinic, places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MMT_HOME", str(places.root))
    (here := tmp_path / "here").mkdir()
    monkeypatch.chdir(here)
    for name in ("", " "):
        told = CliRunner().invoke(commands, ["backup", name])
        assert (told.exit_code, told.stderr) == (
            1,
            "The name of the folder is empty. Name one (mmt backup FOLDER); nothing was copied.\n",
        )
    assert list(here.iterdir()) == []
