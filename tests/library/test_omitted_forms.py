"""The easier and the harder form of an item never tell what a condition forbids."""

import re

import pytest

from mmt.library.load import load
from mmt.model.stretches import Stretch
from mmt.paths import shipped

PROTOCOL = load([shipped("protocols")]).protocol

FORBIDDEN = [
    (r"on your back|lying on|lying down|edge of your bed|over a pillow", "PRG"),
    (r"\bhills?\b", "BAL OST THA IRR CST SPI"),
    (r"on a step|on this foot only|longer steps", "BAL HIP"),
    (r"\bwalk now", "NWB CST"),
    (r"both knees to your chest|lean forward with", "OST THA FLX"),
    (r"kneel on", "KNE FLR"),
    (r"on a rolled towel|lie on your other side", "FLR"),
    (r"(raise|reach) (the|both) arms?", "SHO"),
    (r"as in a march", "HAM EXT"),
]
"""What English words of a form tell, and the conditions that forbid it."""


def told(stretch: Stretch, line: str, code: str) -> str:
    """A form as the sheet tells it with this condition: an item that is forbidden is on no sheet, and one
    that waits or is done in another form has no harder form."""
    severity = stretch.precautions.get(code)
    known = PROTOCOL.precautions[code]
    if severity == "X" or known.bars(stretch.id, default=stretch.default):
        return ""
    waits = severity is not None or known.waits(stretch.id, relief=stretch.kind in ("rest", "walking"))
    return "" if waits and line == "harder" else getattr(stretch.told_with((code,)).text["en"], line)


@pytest.mark.parametrize(("words", "codes"), FORBIDDEN)
def test_no_form_tells_what_a_condition_forbids(words: str, codes: str) -> None:
    lines = [(one, line) for one in PROTOCOL.stretches.values() for line in ("easier", "harder")]
    telling = [pair for pair in lines if re.search(words, getattr(pair[0].text["en"], pair[1]), re.I)]
    assert telling, "these words are told by no form any more"
    for stretch, line in telling:
        for code in codes.split():
            assert not re.search(words, told(stretch, line, code), re.I), (stretch.id, line, code)


def test_a_form_is_left_out_in_every_language_and_stays_without_the_condition() -> None:
    bend = PROTOCOL.stretches["E20"]
    assert [one.easier for one in bend.told_with(("PRG",)).text.values()] == ["", "", ""]
    assert bend.told_with(("KNE",)) == bend
