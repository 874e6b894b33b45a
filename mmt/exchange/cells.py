"""Cells of a CSV file that a spreadsheet leaves as they are: no formula, no number in the place of a text."""

import re

_STARTS = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula; in some countries also in their wide forms."""

_TAKEN = re.compile(r"[0-9]+[+-]|0[0-9]+|[0-9]+([eE][+-]?[0-9]+|[-/. ][0-9].*)|[0-9]{12,}", re.DOTALL)
"""Texts that a spreadsheet makes another thing of: `4-` the number -4, `007` 7, `1E5` 100000, `3-4` a day."""


def as_cell(typed: str) -> str:
    """A text with an apostrophe before it where a spreadsheet would take it for a formula; also before an
    apostrophe, so that each cell tells what was there."""
    return f"'{typed}" if typed.startswith(("'", *_STARTS)) else typed


def as_text(code: str) -> str:
    """A grade, a chart number: a text that is no number, with an apostrophe where it would become one."""
    return f"'{code}" if _TAKEN.fullmatch(code) else as_cell(code)
