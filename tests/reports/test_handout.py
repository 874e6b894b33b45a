"""The patient's sheet: what stands on it, in which order, how large, on which pages."""

import datetime
import io
import itertools
from typing import Any

import pytest
from msgspec.structs import replace
from paper_samples import IN_FOURS, LETTERHEAD, PATIENT, TEMPLATES, item, printed, sheet
from pdf_reading import Drawn, drawn, embedded, fonts, pages, said, squeezed, text, words_of
from pypdf import PageObject, PdfReader

from mmt.model.papers import Sheet
from mmt.model.people import Letterhead
from mmt.reports.documents import documents
from mmt.reports.typeface import width

TEMPLATE = TEMPLATES["hand-out"]
SIZES = {"a4": (595.3, 841.9), "letter": (612, 792)}
MM = 72 / 25.4


def made(value: Sheet) -> bytes:
    return printed(value, TEMPLATE)


KINDS: dict[str, dict[str, Any]] = {
    "one": {"wanted": ("E01:left",)},
    "two parts": {"wanted": ("E17:left",)},
    "three on letter": {"size": "letter"},
    "five": {"wanted": ("E01:left", "E03", "E12:right", "E14:left", "E27")},
    "large print": {"wanted": ("E03", "E12:right", "E02", "E11"), "large_print": True},
    "large print on letter": {"large_print": True, "size": "letter"},
    "long names": {
        "patient": replace(PATIENT, name="Ł" * 500),
        "letterhead": Letterhead(name="Ü " * 250, address="Ä" * 300),
        "practitioner": "Wolfeschlegelsteinhausenbergerdorff " * 12,
    },
    "no clinic": {"letterhead": Letterhead(), "next_visit": "", "practitioner": ""},
    **{" ".join(some): {"wanted": some} for some in IN_FOURS},
}


@pytest.fixture(params=KINDS, scope="module")
def value(request: pytest.FixtureRequest) -> Sheet:
    fields = dict(KINDS[request.param])
    return sheet(*fields.pop("wanted", ()), **fields)


@pytest.fixture(scope="module")
def paper(value: Sheet) -> list[PageObject]:
    """The pages of a sheet, made once."""
    return pages(made(value))


@pytest.fixture(scope="module")
def shown(paper: list[PageObject]) -> list[Drawn]:
    """What each page of a sheet shows, read once."""
    return [drawn(page) for page in paper]


def test_every_page_names_patient_clinic_date_and_its_number() -> None:
    pdf = made(sheet("E01:left", "E03", "E12:right"))
    count = len(pages(pdf))
    for number, page in enumerate(pages(pdf), start=1):
        read = words_of(page)
        for told in ("Ann Example", "Riverside Chiropractic", "2 March 2026", f"Page {number} of {count}"):
            assert told in read, (number, told)
        assert "Questions? Call 555 0100." in read


def test_a_symptom_to_stop_at_for_a_condition_stands_beside_those_of_every_sheet() -> None:
    groin = "Your groin hurts more than before, or standing does."
    for stops, told in (((), False), (("hip-hurts",), True)):
        assert (squeezed(groin) in squeezed(text(made(sheet("E27", stops=stops))))) is told


def test_address_telephone_and_mail_stand_on_lines_without_a_dot_at_the_end() -> None:
    for large in (False, True):
        told = [one.text.strip() for one in said(pages(made(sheet(large_print=large)))[0])]
        assert not any(one.startswith("·") or one.endswith("·") for one in told)
        assert any("desk@riverside.example" in one for one in told)


def test_the_paper_has_the_size_that_was_asked_for(value: Sheet, paper: list[PageObject]) -> None:
    for page in paper:
        box = page.mediabox
        assert (float(box.width), float(box.height)) == pytest.approx(SIZES[value.size], abs=0.1)


def test_nothing_a_patient_reads_is_smaller_than_twelve_points(value: Sheet, shown: list[Drawn]) -> None:
    least = 16 if value.large_print else 12
    for page in shown:
        assert min(one.size for one in page.said) >= least


