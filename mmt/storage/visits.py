"""Visits as rows: one an observation, one an answer, one a decision; the latest row counts."""

import datetime
import hashlib
from typing import Any

import msgspec

from mmt.model.base import Side
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol, content, from_content
from mmt.model.visit import Addendum, Answer, Decision, Override, Prescribed, Signature, Visit

from .damage import day_of, naming
from .driver import Database

_COLUMNS = (
    *("id", "date", "examiner", "scale", "exam", "place", "note", "next_visit", "action"),
    *("override", "prescription"),
)
_KEPT = "id not in (select visit from discarded_visits)"
"""A discarded draft counts as no visit."""
_OPEN = {"place", "note", "next_visit", "action", "override", "prescription"}


def begin(db: Database, patient: int, visit: Visit, protocol: Protocol, now: datetime.datetime) -> int:
    """Keep a new draft with the protocol it is done under; the number of the visit."""
    kept = _keep_protocol(db, protocol)
    cursor = db.conn.execute(
        "insert into visits (patient, date, examiner, scale, exam, protocol, started_at)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        (patient, visit.date.isoformat(), visit.examiner, visit.scale, visit.exam, kept, now.isoformat()),
    )
    number = int(cursor.lastrowid or 0)
    db.conn.execute("insert into open_visits values (?)", (number,))
    return number


def _keep_protocol(db: Database, protocol: Protocol) -> str:
    """Keep a protocol that is not yet kept; its digest."""
    digest, body = content(protocol)
    db.conn.execute(
        "insert into protocols select :digest, :body where not exists"
        " (select 1 from protocols where hash = :digest)",
        {"digest": digest, "body": body},
    )
    return digest


def day_begun_last(db: Database) -> datetime.date | None:
    """The day of the visit that was begun last, whoever the patient is; None before the first."""
    row = db.conn.execute(f"select date from visits where {_KEPT} order by id desc limit 1").fetchone()
    return day_of(row[0]) if row else None


def put(db: Database, visit: Visit, observation: Observation, now: datetime.datetime) -> None:
    """Add an observation: the present value of its test, side and trial."""
    _observe(db, visit, observation.cell, observation.trial, msgspec.json.encode(observation).decode(), now)


def withdraw(
    db: Database, visit: Visit, test: str, side: Side | None, trial: int, now: datetime.datetime
) -> None:
    """Add a row that takes a value back."""
    _observe(db, visit, (test, side), trial, None, now)


def _observe(
    db: Database,
    visit: Visit,
    cell: tuple[str, Side | None],
    trial: int,
    value: str | None,
    now: datetime.datetime,
) -> None:
    db.conn.execute(
        "insert into observations (visit, test, side, trial, value, examiner, scale, recorded_at)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        (visit.id, *cell, trial, value, visit.examiner, visit.scale, now.isoformat()),
    )


def answer(
    db: Database, visit: int, topic: str, question: str, value: Answer | None, now: datetime.datetime
) -> None:
    """Add an answer; None says that the question counts as not asked."""
    text = None if value is None else msgspec.json.encode(value).decode()
    db.conn.execute(
        "insert into answers (visit, topic, question, value, recorded_at) values (?, ?, ?, ?, ?)",
        (visit, topic, question, text, now.isoformat()),
    )


def decide(db: Database, visit: int, finding: str, decision: Decision | None, now: datetime.datetime) -> None:
    """Add what was decided about a finding; None takes it back."""
    text = None if decision is None else msgspec.json.encode(decision).decode()
    db.conn.execute(
        "insert into decisions (visit, finding, decision, recorded_at) values (?, ?, ?, ?)",
        (visit, finding, text, now.isoformat()),
    )


def set_fields(db: Database, visit: int, **fields: Any) -> None:
    """Change the fields of a draft that are not observations or answers."""
    if unknown := fields.keys() - _OPEN:
        raise ValueError(f"not fields of a draft: {', '.join(sorted(unknown))}")
    values = {name: _text(value) for name, value in fields.items()}
    sets = ", ".join(f"{name} = :{name}" for name in values)
    db.conn.execute(f"update visits set {sets} where id = :id", {**values, "id": visit})


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else msgspec.json.encode(value).decode()


def sign(
    db: Database, visit: Visit, protocol: Protocol, by: str, kept: bytes, now: datetime.datetime
) -> Signature:
    """Close a visit: who, when, the digest of what was seen, and what was on the screen that day.

    The protocol that it was finished under takes the place of the one that it was begun under.
    """
    signature = Signature(by=by, at=now.astimezone(), digest=digest(visit))
    db.conn.execute("update visits set protocol = ? where id = ?", (_keep_protocol(db, protocol), visit.id))
    db.conn.execute(
        "insert into signatures (visit, signed_by, signed_at, digest, kept) values (?, ?, ?, ?, ?)",
        (visit.id, by, now.isoformat(), signature.digest, kept.decode()),
    )
    db.conn.execute("delete from open_visits where visit = ?", (visit.id,))
    return signature


