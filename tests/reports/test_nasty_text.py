"""What people type goes onto paper as typed: never read as markup, never fetched, never lost."""

import http.server
import threading
from collections.abc import Iterator
from typing import Any

import hostile
import pytest
from msgspec.structs import replace
from paper_samples import (
    PATIENT,
    TEMPLATES,
    card,
    change,
    comparison,
    item,
    letter,
    lift_page,
    printed,
    sheet,
)
from pdf_reading import embedded, pages, squeezed, text, words_of

from mmt.model.papers import GradeRow, LetterAlert, LetterFinding, Unasked
from mmt.model.people import Letterhead
from mmt.model.stretches import Part, StretchText
from mmt.model.text import clean
from mmt.reports.pdf import Named, draw

NAME = "Łukasz Żółć-O'Brien [L] <b>"
ESCAPES = clean('[L] 4[/]5 <b>& <img src="file:///etc/passwd"> \x1b]0;x\x07')
TEXTS = [
    NAME,
    ESCAPES,
    "</para><b><i>&amp; &lt;x> &#60; ]]>",
    "{count} {0} {name!r} %s %(x)s $x \\n",
    "Ñandú Ångström Ἀθηνᾶ Щукин Nguyễn Đặng ½ × ° – … ’",
    "((( ))) \\( endstream endobj trailer (x)",
    "W" * 500,
    "one two " * 60,
]


@pytest.fixture
def fetched() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine: its address, and what anyone asked it for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def head(nasty: str) -> dict[str, Any]:
    return {
        "patient": replace(PATIENT, name=nasty),
        "letterhead": Letterhead(name=nasty, address=nasty, telephone=nasty, email=nasty),
        "practitioner": nasty,
    }


def papers(nasty: str) -> dict[str, tuple[bytes, int]]:
    """Every document with this text in every field a person can fill, and how often it must be there."""
    words = StretchText(
        name=nasty,
        why={"default": nasty},
        parts=(Part(title=nasty, steps=(nasty, nasty)), Part(title=nasty, steps=(nasty,))),
        feel=nasty,
        avoid=(nasty, nasty),
        easier=nasty,
        harder=nasty,
        course=nasty,
    )
    one = item("E01:left")
    noted = replace(one.prescribed, note=nasty)
    one = replace(one, stretch=replace(one.stretch, text={"en": words}), prescribed=noted)
    hand_out = sheet(items=(one, one), note=nasty, next_visit=nasty, **head(nasty))
    told = letter(
        to=nasty,
        note=nasty,
        action=nasty,
        scale=nasty,
        alerts=(LetterAlert(level="urgent", text=nasty, facts=(nasty,)),),
        findings=(LetterFinding(text=nasty),),
        grades=(GradeRow(test=nasty, right=nasty, left=nasty, notes=(nasty,)),),
        answered_yes=(nasty,),
        not_asked=(Unasked(group=nasty, missing=1, of=2),),
        **head(nasty),
    )
    compared = comparison(
        examiner_then=nasty,
        only_then=nasty,
        changes=(
            change(nasty, "left", (nasty, nasty), "worse", why=("why " + nasty,)),
            change(nasty, None, (nasty, nasty), "better"),
        ),
        sources=nasty,
        **head(nasty),
    )
    about_lifts = lift_page(next_visit=nasty, **head(nasty))
    return {
        "lift-page": (printed(about_lifts, TEMPLATES["lift-page"]), 7),
        "hand-out": (printed(hand_out, TEMPLATES["hand-out"]), 42),
        "warning-card": (printed(card(**head(nasty)), TEMPLATES["warning-card"]), 7),
        "referral-letter": (printed(told, TEMPLATES["referral-letter"]), 18),
        "comparison": (printed(compared, TEMPLATES["comparison"]), 16),
    }


@pytest.mark.parametrize("nasty", TEXTS)
def test_text_is_printed_as_typed_through_every_block(nasty: str) -> None:
    for document, (pdf, often) in papers(nasty).items():
        read = squeezed(text(pdf))
        count = read.count(squeezed(nasty))
        if len(nasty) < 100:
            assert count >= often, (document, count)
        else:
            assert count >= 1, document
        assert embedded(pdf) == [], document


def test_nothing_is_fetched(fetched: tuple[str, list[str]]) -> None:
    address, asked = fetched
    for nasty in (f'<img src="{address}/a.png"/>', f"<a href='{address}/b'>x</a>", f"<link>{address}</link>"):
        for pdf, _ in papers(nasty).values():
            assert squeezed(nasty) in squeezed(text(pdf))
    assert asked == []


def test_a_name_prints_as_typed_on_every_page() -> None:
    value = sheet(patient=replace(PATIENT, name=NAME))
    for page in pages(printed(value, TEMPLATES["hand-out"])):
        assert NAME in words_of(page)


def test_no_paper_prints_what_no_face_has_and_every_page_has_a_line_for_such_a_name() -> None:
    odd = "Ann 李 \u202e😀 ע عمر"
    history = hostile.typed("王小明", odd, odd, moves=1)
    for kind in hostile.PAPERS:
        laid = hostile.laid(kind, history, hostile.clinic(odd), odd)
        shown = [words_of(page) for page in pages(draw(Named(kind), laid))]
        assert all("Name: ____" in page for page in shown), kind
        read = "".join(shown)
        assert not set(read) & set("\ufffd李王小明\u202e😀"), kind
        assert squeezed("Ann ______") in squeezed(read), kind
        assert {"ע", "\ufecb"} <= set(read), kind


def test_no_patients_name_is_in_the_files_own_fields() -> None:
    named = head("Zzyzx")
    made = (sheet(**named), card(**named), letter(**named), comparison(**named), lift_page(**named))
    kinds = ("hand-out", "warning-card", "referral-letter", "comparison", "lift-page")
    for kind, paper in zip(kinds, made, strict=True):
        assert b"Zzyzx" not in printed(paper, TEMPLATES[kind]).replace(b"/Author (Zzyzx)", b"")
