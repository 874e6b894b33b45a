"""A running program, as other programs on the same records know it."""

import datetime

from .base import Text, Value

STATION = "MMT_STATION"
"""The variable that names the room where mmt is used, where it is another than that of the records."""


class Program(Value, frozen=True, kw_only=True):
    """One run of mmt. `token` is its own alone; `process` is its number on the computer `host`.

    `who` tells a person where it runs: the station's name where it has one, else the login, the computer, and
    from where over ssh.
    """

    token: str
    host: str
    process: int
    who: Text


class Holder(Value, frozen=True, kw_only=True):
    """The program that has a draft open, and since when (UTC)."""

    program: Program
    since: datetime.datetime
