"""Where signed visits are sent to, and what became of each that was."""

import datetime
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta

from .base import Text, Value

State = Literal["due", "sending", "accepted", "refused"]
"""What becomes of what goes out: it waits; it was handed over, and nobody knows yet whether it arrived; the
server has it; the server refused it."""

MOST = 50
"""So many resources go out in one transaction, unless another number was chosen: no known server takes fewer
by default."""


LONGEST_WAIT = datetime.timedelta(days=1)
"""So long something waits at most until it is tried again, whatever a server asks for."""

KEEPS_PARTS = (
    "It keeps PARTS of a visit of which it refuses others: a refused visit may be there in part until it is "
    "sent again. The signature goes last and alone."
)
"""What is found of a server that takes a transaction one by one."""


class Server(Value, frozen=True, kw_only=True):
    """A FHIR server: its `base` address, how many resources it takes at `most` in a transaction.

    `certificate` and `key` are the files of a client's certificate with its private key, `authority` that of
    who vouches for the server, each empty where there is none. `can` says in sentences what was found of it
    when it was chosen.
    """

    base: Text
    most: Annotated[int, Meta(ge=3, le=1000)] = MOST
    certificate: str = ""
    key: str = ""
    authority: str = ""
    can: tuple[str, ...] = ()

    @property
    def host(self) -> str:
        """The server's name, as it is told to people."""
        return self.base.partition("://")[2].partition("/")[0]

    @property
    def atomic(self) -> bool:
        """Whether it takes all or none of a transaction, as far as was found."""
        return KEEPS_PARTS not in self.can

    def did(self, what: object) -> str:
        """What became of a request to it, as a sentence: `what` is said behind its name."""
        said = str(what).rstrip(". ")
        return f"{self.host} {said}{'' if said.endswith(('?', '…')) else '.'}"


class Outgoing(Value, frozen=True, kw_only=True):
    """What goes out of a record: a signed `visit` of a `day`, or where it is None the patient's own data.

    `record` is the number of the record that it is in, `read_with` of the one that it is read with. `again`
    grows each time that it becomes due. `digest` is that of what the server accepted last, `status` its last
    answer (0 where none came), `words` what it said, `at` when. It is not tried before `not_before`.
    """

    id: int
    record: int
    read_with: int
    visit: int | None
    day: datetime.date | None
    state: State
    again: int
    tries: int = 0
    not_before: datetime.datetime | None = None
    at: datetime.datetime | None = None
    status: int = 0
    words: str = ""
    digest: str = ""

    @property
    def said(self) -> str:
        """What it is, in words, without a name."""
        what = f"visit of {self.day}" if self.visit else "the patient's data"
        return f"record {self.read_with}, {what}"

    def is_of_another_clock(self, now: datetime.datetime) -> bool:
        """Whether it was tried after `now`, or waits for longer than anything does: then the clock was put
        back since, and its moments say nothing."""
        tried, until = self.at or now, self.not_before or now
        return self.state in ("due", "sending") and (tried > now or until > now + LONGEST_WAIT)


class FetchedVisit(Value, frozen=True, kw_only=True):
    """A visit that was made elsewhere, in words alone, as the server tells it: nothing is concluded from it.

    `uid` is its name there, `site` who keeps it, `day` as it is told, `scale` by which muscles were graded
    there. It is `whole` where its signature is there too.
    """

    uid: Text
    site: str
    day: str
    examiner: str = ""
    scale: str = ""
    whole: bool = False
    lines: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """What it is, in one line."""
        by = f", examined by {self.examiner}" if self.examiner else ""
        graded = f", graded by {self.scale}" if self.scale else ""
        part = "" if self.whole else " (its signature is not there: it may not be all of it)"
        return f"{self.day or 'no day'} · {self.site or 'an unnamed site'}{by}{graded}{part}"


class Standing(NamedTuple):
    """How much `waits` for the server, was `refused` by it, or is of a record that is `closed`."""

    waits: int
    refused: int
    closed: int = 0
