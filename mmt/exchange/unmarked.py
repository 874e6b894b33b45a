"""Texts that other programs wrote in Unicode, with a mark before them that says in which form."""

import codecs

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def unmarked(data: bytes) -> bytes:
    """A text as UTF-8 without the mark; as it is where it has none, or is not what its mark says."""
    for mark, form in _MARKS:
        if data.startswith(mark):
            try:
                return data.removeprefix(mark).decode(form).encode()
            except UnicodeDecodeError:
                return data
    return data
