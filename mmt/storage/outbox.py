"""What of the records has to reach a server: a row a signed visit, and a row a patient whose data changed.

Triggers fill it within the transaction that signs or changes something, so that no code can forget it. Only
what was signed here is in it: what came from another clinic is that one's to send.
"""

import datetime
from collections.abc import Iterable
from typing import Any

import msgspec

from mmt.model.sending import Outgoing, Server, Standing

from .adding import insert
from .driver import Database
from .faults import day_of, stamp
from .joins import RECORDS
from .patients import LIVE, ROOTS

TABLES = (
    "create table servers (id integer primary key, base text not null, most integer not null,"
    " certificate text not null, key text not null, authority text not null, can text not null,"
    " set_by text not null, set_at text not null) strict",
    "create table server_tokens (server integer primary key references servers(id), token text not null)"
    " strict",
    "create table outbox (id integer primary key, patient integer not null references patients(id),"
    " visit integer unique references visits(id), state text not null default 'due',"
    " again integer not null default 0, tries integer not null default 0,"
    " not_before text not null default '', at text not null default '', status integer not null default 0,"
    " words text not null default '', digest text not null default '') strict",
    "create table fetched (id integer primary key, patient integer not null references patients(id),"
    " body text not null, fetched_at text not null) strict",
    "create index fetched_of_patient on fetched(patient, id)",
    "create unique index outbox_of_patient on outbox(patient) where visit is null",
    "create index outbox_of_record on outbox(patient)",
    "create index outbox_waiting on outbox(state) where state <> 'accepted'",
)

_LATEST = "select max(id) from servers"
_CHOSEN = f"exists (select 1 from servers where id = ({_LATEST}) and base <> '')"
_HERE = "{visit} not in (select visit from visits_elsewhere)"
_DUE = "state = 'due', again = again + 1, tries = 0, not_before = ''"
_MARK = f"update outbox set {_DUE} where {{which}}"
_TREE = (
    f"with recursive live as ({LIVE}), up(id) as (select {{record}} union select live.became from live"
    " join up on live.patient = up.id), tree(id) as (select id from up union select live.patient from live"
    " join tree on live.became = tree.id) select id from tree"
)
"""Every record that is read together with one."""

_PATIENT = (
    "insert into outbox (patient) select {record} where exists (select 1 from outbox where patient in"
    f" ({_TREE})) on conflict (patient) where visit is null do update set {_DUE}"
)
_LATER = (
    "visit in (select later.id from visits later, visits signed where signed.id = new.visit"
    f" and later.date > signed.date and later.patient in ({_TREE.format(record='signed.patient')}))"
)
"""The visits behind one that was signed late: what they conclude may rest on it."""

_DATA = "name, birth_date, sex, handedness, language, chart_number, large_print"
_PARTED = "(select {end} from joined_patients where id = new.joined)"


def _fills() -> dict[str, str]:
    """Every trigger that fills the outbox, by name."""
    told = {}

    def fill(name: str, event: str, when: str, *statements: str) -> None:
        condition = f"{_CHOSEN} and {when}" if when else _CHOSEN
        told[name] = (
            f"CREATE TRIGGER {name} after {event} when {condition} begin {'; '.join(statements)}; end"
        )

    fill(
        "outbox_signed",
        "insert on signatures",
        _HERE.format(visit="new.visit"),
        "insert into outbox (patient, visit) select patient, id from visits where id = new.visit",
        _MARK.format(which=_LATER),
    )
    fill("outbox_noted", "insert on addenda", "", _MARK.format(which="visit = new.visit"))
    fill(
        "outbox_paper",
        "insert on disclosures",
        "new.visit is not null",
        _MARK.format(which="visit = new.visit"),
    )
    fill("outbox_corrected", f"update of {_DATA} on patients", "", _PATIENT.format(record="new.id"))
    for table, ends in (
        ("joined_patients", ("new.patient", "new.became")),
        ("parted_patients", tuple(_PARTED.format(end=end) for end in ("patient", "became"))),
    ):
        trees = " union ".join(f"select id from ({_TREE.format(record=end)})" for end in ends)
        fill(
            f"outbox_{table}",
            f"insert on {table}",
            "",
            _MARK.format(which=f"visit is not null and patient in ({trees})"),
            *(_PATIENT.format(record=end) for end in ends),
        )
    return told