def test_all_text_and_every_line_stays_within_the_margins(value: Sheet, shown: list[Drawn]) -> None:
    margins = TEMPLATE.page.margins
    wide, high = SIZES[value.size]
    left, right = margins.left * MM - 1.5, wide - margins.right * MM + 1.5
    low, top = margins.bottom * MM - 1.5, high - margins.top * MM + 1.5
    for page in shown:
        for one in page.said:
            assert left <= one.x, one
            assert one.right <= right, one
            assert low <= one.y <= top, one
        for x, y in page.corners:
            assert left <= x <= right, (x, y)
            assert low <= y <= top, (x, y)


def test_no_page_is_empty(shown: list[Drawn]) -> None:
    heads_and_feet = 5
    for page in shown:
        if not any("Ł" in one.text for one in page.said):
            assert len(page.said) > heads_and_feet


def test_lines_of_text_do_not_run_into_each_other(shown: list[Drawn]) -> None:
    for page in shown:
        for one, two in itertools.combinations(page.said, 2):
            apart = abs(one.y - two.y) > 0.75 * min(one.size, two.size)
            beside = one.right <= two.x + 0.5 or two.right <= one.x + 0.5
            assert apart or beside, (one, two)


def test_every_step_of_every_move_is_there_once_and_in_order() -> None:
    value = sheet("E01:left", "E03", "E12:right", "E14:left", "E27", ordered=True)
    read = squeezed(text(made(value)))
    place = read.index("Emergency:")
    for one in value.items:
        words = one.text("en")
        place = read.index(squeezed(words.name), place)
        for part in words.parts:
            for number, step in enumerate(part.steps, start=1):
                found = read.find(squeezed(f"{number}{step}"), place)
                assert found >= place, step
                place = found


def test_a_ticked_precaution_says_what_to_do_otherwise_and_leaves_the_harder_form_out() -> None:
    value = item("E05")
    ticked = replace(value, prescribed=replace(value.prescribed, ticked=("OST",)))
    plain, careful = (squeezed(text(made(sheet("E05", items=(one,))))) for one in (value, ticked))
    for told in ("One knee at a time. Keep your low back flat.", "Do not lift your head.", "Put a towel"):
        assert squeezed(told) in careful
    for told in ("Harder", "Bring both knees to your chest."):
        assert squeezed(told) in plain
        assert squeezed(told) not in careful
    assert squeezed("One knee at a time.") not in plain


def test_another_form_stands_before_the_dose_and_its_own_steps_for_the_others() -> None:
    value = replace(item("E01:left"), forms=("FLR",))
    read = squeezed(text(made(sheet("E01:left", items=(value,)))))
    form = "Do not get down to the floor."
    plan, _, read = read.rpartition(squeezed(form))
    assert squeezed("Sit on a chair, left ankle on your right knee.") in plan
    told = ("30", "Sit on a chair, near the front.", "Come up slowly.")
    places = [read.find(squeezed(one)) for one in told]
    assert -1 not in places
    assert places == sorted(places)
    for other in ("Sit on the floor", "Easier", "Harder"):
        assert squeezed(other) not in read


def test_each_move_says_why_what_to_feel_to_avoid_and_how_to_change_it() -> None:
    value = sheet("E01:left")
    prescribed = replace(value.items[0].prescribed, why="buttock-test")
    value = replace(value, items=(replace(value.items[0], prescribed=prescribed),))
    words = value.items[0].text("en")
    read = squeezed(text(made(value)))
    for told in (
        words.why["buttock-test"],
        words.feel,
        *words.avoid,
        words.easier,
        words.harder,
        words.course,
    ):
        assert squeezed(told) in read
    assert squeezed(words.why["default"]) not in read


def test_the_side_stands_in_capitals_and_large() -> None:
    pdf = made(sheet("E12:right"))
    sides = [one for page in pages(pdf) for one in said(page) if one.text == "RIGHT"]
    plan, move = sides
    assert plan.size >= 15
    assert move.size >= 18
    assert "LEFT" not in text(pdf)


def test_a_move_without_a_side_prints_none_and_one_done_on_both_says_so() -> None:
    assert not {"LEFT", "RIGHT"} & set(text(made(sheet("E27"))).split())
    assert "LEFT and RIGHT" in text(made(sheet("E01")))


