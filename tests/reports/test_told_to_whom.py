"""What a sheet says only to those of whom it is true: the course, a pull, a harder form, a sore nerve."""

import datetime
from typing import Any

import pytest
from paper_samples import PATIENT, PROTOCOL, STRETCHES, TEMPLATES, filled, printed, record, sheet
from pdf_reading import squeezed, text

from mmt.model.observation import Observation
from mmt.model.visit import History, Prescribed, Visit

LANGUAGES = ("en", "es", "pl")
DAY = datetime.date(2026, 3, 2)


def visit(*seen: tuple[str, dict[str, Any]], day: datetime.date = DAY, **more: Any) -> Visit:
    observations = tuple(
        Observation(test=test, side="left" if PROTOCOL.tests[test].sides == "each" else None, **value)
        for test, value in seen
    )
    asked = {one.id: False for one in PROTOCOL.precautions.values() if one.asked}
    fields = {"precautions": asked, "observations": observations, **more}
    return Visit(date=day, examiner="A", scale="MRC-8", **fields)


def history(*visits: Visit) -> History:
    return History(patient=PATIENT, visits=visits)


def told(*stretches: str, language: str = "en", **changed: Any) -> str:
    return squeezed(text(printed(sheet(*stretches, language=language, **changed), TEMPLATES["hand-out"])))


def words(key: str, language: str) -> str:
    return squeezed(str(TEMPLATES["hand-out"].wording[language].text[key]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pull_is_spoken_of_only_where_a_move_is_a_stretch(language: str) -> None:
    symptoms = TEMPLATES["hand-out"].symptoms
    pull, work = (squeezed(symptoms[one].text[language]) for one in ("mild-pull", "light-work"))
    for stretches in (("E12:left", "E27"), ("E28", "E27"), ("E14:left",), ("E02",)):
        read = told(*stretches, language=language)
        assert words("summary-pull", language) not in read
        assert pull not in read
        assert work in read
    read = told("E15", language=language)
    assert words("summary-pull", language) in read
    assert pull in read
    assert work not in read
    assert work in (mixed := told("E15", "E27", language=language))
    assert pull in mixed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_tells_the_course_that_fits_and_no_move_promises_it_again(language: str) -> None:
    soon, slow = (words(key, language) for key in ("course-soon", "course-slow"))
    for usual in (True, False):
        read = told("E27", language=language, usual_course=usual)
        assert (read.count(soon), read.count(slow)) == (usual, not usual)
    given = (Prescribed(stretch="E27", dose=STRETCHES["E27"].dose),)
    for weeks, usual in ((3, True), (200, False)):
        made = record(history(visit(story={"weeks": weeks}, prescription=given)))
        assert filled("hand-out", made).usual_course is usual


@pytest.mark.parametrize(
    ("stretch", "muscle", "seen", "harder"),
    [
        ("E12", "GMED", {"grade": "4-"}, True),
        ("E12", "GMED", {"grade": "3"}, False),
        ("E12", "GMED", {"grade": "5", "flags": ("pain",)}, False),
        ("E12", "GMED", {"not_tested": "pain"}, False),
        ("E12", "EHL", {"grade": "3"}, True),
        ("E14", "EHL", {"grade": "3"}, False),
        ("E27", "TA", {"grade": "3"}, False),
        ("E25", "LAB", {"grade": "3"}, False),
    ],
)
def test_no_harder_form_is_told_where_its_muscle_is_weak_or_hurts(
    stretch: str, muscle: str, seen: dict[str, Any], harder: bool
) -> None:
    given = (Prescribed(stretch=stretch, side=None, dose=STRETCHES[stretch].dose),)
    (item,) = filled("hand-out", record(history(visit((muscle, seen), prescription=given)))).items
    assert [bool(item.text(one).harder) for one in LANGUAGES] == [harder] * 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_move_that_a_back_alone_may_get_speaks_of_pain_in_the_leg(language: str) -> None:
    for name, leg in (
        ("E02", ("Leg pain", "pierna sube", "nogi idzie")),
        ("E27", ("your leg", "La pierna", "Noga")),
    ):
        words = STRETCHES[name].text[language]
        lines = " ".join(
            [words.course, words.why["default"], *(one for part in words.parts for one in part.steps)]
        )
        assert not any(one in lines for one in leg), name
