"""A paper as a file on a screen: its date, contents, telephone links, and what is read out of it."""

import io

import pytest
from msgspec.structs import replace
from paper_samples import LETTERHEAD, TEMPLATES, card, letter, printed, sheet
from pdf_reading import contents, drawn, links, pages, read_out, squeezed
from pypdf import PdfReader

from mmt.reports.pdf import telephones

CLINIC = replace(LETTERHEAD, emergency="112")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return printed(sheet("E01:left", "E14:left", letterhead=CLINIC), TEMPLATES["hand-out"])


def test_a_file_bears_the_date_of_the_visit_and_is_the_same_each_time(pdf: bytes) -> None:
    known = PdfReader(io.BytesIO(pdf)).metadata
    assert known is not None
    assert (known["/CreationDate"], known["/ModDate"]) == ("D:20260302120000", "D:20260302120000")
    assert printed(sheet("E01:left", "E14:left", letterhead=CLINIC), TEMPLATES["hand-out"]) == pdf


def test_each_move_and_part_stands_in_the_contents(pdf: bytes) -> None:
    titles = [title for title, _, _ in contents(pdf)]
    for title in ("Your 2 moves", "1 Seated buttock stretch LEFT", "2 Nerve glide LEFT", "Your diary"):
        assert titles.count(title) == 1, titles


def test_a_touch_of_a_telephone_number_dials_it(pdf: bytes) -> None:
    first = pages(pdf)[0]
    found, said = links(first), drawn(first).said
    assert set(found.values()) == {"tel:5550100", "tel:112"}
    for (left, low, right, _), address in found.items():
        line = next(
            one for one in said if abs(one.y - low) < 8 and one.x <= left + 0.5 and right <= one.right + 0.5
        )
        assert address.removeprefix("tel:") in line.text.replace(" ", "")
    assert "tel:112" in links(pages(printed(card(letterhead=CLINIC), TEMPLATES["warning-card"]))[0]).values()


def test_only_telephone_numbers_are_dialled() -> None:
    assert telephones("+1 (541) 555 0100 ext. 4417", "999 or 112") == {
        "+1 (541) 555 0100": "tel:+15415550100",
        "4417": "tel:4417",
        "999": "tel:999",
        "112": "tel:112",
    }
    assert telephones("ask at the desk", "", "<b> 1 4") == {}


def test_rows_of_a_table_and_labels_are_read_out_with_what_they_tell() -> None:
    said = read_out(printed(letter(), TEMPLATES["referral-letter"]))
    assert "Done so far Telephoned the neurologist, appointment tomorrow." in said
    assert "Gluteus medius 4 *" in said


def test_what_stands_in_columns_is_read_out_as_sentences(pdf: bytes) -> None:
    said = read_out(pdf)
    for one in (
        "7 days a week",
        "1 time a day",
        "30 seconds hold",
        "1 Sit on the floor with your knees bent.",
    ):
        assert one in said, said
    assert "Stop if Pain moves further down your leg." in said
    shown = squeezed("".join(one.text for page in pages(pdf) for one in drawn(page).said))
    assert all(squeezed(one) in shown for one in said), "it is drawn in the order in which it is read out"
