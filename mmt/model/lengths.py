"""Lengths as people write them at the table, in millimetres: `861.5`, `86.1 cm`, `33 1/2 in`, `33.5"`."""

import re

from .observation import LARGEST

MM_PER_INCH = 25.4

_UNITS = {"mm": 1.0, "cm": 10.0, "in": MM_PER_INCH}
_WRITTEN = re.compile(
    r"""(?P<whole>\d{1,6}(?:[.,]\d{0,6})?|[.,]\d{1,6})?
        (?:(?:(?<=\d)[ +\-]+|^)(?P<over>\d{1,4})/(?P<under>[1-9]\d{0,3}))?
        \s*(?:(?P<unit>mm|cm|in)(?:(?<=in)ch(?:es)?)?\.?|(?P<mark>["″]))?""",
    re.VERBOSE,
)


class LengthError(ValueError):
    """The text is not a length; `str()` says how one is written."""


def millimetres(text: str) -> float:
    """The length that `text` writes, in mm to a tenth: mm unless it names `cm`, `in` or `"`.

    A fraction (`33 1/2`, `33+1/2`, `1/8`) is only used with inches and is read as inches without a unit too.
    Raises LengthError.
    """
    written = _WRITTEN.fullmatch(text.strip().lower())
    if written is None or not (written["whole"] or written["over"]):
        raise LengthError('Not a length. Write 861.5, 86.1 cm, 33 7/8 in or 33.9".')
    unit = written["unit"] or ("in" if written["over"] or written["mark"] else "mm")
    if written["over"] and unit != "in":
        raise LengthError("Fractions are read in inches only: 33 7/8 in.")
    value = float((written["whole"] or "0").replace(",", "."))
    if written["over"]:
        value += int(written["over"]) / int(written["under"])
    found = round(value * _UNITS[unit], 1)
    if found > LARGEST["millimetres"]:
        raise LengthError(f"{found:g} mm is longer than any leg.")
    return found
