"""Lengths as people write them at the table, in millimetres: `861.5`, `86.1 cm`, `33 1/2 in`, `33.5"`."""

import re

MM_PER_INCH = 25.4

_UNITS = {"": 1.0, "mm": 1.0, "cm": 10.0, "in": MM_PER_INCH, '"': MM_PER_INCH, "″": MM_PER_INCH}
_WRITTEN = re.compile(
    r"""(?P<whole>\d+(?:[.,]\d*)?|[.,]\d+)?
        (?:(?:(?<=\d)[ +\-]+|^)(?P<over>\d+)/(?P<under>[1-9]\d*))?
        \s*(?P<unit>mm|cm|in|"|″|)""",
    re.VERBOSE,
)
_LONGEST = 3000
"""No tape along a leg reads three metres: more is a slip of the key."""


class LengthError(ValueError):
    """The text is not a length; `str()` says how one is written."""


def millimetres(text: str) -> float:
    """The length that `text` writes, in mm to a tenth: mm unless it names `cm`, `in` or `"`.

    A fraction (`33 1/2`, `33+1/2`, `1/8`) is only used with inches and is read as inches without a unit too.
    Raises LengthError.
    """
    written = _WRITTEN.fullmatch(text.strip().lower().removesuffix("ches").rstrip("."))
    if written is None or not (written["whole"] or written["over"]):
        raise LengthError('Not a length. Write 861.5, 86.1 cm, 33 7/8 in or 33.9".')
    unit = written["unit"] or ("in" if written["over"] else "")
    if written["over"] and _UNITS[unit] != MM_PER_INCH:
        raise LengthError("Fractions are read in inches only: 33 7/8 in.")
    value = float((written["whole"] or "0").replace(",", "."))
    if written["over"]:
        value += int(written["over"]) / int(written["under"])
    found = round(value * _UNITS[unit], 1)
    if found > _LONGEST:
        raise LengthError(f"{found:g} mm is longer than any leg.")
    return found
