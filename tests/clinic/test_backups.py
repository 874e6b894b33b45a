"""A backup holds all that a clinic needs, whole, private and checked; else a sentence says why not."""

import datetime
import os
import re
import resource
import shutil
import stat
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.clinic.backups import making
from mmt.clinic.backups.making import PREFIX, found
from mmt.clinic.backups.manifest import NAME, checked, read
from mmt.clinic.backups.restoring import restore
from mmt.model.errors import ClinicError
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.paths import Places
from mmt.storage import holds
from mmt.storage.backup import StoppedError

DAY = datetime.timedelta(days=1)
NOW = datetime.datetime(2026, 3, 2, 9, 30, tzinfo=datetime.UTC)
"""By the clock of the clinic of these tests."""


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """The drive that backups go to."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def chosen(clinic: Clinic, stick: Path) -> Clinic:
    """A clinic whose backups go to the drive by themselves."""
    clinic.backups().choose(str(stick))
    return clinic


def backup(places: Places, monkeypatch: pytest.MonkeyPatch, *words: str) -> Result:
    monkeypatch.setenv("MMT_HOME", str(places.root))
    return CliRunner().invoke(commands, ["backup", *words])


def backed_up(places: Places, stick: Path) -> None:
    """Make a backup in another window."""
    clinic = Clinic.open(places)
    clinic.backups().make(stick)
    clinic.close()


def failed(clinic: Clinic, folder: Path) -> str:
    """Try to back up where that is not possible: the sentence."""
    with pytest.raises(ClinicError) as caught:
        clinic.backups().make(folder)
    return str(caught.value)


def test_all_that_the_clinic_needs_is_in_a_backup_and_comes_back(
    clinic: Clinic, ann: Patient, places: Places, stick: Path, tmp_path: Path
) -> None:
    draft = clinic.begin(ann.id, "Dr Example")
    draft.keep(Observation(test="TA", side="right", grade="4"))  # in the log alone
    clinic.change_settings(replace(clinic.settings, theme="light"))
    places.signoffs.write_text("print_only_signed = true")
    for path in (places.protocols / "ours" / "ä.toml", places.templates / "logo.png", places.own_errors):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"of the clinic")
    os.mkfifo(places.templates / "pipe")
    (places.exports / "paper.pdf").parent.mkdir()
    (places.exports / "paper.pdf").touch()
    made = clinic.backups().make(stick)
    assert made.left_out == ("templates/pipe (it is not a file)",)
    to = tmp_path / "new" / "home"
    restore(made.folder, to)
    kept = Places(to)
    assert {str(path.relative_to(to)) for path in to.rglob("*") if path.is_file()} == {
        *("clinic.db", "clinic.key", "clinic.mark", "reviews.toml", "settings.json", "own-errors.json"),
        *("last-backup.json", "protocols/ours/ä.toml", "templates/logo.png"),
    }
    for folder in (made.folder, to):
        modes = {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}
        assert modes == {0o600, 0o700}
    assert (kept.templates / "logo.png").read_bytes() == b"of the clinic"
    again = Clinic.open(kept)
    assert (again.settings.theme, again.only_signed) == ("light", True)
    assert again.history(ann.id).visits[-1].observations == draft.visit.observations
    with again.store.reading() as db:
        assert holds.holder(db, draft.visit.id) is None, "a draft is open elsewhere"
    again.close()


def test_the_command_says_what_it_copied_and_that_the_key_lies_beside_it(
    clinic: Clinic, ann: Patient, places: Places, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.begin(ann.id, "Dr Example")
    ran = backup(places, monkeypatch, str(stick))
    (made,) = stick.iterdir()
    assert ran.exit_code == 0
    told = "Backed up 1 patient and 1 visit (0 signed), the last of 2026-03-02, to"
    assert ran.stdout.startswith(f"{told} {made}.\n")
    assert "\nIt lies on the disk of the records: if that one fails, both are gone.\nThe key " in ran.stdout
    assert backup(places, monkeypatch, str(stick)).exit_code == 0
    assert len(list(stick.iterdir())) == 2  # where they do not go by themselves all stay
    ran = backup(places, monkeypatch)
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr.startswith("No folder for backups was chosen.")


def test_without_a_folder_or_records_the_command_says_so(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = backup(places, monkeypatch, str(tmp_path / "unplugged"))
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"There is no folder {tmp_path / 'unplugged'}.")
    ran = backup(Places(tmp_path / "none"), monkeypatch, str(tmp_path))
    assert (ran.exit_code, ran.stderr[:20]) == (1, "There are no records")
    assert not (tmp_path / "none").exists()


def test_a_backup_while_a_draft_is_being_written_holds_one_moment_of_it(
    clinic: Clinic, ann: Patient, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = clinic.begin(ann.id, "Dr Example")
    monkeypatch.setattr("mmt.storage.backup._PAGES", 20)
    counts = [1]
    draft.keep(Observation(test="HEEL", side="right", count=1))

    def written() -> bool:
        counts.append(counts[-1] + 1)
        draft.keep(Observation(test="HEEL", side="right", count=counts[-1]))
        return counts[-1] > 200  # a copy that begins anew at each change never ends

    made = making.make(clinic.places, clinic.store.secrets, stick, clinic.now(), stopped=written)
    assert made
    copy = Clinic.open(Places(made.folder))
    assert [one.count for one in copy.view(draft.visit.id).visit.seen("HEEL", "right")] == [1]
    copy.close()
    assert len(counts) > 5
    assert [one.count for one in draft.visit.seen("HEEL", "right")] == [counts[-1]]


CHANGES: list[Callable[[Clinic, Patient], object]] = [
    lambda clinic, _: clinic.add_patient(Patient(name="Bo", birth_date=datetime.date(1990, 1, 1))),
    lambda clinic, ann: clinic.change_patient(replace(ann, chart_number="7"), was=ann),
    lambda clinic, ann: clinic.begin(ann.id, "Dr Example"),
    lambda clinic, _: clinic.view(1).keep(Observation(test="TA", side="left", grade="5")),
    lambda clinic, _: clinic.view(1).move("story"),
    lambda clinic, _: clinic.view(1).sign("Dr Example"),
    lambda clinic, _: clinic.add_practitioner("Dr Other"),
    lambda clinic, _: clinic.change_letterhead(
        replace(clinic.letterhead, name="Ours"), was=clinic.letterhead
    ),
    lambda clinic, _: clinic.change_settings(replace(clinic.settings, bell=False)),
    lambda clinic, _: clinic.places.signoffs.write_text("print_only_signed = true"),
    lambda clinic, _: clinic.places.templates.mkdir() or (clinic.places.templates / "logo.png").touch(),
]


def test_each_change_is_backed_up_once(
    chosen: Clinic, ann: Patient, stick: Path, start: Callable[[], Clinic]
) -> None:
    desk, elsewhere = chosen.backups(), stick.with_name("elsewhere")
    elsewhere.mkdir()
    seconds = count()
    chosen.now = lambda: NOW + next(seconds) * datetime.timedelta(seconds=1)
    assert desk.make_if_due()
    for at, change in enumerate(CHANGES):
        change(chosen, ann)
        assert desk.make_if_due(), f"change {at} was not seen"
        assert desk.make_if_due() is None
    assert start().backups().make_if_due() is None  # nor at the next start
    assert len(list(stick.iterdir())) == 1  # of a day only the newest stays
    assert {desk.make(elsewhere).folder for _ in range(2)} == set(elsewhere.iterdir())  # there all stay
    assert desk.make_if_due(), "what was made elsewhere is not on this drive"
    shutil.rmtree(next(stick.iterdir()))
    assert desk.make_if_due(), "the last one is gone"


def test_of_older_backups_those_stay_that_rotation_keeps_and_all_that_is_not_of_this_clinic(
    chosen: Clinic, stick: Path, tmp_path: Path
) -> None:
    other = Clinic.create(Places(tmp_path / "other"), chosen.letterhead, "Dr Other")
    foreign = other.backups().make(stick).folder
    other.close()
    half = stick / f"{PREFIX}half"
    half.mkdir()
    (stick / "mmt-backup-notes.txt").write_text("mine")
    made: list[Path] = []
    for days in (*range(0, 38, 3), 38, 39):
        chosen.now = lambda days=days: NOW + days * DAY  # type: ignore[misc]
        if days == 38:
            ours = found(stick)[made[-1]].contents.clinic
            young, old = (stick / f".mmt-backup-{ours}-{name}" for name in ("young", "old"))
            for folder in (young, old):
                (folder / "mmt-backup-part").mkdir(parents=True)
            os.utime(old, (0, 0))
        made.append(chosen.backups().make().folder)
    left = [made[at] for at in (14, 13, 12, 11, 10, 9, 8, 6)]  # seven days, and one week more
    assert set(stick.iterdir()) == {*left, foreign, half, young, stick / "mmt-backup-notes.txt"}
    assert all(checked(path) for path in left[:2])


def test_where_a_clock_was_set_wrong_what_was_made_just_now_stays(chosen: Clinic, stick: Path) -> None:
    _, said = read(chosen.backups().make().folder)
    for months in range(1, 14):
        later = stick / f"{PREFIX}{months}"
        later.mkdir()
        day = NOW + months * 31 * DAY
        (later / NAME).write_bytes(re.sub(rb"made = \S+", f"made = {day.isoformat()}".encode(), said))
    chosen.add_practitioner("Dr Other")
    assert chosen.backups().make().folder.is_dir()
    assert len(found(stick)) == 13


def told(places: Places, days: int) -> str:
    """What the list of patients says so many days later."""
    day = datetime.date(2026, 3, 2) + days * DAY
    clinic = Clinic.open(places, today=lambda: day)
    said = clinic.backups().told()
    clinic.close()
    return said


def test_a_missing_or_old_backup_is_told_once_a_visit_is_signed(
    clinic: Clinic, ann: Patient, places: Places, stick: Path
) -> None:
    draft = clinic.begin(ann.id, "Dr Example")
    assert told(places, 0) == ""
    draft.sign("Dr Example")
    assert told(places, 0) == ("No backup was made yet. F9, then B chooses a folder or a USB drive for it.")
    clinic.backups().choose(str(stick))
    assert told(places, 0) == f"No backup was made yet: leave mmt (Ctrl+Q) with {stick} connected."
    clinic.backups().make()
    assert told(places, 7) == ""
    assert told(places, 8).startswith("The last backup is 8 days old: leave mmt (Ctrl+Q) with")
    later = Clinic.open(places, today=lambda: datetime.date(2026, 3, 10))
    assert later.backups().make_if_due(), "nothing was changed, but drives wear out"
    later.close()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("{root}/unplugged", "There is no folder {root}/unplugged. Make it, or connect"),
        ("{root}/clinic/here", "{root}/clinic/here lies among the records"),
        ("{root}/file", "There is no folder {root}/file."),
        ("~nobody-of-this-name/x", "There is no folder "),
    ],
)
def test_a_folder_where_no_backup_could_lie_is_not_chosen(
    typed: str, says: str, clinic: Clinic, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    (clinic.places.root / "here").mkdir()
    desk = clinic.backups()
    with pytest.raises(ClinicError) as caught:
        desk.choose(typed.format(root=tmp_path))
    assert str(caught.value).startswith(says.format(root=tmp_path))
    assert desk.folder == ""


@pytest.mark.usefixtures("bound_by_modes")
def test_a_folder_that_may_not_be_written_is_named(clinic: Clinic, stick: Path) -> None:
    stick.chmod(0o500)
    says = failed(clinic, stick)
    with pytest.raises(ClinicError, match="cannot be written to"):
        clinic.backups().choose(str(stick))
    stick.chmod(0o700)
    assert says.startswith(f"No backup was made in {stick}. It cannot be written to (Permission denied).")


def test_without_room_nothing_is_left_and_the_records_go_on(
    clinic: Clinic, ann: Patient, stick: Path
) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        says = failed(clinic, stick)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (
        says
        == f"No backup was made in {stick}. The disk does not answer, or is full. Check it, then try again."
    )
    assert list(stick.iterdir()) == []
    assert clinic.begin(ann.id, "Dr Example")


def flip(part: Path) -> None:
    content = bytearray((part / "clinic.db").read_bytes())
    content[9000] ^= 1
    (part / "clinic.db").write_bytes(content)


def cut(part: Path) -> None:
    os.truncate(part / "clinic.db", 40960)


def other_key(part: Path) -> None:
    (part / "clinic.key").write_text("ab" * 32)


def lost(part: Path) -> None:
    (part / NAME).unlink()


@pytest.mark.parametrize("spoil", [flip, cut, other_key, lost])
def test_a_copy_that_the_disk_spoilt_is_not_called_a_backup(
    spoil: Callable[[Path], None], clinic: Clinic, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = making.checked  # the disk spoils it between writing and looking
    monkeypatch.setattr(making, "checked", lambda part, *how: spoil(part) or check(part, *how))
    assert failed(clinic, stick).startswith(f"No backup was made in {stick}. The copy ")
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize("moment", ["_filled", "checked", "_named"])
def test_a_drive_that_is_taken_out_meanwhile_is_told(
    moment: str, clinic: Clinic, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = getattr(making, moment)

    def taken(*values: object) -> object:
        shutil.rmtree(stick)
        return work(*values)

    monkeypatch.setattr(making, moment, taken)
    assert (
        failed(clinic, stick) == f"No backup was made in {stick}. The folder is gone: was its disk taken out?"
    )


@pytest.mark.parametrize("asked", [1, 2, 3])
def test_a_backup_that_is_given_up_leaves_nothing(asked: int, clinic: Clinic, stick: Path) -> None:
    times: list[int] = []

    def stopped() -> bool:
        times.append(1)
        return len(times) >= asked

    with pytest.raises(StoppedError):
        making.make(clinic.places, clinic.store.secrets, stick, clinic.now(), stopped=stopped)
    assert list(stick.iterdir()) == []


def test_a_name_that_another_program_takes_at_that_moment_is_left_to_it(
    clinic: Clinic, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def taken(part: Path, to: Path) -> Path:
        if not (stick / part.name).exists():
            (stick / part.name).mkdir()
            (stick / part.name / "theirs").touch()
        return rename(part, to)

    monkeypatch.setattr(Path, "rename", taken)
    made = clinic.backups().make(stick)
    assert made.folder.name.endswith("-2")
    assert checked(made.folder)


def test_two_programs_at_once_make_two_good_backups(places: Places, stick: Path) -> None:
    both = [threading.Thread(target=backed_up, args=(places, stick)) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(list(stick.iterdir())) == 2
    assert all(checked(path) for path in stick.iterdir())


def test_records_on_a_disk_that_cannot_be_written_are_backed_up(
    places: Places, start: Callable[[], Clinic], ann: Patient, stick: Path, bound_by_modes: None
) -> None:
    start().close()
    places.root.chmod(0o500)
    made = start().backups().make(stick)
    places.root.chmod(0o700)
    assert made.manifest.held.startswith("1 patient and 0 visits")
