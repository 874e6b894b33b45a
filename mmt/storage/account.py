"""Whose account of this computer mmt runs in."""

import getpass
import os
import socket
import sys
from contextlib import suppress

from mmt.model.text import clean

if sys.platform != "win32":
    import pwd


def account() -> str:
    """The name of the account, never empty: who acts where nobody has signed in."""
    return login() or clean(socket.gethostname()) or "this computer"


def login() -> str:
    """The name of the account, empty where it has none. The system tells it where it can: what stands in the
    environment (LOGNAME, USER) anybody writes there."""
    name = ""
    if sys.platform != "win32":
        with suppress(KeyError):  # an account without a name
            name = clean(pwd.getpwuid(os.getuid()).pw_name)
    if not name:
        with suppress(OSError, KeyError, ImportError):
            name = clean(getpass.getuser())
    return name
