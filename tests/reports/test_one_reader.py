"""A sentence has one reader: what the screen tells the examiner to do never stands on paper.

What papers say of the golden cases is looked at where those are reviewed, by `on_paper`.
"""

import msgspec
import pytest
from on_paper import OF_THE_SCREEN, TO_THE_EXAMINER, strings
from paper_samples import PROTOCOL, TEMPLATES

from mmt.model.label import LABEL


@pytest.mark.parametrize("document", list(TEMPLATES))
def test_no_sentence_of_a_template_is_of_the_screen(document: str) -> None:
    told = list(strings(msgspec.to_builtins(TEMPLATES[document])))
    assert [one for one in told if OF_THE_SCREEN.search(one)] == []


def test_no_sentence_of_a_stretch_is_of_the_screen() -> None:
    told = [*(one.text for one in PROTOCOL.stretches.values())]
    assert [one for one in strings(msgspec.to_builtins(told)) if OF_THE_SCREEN.search(one)] == []


def test_what_no_case_alerts_to_is_told_as_a_fact_too() -> None:
    assert [one.id for one in PROTOCOL.safety.values() if TO_THE_EXAMINER.search(one.says)] == []


@pytest.mark.parametrize(
    "told", [LABEL, "Stop the exam. Possible fracture.", "Answer on this screen.", "Press F1."]
)
def test_what_is_told_to_the_examiner_is_found(told: str) -> None:
    assert OF_THE_SCREEN.search(told) or TO_THE_EXAMINER.search(told)