def test_the_dose_is_printed_in_big_numbers_with_its_units() -> None:
    pdf = made(sheet("E01:left"))
    big = [one.text for one in said(pages(pdf)[1]) if one.size > 26 and one.text.isdigit()]
    assert big == ["30", "2", "1", "7", "6"]
    read = " ".join(text(pdf).split())
    assert "30 seconds hold 2 times 1 time a day 7 days a week 6 weeks" in read
    assert "Start to count when you first feel the pull." in read


def test_counting_from_the_first_pull_is_said_of_held_stretches_only() -> None:
    assert "Start to count" not in text(made(sheet("E11")))


def test_a_stretch_that_is_not_held_is_not_counted() -> None:
    one = item("E01:left")
    dose = replace(one.prescribed.dose, hold_s=None)
    one = replace(one, prescribed=replace(one.prescribed, dose=dose))
    assert "Start to count" not in text(made(replace(sheet(), items=(one,))))


def test_the_first_page_is_the_whole_plan_and_the_rest_fills_what_the_moves_leave() -> None:
    first, *rest = (words_of(page) for page in pages(made(sheet())))
    plan = [
        "Your 3 moves",
        "Do these 3 moves at home.",
        "Hold 30 seconds. 2 times. Every day. For 6 weeks.",
        "Stop and call",
        "Are we closed?",
        "Emergency: go to the hospital now",
        "You cannot pass water",
        "Next visit",
        "Monday 16 March, 10:30",
        "Call us",
    ]
    places = [first.index(one) for one in plan]
    assert places == sorted(places)
    told = "".join(rest)
    for one in (
        *(
            "Sit on the floor with your knees",
            "How does it feel?",
            "Go on",
            "Do half",
            "When you sit",
            "What to expect",
        ),
        *("They are not a quick fix.", "show me how you will do this at home"),
    ):
        assert told.count(one) == 1, one
        assert one not in first
    assert "Pain (0 to 10) goes up by 3 or more." in " ".join(first.split())
    assert "goes up by 3 or more." not in told, "nothing is said twice"
    assert "Your diary" in rest[-1]


def test_a_clinic_may_leave_blocks_out_and_put_them_in_another_order() -> None:
    template = replace(TEMPLATE, blocks=("diary", "moves"))
    read = text(printed(sheet(), template))
    assert read.index("Your diary") < read.index("Sit on the floor")
    assert "When you sit" not in read


@pytest.mark.parametrize(
    ("language", "given", "told"),
    [
        ("en", "", "You cannot get there? Call your emergency number."),
        ("en", "911", "You cannot get there? Call 911."),
        ("es", "112", "¿No puede ir? Llame al 112."),
        ("pl", "", "Nie ma jak dojechać? Zadzwonić pod numer alarmowy."),
    ],
)
def test_the_emergency_box_says_whom_to_call(language: str, given: str, told: str) -> None:
    value = sheet(letterhead=replace(LETTERHEAD, emergency=given), language=language)
    assert squeezed(told) in squeezed(text(printed(value, replace(TEMPLATE, blocks=("emergency",)))))


def test_the_note_of_the_practitioner_is_printed_as_written() -> None:
    assert "Take it easy, Ann." in text(made(sheet(note="Take it easy, Ann.")))


def test_one_move_is_spoken_of_as_one() -> None:
    assert "Your move" in text(made(sheet("E01:left")))


@pytest.mark.parametrize(
    ("weeks", "next_visit", "back_by", "rows"),
    [
        (6, "Monday 16 March, 10:30", None, 2),
        (6, "March 24 at 9", None, 4),
        (6, "2026-03-23", None, 3),
        (8, "after Easter", None, 4),
        (8, "", None, 4),
        (8, "", datetime.date(2026, 3, 9), 1),
        (1, "2026-04-20", None, 2),
    ],
)
def test_the_diary_has_a_row_for_each_week_to_the_next_visit_and_four_where_none_is_known(
    weeks: int, next_visit: str, back_by: datetime.date | None, rows: int
) -> None:
    one = item("E01:left")
    one = replace(one, prescribed=replace(one.prescribed, dose=replace(one.prescribed.dose, weeks=weeks)))
    value = replace(sheet(), items=(one,), next_visit=next_visit, back_by=back_by)
    read = text(printed(value, replace(TEMPLATE, blocks=("diary",))))
    assert read.count("Pain, 0 to 10") == rows
    assert read.count("1  Seated buttock stretch") == min(weeks, rows)
    assert f"Week {rows}, from" in read
    assert f"Week {rows + 1}" not in read
    assert ("When this page is full" in read) is (rows < weeks)


