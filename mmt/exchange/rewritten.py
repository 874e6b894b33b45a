"""Files of records that another program opened and wrote anew, in another form than mmt's lines."""

import codecs

from .records import FORMAT

BEGIN = 1000
"""So many bytes of a file tell what it is."""


def is_records(begin: bytes) -> bool:
    """Whether a file that begins so holds records of mmt, in whatever form."""
    plain = _plain(begin)
    return plain[:1] in (b"{", b"[") and (
        f'"{FORMAT}"'.encode() in plain or plain[1:].lstrip()[:6] == b'"line"'
    )


def rewritten(begin: bytes) -> str:
    """How a file of records that begins so differs in form from what mmt writes; empty where it does not."""
    if b"\0" in begin:
        return "it is in UTF-16 and not in UTF-8"
    if begin.startswith(codecs.BOM_UTF8):
        return "a mark (BOM) stands before its first line"
    if begin.lstrip()[:1] == b"[":
        return "its lines were put together into one list"
    line, _, more = begin.partition(b"\n")
    return "its values go over several lines" if more and not line.rstrip().endswith(b"}") else ""


def _plain(begin: bytes) -> bytes:
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        begin = begin.removeprefix(mark)
    return begin.replace(b"\0", b"").lstrip()
