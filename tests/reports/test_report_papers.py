"""What goes onto each paper, drawn out of a history."""

import datetime
from typing import Any

import pytest
from msgspec.structs import replace
from paper_samples import PROTOCOL, TEMPLATES, filled, record

from mmt.model.errors import PaperError
from mmt.model.observation import Observation
from mmt.model.papers import Wanted
from mmt.model.people import Patient
from mmt.model.review import Alert, Reason
from mmt.model.template import Template
from mmt.model.visit import History, Override, Prescribed, Signature, Visit
from mmt.reports.documents import documents
from mmt.reports.documents.warning_card import SAID
from mmt.reports.facts import letter_alert

TEMPLATE = TEMPLATES["hand-out"]


def visit(day: int, *seen: Observation, **fields: Any) -> Visit:
    return Visit(
        date=datetime.date(2026, 3, day), examiner="Jo Hart", scale="MRC-8", observations=seen, **fields
    )


def history(*visits: Visit, **patient: Any) -> History:
    person = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2), **patient)
    return History(patient=person, visits=visits)


def grade(test: str, side: Any, code: str, **fields: Any) -> Observation:
    return Observation(test=test, side=side, grade=code, **fields)


def prescribed(stretch: str) -> Prescribed:
    return Prescribed(stretch=stretch, side="left", dose=PROTOCOL.stretches["E01"].dose)


def test_a_sheet_is_drawn_from_the_last_visit() -> None:
    last = visit(9, next_visit="16 March", prescription=(prescribed("E01"),))
    past = history(visit(1), last, large_print=True)
    sheet = filled("hand-out", record(past, wanted=Wanted(size="letter")))
    assert (sheet.date.day, sheet.next_visit, sheet.practitioner) == (9, "16 March", "Jo Hart")
    assert (sheet.size, sheet.large_print, sheet.language) == ("letter", True, "en")
    assert [one.stretch.id for one in sheet.items] == ["E01"]


def test_a_sheet_is_in_the_patients_language_only_where_all_of_it_is() -> None:
    spoken = {key: replace(one, text={**one.text, "de": "x"}) for key, one in TEMPLATE.symptoms.items()}
    both = replace(
        TEMPLATE, symptoms=spoken, wording={"en": TEMPLATE.wording["en"], "de": TEMPLATE.wording["en"]}
    )
    one = PROTOCOL.stretches["E01"]
    german = replace(one, text={**one.text, "de": one.text["en"]})
    protocol = replace(PROTOCOL, stretches={**PROTOCOL.stretches, "E01": german})

    def language(template: Template, *chosen: str) -> str:
        past = history(visit(1, prescription=tuple(map(prescribed, chosen))), language="de")
        made = record(past, protocol=protocol, templates={"hand-out": template})
        return str(filled("hand-out", made).language)

    assert language(both, "E01") == "de"
    assert language(replace(both, symptoms=TEMPLATE.symptoms), "E01") == "en"
    assert language(both, "E01", "E12") == "en"
    assert language(TEMPLATE, "E01") == "en"


def test_the_warning_card_names_the_groups_that_are_an_emergency() -> None:
    past = history(visit(1, safety={"saddle-numbness": True}))
    card = filled("warning-card", record(past))
    assert "cauda-equina" in card.groups
    assert card.said == ("saddle-numbness",)
    weak = tuple(grade(test, side, "2") for test in ("TA", "GAS", "QUAD") for side in ("left", "right"))
    assert filled("warning-card", record(history(visit(1, *weak)))).said == ("motor-deficit",), "by testing"
    worded = {*SAID, "over-60", "smoker", "high-blood-pressure", "vascular-disease"}
    urgent = {one.id for one in PROTOCOL.safety_questions.values() if one.level == "emergency"}
    assert urgent - worded == set(), "each has words on the card, but for what is a risk"
    assert not card.pain
    told = history(visit(1, safety={"saddle-numbness": True}, story={"nprs_back": 0, "nprs_leg": 3}))
    assert filled("warning-card", record(told)).pain


