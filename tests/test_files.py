"""Files are written whole or not at all, and never through a link or over what must stay."""

import errno
import os
import stat
from contextlib import nullcontext
from pathlib import Path

import pytest

from mmt.files import (
    TooLargeError,
    make_folder,
    put_new,
    read_regular,
    sync_folder,
    write_private,
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def no_links(_source: object, _target: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


@pytest.mark.parametrize("links", [True, False])
def test_a_finished_file_gets_its_name_once(
    links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    part, path = tmp_path / "part", tmp_path / "name"
    part.write_text("first")
    put_new(part, path)
    assert (path.read_text(), part.exists()) == ("first", False)
    part.write_text("second")
    with pytest.raises(OSError):  # noqa: PT011  (which one depends on the file system)
        put_new(part, path)
    assert (path.read_text(), part.read_text()) == ("first", "second")


def test_folders_are_the_owners_alone_and_may_be_there_already(tmp_path: Path) -> None:
    folder = tmp_path / "one" / "two" / "three"
    make_folder(folder)
    make_folder(folder)
    assert [mode(path) for path in (folder, folder.parent, folder.parent.parent)] == [0o700] * 3


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileExistsError):
        make_folder(tmp_path / "file")
    with pytest.raises((NotADirectoryError, FileExistsError)):
        make_folder(tmp_path / "file" / "below")


def test_a_private_file_replaces_a_file_and_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_text("old")
    path.chmod(0o644)
    write_private(path, b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", 0o600)
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileExistsError, match="something that is not a file has this name"):
        write_private(tmp_path / "folder", b"new")
    assert [one.name for one in sorted(tmp_path.iterdir())] == ["folder", "sheet.pdf"]


@pytest.mark.parametrize(("number", "raised"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_share_that_cannot_flush_a_folder_is_told_from_a_disk_that_fails(
    number: int, raised: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_handle: int) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(os, "fsync", refused)
    with pytest.raises(OSError, match="refused") if raised else nullcontext():
        sync_folder(tmp_path)


def test_only_a_file_is_read_and_no_more_than_its_reader_takes(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"\r\n" * 5)
    (tmp_path / "link").symlink_to(path)
    assert read_regular(path, 10) == read_regular(tmp_path / "link", 10) == b"\r\n" * 5
    with pytest.raises(TooLargeError) as large:
        read_regular(path, 9)
    assert large.value.strerror == "it is larger than 9e-06 MB"
    with pytest.raises(FileNotFoundError):
        read_regular(tmp_path / "nowhere", 10)
    with pytest.raises(OSError):  # noqa: PT011  (a folder; which one depends on the system)
        read_regular(tmp_path, 10)
    if os.name != "nt":
        with pytest.raises(OSError, match="it is not a file"):
            read_regular(Path("/dev/zero"), 10)
