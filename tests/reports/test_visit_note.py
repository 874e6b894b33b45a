"""The visit note: what was asked, seen and decided, and nothing that was not."""

import datetime
from typing import Any

import pytest
from msgspec.structs import replace
from paper_samples import PROTOCOL, record
from pdf_reading import squeezed, text

from mmt.model.born import Incomplete
from mmt.model.errors import PaperError
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.visit import Addendum, Decision, Dose, History, Override, Prescribed, Signature, Visit
from mmt.reports.documents import documents

NOTE = documents()["visit-note"]
AT = datetime.datetime(2026, 3, 9, 14, 5).astimezone()
DOSE = Dose(hold_s=30, reps=2, per_day=1, days_per_week=7, weeks=6)


def visit(day: int, *seen: Observation, **fields: Any) -> Visit:
    made = {"date": datetime.date(2026, 3, day), "examiner": "Jo Hart", "scale": "MRC-8", **fields}
    return Visit(observations=seen, **made)


def history(*visits: Visit) -> History:
    person = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2), chart_number="C-7")
    return History(patient=person, visits=visits)


def whole() -> History:
    """A signed follow-up with all that a note tells of."""
    seen = (
        Observation(test="TA", side="left", grade="4"),
        Observation(test="TA", side="left", grade="4-", trial=2, flags=("pain",)),
        Observation(test="TA", side="right", grade="5"),
        Observation(test="GAS", side="right", not_tested="cast"),
        *(Observation(test="L-PKE", side=side, degrees=40) for side in ("right", "left")),
        Observation(test="LL-BLOCK", side="left", millimetres=14),
    )
    aside = Decision(verdict="set-aside", by="Jo Hart", at=AT)
    return history(
        visit(
            2, Observation(test="TA", side="left", grade="5"), signature=Signature(by="A", at=AT, digest="")
        ),
        visit(
            9,
            *seen,
            safety={"saddle-numbness": False},
            story={"nprs_leg": 6, "nprs_back": 0},
            decisions={"short:L-PKE:right": aside, "weakness:TA:left": replace(aside, verdict="accepted")},
            action="Phoned.",
            override=Override(reason="Seen today", by="Jo Hart", at=AT),
            prescription=(Prescribed(stretch="E01", side="left", dose=DOSE),),
            note="Lumbar L5, tender.",
            next_visit="16 March",
            signature=Signature(by="Jo Hart", at=AT, digest="0123456789abcdef"),
            addenda=(Addendum(text="Telephoned", by="Lee Stone", at=AT),),
        ),
    )


def test_the_note_tells_what_was_asked_seen_and_decided() -> None:
    said = NOTE.text(record(whole()))
    ta, pke = PROTOCOL.tests["TA"].name, PROTOCOL.tests["L-PKE"].name
    for line in (
        "Ann Example",
        "Chart number C-7.",
        "Signed by Jo Hart, 9 March 2026, 14:05. Record 01234567.",
        "- Answered no: 1 question.",
        f"- {ta}: right 5, left 4 (then 4- (pain))",
        f"- {PROTOCOL.tests['GAS'].name}: right not tested (cast)",
        f"Lengths: {pke}: right 40°, left 40°",
        f"Changes: {ta}, left: 5 → 4, worse, possible",
        f"- P, pain and tenderness: Leg pain now, 0 to 10: 6; {ta}, left: 4- (pain), trial 2",
        f"- A, asymmetry: {PROTOCOL.tests['LL-BLOCK'].name}, left: 14 mm",
        f"- R, range of motion: {pke}, left: 40°",
        "- T, tissue tone: not recorded",
        "Clinician's words: Lumbar L5, tender.",
        "Done: Phoned.",
        "Went on: Seen today (Jo Hart)",
        "Home sheet: Seated piriformis stretch, left: hold 30 s, 2 times, once a day, 7 days a week, 6 weeks",
        "Next visit: 16 March",
        "Dated notes: 9 March 2026: Telephoned (Lee Stone)",
    ):
        assert line in said.splitlines(), line
    assert "Accepted: " in said
    assert "Set aside: " in said


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_the_paper_says_what_the_text_says(size: Any) -> None:
    of = record(whole())
    read = squeezed(text(NOTE.pdf(of)))
    for line in NOTE.text(of).splitlines()[2:]:
        whole_line = line.removeprefix("- ").removesuffix(":")
        told = whole_line.partition(": ")[2] or whole_line
        assert squeezed(told).lower() in read.lower(), line


def test_what_is_not_known_of_a_birth_date_is_not_printed() -> None:
    known = whole()
    of = record(replace(known, patient=replace(known.patient, birth_date=Incomplete(year=1979))))
    assert "Born 1979, 46–47 years." in NOTE.text(of)
    assert "Born 1979, 46–47 years." in text(NOTE.pdf(of))


def test_a_draft_says_so_and_a_visit_of_a_case_file_claims_no_signature() -> None:
    seen = Observation(test="TA", side="left", grade="5")
    assert "DRAFT" in NOTE.text(record(history(visit(9, seen)))).splitlines()
    signature = Signature(by="Jo Hart", at=AT, digest="")
    said = NOTE.text(record(history(visit(9, seen, signature=signature))))
    assert "DRAFT" not in said
    assert "Signed by" not in said


def test_where_nothing_is_recorded_there_is_no_note_and_no_paper_but_it_is_text() -> None:
    with pytest.raises(PaperError, match="nothing is recorded in this visit"):
        NOTE.text(record(history(visit(9))))
    with pytest.raises(PaperError, match="no comparison as text"):
        documents()["comparison"].text(record(whole()))


def test_a_visit_of_questions_alone_says_that_no_test_was_done() -> None:
    said = NOTE.text(record(history(visit(9, story={"nprs_leg": 6}, prescription=()))))
    assert "No test was done." in said
    assert "Home sheet: No move was given." in said