def test_the_letter_tells_alerts_grades_and_questions() -> None:
    first = visit(1, grade("TA", "left", "5"), grade("TA", "right", "5"))
    last = visit(
        9,
        grade("TA", "left", "2"),
        grade("TA", "right", "5"),
        grade("GMED", "left", "4", flags=("substitution",), substitution="TFL"),
        Observation(test="GAS", side="right", not_tested="cast"),
        Observation(test="LL-TRUE", side="left", millimetres=848, trial=1),
        Observation(test="LL-TRUE", side="left", millimetres=850, trial=2),
        safety={"saddle-numbness": False, "bladder": True},
        action="Phoned.",
        override=Override(
            reason="Seen today", by="Jo Hart", at=datetime.datetime(2026, 3, 9, tzinfo=datetime.UTC)
        ),
    )
    past = history(first, last)
    letter = filled("referral-letter", record(past, wanted=Wanted(typed=("Dr. Stone",))))
    rows = {one.test: one for one in letter.grades}
    ta, gmed = PROTOCOL.tests["TA"].name, PROTOCOL.tests["GMED"].name
    assert (rows[ta].right, rows[ta].left, rows[ta].notes) == ("5", "2", ())
    assert (rows[gmed].right, rows[gmed].left) == ("", "4 *")
    assert rows[gmed].notes == (f"{gmed}, left: substitution (TFL)",)
    assert rows[PROTOCOL.tests["GAS"].name].right == "NT *"
    assert rows[PROTOCOL.tests["GAS"].name].notes[0].endswith("right: not tested (cast)")
    assert rows[PROTOCOL.tests["LL-TRUE"].name].left == "849 mm"
    assert letter.answered_yes == (PROTOCOL.safety_questions["bladder"].ask,)
    assert letter.went_on == last.override
    assert letter.answered_no == 1
    groups = {one.group: one for one in letter.not_asked}
    assert groups["Cauda equina"].missing == groups["Cauda equina"].of - 2
    assert (letter.action, letter.to, letter.scale) == ("Phoned.", "Dr. Stone", PROTOCOL.scales["MRC-8"].name)
    facts = [fact for alert in letter.alerts for fact in alert.facts]
    assert any(fact.startswith(f"{ta}, left: 2") for fact in facts)
    assert any(fact.startswith(PROTOCOL.safety_questions["bladder"].ask) for fact in facts)


def test_the_course_stands_in_the_letter_as_a_fact_and_what_is_proposed_of_the_sheet_does_not() -> None:
    at = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
    first = visit(
        1,
        grade("HER", "left", "5"),
        story={"nprs_leg": 8},
        prescription=(prescribed("E01"),),
        signature=Signature(by="Jo Hart", at=at, digest=""),
    )
    last = visit(
        9, grade("HER", "left", "4"), story={"nprs_leg": 3}, home={"E01": ("most", "pain")}, note="See"
    )
    told = [one.text for one in filled("referral-letter", record(history(first, last))).findings]
    rotators = PROTOCOL.tests["HER"].name
    less = "Less pain than on 2026-03-01 (Leg pain now, 0 to 10)"
    assert f"{less}, yet weaker or less felt: {rotators}, left." in told
    assert not any("easier" in one for one in told)


def test_questions_that_the_record_answers_are_not_called_unasked() -> None:
    past = history(visit(1))
    letter = filled("referral-letter", record(past))
    asked = [one for one in PROTOCOL.safety_questions.values() if not one.from_record]
    assert sum(one.missing for one in letter.not_asked) == len(asked)


def test_the_best_of_several_trials_stands_in_the_letter() -> None:
    past = history(visit(1, grade("TA", "left", "3"), grade("TA", "left", "4", trial=2)))
    letter = filled("referral-letter", record(past))
    assert letter.grades[0].left == "4"


def test_an_answer_of_the_story_stands_in_the_letter_in_the_words_of_its_question() -> None:
    why = (
        Reason(story="leg_pain_side", answer="none"),
        Reason(story="worsens", answer=("bending", "coughing")),
    )
    alert = Alert(rule="x", level="caution", said=(), because=why, sources=(), evidence="derived")
    assert letter_alert(alert, PROTOCOL).facts == (
        "Which leg hurts? neither",
        "What makes it worse? bending forward, coughing or sneezing",
    )


def test_of_two_equal_grades_the_one_without_pain_stands_in_the_letter_and_of_angles_the_mean() -> None:
    now = visit(
        2,
        grade("TA", "left", "4", flags=("pain",)),
        grade("TA", "left", "4", trial=2),
        Observation(test="L-PKE", side="left", degrees=20),
        Observation(test="L-PKE", side="left", degrees=27, trial=2),
    )
    past = history(now)
    rows = filled("referral-letter", record(past)).grades
    assert [one.left for one in rows] == ["4", "23.5°"]


def test_a_comparison_names_tests_and_both_visits() -> None:
    first = replace(visit(1, grade("TA", "left", "4"), story={"nprs_leg": 7}), examiner="Lee Stone")
    past = history(first, visit(9, grade("TA", "left", "5"), story={"nprs_leg": 3}))
    sheet = filled("comparison", record(past))
    assert (sheet.since.day, sheet.date.day, sheet.examiner_then) == (1, 9, "Lee Stone")
    names = [one.name for one in sheet.changes]
    assert PROTOCOL.tests["TA"].name in names
    assert PROTOCOL.story["nprs_leg"].ask in names


