"""The warning card, the referral letter and the comparison: one page each, true and neutral."""

import datetime
import re

import pytest
from msgspec.structs import replace
from paper_samples import PATIENT, TEMPLATES, card, change, comparison, letter, lift_page, printed
from pdf_reading import corners, drawn, fonts, pages, said, squeezed, text, words_of

from mmt.model.papers import (
    ComparedChange,
    ComparisonSheet,
    GradeRow,
    LetterAlert,
    LetterChange,
    LetterFinding,
    PaperSize,
    ReferralLetter,
    ScoreCourse,
    ScorePoint,
    Unasked,
)
from mmt.model.people import Letterhead
from mmt.model.visit import Override
from mmt.reports.documents.warning_card import SAID, WarningCard


def printed_card(value: WarningCard) -> bytes:
    return printed(value, TEMPLATES["warning-card"])


def printed_letter(value: ReferralLetter) -> bytes:
    return printed(value, TEMPLATES["referral-letter"])


def printed_comparison(value: ComparisonSheet) -> bytes:
    return printed(value, TEMPLATES["comparison"])


def flat(pdf: bytes) -> str:
    return " ".join(text(pdf).split())


LABEL = str(TEMPLATES["referral-letter"].wording["en"].text["label"])
"""What stands at the foot of a clinician's paper."""

MANY = ("cauda-equina", "motor-deficit", "aorta", "dvt")


@pytest.mark.parametrize("size", ["a4", "letter"])
@pytest.mark.parametrize("groups", [(), ("cauda-equina",), MANY])
def test_the_card_is_one_page_in_large_type(size: PaperSize, groups: tuple[str, ...]) -> None:
    pdf = printed_card(card(size=size, groups=groups, said=SAID[: 2 * len(groups)]))
    assert len(pages(pdf)) == 1
    assert min(one.size for one in said(pages(pdf)[0])) >= 12


@pytest.mark.parametrize("size", ["a4", "letter"])
@pytest.mark.parametrize("groups", [(), MANY])
def test_the_card_in_large_print_is_two_pages_that_are_well_filled(
    size: PaperSize, groups: tuple[str, ...]
) -> None:
    shown = pages(printed_card(card(size=size, large_print=True, groups=groups, said=SAID[: len(groups)])))
    if not groups:
        assert len(shown) == 1, "with nothing to say the page is short"
        return
    assert len(shown) == 2
    for page in shown:
        assert min(one.size for one in said(page)) >= 16
        assert len(said(page)) > 12
    assert "Go to the emergency" in words_of(shown[0])


@pytest.mark.parametrize(
    ("size", "large", "count"), [("a4", False, 1), ("letter", False, 1), ("a4", True, 2)]
)
def test_the_page_on_lifts_tells_both_sides_and_how_a_trial_goes(
    size: PaperSize, large: bool, count: int
) -> None:
    pdf = printed(lift_page(size=size, large_print=large), TEMPLATES["lift-page"])
    assert len(pages(pdf)) == count
    assert min(one.size for page in pages(pdf) for one in said(page)) >= (16 if large else 12)
    read = flat(pdf)
    for told in (
        "Your LEFT leg is about 14 mm shorter.",
        "We may be off by 6 mm.",
        "Two small trials found less back pain",
        "Experts in England say no to lifts",
        "Pain may come back",
        "It may bring pain to your feet, knees",
        "1 Wear it in your LEFT shoe. 2 Start with 3 mm. 3 Feels fine? Add 3 mm every 1 to 2 weeks.",
        "Never put more than 10 mm in the shoe.",
        "It lasts more than 2 days.",
        "Monday 16 March, 10:30",
    ):
        assert squeezed(told) in squeezed(read), told
    assert "RIGHT" not in read


def test_for_and_against_a_lift_are_set_alike() -> None:
    found = {one.text: one for one in said(pages(printed(lift_page(), TEMPLATES["lift-page"]))[0])}
    for_, against = found["For a lift"], found["Against a lift"]
    assert (for_.y, for_.size, for_.face) == (against.y, against.size, against.face)


