"""Records of another clinic, or of these records as they were written out, put in row by row."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from mmt.exchange.decoding import UnreadableError, decoded
from mmt.exchange.records import KeptProtocol, PatientRecord, RecordSet, Signed, VisitRecord
from mmt.model.base import Value
from mmt.model.errors import ClinicError
from mmt.model.protocol import Protocol, content
from mmt.model.text import clean
from mmt.model.visit import Visit

from . import patients, protocols, stable_ids, visits
from .adding import insert, insert_all
from .driver import Database
from .seals import keep_signature
from .stable_ids import Elsewhere, Site

_ALTERED = (
    "the visit of {day} of {name} is not as it was signed: the file was changed after it was written. Have "
    "it written anew; nothing of this record was taken in."
)
_OTHER_PROTOCOL = (
    "the protocol {digest:.8} is not what was kept under this digest: the file was changed after it was "
    "written. Have it written anew."
)
_OTHER_VERSION = (
    "the protocol {digest:.8} is of another version of mmt, so whether it is what was kept cannot be seen "
    "here. Install the newest mmt in both clinics, then have the file written anew."
)
_HERE = (
    "the visit of {day} of {name} is here already, in another record. Have the file written anew, where the "
    "visit is as it should be; nothing of this record was taken in."
)


class Numbers(NamedTuple):
    """The numbers that records and visits got here, by their UUIDs."""

    patients: dict[str, int]
    visits: dict[str, int]


def sound(kept: KeptProtocol, own: Protocol) -> bytes:
    """The body of a protocol as it is to be kept; where it is the clinic's `own`, in the clinic's own order.

    Raises ClinicError where it is not the one of its digest, or nobody can see here whether it is.
    """
    try:
        body = msgspec.json.encode(decoded(kept.body))  # as it was written, however it is set
        protocols.read(kept.digest, body)
    except msgspec.ValidationError:
        raise ClinicError(_OTHER_VERSION.format(digest=kept.digest)) from None
    except (msgspec.DecodeError, UnreadableError):
        raise ClinicError(_OTHER_PROTOCOL.format(digest=kept.digest)) from None
    ours, in_our_order = content(own)
    return in_our_order if kept.digest == ours else body


def keep_protocol(db: Database, digest: str, body: bytes) -> None:
    """Keep a `sound` protocol that a visit refers to, where it is not here yet."""
    if not db.conn.execute("select 1 from protocols where hash = ?", (digest,)).fetchone():
        insert(db, "protocols", hash=digest, body=body)


def take_in(db: Database, found: RecordSet, sites: Mapping[str, str]) -> None:
    """Put in records that are not here yet; `sites` are the names of clinics by their UUIDs.

    Raises ClinicError with a sentence where a visit is not as it was signed, or cannot be read back.
    """
    numbers, named = Numbers({}, {}), {uid: clean(name) or stable_ids.NAMELESS for uid, name in sites.items()}
    for patient in found.patients:
        person = patient.person.patient
        numbers.patients[patient.id] = patients.add(db, person, patient.added, patient.id)
    for patient in found.patients:
        for visit in patient.visits:
            _visit(db, numbers, patient, visit, Site(visit.site, named[visit.site]))
    _links(db, found, numbers)
    for patient in found.patients:
        _rights(db, patient, numbers)
    for patient in found.patients:
        _refuse_altered(patient, visits.of_patient(db, numbers.patients[patient.id]), numbers)


def _refuse_altered(patient: PatientRecord, read: tuple[Visit, ...], numbers: Numbers) -> None:
    """Refuse a visit that was as it was signed where it came from, and is not here."""
    altered = {visit.id for visit in read if visit.altered}
    for one in patient.visits:
        if one.signature and (numbers.visits[one.id] in altered) != one.signature.altered:
            raise ClinicError(_ALTERED.format(day=one.date, name=patient.person.name))


def _visit(db: Database, numbers: Numbers, patient: PatientRecord, one: VisitRecord, site: Site) -> None:
    if stable_ids.visit_of(db, one.id) is not None:
        raise ClinicError(_HERE.format(day=one.date, name=patient.person.name))
    number = _begun(db, numbers.patients[patient.id], one)
    numbers.visits[one.id] = number
    stable_ids.name_visit(db, number, one.id)
    key = one.signature.key if one.signature else ""
    stable_ids.came_from(db, number, Elsewhere(site, one.number, key))
    for move in one.moves:
        ends = {"was": numbers.patients[move.was], "became": numbers.patients[move.became]}
        insert(db, "moved_visits", visit=number, **ends, reason=move.reason, **_changed(move))
    for change in one.examiners:
        told = {"was": change.was, "became": change.became, "reason": change.reason}
        insert(db, "changed_examiners", visit=number, **told, **_changed(change))
    _recorded(db, number, one)
    if one.signature:
        _sign(db, number, one.signature)
    if one.discarded:
        insert(db, "discarded_visits", visit=number, **_discarded(one.discarded))
    if one.open:
        insert(db, "open_visits", visit=number)
    insert_all(
        db,
        "addenda",
        [
            {"visit": number, "text": note.text, "written_by": note.by, "written_at": note.at.isoformat()}
            for note in one.notes
        ],
    )


def _begun(db: Database, patient: int, one: VisitRecord) -> int:
    """The row of a visit; its number here."""
    same = ("examiner", "scale", "exam", "protocol", "place", "note", "next_visit", "action")
    return insert(
        db,
        "visits",
        patient=patient,
        date=one.date.isoformat(),
        started_at=one.started.isoformat(),
        entered=one.entered and one.entered.isoformat(),
        blind=int(one.blind),
        override=_json(one.override),
        prescription=_json(one.prescription),
        **{name: getattr(one, name) for name in same},
    )


def _json(value: Any) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _changed(row: Any) -> dict[str, str]:
    return {"changed_by": row.by, "changed_at": row.at.isoformat()}


def _discarded(row: Any) -> dict[str, str]:
    return {"reason": row.reason, "discarded_by": row.by, "discarded_at": row.at.isoformat()}


def _recorded(db: Database, visit: int, one: VisitRecord) -> None:
    """What was seen, said and decided, in the order in which it was."""
    whats: tuple[tuple[str, tuple[Value, ...], str, tuple[str, ...]], ...] = (
        ("observations", one.observations, "value", ("test", "side", "trial", "examiner", "scale")),
        ("answers", one.answers, "value", ("topic", "question")),
        ("decisions", one.decisions, "decision", ("finding",)),
    )
    for table, rows, value, same in whats:
        told = [
            {
                "visit": visit,
                **{name: getattr(row, name) for name in same},
                value: _json(getattr(row, value)),
                "recorded_at": row.at.isoformat(),  # type: ignore[attr-defined]
            }
            for row in rows
        ]
        insert_all(db, table, told)


def _sign(db: Database, visit: int, one: Signed) -> None:
    row = {
        "visit": visit,
        "signed_by": one.by,
        "signed_at": one.at.isoformat(),
        "digest": one.digest,
        "kept": msgspec.json.encode(one.kept).decode(),
        "ed25519": one.ed25519,
    }
    keep_signature(db, row, sealed=not one.altered)


def _links(db: Database, found: RecordSet, numbers: Numbers) -> None:
    """What records tell of each other."""
    for one in found.joined:
        ends = {"patient": numbers.patients[one.patient], "became": numbers.patients[one.became]}
        said = {"reason": one.reason, "joined_by": one.by, "joined_at": one.at.isoformat()}
        joined = insert(db, "joined_patients", **ends, signed=one.signed, **said)
        if why := one.parted:
            told = {"reason": why.reason, "parted_by": why.by, "parted_at": why.at.isoformat()}
            insert(db, "parted_patients", joined=joined, **told)
    for two in found.apart:
        first, second = sorted((numbers.patients[two.patient], numbers.patients[two.other]))
        told = {"told_by": two.by, "told_at": two.at.isoformat()}
        insert(db, "told_apart", patient=first, other=second, apart=int(two.apart), **told)


def _rights(db: Database, patient: PatientRecord, numbers: Numbers) -> None:
    """What the patient asked for, to whom something was given, and that the record was discarded."""
    number = numbers.patients[patient.id]
    for one in patient.restrictions:
        insert(db, "restrictions", patient=number, restricted=int(one.restricted), **_why(one))
    for why in patient.openings:
        insert(db, "openings", patient=number, **_why(why))
    for given in patient.given_out:
        visit = numbers.visits[given.visit] if given.visit else None
        told = {"what": given.what, "given_to": given.to}
        by = {"said_by": given.by, "said_at": given.at.isoformat()}
        insert(db, "disclosures", patient=number, visit=visit, **told, **by)
    if patient.discarded:
        insert(db, "discarded_patients", patient=number, **_discarded(patient.discarded))


def _why(row: Any) -> dict[str, str]:
    return {"reason": row.reason, "said_by": row.by, "said_at": row.at.isoformat()}
