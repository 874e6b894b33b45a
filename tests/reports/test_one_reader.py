"""A sentence has one reader: what the screen tells the examiner to do never stands on paper."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from paper_samples import PROTOCOL, TEMPLATES, filled, record

from mmt.case import read_case
from mmt.model.label import LABEL
from mmt.model.papers import Wanted

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.toml"))

OF_THE_SCREEN = re.compile(
    r"\bF\d{1,2}\b|\b(?:Esc|Ctrl|PgUp|PgDn|Backspace)\b|\b(?:press|hit|type) (?:Enter|F\d|the \w+ key)\b"
    r"|\b(?:this|on the) screen\b|\bthe exam\b|\bthis step\b|\byour tick\b|\bnot for emergencies\b"
    r"|\b(?:esta pantalla|tecla|pulse F\d)\b|\b(?:tym ekranie|klawisz\w*|naciśnij F\d)\b",
    re.IGNORECASE,
)
"""Keys, screens and steps of the program, in the languages of the papers."""

TO_THE_EXAMINER = re.compile(
    r"(?:^|[.;:?!] )(?:Stop|Send|Test|Ask|Look|Repeat|Confirm|Think|Phone|Refer|Write|Check|Give)\b"
    r"|(?:^|[.;:?!] )(?:Take|Print|Adapt|Examine|Arrange|Do not)\b"
    r"|\b(?:look at|repeat, or|take a third|where you|the side recorded|side is the)\b",
    re.IGNORECASE,
)
"""What is to be done, told to whoever stands at the table."""


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


@pytest.mark.parametrize("document", list(TEMPLATES))
def test_no_sentence_of_a_template_is_of_the_screen(document: str) -> None:
    told = list(strings(msgspec.to_builtins(TEMPLATES[document])))
    assert [one for one in told if OF_THE_SCREEN.search(one)] == []


def test_no_sentence_of_a_stretch_is_of_the_screen() -> None:
    told = [*(one.text for one in PROTOCOL.stretches.values())]
    assert [one for one in strings(msgspec.to_builtins(told)) if OF_THE_SCREEN.search(one)] == []


def test_a_colleague_reads_facts_and_nothing_that_the_examiner_is_told_to_do() -> None:
    found: dict[str, str] = {}
    for path in CASES:
        case, _ = read_case(path.read_bytes(), path.name, PROTOCOL)
        assert case is not None
        past = case.history
        letter = filled("referral-letter", record(past))
        told = [*(one.text for one in letter.alerts), *(one.text for one in letter.findings)]
        told += [note for one in letter.grades for note in (one.test, *one.notes)]
        if len(past.visits) > 1:
            since = filled("comparison", record(past, wanted=Wanted(since=0)))
            told += [why for one in since.changes for why in (one.name, *one.why)]
        wrong = (one for one in told if OF_THE_SCREEN.search(one) or TO_THE_EXAMINER.search(one))
        found |= dict.fromkeys(wrong, path.stem)
    found |= {
        one.says: one.id for one in PROTOCOL.safety.values() if TO_THE_EXAMINER.search(one.says)
    }  # what no case alerts to
    assert found == {}


@pytest.mark.parametrize(
    "told", [LABEL, "Stop the exam. Possible fracture.", "Answer on this screen.", "Press F1."]
)
def test_what_is_told_to_the_examiner_is_found(told: str) -> None:
    assert OF_THE_SCREEN.search(told) or TO_THE_EXAMINER.search(told)