@pytest.mark.parametrize(("language", "told"), [("es", "lunes 16 de marzo"), ("pl", "16 marca o 9")])
def test_the_day_of_the_next_visit_is_read_in_the_language_of_the_sheet(language: str, told: str) -> None:
    value = sheet(next_visit=told, language=language)
    read = text(printed(value, replace(TEMPLATE, blocks=("diary",))))
    assert read.count({"es": "Semana", "pl": "Tydzień"}[language]) == 2


@pytest.mark.parametrize("language", ["en", "es", "pl"])
@pytest.mark.parametrize("size", ["a4", "letter"])
@pytest.mark.parametrize("large_print", [False, True])
def test_the_diary_by_itself_is_one_page(language: str, size: Any, large_print: bool) -> None:
    wanted = ("E12:left", "E17:left", "E27", "E03", "E14:left")
    fields: dict[str, Any] = {"language": language, "size": size, "large_print": large_print}
    value = sheet(*wanted, next_visit="2026-08-31", **fields)
    (page,) = pages(documents()["diary"].drawn(value, TEMPLATE))
    assert all(name.text(language).name.split()[0] in words_of(page) for name in value.items)


PICK = {
    "en": {1: "Pick 1 day:", 3: "Pick 3 days:", 5: "Pick 5 days:"},
    "es": {1: "Elija 1 día:", 3: "Elija 3 días:", 5: "Elija 5 días:"},
    "pl": {1: "Wybrać 1 dzień:", 3: "Wybrać 3 dni:", 5: "Wybrać 5 dni:"},
}


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", ["en", "es", "pl"])
@pytest.mark.parametrize(("days", "per_day"), [(7, 1), (7, 3), (1, 1), (3, 1), (3, 6), (5, 2)])
def test_the_diary_has_as_many_boxes_as_the_dose_has_times(
    days: int, per_day: int, language: str, large: bool
) -> None:
    one = item("E12:left")
    dose = replace(one.prescribed.dose, days_per_week=days, per_day=per_day, weeks=2)
    items = (replace(one, prescribed=replace(one.prescribed, dose=dose)),)
    value = replace(sheet(language=language, large_print=large), items=items)
    side = 0.92 * (TEMPLATE.page.large_text if large else TEMPLATE.page.text)
    shown = [drawn(page) for page in pages(printed(value, replace(TEMPLATE, blocks=("diary",))))]
    boxes = {box for page in shown for box in page.boxes if box[2:] == pytest.approx((side, side), abs=0.01)}
    assert len(boxes) == 2 * days * per_day
    told = [piece for page in shown for piece in page.said if piece.text == PICK[language].get(days)]
    assert len(told) == (2 if days < 7 else 0)
    assert all(piece.right < min(left for left, *_ in boxes) for piece in told)
    assert max(left + wide for left, _, wide, _ in boxes) <= SIZES["a4"][0] - 17 * MM


def test_the_diary_asks_what_the_moves_come_after() -> None:
    assert "I will do my moves right after ____" in text(made(sheet("E01:left")))


def test_the_next_visit_stands_with_the_plan() -> None:
    for wanted in (("E01:left",), ("E02", "E12:right", "E01:right", "E27"), ("E01:left", "E03", "E27")):
        for size in SIZES:
            first = words_of(pages(made(sheet(*wanted, size=size)))[0])
            assert "Next visit" in first
            assert "Emergency:" in first


def test_an_early_review_gives_the_last_day_for_it_where_no_visit_was_written_down() -> None:
    early = {"back_by": datetime.date(2026, 3, 9)}
    assert "By 9 March at the latest" in text(made(sheet("E28", next_visit="", **early)))
    assert "at the latest" not in text(made(sheet("E28", next_visit="Friday at 9", **early)))


