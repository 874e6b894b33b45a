"""Who came to the records, read from the chain of acts."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from mmt.model.acts import Act

from .driver import Database


class Came(NamedTuple):
    """Who did something, and when."""

    actor: str
    at: datetime.datetime


def since_signed_in(db: Database, who: str, act: Act) -> Iterator[Came]:
    """Each act of this kind since a practitioner signed in last; none where that is the first time."""
    rows = db.conn.execute(
        "select actor, at from acts where act = ? and seq >"
        " (select max(seq) from acts where more = 0 and act in (?, ?) and actor = ?) order by seq",
        (act, Act.SIGNED_IN, Act.UNLOCKED, who),
    )
    return (Came(actor, datetime.datetime.fromisoformat(at)) for actor, at in rows)