FILLS = _fills()


def server(db: Database) -> Server | None:
    """Where signed visits go; None where none was chosen, or sending was stopped."""
    row = db.conn.execute(
        f"select base, most, certificate, key, authority, can from servers where id = ({_LATEST})"
    ).fetchone()
    if row is None or not row[0]:
        return None
    names = ("base", "most", "certificate", "key", "authority")
    return Server(
        **dict(zip(names, row[:-1], strict=True)), can=msgspec.json.decode(row[-1], type=tuple[str, ...])
    )


def token(db: Database) -> str:
    """What the server knows this clinic by; empty where by none."""
    row = db.conn.execute(f"select token from server_tokens where server = ({_LATEST})").fetchone()
    return str(row[0]) if row else ""


def choose(db: Database, chosen: Server, secret: str, by: str, now: datetime.datetime) -> None:
    """Send to this server from now on, first all that was signed here until now; to one that was chosen
    before, what it has not yet. The token of an earlier choice is forgotten."""
    same = db.conn.execute(
        "select base = ? from servers where base <> '' order by id desc limit 1", (chosen.base,)
    ).fetchone()
    _put(db, chosen, by, now)
    if secret:
        db.conn.execute(f"insert into server_tokens values (({_LATEST}), ?)", (secret,))
    if same is None or not same[0]:
        db.conn.execute(f"update outbox set {_DUE}, at = '', status = 0, words = '', digest = ''")
    db.conn.execute(
        "insert into outbox (patient, visit) select patient, visit from signatures"
        f" join visits on visits.id = visit where {_HERE.format(visit='visit')}"
        " and visit not in (select visit from outbox where visit is not null) order by date, visit"
    )


def stop(db: Database, by: str, now: datetime.datetime) -> None:
    """Send nothing from now on, and forget the token."""
    nowhere = Server(base="-")
    _put(db, nowhere, by, now, base="")


def _put(db: Database, chosen: Server, by: str, now: datetime.datetime, **other: str) -> None:
    held = {**msgspec.structs.asdict(chosen), "can": msgspec.json.encode(chosen.can).decode(), **other}
    insert(db, "servers", **held, set_by=by, set_at=now.isoformat())
    db.conn.execute("delete from server_tokens")


_COLUMNS = "outbox.id, outbox.patient, visit, state, again, tries, not_before, at, status, words, digest"


def waiting(db: Database) -> list[Outgoing]:
    """All that the server has not, as it is now, in the order of records; of one record the patient's data
    first, then the visits by their days."""
    return _read(db, "state <> 'accepted'")


def of_record(db: Database, record: int) -> list[Outgoing]:
    """All that goes out of a record and of those that are read with it, in the same order."""
    return _read(db, "coalesce(root, outbox.patient) = :record", record=record)


def one(db: Database, number: int) -> Outgoing | None:
    """A row of the outbox; None where it is there no more."""
    return next(iter(_read(db, "outbox.id = :number", number=number)), None)


def records(db: Database) -> list[int]:
    """The numbers of the records of which something goes out, each as it is read."""
    rows = db.conn.execute(
        f"with {ROOTS} select distinct coalesce(root, outbox.patient) from outbox"
        " left join roots on roots.patient = outbox.patient order by 1"
    )
    return [row[0] for row in rows]


def uids(db: Database, record: int) -> set[str]:
    """The names among clinics of all visits that are read with a record."""
    rows = db.conn.execute(
        f"with held(record) as ({RECORDS}) select uid from visit_ids join visits on id = visit"
        " where patient in held",
        {"patient": record},
    )
    return {row[0] for row in rows}