def test_without_clinic_data_there_are_lines_to_write_on() -> None:
    read = text(made(sheet("E01:left", letterhead=Letterhead(), next_visit="", practitioner="")))
    assert "Clinic: ____" in read
    assert "Telephone ____" in read
    assert "None" not in read


def test_a_move_is_not_parted_where_a_page_can_hold_it() -> None:
    value = sheet("E02", "E01:left", "E11", "E14:left")
    shown = [squeezed(words_of(page)) for page in pages(made(value))]
    for one in value.items:
        words = one.text("en")
        first, last = squeezed(words.parts[0].steps[0]), squeezed(words.harder)
        assert any(first in page and last in page for page in shown), words.name


def test_a_move_too_long_for_a_page_parts_no_first_and_no_last_step() -> None:
    one = item("E01:left")
    words = one.text("en")
    steps = tuple(f"Do part {number} of this move." for number in range(1, 80))
    longer = replace(words, parts=(replace(words.parts[0], steps=steps),))
    one = replace(one, stretch=replace(one.stretch, text={"en": longer}))
    shown = [words_of(page) for page in pages(made(replace(sheet(), items=(one,))))]
    for tied in ((steps[0], steps[1]), (steps[-2], steps[-1])):
        assert any(all(step in page for step in tied) for page in shown)
    assert all(sum(step in page for page in shown) == 1 for step in steps)


def test_the_same_values_give_the_same_bytes() -> None:
    assert made(sheet()) == made(sheet())


def test_a_letter_that_the_face_lacks_is_lent_by_another_and_the_name_stays_whole() -> None:
    pdf = made(sheet(patient=replace(PATIENT, name="Aminu Ɓala")))
    before, lent, after = (one for one in said(pages(pdf)[0]) if one.text.strip() in ("Aminu", "Ɓ", "ala"))
    assert (before.face, lent.face, after.face) == (
        "SourceSansPro-Bold",
        "DejaVuSans-Bold",
        "SourceSansPro-Bold",
    )
    assert lent.x == pytest.approx(before.x + width("Aminu ", before.face, before.size), abs=0.01)
    assert after.x == pytest.approx(lent.right, abs=0.01)


def test_fonts_are_embedded_and_nothing_else_is() -> None:
    pdf = made(sheet())
    assert {name.split("+")[1] for name in fonts(pdf)} == {"SourceSansPro-Regular", "SourceSansPro-Bold"}
    assert all(fonts(pdf).values())
    assert embedded(pdf) == []


def test_the_file_names_language_and_kind_but_not_the_patient() -> None:
    reader = PdfReader(io.BytesIO(made(sheet())))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.page_labels == [str(number) for number in range(1, len(reader.pages) + 1)]
    assert reader.metadata is not None
    assert reader.metadata.title == "Home moves"
    assert reader.metadata.author == LETTERHEAD.name
    assert "Ann" not in str(reader.metadata)


def test_what_is_missing_in_a_language_is_printed_in_english() -> None:
    assert "Your 3 moves" in text(made(sheet(language="de")))


def lightness(colour: str) -> float:
    """Relative luminance of `#rrggbb` as WCAG 2 defines it: what black-and-white print keeps of a colour."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("document", list(TEMPLATES))
def test_every_colour_stands_out_on_white_in_black_and_white_print_too(document: str) -> None:
    colours = TEMPLATES[document].colours
    for colour in (colours.ink, colours.accent, colours.quiet, colours.go, colours.stop):
        assert 1.05 / (lightness(colour) + 0.05) >= 4.5, colour
    assert 1.05 / (lightness(colours.half) + 0.05) >= 3
    assert (lightness(colours.tint) + 0.05) / (lightness(colours.quiet) + 0.05) >= 4.5


def test_the_three_lights_are_told_apart_by_their_marks() -> None:
    marks = [one.text for page in pages(made(sheet("E01:left"))) for one in said(page) if one.text in "✓½×"]
    assert marks == ["×", "✓", "½", "×"]
