"""What we found, for the patient: by side, in plain words, with the plan to consent to."""

import datetime
from typing import Any, get_args

import pytest
from msgspec.structs import replace
from paper_samples import PROTOCOL, TEMPLATES, record
from pdf_reading import drawn, pages, said, squeezed, text, words_of

from mmt.model.observation import Observation
from mmt.model.papers import PLAIN, Wanted
from mmt.model.people import Patient
from mmt.model.rules import Area
from mmt.model.visit import History, Visit
from mmt.reasoning import as_offered
from mmt.reports.blocks.body import PLACES
from mmt.reports.documents import documents

DOCUMENT = documents()["what-we-found"]
SEEN = (
    Observation(test="GMAX", side="right", grade="4"),
    Observation(test="GMAX", side="left", grade="5"),
    Observation(test="L-PKE", side="right", degrees=5),
    Observation(test="L-PKE", side="left", degrees=45),
    Observation(test="TA", side="right", grade="5"),
    Observation(test="TA", side="left", grade="5"),
)
LEGS = (
    *(
        Observation(test="LL-TRUE", side=side, millimetres=length, trial=trial)
        for side, length in (("right", 872), ("left", 858))
        for trial in (1, 2)
    ),
    Observation(test="LL-BLOCK", side="left", millimetres=14),
)


def of(*seen: Observation, **fields: Any) -> Visit:
    day = datetime.date(2026, 3, 2)
    return Visit(date=day, examiner="Jo Hart", scale="MRC-8", observations=seen, **fields)


def made(*seen: Observation, language: str = "en", wanted: Wanted = PLAIN, **fields: Any) -> bytes:
    person = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2), language=language)
    return DOCUMENT.pdf(record(History(patient=person, visits=(of(*seen, **fields),)), wanted=wanted))


@pytest.mark.parametrize("size", ["a4", "letter"])
@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_it_is_one_page_in_each_language_and_in_print_that_can_be_read(language: str, size: Any) -> None:
    (page,) = pages(made(*SEEN, *LEGS, language=language, wanted=Wanted(size=size)))
    words = TEMPLATES["what-we-found"].wording[language].text
    read = squeezed(words_of(page))
    for key in (
        "head-right",
        "head-left",
        "area-buttock",
        "area-thigh-back",
        "kind-weaker",
        "plan",
        "agree-name",
    ):
        assert squeezed(str(words[key])) in read, key
    marks = {"1", "2", "3", "4"}
    assert min(one.size for one in said(page) if one.text not in marks) >= 12


def test_it_tells_each_side_where_it_stands_and_what_was_tested_without_calling_it_normal() -> None:
    person = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
    past = History(patient=person, visits=(replace(of(*SEEN), next_visit="16 March"),))
    move = as_offered(record(past).review.prescription.offered)[0]
    pdf = made(*SEEN, next_visit="16 March", prescription=(move,))
    name = PROTOCOL.stretches[move.stretch].text["en"].name
    found = {one.text: one for one in said(pages(pdf)[0])}
    assert found["Your RIGHT"].x < found["Your LEFT"].x
    assert found["Buttock: weaker"].x < found["Your LEFT"].x
    back = next(one for text, one in found.items() if text.startswith("Back of the thigh:"))
    assert back.x > found["Your LEFT"].x
    read = " ".join(text(pdf).split())
    for told in (
        "We also tested, with nothing to tell: shin.",
        "What is not on this page may not be tested. Ask us.",
        "We did not measure your leg length.",
        f"At home: {name}",
        "Next visit: 16 March",
        "You may say no, or stop at any time.",
        "I agree to this plan.",
    ):
        assert told in read, told
    assert "normal" not in read.lower()
    assert "GMAX" not in read


def test_a_mark_on_the_body_lies_on_the_side_that_is_told() -> None:
    (page,) = pages(made(*SEEN))
    middle = float(page.mediabox.width) / 2
    small = [one for one in drawn(page).said if one.text in ("1", "2") and abs(one.x - middle) < 60]
    assert [one.text for one in sorted(small, key=lambda one: one.x)] == ["1", "2"]
    assert min(one.x for one in small) < middle - 4 < middle < max(one.x for one in small)


def test_a_side_that_was_not_tested_says_so_and_the_legs_are_told_as_they_measured() -> None:
    read = " ".join(text(made(*SEEN[:1])).split())
    assert "Not tested." in read
    assert "nothing to tell" not in read
    assert "Your LEFT leg measured about 14 mm shorter." in " ".join(text(made(*LEGS)).split())


def test_every_area_has_its_place_and_no_two_marks_touch() -> None:
    assert set(PLACES) == set(get_args(Area))
    spots = [(mirror * x, y) for x, y in PLACES.values() for mirror in ((1, -1) if x else (1,))]
    apart = [
        ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for at, a in enumerate(spots) for b in spots[:at]
    ]
    assert min(apart) > 0.055