def test_the_card_says_where_to_go_what_to_say_and_whom_to_call() -> None:
    read = flat(printed_card(card()))
    for told in (
        "Ann Example",
        "2 March 2026",
        "Go to the emergency department now",
        "I have new trouble passing water.",
        "I was seen today by Jo Hart.",
        "You cannot pass water, or you start to leak.",
        "You feel numb between your legs",
        "Call us from there 555 0100",
        "Page 1 of 1",
    ):
        assert told in read, told


def test_the_card_says_only_what_alerted() -> None:
    assert "Something beats" not in flat(printed_card(card()))
    assert "Something beats in my belly." in flat(printed_card(card(said=("pulsating-mass", "over-60"))))
    assert "I have pain in my back or leg." in flat(printed_card(card(groups=("a-group-of-the-clinic",))))
    assert "I have pain" not in flat(printed_card(card(pain=False))), "of what nobody told"


@pytest.mark.parametrize(
    ("language", "title", "told"),
    [
        (
            "en",
            "When to get help at once",
            ("see you today", "I was seen", "told not to wait", "letter from us"),
        ),
        ("es", "Cuándo pedir ayuda enseguida", ("Hoy me vio", "Me dijo", "Nuestra carta")),
        ("pl", "Kiedy od razu szukać pomocy", ("Badanie dziś", "Mam nie czekać", "List od nas")),
    ],
)
def test_without_anything_found_the_card_tells_nothing_that_was(
    language: str, title: str, told: tuple[str, ...]
) -> None:
    read = flat(printed_card(card(groups=(), language=language)))
    assert title in read
    assert not [one for one in told if one in read]
    assert TEMPLATES["warning-card"].symptoms["bladder"].text[language] in read


def test_the_clinicians_own_words_make_it_a_card_that_sends() -> None:
    read = flat(printed_card(card(groups=(), say="My leg went numb after the fall.")))
    for told in (
        "Go to the emergency department now",
        "My leg went numb after the fall.",
        "told not to wait",
    ):
        assert told in read


def front(pdf: bytes) -> str:
    """What stands on the page of the letter itself."""
    return " ".join(words_of(pages(pdf)[0]).split())


def test_the_page_of_the_letter_asks_and_its_annex_tells_all_that_was_found() -> None:
    moved = LetterChange(name="Tibialis anterior, left", then="4", now="2", verdict="worse, real")
    pdf = printed_letter(
        letter(
            since=datetime.date(2026, 2, 2), changes=(moved,), pain=("Leg pain now: 7.",), tried=("Rest.",)
        )
    )
    assert len(pages(pdf)) == 2
    for told in (
        "To ______",
        "About Ann Example, born 2 May 1979, 46 years",
        "Urgent: please see this patient today",
        "What I ask Please examine this patient, and advise on tests and treatment.",
        "Why I write • New or growing weakness: tibialis anterior, left, is 2.",
        "Changes since 2 February 2026 What 2 February Now Tibialis anterior, left 4 2 worse, real",
        "Answered yes: A foot that drops or slaps?",
        "Answered no: 28 questions.",
        "Not asked: Cancer 3 of 7; Infection 6 of 6.",
        "Pain Leg pain now: 7.",
        "What was tried Rest.",
        "Telephoned the neurologist, appointment tomorrow.",
        "The whole examination follows as an annex.",
        "Signature, Jo Hart",
        LABEL,
        "Page 1 of 2",
    ):
        assert told in front(pdf), told
    read = flat(pdf)
    assert "Muscle 0" not in front(pdf)
    for told in (
        "Annex: what was asked and seen",
        "Tibialis anterior, left: 4 (2026-02-02)",
        "What else the patient told Conditions: osteoporosis. Asked and not present: 9 conditions.",
        "Leg pain now, 0 to 10: 7. What eases it? lying down.",
        "Muscle 0 5 4+",
        "* Gluteus medius, right: pain",
        "Straight leg raise, left: positive.",
    ):
        assert told in read, told
    assert not re.search(r"diagnosis|cure|cleared|no serious", read.replace(LABEL, ""), re.IGNORECASE)


