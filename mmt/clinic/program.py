"""This run of mmt, and whether another one still runs."""

import os
import secrets
import socket

from mmt.model.program import STATION, Program
from mmt.model.text import clean
from mmt.storage.account import login

_LONGEST = 40
"""So many characters of a station's name are told."""


def this_program() -> Program:
    """This run of mmt."""
    host = socket.gethostname() or "this computer"
    named = clean(os.environ.get(STATION, ""))[:_LONGEST].strip()
    who = named or _account_on(host)
    return Program(token=secrets.token_hex(8), host=host, process=os.getpid(), who=clean(who))


def _account_on(host: str) -> str:
    """Where mmt runs, where nobody gave the station a name."""
    who = f"{name} on {host}" if (name := login()) else host
    if client := os.environ.get("SSH_CONNECTION", "").partition(" ")[0]:
        who = f"{who}, from {client}"
    return who


def may_run(other: Program, here: Program) -> bool:
    """Whether a program may still run: no, once its computer, which is this one, says that it ended."""
    if other.host != here.host or other.token == here.token:
        return True
    if other.process == here.process:  # its number went on to this one
        return False
    if os.name == "nt":
        return True  # there os.kill ends what it asks after
    try:
        os.kill(other.process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
