"""A PDF that opens only with a passphrase: AES with a key of 256 bits (revision 6)."""

import io
import unicodedata

from pikepdf import Encryption, PasswordError, Pdf, PdfError

from mmt.model.errors import PaperError
from mmt.model.papers import SHORTEST_PASSPHRASE, PaperSize

_LONGEST = 127
"""Bytes in UTF-8: PDF readers take no more."""


_BETWEEN = 817
"""Points: a Letter is 792 high, an A4 842."""


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


def sheet_of(pdf: bytes) -> PaperSize | None:
    """For which sheet the pages of a paper are; None where it is behind a passphrase.

    Raises ValueError where it is no PDF with a page.
    """
    try:
        with Pdf.open(io.BytesIO(pdf)) as opened:
            _, bottom, _, top = (float(one) for one in opened.pages[0].mediabox.as_list())
    except PasswordError:
        return None
    except (PdfError, IndexError) as error:
        raise ValueError(str(error)) from None
    return "letter" if top - bottom < _BETWEEN else "a4"