def test_a_note_stands_under_a_heading_of_its_own_and_why_one_went_on_beside_the_emergency() -> None:
    over = Override(reason="Seen today", by="Jo Hart", at=datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC))
    read = flat(printed_letter(letter(note="Sent by taxi.", went_on=over)))
    assert re.search(r"appointment tomorrow\. Note Sent by taxi\.", read)
    told = "The examination was continued in spite of an emergency. Reason given by Jo Hart: Seen today"
    assert "Why I write" in read[: read.index(told)]
    assert "continued" not in flat(printed_letter(letter()))


def test_the_letter_names_its_addressee() -> None:
    read = flat(printed_letter(letter(to="Dr. Stone, Neurology")))
    assert "To Dr. Stone, Neurology" in read
    assert "To ____" not in read


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        (("caution", "emergency", "urgent"), "Emergency: please see this patient now."),
        (("routine", "caution"), "Routine:"),
        (("caution",), "For your information"),
        ((), "What I ask Please give your opinion. Why I write • Slump test, left: positive."),
    ],
)
def test_the_letter_is_as_urgent_as_its_worst_alert(levels: tuple[str, ...], told: str) -> None:
    alerts = tuple(LetterAlert(level=level, text="A fact.") for level in levels)  # type: ignore[arg-type]
    accepted = (LetterFinding(kind="sign", name="Slump test", side="left"),)
    assert told in flat(printed_letter(letter(alerts=alerts, accepted=accepted)))


def test_the_letter_asks_in_the_clinicians_words() -> None:
    read = front(printed_letter(letter(ask="Is this a root?")))
    assert "What I ask Is this a root?" in read
    assert "advise on tests" not in read


def test_a_letter_without_any_yes_says_so_and_never_more() -> None:
    read = flat(printed_letter(letter(answered_yes=(), not_asked=(), answered_no=1)))
    assert "No red-flag question was answered yes today." in read
    assert "Answered no: 1 question." in read
    assert "All questions were asked." in read


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_a_full_letter_stays_on_one_page_and_its_annex_holds_what_is_left(size: PaperSize) -> None:
    many = tuple(LetterAlert(level="urgent", text=f"Reason {one}: weaker than before.") for one in range(12))
    moved = tuple(
        LetterChange(name=f"Change {one}, left", then="5", now="4", verdict="worse, likely")
        for one in range(30)
    )
    rows = tuple(GradeRow(test=f"Muscle number {one}", right="5", left="4+") for one in range(40))
    full = letter(
        alerts=many,
        since=datetime.date(2026, 2, 2),
        changes=moved,
        grades=rows,
        key_grades=rows[:6],
        pain=("Where is it felt? low back, buttock, outer calf; what eases it? lying down. ",),
        tried=("Pain medicine so far: it helped; physical therapy so far: not had.",),
        note="Sent by taxi. " * 60,
        not_asked=tuple(Unasked(group=f"Group {one}", missing=2, of=3) for one in range(17)),
        size=size,
    )
    pdf = printed_letter(full)
    read = front(pdf)
    pointed = ("7 more stand", "24 more stand", "My note stands in the annex.")
    for told in ("Reason 4", "Change 5", *pointed, "Signature"):
        assert told in read, told
    assert "Annex" in words_of(pages(pdf)[1])
    rest = flat(pdf).partition("Annex: ")[2]
    for told in ("Reason 11", "Change 29", "Muscle number 39", "Sent by taxi."):
        assert told in rest, told
    assert min(one.size for one in said(pages(pdf)[0]) if "Reason" in one.text) >= 8.5


def test_a_value_that_many_tests_share_on_both_sides_is_told_in_a_line() -> None:
    rows = (
        *(GradeRow(test=name, right="5", left="5") for name in ("Psoas", "Soleus", "Tibialis")),
        GradeRow(test="Peroneus", right="4", left="4"),
        GradeRow(test="Gluteus", right="5", left="5", notes=("Gluteus, left: pain",)),
    )
    read = flat(printed_letter(letter(grades=rows)))
    assert "5 on both sides: Psoas, Soleus, Tibialis." in read
    assert "Peroneus 4 4" in read
    assert "Gluteus 5 5" in read


