"""Whose account of this computer mmt runs in."""

import getpass
import socket

from mmt.model.text import clean


def account() -> str:
    """The name of the account, never empty: who acts where nobody has signed in."""
    try:
        name = clean(getpass.getuser())
    except (OSError, KeyError, ImportError):  # a login without a name
        name = ""
    return name or clean(socket.gethostname()) or "this computer"
