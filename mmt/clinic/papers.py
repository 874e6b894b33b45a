"""Papers of a visit: from the visit to bytes, and from bytes to a file that only its owner reads."""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mmt import reports
from mmt.model.errors import PaperError
from mmt.model.papers import Document, PaperSize
from mmt.model.people import Patient
from mmt.model.text import folded
from mmt.reasoning import barred
from mmt.reports import papers

if TYPE_CHECKING:
    from .open_visit import OpenVisit

_REFUSED = {
    "locked": "No hand-out: an emergency alert locks this visit. Print the warning card and the letter.",
    "blocked-until-action": "No hand-out yet: write down what was done about the urgent alert first.",
}
_NO_LONGER_FITS = "No hand-out: {names} no longer fits what is recorded. Leave it on the stretches step."
_TRIES = 100
_SLUG = 40


def render(visit: "OpenVisit", kind: Document, *, large: bool, since_first: bool, letter: bool) -> bytes:
    """The paper as a PDF. Raises PaperError where this visit must not or cannot have it."""
    clinic, history = visit.clinic, visit.history
    size: PaperSize = "letter" if letter else "a4"
    template = clinic.template(kind)
    if kind == "hand-out":
        if refused := _REFUSED.get(visit.review.prescription.status):
            raise PaperError(refused)
        chosen = history.visits[-1].prescription or ()
        if held := barred(chosen, visit.review.prescription):
            names = ", ".join(visit.protocol.stretches[one].name for one in held)
            raise PaperError(_NO_LONGER_FITS.format(names=names))
        sheet = papers.sheet_for(
            history, visit.protocol, clinic.letterhead, template, chosen, size=size, large_print=large or None
        )
        return reports.handout(replace(sheet, logo=clinic.logo), template)
    if kind == "lift-page":
        if refused := _REFUSED.get(visit.review.prescription.status):
            raise PaperError(refused)
        page = papers.lift_page_for(
            history,
            visit.protocol,
            visit.review,
            clinic.letterhead,
            template,
            size=size,
            large_print=large,
        )
        return reports.lift_page(replace(page, logo=clinic.logo), template)
    if kind == "warning-card":
        card = papers.warning_card_for(history, visit.review, clinic.letterhead, template, size=size)
        return reports.warning_card(replace(card, logo=clinic.logo), template)
    if kind == "referral-letter":
        text = papers.referral_letter_for(
            history, visit.protocol, visit.review, clinic.letterhead, note=visit.visit.note, size=size
        )
        return reports.referral_letter(replace(text, logo=clinic.logo), template)
    if len(history.visits) < 2:
        raise PaperError("There is no earlier visit to compare with.")
    since = 0 if since_first else len(history.visits) - 2
    compared = papers.comparison_for(
        history, visit.protocol, visit.changes(since), clinic.letterhead, since=since, size=size
    )
    return reports.comparison(replace(compared, logo=clinic.logo), template)


def unprintable(visit: "OpenVisit") -> str:
    """Characters of what was typed for this visit's papers that their typeface lacks."""
    head, now = visit.clinic.letterhead, visit.visit
    clinic = (head.name, head.address, head.telephone, head.email)
    typed = (now.examiner, now.note, now.action, now.next_visit)
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