def test_the_comparison_shows_each_side_then_and_now_with_its_verdict() -> None:
    pdf = printed_comparison(comparison())
    read = flat(pdf)
    assert len(pages(pdf)) == 1
    for told in (
        "2 February 2026 and 2 March 2026",
        "Examined by Lee Stone, then by Jo Hart.",
        "How much of the last sheet was done? most days.",
        "Born 2 May 1979, 46 years · Chart number ____",
        "2 better and 1 worse beyond measurement error; 1 the same; 1 not comparable. Real: more than",
        "Possible: error alone may explain it.",
        "Tibialis anterior = 5 → 5 ▼ worse, real 4 → 2",
        "Gluteus medius ▲ better, likely 4 → 5",
        "Leg pain now, 0 to 10 less is better 7 → 3 ▲ better",
        "Only on 2 February 2026: Soleus left 4.",
        "Another examiner: Tibialis posterior right.",
        "Signature, Jo Hart Date Visit of 2 February 2026: signed by Lee Stone on 3 February 2026, record 01",
        "Visit of 2 March 2026: not signed yet.",
        "Sources: A published limit",
        LABEL,
    ):
        assert told in read, told


def test_the_patients_right_stands_left_of_the_name_and_the_left_right_of_it() -> None:
    found = {one.text: one for one in said(pages(printed_comparison(comparison()))[0])}
    assert found["5 → 5"].right < found["Gluteus medius"].x < found["4 → 2"].x
    assert found["Patient's RIGHT"].x < found["Test"].x < found["Patient's LEFT"].x


def bars(changes: tuple[ComparedChange, ...]) -> list[tuple[float, float]]:
    """From where to where the bars of the chart reach, in points."""
    page = drawn(pages(printed_comparison(comparison(changes=changes)))[0])
    return [(left, left + wide) for left, _, wide, high in page.boxes if 4 < high < 6]


def soleus(to: str) -> tuple[ComparedChange, ...]:
    return tuple(change("Soleus", side, ("2", to), "better", graded=True) for side in ("right", "left"))


def test_a_longer_bar_is_a_better_grade_and_grows_outward_on_either_side() -> None:
    (right, left), (more_right, more_left) = bars(soleus("3")), bars(soleus("5"))
    middle = 595.3 / 2
    assert right[1] < middle < left[0]
    assert (right[1], left[0]) == pytest.approx((more_right[1], more_left[0]))
    assert more_right[0] < right[0]
    assert more_left[1] > left[1]
    assert middle - more_right[0] == pytest.approx(more_left[1] - middle, abs=1)


def test_what_is_no_grade_has_no_bar() -> None:
    signs = tuple(change("Slump", side, ("positive", "negative"), "better") for side in ("right", "left"))
    assert bars(signs) == []


def test_what_stood_on_both_sides_is_told_in_a_line_and_two_tests_of_a_name_stay_two() -> None:
    five = [change("Quadriceps", side, ("5", "5"), "within-noise") for side in ("right", "left")]
    sign = [change("Slump", side, ("negative", "negative"), "within-noise") for side in ("right", "left")]
    trunk = change("Upper abdominals", None, ("5", "5"), "within-noise")
    muscle = [change("Hip adductors", side, ("4", "5"), "better") for side in ("right", "left")]
    length = [
        replace(one, change=replace(one.change, test="L-ADD", from_="18°", to="20°", verdict="within-noise"))
        for one in muscle
    ]
    read = flat(printed_comparison(comparison(changes=(*five, *sign, trunk, *muscle, *length))))
    assert (
        "The same as before 5 on both sides: Quadriceps. Negative on both sides: Slump. 5: Upper abd" in read
    )
    assert read.count("4 → 5") == read.count("18° → 20°") == 2


def test_scores_are_drawn_over_all_visits_with_the_value_of_each() -> None:
    days = [datetime.date(2026, 1, 5), datetime.date(2026, 2, 2), datetime.date(2026, 3, 2)]
    points = tuple(ScorePoint(date=day, value=value) for day, value in zip(days, (8, 6.5, 3), strict=True))
    course = ScoreCourse(name="Leg pain now, 0 to 10", least=0, most=10, points=points)
    page = pages(printed_comparison(comparison(courses=(course,), changes=())))[0]
    read = " ".join(words_of(page).split())
    assert "Over all visits" in read
    assert "5 January" in read
    found = {one.text: one for one in said(page)}
    assert found["8"].x < found["6.5"].x < found["3"].x
    assert found["8"].y > found["6.5"].y > found["3"].y


