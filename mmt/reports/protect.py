"""A PDF that opens only with a passphrase: AES with a key of 256 bits (revision 6)."""

import io
import unicodedata

from pikepdf import Encryption, Pdf

from mmt.model.errors import PaperError
from mmt.model.papers import SHORTEST_PASSPHRASE

_LONGEST = 127
"""Bytes in UTF-8: PDF readers take no more."""


def protected(pdf: bytes, passphrase: str) -> bytes:
    """The same pages behind a passphrase. Raises PaperError where it is too short or too long.

    Each call gives other bytes: the key is drawn anew.
    """
    secret = unicodedata.normalize("NFKC", passphrase)
    if len(secret) < SHORTEST_PASSPHRASE:
        raise PaperError(f"The passphrase needs {SHORTEST_PASSPHRASE} characters or more.")
    if len(secret.encode()) > _LONGEST:
        raise PaperError("The passphrase is too long for a PDF; take fewer than 60 characters.")
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, encryption=Encryption(owner=secret, user=secret, R=6))
    return out.getvalue()
