"""A name can be anything; the name of its paper's file is plain, and its place is the export folder."""

import datetime
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmt.clinic.papers import file_name, made, write
from mmt.model.errors import PaperError
from mmt.model.people import Patient

DAY = "2026-03-02"
RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in range(10))}


def named(name: str) -> str:
    """The file name of this patient's hand-out."""
    patient = Patient(id=12, name=name, birth_date=datetime.date(1980, 5, 17))
    return file_name(patient, "hand-out", DAY)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ann Example", "ann-example-"),
        ("Łukasz Żółć-O'Brien [L] <b>", "lukasz-zolc-o-brien-l-b-"),
        ("Øystein Æbelø Strauß", "oystein-aebelo-strauss-"),
        ("../../etc/passwd", "etc-passwd-"),
        ("..\\..\\Windows\\System32", "windows-system32-"),
        ("/root/.ssh/id_rsa", "root-ssh-id-rsa-"),
        ("CON", "con-"),
        ("nul.txt", "nul-txt-"),
        ("-rf *", "rf-"),
        ("a\x00b\nc", "a-b-c-"),
        ("$(reboot) `id` ;|&", "reboot-id-"),
        ("%2e%2e%2f", "2e-2e-2f-"),
        ("Ελένη Παπαδοπούλου", ""),
        ("山田", ""),
        ("...", ""),
        ("", ""),
        ("Wolfeschlegel" * 40, "wolfeschlegelwolfeschlegelwolfeschlegelw-"),
        ("Wolfeschlegelsteinhausenbergerdorffalt- und mehr", "wolfeschlegelsteinhausenbergerdorffalt-u-"),
    ],
)
def test_any_name_gives_a_plain_file_name(name: str, slug: str) -> None:
    assert named(name) == f"{slug}12-{DAY}-hand-out.pdf"


@given(name=st.text(max_size=200))
def test_no_name_leads_elsewhere_or_to_a_device(name: str) -> None:
    found = named(name)
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert not found.startswith(("-", "."))
    assert found.count(".") == 1
    assert found.split(".", maxsplit=1)[0] not in RESERVED
    assert len(found) < 100


def test_a_paper_never_takes_anothers_place(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "export"
    paths = [write(folder, "ann.pdf", content) for content in (b"one", b"two", b"three")]
    assert [path.name for path in paths] == ["ann.pdf", "ann-2.pdf", "ann-3.pdf"]
    assert [path.read_bytes() for path in paths] == [b"one", b"two", b"three"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_same_paper_is_the_same_file_and_a_changed_one_gets_the_next_number(tmp_path: Path) -> None:
    names = [write(tmp_path, "ann.pdf", content).name for content in (b"one", b"one", b"two", b"two", b"one")]
    assert names == ["ann.pdf", "ann.pdf", "ann-2.pdf", "ann-2.pdf", "ann.pdf"]
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("there", ["link", "dangling", "folder"])
def test_whatever_has_the_name_is_left_alone(there: str, tmp_path: Path) -> None:
    elsewhere, name = tmp_path / "elsewhere", tmp_path / "export" / "ann.pdf"
    name.parent.mkdir()
    if there == "folder":
        name.mkdir()
    else:
        name.symlink_to(elsewhere)
    if there == "link":
        elsewhere.write_text("precious")
    assert write(name.parent, name.name, b"new").name == "ann-2.pdf"
    assert not elsewhere.exists() or elsewhere.read_text() == "precious"


def test_too_many_papers_of_a_name_are_told(tmp_path: Path) -> None:
    for number in range(1, 100):
        (tmp_path / ("ann.pdf" if number == 1 else f"ann-{number}.pdf")).touch()
    with pytest.raises(PaperError, match="move the old ones away"):
        write(tmp_path, "ann.pdf", b"one more")


def test_a_paper_that_mmt_was_cut_off_in_writing_counts_as_not_made(tmp_path: Path) -> None:
    ann = Patient(id=12, name="Ann Example", birth_date=datetime.date(1980, 5, 17))
    path = write(tmp_path, named("Ann Example"), b"%PDF-1.4 whole %%EOF\n")
    assert made(tmp_path, [ann], DAY)["hand-out"].path == path
    for left in (b"", b"%PDF-1.4", b"%PDF-1.4 half of it and a little more"):
        path.write_bytes(left)
        assert made(tmp_path, [ann], DAY) == {}