def test_scores_over_more_than_one_year_have_the_years_on_their_axis() -> None:
    days = (datetime.date(2024, 12, 30), datetime.date(2026, 3, 2))
    points = tuple(ScorePoint(date=day, value=5) for day in days)
    course = ScoreCourse(name="Leg pain now, 0 to 10", least=0, most=10, points=points)
    read = flat(printed_comparison(comparison(courses=(course,), changes=())))
    assert "30 December 2024" in read.partition("Over all visits")[2]
    assert "2 March 2026" in read.partition("Over all visits")[2]


def test_one_examiner_of_both_visits_is_named_once() -> None:
    read = flat(printed_comparison(comparison(examiner_then="Jo Hart")))
    assert "Examined by Jo Hart both times." in read


def test_a_follow_up_is_one_page_with_the_sources_of_what_changed() -> None:
    same = [change(f"Muscle {number}", side, ("5", "5"), "within-noise")
            for number in range(40) for side in ("right", "left")]  # fmt: skip
    loud = change("Gluteus medius", "left", ("4", "5"), "better")
    pdf = printed_comparison(comparison(changes=(*same, loud), sources="The book of change"))
    assert len(pages(pdf)) == 1
    assert "The book of change" in flat(pdf)


def test_a_long_comparison_goes_on_the_next_page_and_loses_nothing() -> None:
    changes = tuple(
        change(f"Muscle {number}", side, ("4", "5"), "better")
        for number in range(40)
        for side in ("right", "left")
    )
    pdf = printed_comparison(comparison(changes=changes))
    read = flat(pdf)
    assert len(pages(pdf)) > 1
    assert all(read.count(f"Muscle {number} ") == 1 for number in range(40))
    assert read.count("4 → 5") == 80
    for number, page in enumerate(pages(pdf), start=1):
        assert f"Page {number} of {len(pages(pdf))}" in words_of(page)
        assert "Ann Example" in words_of(page)


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_every_paper_keeps_its_margins_with_long_names(size: PaperSize) -> None:
    wide = 612 if size == "letter" else 595.3
    head = {
        "patient": replace(PATIENT, name="Ł" * 500),
        "letterhead": Letterhead(name="Ü " * 200),
        "size": size,
    }
    made = (
        printed_card(card(**head)),
        printed_letter(letter(**head)),
        printed_comparison(comparison(**head)),
        printed(lift_page(**head), TEMPLATES["lift-page"]),
    )
    for pdf in made:
        for page in pages(pdf):
            assert all(one.x > 40 and one.right < wide - 40 and one.y > 30 for one in said(page))
            assert all(40 < x < wide - 40 and y > 30 for x, y in corners(page))


def test_the_same_values_give_the_same_bytes_in_embedded_faces() -> None:
    for first, second in (
        (printed_card(card()), printed_card(card())),
        (printed_letter(letter()), printed_letter(letter())),
        (printed_comparison(comparison()), printed_comparison(comparison())),
    ):
        assert first == second
        assert all(fonts(first).values())


def test_a_card_sends_nobody_where_nothing_was_found_or_told() -> None:
    assert not card(groups=()).sends
    assert card(groups=("aorta",)).sends
    assert card(groups=(), say="I fell.").sends


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "(from paper, entered 5 March 2026)"),
        ("es", "(de papel, anotado el 5 de"),
        ("pl", "(z papieru,"),
    ],
)
def test_the_head_says_that_a_visit_was_entered_from_paper(language: str, says: str) -> None:
    entered = datetime.date(2026, 3, 5)
    found = flat(printed_card(card(language=language, entered=entered)))
    assert says in found
    assert says not in flat(printed_card(card(language=language)))
    found = flat(printed_comparison(comparison(since_entered=entered)))
    assert found.count("(from paper, entered 5 March 2026)") == 1
