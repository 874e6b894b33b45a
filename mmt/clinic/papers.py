"""Papers of a visit as files that only their owner reads, and what of them cannot be printed as typed."""

import datetime
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from mmt.files import open_regular
from mmt.model.errors import PaperError
from mmt.model.people import Patient
from mmt.model.text import folded
from mmt.reports import scripts
from mmt.reports.documents import documents

from .held_visit import HeldVisit

_TRIES = 100
_SLUG = 40
_NUMBER = re.compile("-[1-9][0-9]?$")
"""What tells files of one name apart."""

_END = b"\n%%EOF\r\n"
"""What a PDF ends with, at its longest."""

_NO_PAPER = (
    "The paper could not be written to {folder} ({why}). Check the folder and the disk, then print again. "
    "The visit is untouched."
)
_NO_COPY = (
    "The copy could not be written to {folder} ({why}). Check the folder and the disk, then make it again. "
    "Nothing was given out, and nothing is kept of it."
)


def blanks(visit: HeldVisit, typed: Sequence[str] = ()) -> str:
    """Where papers of this visit have a line to write on, because no face has the letters of what was kept or
    is `typed`; empty where all will print."""
    return scripts.blanks(visit.history.patient, (visit.clinic.letterhead, visit.visit, typed))


def file_name(patient: Patient, kind: str, day: str, ending: str = "pdf", *, named: bool = True) -> str:
    """A file name without anything a file system could misread: `lukasz-zolc-12-2026-03-02-hand-out.pdf`, or
    `12-2026-03-02-hand-out.pdf` where it is not to be `named`."""
    plain = folded(patient.name).encode("ascii", "ignore").decode() if named else ""
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG].strip("-")
    return "-".join(filter(None, (slug, str(patient.id), day, kind))) + f".{ending}"


class MadePaper(NamedTuple):
    """A paper that was made: its file, and the clinic's day on which it was written."""

    path: Path
    day: datetime.date


def made(folder: Path, people: Sequence[Patient], day: str, signed: float = 0) -> dict[str, MadePaper]:
    """The papers of a visit of this day in the export folder: the newest of each kind, newest last; `people`
    is the patient as each of the joined records names them. What was made before the visit was `signed`, in
    seconds since 1970, is a draft and none of them; nor is what mmt was cut off in writing."""
    kinds = {
        file_name(one, kind, day, named=named).removesuffix(".pdf"): kind
        for one in people
        for kind in documents()
        for named in (True, False)
    }
    found = []
    for path in folder.glob("*.pdf"):
        if kind := kinds.get(_NUMBER.sub("", path.stem)):
            with suppress(OSError), open_regular(path) as file:
                written = os.fstat(file.fileno())
                file.seek(-len(_END), os.SEEK_END)
                if written.st_mtime >= signed and _END.strip() in file.read():
                    found.append((written.st_mtime_ns, path, kind))
    newest: dict[str, MadePaper] = {}
    for _, path, kind in sorted(found):
        newest.pop(kind, None)
        newest[kind] = made_paper(path)
    return newest


def made_paper(path: Path) -> MadePaper:
    """A paper as the folder knows it."""
    return MadePaper(path, datetime.date.fromtimestamp(path.stat().st_mtime))


def remove(folder: Path, people: Sequence[Patient]) -> None:
    """Take away every paper of these patients in a folder, of whatever day and kind, with a name or without.
    One that cannot be taken away stays."""
    ours = re.compile(rf"(?:[a-z0-9-]+-)?(?:{'|'.join(str(one.id) for one in people)})-\d{{4}}-\d\d-\d\d-.+")
    for path in folder.glob("*"):
        if ours.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()


def write(folder: Path, name: str, content: bytes) -> Path:
    """The file of this name with this content: the one that holds it already, else a new one.

    Numbered where something else has the name. Raises PaperError with a sentence.
    """
    try:
        return _put(folder, name, content)[0]
    except OSError as error:
        raise PaperError(_NO_PAPER.format(folder=folder, why=error.strerror)) from None


@contextmanager
def together(folder: Path) -> Iterator[Callable[[str, bytes], Path]]:
    """What puts files of a name and content into a folder, as `write` does. Once the block is left by an
    error, of any kind, none of them is there that was not before. Raises PaperError with a sentence."""
    fresh: list[Path] = []

    def put(name: str, content: bytes) -> Path:
        path, is_new = _put(folder, name, content)
        fresh.extend([path] if is_new else [])
        return path

    try:
        yield put
    except BaseException as error:
        for path in fresh:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise PaperError(_NO_COPY.format(folder=folder, why=error.strerror)) from None
        raise


def _put(folder: Path, name: str, content: bytes) -> tuple[Path, bool]:
    """The file, as `write` tells, and whether it is a new one. Raises OSError; then there is no new one."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    stem, _, ending = name.rpartition(".")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number in range(1, _TRIES):
        path = folder / (name if number == 1 else f"{stem}-{number}.{ending}")
        try:
            handle = os.open(path, flags, 0o600)
        except FileExistsError:
            if _holds(path, content):
                return path, False
            continue
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return path, True
    raise PaperError(f"There are {_TRIES} papers of this name in {folder}; move the old ones away.")


def _holds(path: Path, content: bytes) -> bool:
    """Whether a regular file has this very content; a link is never followed."""
    with suppress(OSError):
        here = path.lstat()
        return stat.S_ISREG(here.st_mode) and here.st_size == len(content) and path.read_bytes() == content
    return False