def _read(db: Database, which: str, **values: Any) -> list[Outgoing]:
    rows = db.conn.execute(
        f"with {ROOTS} select {_COLUMNS}, coalesce(root, outbox.patient), visits.date from outbox"
        " left join roots on roots.patient = outbox.patient left join visits on visits.id = outbox.visit"
        f" where {which} order by coalesce(root, outbox.patient), visit is not null, visits.date, visit",
        values,
    )
    return [_outgoing(*row) for row in rows]


def _outgoing(
    number: int,
    record: int,
    visit: int | None,
    state: Any,
    again: int,
    tries: int,
    not_before: str,
    at: str,
    status: int,
    words: str,
    digest: str,
    read_with: int,
    day: str | None,
) -> Outgoing:
    return Outgoing(
        id=number,
        record=record,
        read_with=read_with,
        visit=visit,
        day=day_of(day),
        state=state,
        again=again,
        tries=tries,
        not_before=stamp(not_before) if not_before else None,
        at=stamp(at) if at else None,
        status=status,
        words=words,
        digest=digest,
    )


_CLOSED = """patient in (select patient from restrictions as latest where restricted
 and id = (select max(id) from restrictions where patient = latest.patient))"""


def count(db: Database) -> Standing:
    """How much waits, was refused, or stays because its record is restricted."""
    rows = db.conn.execute(
        f"select state, {_CLOSED}, count(*) from outbox where state <> 'accepted' group by 1, 2"
    ).fetchall()
    refused = sum(many for state, _, many in rows if state == "refused")
    closed = sum(many for state, shut, many in rows if shut and state != "refused")
    return Standing(sum(many for *_, many in rows) - refused - closed, refused, closed)


def hand_over(db: Database, row: Outgoing) -> None:
    """Keep that a row is on its way: nobody knows from now on what of it is there. It is written also where
    that is so already: on a disk that takes nothing, nothing leaves."""
    sets = "state = 'sending', digest = ''"
    db.conn.execute(f"update outbox set {sets} where id = ? and state in ('due', 'sending')", (row.id,))


def settle(
    db: Database, row: Outgoing, state: str, at: datetime.datetime, status: int, words: str, digest: str = ""
) -> None:
    """Keep what the server said of a row. What became due meanwhile stays due."""
    db.conn.execute(
        "update outbox set state = case when again = :again then :state else state end, at = :at,"
        " status = :status, words = :words, digest = case when :digest <> '' then :digest else digest end"
        " where id = :id",
        {
            **{"id": row.id, "again": row.again, "state": state, "at": at.isoformat()},
            **{"status": status, "words": words, "digest": digest},
        },
    )


def put_off(
    db: Database, row: Outgoing, at: datetime.datetime, status: int, words: str, until: datetime.datetime
) -> None:
    """Keep that the server could not take a row now, and that it is not asked again before a moment."""
    db.conn.execute(
        "update outbox set tries = tries + 1, at = ?, status = ?, words = ?, not_before = ? where id = ?",
        (at.isoformat(), status, words, until.isoformat(), row.id),
    )


def put_all_off(db: Database, until: datetime.datetime) -> None:
    """Keep that the server asked not to be asked for anything before a moment."""
    db.conn.execute(
        "update outbox set not_before = max(not_before, ?) where state in ('due', 'sending')",
        (until.isoformat(),),
    )


def forget_moments(db: Database) -> None:
    """Let what waits for a moment be tried at once: the clock was put back, and the moments are another's."""
    db.conn.execute("update outbox set at = '', not_before = '' where state in ('due', 'sending')")


def mark_due(db: Database, rows: Iterable[int]) -> None:
    """Send these rows anew, also where nothing of them was changed since the server accepted them."""
    db.conn.executemany(f"update outbox set {_DUE}, digest = '' where id = ?", [(number,) for number in rows])


def ask_again(db: Database) -> int:
    """Try again what was refused, and at once what waits for a moment; how many of them."""
    return db.conn.execute(
        f"update outbox set {_DUE} where state = 'refused' or (state in ('due', 'sending')"
        " and not_before <> '')"
    ).rowcount
