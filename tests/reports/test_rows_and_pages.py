"""Lines break between words, rows keep together, and pages are filled without a widow."""

from mmt.reports.page import Group, paginate
from mmt.reports.rows import Row, beside, lines, stack, tied, wrapped
from mmt.reports.style import Style
from mmt.reports.typeface import REGULAR, width

STYLE = Style(REGULAR, 12, 16, "#000000")


def row(height: float, gap: float = 0, keep: bool = False) -> Row:
    return Row(height, lambda pen, x, y: None, gap, keep)


def heights(pages: list[list[Row]]) -> list[list[float]]:
    return [[one.height for one in page] for page in pages]


def test_a_line_is_never_wider_than_its_room_and_no_letter_is_lost() -> None:
    text = "Put this foot down outside your other knee. " * 4 + "Donaudampfschifffahrtsgesellschaft" * 5
    found = wrapped(text, STYLE, 150)
    assert all(width(line, STYLE.face, STYLE.size) <= 150 for line in found)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


def test_words_are_not_broken_where_they_fit() -> None:
    text = "Lift this leg over the other leg."
    assert " ".join(wrapped(text, STYLE, 90)) == text


def test_a_word_too_wide_is_broken_at_its_hyphen() -> None:
    room = width("Konstantinopoulou-", STYLE.face, STYLE.size) + 0.01
    found = wrapped("Ann Konstantinopoulou-Wierzbicka", STYLE, room)
    assert found == ("Ann", "Konstantinopoulou-", "Wierzbicka")


def test_line_breaks_of_a_note_stay() -> None:
    assert wrapped("one\ntwo", STYLE, 500) == ("one", "two")


def test_a_text_with_a_limit_of_lines_ends_in_an_ellipsis() -> None:
    assert len(lines("word " * 100, STYLE, 100)) > 3
    assert len(lines("word " * 100, STYLE, 100, most=3)) == 3


def test_no_first_and_no_last_line_of_a_text_stands_alone() -> None:
    keeps = [one.keep for one in lines("word " * 60, STYLE, 100)]
    assert (keeps[0], keeps[-2], keeps[-1]) == (True, True, False)
    assert not any(keeps[1:-2])


def test_a_stack_is_as_high_as_its_rows_and_keeps_the_first_gap() -> None:
    made = stack([row(10, gap=5), row(20, gap=7)])
    assert (made.height, made.gap) == (37, 5)


def test_a_group_moves_to_the_next_page_as_a_whole() -> None:
    groups = [Group([row(60)]), Group([row(30), row(20)])]
    assert heights(paginate(groups, 100, 100)) == [[60], [30, 20]]


def test_the_gap_above_a_group_is_left_out_at_the_top_of_a_page() -> None:
    pages = paginate([Group([row(60)]), Group([row(50, gap=30)])], 100, 100)
    assert pages[1][0].gap == 0


def test_the_first_page_may_have_another_room() -> None:
    groups = [Group([row(40)]) for _ in range(4)]
    assert heights(paginate(groups, 120, 80)) == [[40, 40, 40], [40]]


def test_a_group_that_no_page_holds_is_parted_between_rows_that_are_not_tied() -> None:
    rows = [row(50), *tied([row(30), row(30)]), row(40)]
    assert heights(paginate([Group(rows)], 100, 100)) == [[50], [30, 30, 40]]


def test_a_group_that_no_page_holds_takes_its_parted_form() -> None:
    group = Group([row(150)], parted=lambda: [row(80), row(70)])
    assert heights(paginate([group], 100, 100)) == [[80], [70]]


def test_tied_rows_higher_than_a_page_are_parted_all_the_same() -> None:
    assert heights(paginate([Group(tied([row(60), row(60), row(60)]))], 100, 100)) == [[60], [60], [60]]


def test_a_row_higher_than_a_page_makes_no_empty_page() -> None:
    assert heights(paginate([Group([row(300)]), Group([row(10)])], 100, 100)) == [[300], [10]]


def test_a_group_that_follows_brings_the_one_before_it_along() -> None:
    groups = [Group([row(40)]), Group([row(50)]), Group([row(30)], follows=True)]
    assert heights(paginate(groups, 100, 100)) == [[40], [50, 30]]


def test_an_almost_empty_last_page_takes_over_from_the_page_before_it() -> None:
    groups = [Group([row(20)]) for _ in range(6)]
    assert heights(paginate(groups, 100, 100)) == [[20] * 4, [20] * 2]


def test_a_last_page_never_outgrows_the_page_before_it() -> None:
    assert heights(paginate([Group([row(40)]), Group([row(55)]), Group([row(20)])], 100, 100)) == [
        [40, 55],
        [20],
    ]


def test_a_row_too_high_for_a_page_is_parted_where_its_lines_may_be() -> None:
    told = [row(10, gap=1), *(row(10) for _ in range(20))]
    label = beside([(0, row(10)), (30, stack(tied(told[:2]) + told[2:-2] + tied(told[-2:])))])
    pages = paginate([Group([row(80)]), Group([row(10, keep=True), label])], 100, 100)
    assert [one for page in heights(pages) for one in page][:2] == [80, 10]
    assert heights(pages)[1][:3] == [10, 10, 10]
    assert len(heights(pages)[-1]) >= 2
    low = beside([(0, row(10)), (30, stack([row(10), row(10)]))])
    assert heights(paginate([Group([row(90)]), Group([low])], 100, 100)) == [[90], [20]], "it stays whole"


def test_a_larger_form_is_taken_where_the_page_has_room_left_and_only_there() -> None:
    def group(least: float, more: float) -> Group:
        return Group([row(least)], larger=[lambda: [row(more)]])

    assert heights(paginate([group(100, 180)], 400, 400)) == [[180]]
    assert heights(paginate([group(100, 180), group(100, 180)], 300, 300)) == [[180, 100]]
    assert heights(paginate([group(100, 180), group(250, 280)], 300, 300)) == [[180], [280]]
    assert heights(paginate([group(285, 295)], 300, 300)) == [[285]], "so little room is left as it is"


def test_an_annex_begins_a_page_and_a_loose_one_fills_any_but_the_first() -> None:
    groups = [
        Group([row(20)]),
        Group([row(70)], annex=True),
        Group([row(60)]),
        Group([row(25)], loose=True),
        Group([row(50)], loose=True),
        Group([row(40)]),
    ]
    assert heights(paginate(groups, 100, 100)) == [[20], [70, 25], [60], [50, 40]]
