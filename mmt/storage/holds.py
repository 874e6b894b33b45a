"""Who has a draft open: one row a draft, which goes when the draft is left, signed or discarded."""

import datetime

from mmt.model.program import Holder, Program

from .driver import Database


def take(db: Database, visit: int, program: Program, now: datetime.datetime) -> None:
    """Let this program alone have the draft open, whichever had it before; what is no draft stays closed."""
    db.conn.execute(
        "insert or replace into holds (visit, token, host, process, who, since)"
        " select visit, ?, ?, ?, ?, ? from open_visits where visit = ?",
        (program.token, program.host, program.process, program.who, now.isoformat(), visit),
    )


def holder(db: Database, visit: int) -> Holder | None:
    """The program that has the draft open; None where none has, or it cannot be told which."""
    row = db.conn.execute(
        "select token, host, process, who, since from holds where visit = ?", (visit,)
    ).fetchone()
    if row is None:
        return None
    token, host, process, who, since = row
    try:
        began = datetime.datetime.fromisoformat(since)
    except ValueError:
        return None
    return Holder(program=Program(token=token, host=host, process=process, who=who), since=began)


def of_program(db: Database, program: Program) -> tuple[int, ...]:
    """The drafts that a program has open."""
    rows = db.conn.execute("select visit from holds where token = ?", (program.token,))
    return tuple(visit for (visit,) in rows)


def leave(db: Database, visits: tuple[int, ...], program: Program) -> None:
    """The program has these drafts open no more."""
    for visit in visits:
        db.conn.execute("delete from holds where visit = ? and token = ?", (visit, program.token))
