"""What can be asked of a case file without any records: what the program concludes, the sheet, the note."""

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from mmt.model.errors import PaperError
from mmt.model.papers import PaperSize, Wanted
from mmt.model.protocol import Protocol
from mmt.model.review import Review
from mmt.model.template import Template
from mmt.reasoning import as_offered, goals, review, waited, watch, wording
from mmt.reports.documents import documents
from mmt.reports.record import Record
from mmt.reports.scripts import blanks

from .form import Case
from .written import written

_WITHHELD = {
    "no-sheet": "No hand-out was made: its moves and doses are for adults, and the patient of {date} is not.",
    "locked": "No hand-out was made: an emergency answer locks the visit of {date}. "
    "Act on it first; in the program the warning card and the referral letter can be printed.",
    "blocked-until-action": "No hand-out was made: an urgent alert of {date} waits. "
    "Write what was done about it as `action` under that visit.",
}


class WithheldError(PaperError):
    """The sheet of this visit must not be printed now; `str()` says why and what to do."""


def reviews(case: Case, protocol: Protocol) -> tuple[Review, ...]:
    """What reasoning says of each visit in the light of the earlier ones, oldest first."""
    return tuple(review(case.history.up_to(index), protocol) for index in range(len(case.history.visits)))


def as_json(case: Case, protocol: Protocol, found: tuple[Review, ...] = ()) -> bytes:
    """The reviews of a case as indented JSON, in the shape that docs/case-format.md describes; `found` where
    they are known already."""
    visits = written(found or reviews(case, protocol), protocol)
    for at, visit in enumerate(visits):
        past = case.history.up_to(at)
        said = [(one.key, wording.sentence(one, protocol)) for one in waited(past, protocol)]
        visit["due"] = [{"what": key.removeprefix("due-"), "text": text} for key, text in said]
        visit["goals"] = [{"text": wording.sentence(one, protocol)} for one in goals(past, protocol)]
    return msgspec.json.format(msgspec.json.encode({"case": case.id, "visits": visits}), indent=2)


def handout(
    case: Case,
    protocol: Protocol,
    templates: Mapping[str, Template],
    size: PaperSize,
    logo: bytes = b"",
    *,
    kind: str = "hand-out",
) -> bytes:
    """The PDF of the last visit's sheet, with every stretch that is offered, and the clinic's `logo` on it;
    of another `kind` the paper of that id which is printed like it.

    Raises WithheldError where the visit is locked or blocked, PaperError where the sheet cannot be made.
    """
    last = review(case.history, protocol)
    if last.prescription.status != "offered":
        alerts = [
            wording.worded(one.said, protocol) for one in last.alerts if one.level in ("emergency", "urgent")
        ]
        raise WithheldError(" ".join((_WITHHELD[last.prescription.status].format(date=last.date), *alerts)))
    visit = replace(case.history.visits[-1], prescription=as_offered(last.prescription.offered))
    record = Record(
        history=case.history.with_visit(visit),
        protocol=protocol,
        review=last,
        letterhead=case.letterhead,
        templates=dict(templates),
        logo=logo,
        wanted=Wanted(size=size),
        only_signed=protocol.signoffs.only_signed,
    )
    return documents()[kind].pdf(record)


def note(case: Case, protocol: Protocol, templates: Mapping[str, Template]) -> str:
    """The note of the last visit as plain text. Raises PaperError where nothing is recorded."""
    record = Record(
        history=case.history,
        protocol=protocol,
        review=review(case.history, protocol),
        letterhead=case.letterhead,
        templates=dict(templates),
    )
    return documents()["visit-note"].text(record)


def left_open(case: Case, protocol: Protocol) -> str:
    """The falls of the last visit that nothing confirms, in words; empty where there is none."""
    last = case.history.visits[-1]
    return wording.left_open(watch(case.history, protocol).alerts, protocol, acted=bool(last.action))


def left_blank(case: Case) -> str:
    """Where the sheet has a line to write on, because no face has the letters; empty where all will print."""
    return blanks(case.history.patient, (case.letterhead, case.history.visits[-1]))