def digest(visit: Visit) -> str:
    """SHA-256 over the canonical JSON of a visit without its signature and addenda."""
    bare = msgspec.structs.replace(visit, signature=None, addenda=(), place="")
    return hashlib.sha256(msgspec.json.encode(bare, order="deterministic")).hexdigest()


def add(db: Database, visit: int, addendum: Addendum) -> None:
    """Add a dated note to a signed visit."""
    db.conn.execute(
        "insert into addenda (visit, text, written_by, written_at) values (?, ?, ?, ?)",
        (visit, addendum.text, addendum.by, addendum.at.astimezone(datetime.UTC).isoformat()),
    )


def of_patient(db: Database, patient: int) -> tuple[Visit, ...]:
    """All visits of a patient, oldest first."""
    return _visits(db, "patient", patient)


def get(db: Database, visit: int) -> Visit:
    """The visit of this number. Raises KeyError where there is none."""
    found = _visits(db, "id", visit)
    if not found:
        raise KeyError(visit)
    return found[0]


def _visits(db: Database, column: str, value: int) -> tuple[Visit, ...]:
    rows = db.conn.execute(
        f"select {', '.join(_COLUMNS)} from visits where {column} = ? and {_KEPT} order by date, id",
        (value,),
    ).fetchall()
    return tuple(_visit(db, dict(zip(_COLUMNS, row, strict=True))) for row in rows)


def patient_of(db: Database, visit: int) -> int:
    """The patient's number of a visit. Raises KeyError where there is no such visit."""
    row = db.conn.execute(f"select patient from visits where id = ? and {_KEPT}", (visit,)).fetchone()
    if row is None:
        raise KeyError(visit)
    return int(row[0])


def protocol_of(db: Database, visit: int) -> Protocol:
    """The protocol as it was read on the day of a visit."""
    row = db.conn.execute(
        "select body from protocols join visits on visits.protocol = protocols.hash where visits.id = ?",
        (visit,),
    ).fetchone()
    try:
        return from_content(row[0])
    except msgspec.ValidationError:  # of another shape: written by another version
        raise
    except msgspec.DecodeError as error:
        with naming(f"The protocol of visit number {visit}"):
            raise error


def _visit(db: Database, row: dict[str, Any]) -> Visit:
    number = row["id"]
    with naming(f"Visit number {number} of {row['date']}"):
        return _read(db, number, row)


def _read(db: Database, number: int, row: dict[str, Any]) -> Visit:
    answers = _latest(db, number)
    override, prescription = row.pop("override"), row.pop("prescription")
    return Visit(
        **{**row, "date": datetime.date.fromisoformat(row["date"])},
        observations=_observations(db, number),
        safety=answers.get("safety", {}),
        story=answers.get("story", {}),
        precautions=answers.get("precautions", {}),
        decisions=_decisions(db, number),
        override=msgspec.json.decode(override, type=Override) if override else None,
        prescription=msgspec.json.decode(prescription, type=tuple[Prescribed, ...]) if prescription else None,
        signature=_signature(db, number),
        addenda=_addenda(db, number),
    )


def _observations(db: Database, visit: int) -> tuple[Observation, ...]:
    rows = db.conn.execute(
        "select value from observations where id in"
        " (select max(id) from observations where visit = ? group by test, side, trial)"
        " and value is not null order by id",
        (visit,),
    )
    return tuple(_observed(row[0]) for row in rows)


def _observed(text: str) -> Observation:
    """Raises ValueError where nothing was observed."""
    seen = msgspec.json.decode(text, type=Observation)
    if not seen.measured and seen.not_tested is None:
        raise ValueError("an observation of nothing")
    return seen


def _latest(db: Database, visit: int) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    rows = db.conn.execute("select topic, question, value from answers where visit = ? order by id", (visit,))
    for topic, question, value in rows:
        answers = found.setdefault(topic, {})
        answers.pop(question, None)
        if value is not None:
            answers[question] = msgspec.json.decode(value, type=Answer if topic == "story" else bool)
    return found


def _decisions(db: Database, visit: int) -> dict[str, Decision]:
    rows = db.conn.execute("select finding, decision from decisions where visit = ? order by id", (visit,))
    found = dict(rows.fetchall())
    return {name: msgspec.json.decode(text, type=Decision) for name, text in found.items() if text}


def _signature(db: Database, visit: int) -> Signature | None:
    row = db.conn.execute(
        "select signed_by, signed_at, digest from signatures where visit = ?", (visit,)
    ).fetchone()
    return row and Signature(by=row[0], at=_at(row[1]), digest=row[2])


def _addenda(db: Database, visit: int) -> tuple[Addendum, ...]:
    rows = db.conn.execute(
        "select text, written_by, written_at from addenda where visit = ? order by id", (visit,)
    )
    return tuple(Addendum(text=row[0], by=row[1], at=_at(row[2])) for row in rows)


def _at(stamp: str) -> datetime.datetime:
    """A time stamp, in the file in UTC, by the clinic's clock: its day is the clinic's day."""
    return datetime.datetime.fromisoformat(stamp).astimezone()
