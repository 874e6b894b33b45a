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


_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
_NOT_SO = (
    "It begins as {form}, and goes on otherwise or ends within a letter. Have it written or copied anew."
)
_NUL = (
    "It holds a sign that no text has (NUL), as does UTF-16 without the mark before it. Save it as UTF-8 (in "
    "Excel: CSV UTF-8) and begin again."
)


def no_text(data: bytes) -> str:
    """Why bytes are no text, in a sentence; empty where they may be one."""
    text = unmarked(data)
    for mark, form in _MARKS:
        if text.startswith(mark):
            return _NOT_SO.format(form=_NAMES[form])
    return _NUL if b"\0" in text else ""
