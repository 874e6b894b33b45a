"""The foot of each paper says whether its content is signed off, and what is not is withheld where so set."""

import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from pdf_reading import pages, squeezed, words_of

from mmt.case import read_case
from mmt.library.load import load
from mmt.library.signoffs import Decisions, in_use, in_words
from mmt.library.templates import load_templates
from mmt.library.to_sign import items
from mmt.model.errors import PaperError
from mmt.model.papers import Wanted
from mmt.model.signoff import SignOff
from mmt.paths import shipped
from mmt.reasoning import as_offered, review
from mmt.reports.documents import documents
from mmt.reports.record import Record

WHOLE = load([shipped("protocols")]).protocol
TEMPLATES, _ = load_templates([shipped("reports/templates")])
FOUND = {one.id: one for one in items(WHOLE, TEMPLATES)}
CASE = Path(__file__).parents[2] / "mmt" / "clinic" / "demo" / "follow-up.toml"


def record(
    *but: str, language: str = "en", only_signed: bool = False, alone: tuple[str, ...] = (), lapsed: str = ""
) -> Record:
    """A follow-up with three moves, where all but some items, or these `alone`, are signed off."""
    names = alone or [name for name in FOUND if name not in but]
    made = {
        name: SignOff(
            item=name,
            decision="signed",
            name="Dr Ann Other",
            date=datetime.date(2026, 12, 3),
            digest="of another day" if name == lapsed else one.digest,
        )
        for name, one in FOUND.items()
        if name in names
    }
    decisions = Decisions(made=made)
    protocol, templates = in_use(WHOLE, decisions), in_words(TEMPLATES, decisions)
    case, problems = read_case(CASE.read_bytes(), CASE.name, WHOLE)
    assert case is not None, problems
    history = case.history
    history = replace(history, patient=replace(history.patient, language=language))
    found = review(history, protocol)
    offered = as_offered(found.prescription.offered)[:3]
    return Record(
        history=history.with_visit(replace(history.visits[-1], prescription=offered, note="Please look.")),
        protocol=protocol,
        review=found,
        letterhead=case.letterhead,
        templates=templates,
        wanted=Wanted(typed=("Dr Bo",)),
        only_signed=only_signed,
    )


def moves(kept: Record) -> list[str]:
    return [one.stretch for one in kept.visit.prescription or ()]


def feet(kept: Record, kind: str = "hand-out") -> list[str]:
    """Each page of a paper, without white space."""
    return [squeezed(words_of(page)) for page in pages(documents()[kind].pdf(kept))]


def test_every_page_of_a_sheet_whose_content_is_signed_off_says_by_whom_and_when() -> None:
    for page in feet(record()):
        assert squeezed("Content signed off by Dr Ann Other, 3 December 2026.") in page
    for page in feet(record(language="es")):
        assert squeezed("Contenido aprobado por Dr Ann Other, 3 de diciembre de 2026.") in page
    for page in feet(record(language="pl")):
        assert squeezed("Treść zatwierdzona przez: Dr Ann Other, 3 grudnia 2026.") in page


def test_moves_that_nobody_signed_off_are_counted_in_the_language_of_the_sheet() -> None:
    first, second, *_ = moves(record())
    one = feet(record(f"stretches:{first}"))
    assert all(squeezed("Text not yet signed off by the clinic: 1 move.") in page for page in one)
    two = feet(
        record(f"stretches:{first}", f"translations:{first} es", f"translations:{second} es", language="es")
    )
    assert all(squeezed("Texto aún sin firma de la clínica: 2 ejercicios.") in page for page in two)
    assert "approved" not in one[0], "a patient is not to be alarmed"
    none = feet(record(alone=("papers:hand-out",)))
    assert all(squeezed("Text not yet signed off by the clinic: 3 moves.") in page for page in none)


def test_a_move_that_changed_since_it_was_signed_off_is_not_signed_off() -> None:
    lapsed = feet(record(lapsed=f"stretches:{moves(record())[0]}"))
    assert all(squeezed("Text not yet signed off by the clinic: 1 move.") in page for page in lapsed)


def test_words_that_nobody_signed_off_are_said_too() -> None:
    for left in ("papers:hand-out", "papers:symptoms-emergency"):
        assert all(squeezed("Text not yet signed off by the clinic.") in page for page in feet(record(left)))


@pytest.mark.parametrize("kind", [name for name, one in documents().items() if not one.may_wait])
def test_papers_of_an_emergency_and_of_clinicians_are_made_and_say_how_they_stand(kind: str) -> None:
    signed, unsigned = (
        feet(record(only_signed=True), kind),
        feet(record(f"papers:{kind}", only_signed=True), kind),
    )
    assert all(squeezed("signed off by Dr Ann Other, 3 December 2026.") in page for page in signed)
    card = kind == "warning-card"
    waits = "Text not yet signed off by the clinic." if card else "has not signed off the standard wording"
    assert all(squeezed(waits) in page for page in unsigned)


def test_where_only_what_is_signed_off_is_printed_a_sheet_waits_for_it() -> None:
    first = moves(record())[0]
    assert feet(record(only_signed=True))
    with pytest.raises(PaperError, match=f"stretches:{first} on this paper is not signed off"):
        feet(record(f"stretches:{first}", only_signed=True))
    with pytest.raises(PaperError, match=r"and [0-9]+ more on this paper are not signed off"):
        feet(record(alone=("papers:comparison",), only_signed=True))
