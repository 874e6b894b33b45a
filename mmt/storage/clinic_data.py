"""What is kept of the clinic itself: the head of papers, who examines here, by which keys they sign."""

import datetime

import msgspec

from mmt.model.people import Letterhead

from .driver import Database
from .faults import naming


def keep_letterhead(db: Database, letterhead: Letterhead, now: datetime.datetime) -> None:
    """Keep what stands at the head of each paper."""
    db.conn.execute(
        "insert into clinic (id, letterhead, created_at) values (1, ?, ?)"
        " on conflict (id) do update set letterhead = excluded.letterhead",
        (msgspec.json.encode(letterhead).decode(), now.isoformat()),
    )


def letterhead(db: Database) -> Letterhead:
    """What stands at the head of each paper."""
    row = db.conn.execute("select letterhead from clinic").fetchone()
    with naming("The clinic's name and address"):
        return msgspec.json.decode(row[0], type=Letterhead) if row else Letterhead()


def add_practitioner(db: Database, name: str, now: datetime.datetime) -> None:
    """Keep the name of a practitioner; one that is known already stays, one who had left comes back."""
    db.conn.execute(
        "insert into practitioners (name, since) values (?, ?)"
        " on conflict (name) do update set left_at = '' where left_at <> ''",
        (name, now.isoformat()),
    )


def practitioners(db: Database) -> tuple[str, ...]:
    """The names of the practitioners who have not left, in the order in which they came."""
    rows = db.conn.execute("select name from practitioners where left_at = '' order by id")
    return tuple(row[0] for row in rows)


def remove_practitioner(db: Database, name: str, now: datetime.datetime) -> None:
    """Note that a practitioner left: nobody examines by this name any more, and what was signed stands."""
    db.conn.execute("update practitioners set left_at = ? where name = ?", (now.isoformat(), name))


def signing_keys(db: Database, name: str) -> tuple[str, ...]:
    """The public halves of the keys that a practitioner has signed with, in hexadecimal, the latest last."""
    row = db.conn.execute("select public_key from practitioners where name = ?", (name,)).fetchone()
    return tuple(row[0].split()) if row else ()


def add_signing_key(db: Database, name: str, public: str) -> None:
    """Keep the public half of a key by which this practitioner signs from now on."""
    keys = " ".join((*signing_keys(db, name), public))
    db.conn.execute("update practitioners set public_key = ? where name = ?", (keys, name))


def any_signed(db: Database) -> bool:
    """Whether any visit is signed."""
    return bool(db.conn.execute("select exists (select 1 from signatures)").fetchone()[0])