def test_a_comparison_names_each_source_of_what_changed_once() -> None:
    past = history(
        visit(1, grade("TA", "left", "4"), grade("EHL", "left", "4"), story={"nprs_leg": 7}),
        visit(9, grade("TA", "left", "5"), grade("EHL", "left", "5"), story={"nprs_leg": 7}),
    )
    sheet = filled("comparison", record(past))
    moved = (*PROTOCOL.tests["TA"].sources, *PROTOCOL.tests["EHL"].sources)
    assert sheet.sources == PROTOCOL.cite(tuple(dict.fromkeys(moved)))


def test_a_comparison_knows_grades_from_other_values() -> None:
    slump = [Observation(test="SLUMP", side="left", result=result) for result in ("positive", "negative")]
    past = history(visit(1, grade("TA", "left", "4"), slump[0]), visit(9, grade("TA", "left", "5"), slump[1]))
    sheet = filled("comparison", record(past))
    assert {one.change.test: one.graded for one in sheet.changes} == {"TA": True, "SLUMP": False}


def test_a_comparison_holds_the_scores_of_all_visits_that_have_them() -> None:
    days = [visit(1, story={"nprs_leg": 7, "nprs_back": 4}), visit(5), visit(9, story={"nprs_leg": 3})]
    past = history(*days, visit(12, story={"nprs_leg": 2, "night_pain": True}))
    (course,) = filled("comparison", record(past)).courses
    assert course.name == PROTOCOL.story["nprs_leg"].ask
    assert [(one.date.day, one.value) for one in course.points] == [(1, 7), (9, 3), (12, 2)]
    assert (course.least, course.most) == (0, 10)


def legs(right: float, left: float, under: float) -> list[Observation]:
    """Both legs by tape, twice, and blocks under the left foot."""
    tape = [
        Observation(test="LL-TRUE", side=side, millimetres=length, trial=trial)
        for side, length in (("right", right), ("left", left))
        for trial in (1, 2)
    ]
    return [*tape, Observation(test="LL-BLOCK", side="left", millimetres=under)]


def test_the_page_on_lifts_is_in_the_numbers_of_the_rule_and_of_the_visit() -> None:
    past = history(visit(1, *legs(872, 858, 14), next_visit="16 March"))
    page = filled("lift-page", record(past))
    assert (page.shorter, page.apart, page.error) == ("left", 14, 8)
    assert (page.low, page.high) == (7, 10)
    assert (page.rule.first, page.rule.step, page.rule.limit) == (3, 3, 10)
    assert page.next_visit == "16 March"


def test_a_lift_never_passes_the_limit_inside_a_shoe() -> None:
    past = history(visit(1, *legs(880, 850, 30)))
    page = filled("lift-page", record(past))
    assert (page.low, page.high) == (10, 10)


@pytest.mark.parametrize(
    ("seen", "why"),
    [
        ([], "was not measured"),
        (legs(870, 868, 0), "within the error"),
        (legs(872, 858, 0), "position|settle|level"),
    ],
)
def test_where_no_lift_is_to_be_weighed_there_is_no_page_on_it(seen: list[Observation], why: str) -> None:
    with pytest.raises(PaperError, match=why):
        documents()["lift-page"].filled(record(history(visit(1, *seen))))


def test_the_patients_own_large_print_holds_for_every_paper_of_the_patient() -> None:
    past = history(visit(1), visit(9, *legs(872, 858, 14)), large_print=True)
    kinds = ("hand-out", "warning-card", "lift-page")
    assert all(filled(kind, record(past)).large_print for kind in kinds)
    assert not any(filled(kind, record(past)).large_print for kind in ("referral-letter", "comparison"))
    small = history(*past.visits)
    assert not any(filled(kind, record(small)).large_print for kind in kinds)
    assert all(filled(kind, record(small, wanted=Wanted(large=True))).large_print for kind in kinds)


def test_the_letter_tells_a_lasting_yes_with_its_day_and_calls_unasked_only_what_is_put() -> None:
    past = history(visit(1, safety={"past-cancer": True, "anticoagulants": True}), visit(9), sex="male")
    letter = filled("referral-letter", record(past))
    assert letter.answered_yes == (f"{PROTOCOL.safety_questions['past-cancer'].ask} (2026-03-01)",)
    unasked = {one.group: (one.missing, one.of) for one in letter.not_asked}
    assert unasked["Cancer"] == (4, 4)
    assert unasked["Inner organs, skin, pregnancy"] == (3, 3)
