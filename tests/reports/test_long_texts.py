"""Every paper with names of 300 letters, notes of 4,000 and five moves: nothing is cut, lost or left alone.

A few of all shapes are read in the suite; `uv run pytest -m long tests/reports/test_long_texts.py` reads all.
"""

import itertools
from collections.abc import Iterator
from typing import Any, get_args

import hostile
import pytest
from page_faults import LONG, faults

from mmt.model.papers import PaperSize
from mmt.reports.documents import documents, templated

SHAPES = tuple(itertools.product((False, True), ("en", "es", "pl"), get_args(PaperSize), LONG))
"""Whether print is large, the language, the paper, and what the texts are like."""


def shapes() -> Iterator[Any]:
    """Each paper in each shape, for clinicians in usual print; the suite reads each that has a
    template of its own in one of them."""
    for at, kind in enumerate(hostile.PAPERS):
        own = SHAPES if documents()[kind].for_patients else SHAPES[: len(SHAPES) // 2]
        for number, one in enumerate(own):
            read = kind in templated() and number == 7 * at % len(own)
            yield pytest.param(kind, *one, marks=[] if read else [pytest.mark.long])


@pytest.mark.parametrize(("kind", "large", "language", "size", "like"), tuple(shapes()))
def test_pages_hold_whatever_is_typed(
    kind: str, large: bool, language: str, size: PaperSize, like: str
) -> None:
    texts = LONG[like]
    history = hostile.typed(texts.name, texts.note, texts.line, language=language)
    laid = hostile.laid(kind, history, hostile.clinic(texts.name), texts.line, size=size, large=large)
    assert list(faults(laid, texts)) == []
