"""Papers of a visit as files that only their owner reads, and what of them cannot be printed as typed."""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mmt import reports
from mmt.model.errors import PaperError
from mmt.model.papers import Document
from mmt.model.people import Patient
from mmt.model.text import folded

if TYPE_CHECKING:
    from .open_visit import OpenVisit

_TRIES = 100
_SLUG = 40


def unprintable(visit: "OpenVisit") -> str:
    """Characters of what was typed for this visit's papers that their typeface lacks."""
    head, now = visit.clinic.letterhead, visit.visit
    clinic = (head.name, head.address, head.telephone, head.email)
    notes = (one.note for one in now.prescription or ())
    typed = (now.examiner, now.note, now.action, now.next_visit, *notes)
    return reports.unprintable("".join((visit.history.patient.name, *clinic, *typed)))


def file_name(patient: Patient, kind: Document, day: str) -> str:
    """A file name without anything a file system could misread: `lukasz-zolc-12-2026-03-02-hand-out.pdf`."""
    plain = folded(patient.name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG].strip("-")
    return "-".join(filter(None, (slug, str(patient.id), day, kind))) + ".pdf"


def write(folder: Path, name: str, content: bytes) -> Path:
    """Write a new file of this name, numbered where one is there. Raises PaperError with a sentence."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    stem = name.removesuffix(".pdf")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for number in range(1, _TRIES):
            path = folder / (f"{stem}.pdf" if number == 1 else f"{stem}-{number}.pdf")
            try:
                handle = os.open(path, flags, 0o600)
            except FileExistsError:
                continue
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
            except OSError:
                path.unlink(missing_ok=True)
                raise
            return path
    except OSError as error:
        raise PaperError(
            f"The paper could not be written to {folder} ({error.strerror}). Check the folder and the disk, "
            "then print again. The visit is untouched."
        ) from None
    raise PaperError(f"There are {_TRIES} papers of this name in {folder}; move the old ones away.")
