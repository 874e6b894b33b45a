"""Each document of a visit is made or refused in a sentence, without any screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from pdf_reading import pages, words_of

from mmt.clinic import Clinic, OpenVisit
from mmt.model.errors import PaperError, RefusedError
from mmt.model.observation import Observation
from mmt.model.papers import Wanted
from mmt.model.people import Patient
from mmt.model.visit import Dose, Prescribed
from mmt.reasoning import as_offered
from mmt.reports.documents import FILES, documents

GRADE = Observation(test="TA", side="right", grade="4")
RELIEF = Prescribed(stretch="E27", dose=Dose(minutes=10, per_day=2, days_per_week=7, weeks=2))
LEGS = [
    Observation(test="LL-TRUE", side=side, millimetres=length, trial=trial)
    for side, length in (("right", 872.0), ("left", 858.0))
    for trial in (1, 2)
] + [Observation(test="LL-BLOCK", side="left", millimetres=14)]


@pytest.fixture
def visit(clinic: Clinic, ann: Patient) -> OpenVisit:
    opened = clinic.begin(ann.id, "Dr Example", exam="sciatica-quick")
    opened.keep(GRADE)
    return opened


def pages_of(paper: Path) -> list[str]:
    """What stands on each page."""
    return [words_of(page) for page in pages(paper.read_bytes())]


def text(paper: Path) -> str:
    """All that stands on a paper, with single spaces."""
    return " ".join(" ".join(pages_of(paper)).split())


def new(visit: OpenVisit) -> OpenVisit:
    """A first visit with a weak muscle, and nothing decided."""
    return visit


def locked(visit: OpenVisit) -> OpenVisit:
    """An emergency answer stops the exam."""
    visit.answer("safety", "saddle-numbness", True)
    return visit


def blocked(visit: OpenVisit) -> OpenVisit:
    """An urgent alert waits for the action taken."""
    visit.keep(replace(GRADE, grade="2"))
    return visit


def signed(visit: OpenVisit) -> OpenVisit:
    """Closed before anything was decided."""
    visit.sign("Dr Example")
    return visit


def done(visit: OpenVisit) -> OpenVisit:
    """Closed with all that papers tell of."""
    later = whole(visit)
    later.sign("Dr Example")
    return later


def whole(visit: OpenVisit) -> OpenVisit:
    """A second visit with all that papers tell of."""
    visit.sign("Dr Example")
    later = visit.clinic.begin(visit.history.patient.id, "Dr Example")
    for one in (replace(GRADE, grade="4+"), *LEGS):
        later.keep(one)
    later.accept([one.key for one in later.review.findings][:1])
    later.prescribe(as_offered(later.review.prescription.offered))
    return later


LIKE_IT = [name for name, one in documents().items() if one.like == "hand-out"]
"""What leaves where the hand-out leaves."""

STATES: dict[Callable[[OpenVisit], OpenVisit], dict[str, str]] = {
    new: {
        "hand-out": "No stretch is chosen for the sheet",
        "comparison": "There is no earlier visit to compare with",
        "progress-report": "There is no earlier visit to compare with",
        "referral-letter": "No letter without a reason: .* Accept a finding .* or write in your own words",
        "lift-page": "No shoe lift: the leg length was not measured",
    },
    locked: {
        "hand-out": "No hand-out: an emergency alert locks this visit",
        "comparison": "There is no earlier visit to compare with",
        "progress-report": "There is no earlier visit to compare with",
        "what-we-found": "No hand-out: an emergency alert locks this visit",
        "lift-page": "No hand-out: an emergency alert locks this visit",
    },
    blocked: {
        "hand-out": "No hand-out yet: write down what was done about the urgent alert",
        "comparison": "There is no earlier visit to compare with",
        "progress-report": "There is no earlier visit to compare with",
        "what-we-found": "No hand-out yet: write down what was done about the urgent alert",
        "lift-page": "No hand-out yet: write down what was done about the urgent alert",
    },
    signed: {
        "hand-out": "No hand-out: no stretch was kept before this visit was signed",
        "comparison": "There is no earlier visit to compare with",
        "progress-report": "There is no earlier visit to compare with",
        "referral-letter": r"No letter without a reason: .* as a dated note \(A\)",
        "lift-page": "No shoe lift: the leg length was not measured",
    },
    whole: {},
    done: {},
}
for _refused in STATES.values():
    if "hand-out" in _refused:
        _refused |= dict.fromkeys(LIKE_IT, _refused["hand-out"])
"""Why the documents of a visit in this state are refused; the others are made."""


def mark_of(stands: OpenVisit) -> str:
    """The number of the act by which it was signed, with the first signs of its seal."""
    with stands.clinic.store.reading() as db:
        asked = "select seq, hash from acts where act = 'visit signed' and visit = ?"
        row = db.conn.execute(asked, (stands.visit.id,)).fetchone()
    return f"{row[0]}-{row[1].hex()[:8]}"


@pytest.mark.parametrize("state", STATES)
def test_each_document_is_made_or_refused_in_a_sentence(
    state: Callable[[OpenVisit], OpenVisit], visit: OpenVisit
) -> None:
    stands = state(visit)
    for kind in stands.documents:
        if refused := STATES[state].get(kind):
            with pytest.raises(PaperError, match=refused):
                stands.paper(kind)
            assert kind not in stands.made
        else:
            made = stands.paper(kind)
            assert "Ann Example" in text(made)
            assert all(("DRAFT" in page) is not stands.visit.signed for page in pages_of(made)), kind
            if signature := stands.visit.signature:
                day = f"{signature.at.day} {signature.at:%B %Y, %H:%M}"
                told = f"Signed by Dr Example, {day}. Record {signature.digest[:8]} / {mark_of(stands)}."
                assert told in text(made), kind
                assert made == stands.paper(kind), "the same paper is the same file"
    assert set(stands.made) == set(stands.documents) - set(STATES[state])


def test_the_documents_are_their_files_each_with_a_key_of_its_own_and_a_template(clinic: Clinic) -> None:
    known = documents()
    assert len(known) == len(FILES)
    assert [one.key for one in known.values()] == [str((number + 1) % 10) for number in range(len(known))]
    assert {name.replace("_", "-") for name in FILES} == set(known)
    assert {one.like or name for name, one in known.items()} == set(clinic.content.templates)


def test_a_stretch_that_is_not_known_holds_the_sheet_back(visit: OpenVisit) -> None:
    later = whole(visit)
    gone = replace(later.visit, prescription=(replace(RELIEF, stretch="E99"),))
    record = replace(later.record(), history=later.history.with_visit(gone))
    with pytest.raises(PaperError, match="The stretch E99 is not in use: it is not in the library"):
        documents()["hand-out"].filled(record)


def test_a_stretch_that_no_longer_fits_is_named_and_holds_the_sheet_back(visit: OpenVisit) -> None:
    def answer(*present: str) -> set[str]:
        """Answer every condition; the stretches that are withheld then."""
        for code in visit.protocol.precautions:
            visit.answer("precautions", code, code in present)
        return {one.stretch for one in visit.review.prescription.withheld}

    withheld = answer("PRG")
    barred = min(withheld - answer())
    visit.prescribe((replace(RELIEF, stretch=barred),))
    assert documents()["hand-out"].refused(visit.record()) == ""
    answer("PRG")
    with pytest.raises(PaperError, match=r"No hand-out: .* no longer fits what is recorded") as raised:
        visit.paper("hand-out")
    assert visit.protocol.stretches[barred].name in str(raised.value)


def test_what_only_the_clinician_knows_is_asked_and_stands_on_the_paper(visit: OpenVisit) -> None:
    def asks(kind: str) -> str:
        return " ".join(one.words for one in visit.documents[kind].asks(visit.record()))

    assert [kind for kind in visit.documents if asks(kind)] == [
        "warning-card",
        "referral-letter",
        "progress-report",
    ]
    visit.write(note="Please look at the foot.")
    assert "To Dr. Stone" in text(visit.paper("referral-letter", Wanted(typed=("Dr. Stone",))))
    assert "Is it a root?" in text(visit.paper("referral-letter", Wanted(typed=("Dr. Bo", "Is it a root?"))))
    visit.paper("referral-letter", Wanted(typed=("Dr. Stone",)))
    assert visit.clinic.settings.addressees == ("Dr. Stone", "Dr. Bo"), "offered again, the latest first"
    card = text(visit.paper("warning-card"))
    assert "When to get help at once" in card
    assert "I was told not to wait" not in card
    assert "My leg went numb." in text(visit.paper("warning-card", Wanted(typed=("My leg went numb.",))))
    locked(visit)
    assert asks("warning-card") == "", "the alert says it"
    assert "I was told not to wait" in text(visit.paper("warning-card"))


def test_the_note_is_written_as_text_beside_the_papers_but_not_while_they_are_protected(
    visit: OpenVisit,
) -> None:
    path = visit.as_text("visit-note")
    assert path.parent == visit.clinic.places.exports
    assert path.suffix == ".txt"
    assert "Tibialis anterior: right 4" in path.read_text("utf-8")
    assert visit.as_text("visit-note") == path, "the same text is the same file"
    with pytest.raises(RefusedError, match="Drop the passphrase first"):
        visit.as_text("visit-note", "long enough")


def test_a_letter_tells_nothing_that_was_set_aside_and_the_dated_notes(visit: OpenVisit) -> None:
    for found in visit.review.findings:
        visit.decide(found.key, "set-aside")
    with pytest.raises(PaperError, match="No letter without a reason"):
        visit.paper("referral-letter")
    visit.sign("Dr Example")
    visit.add("Please see him about the cough.", "Dr Example")
    assert "Please see him about the cough." in text(visit.paper("referral-letter"))


def test_a_comparison_begins_at_the_visit_before_or_at_the_first(visit: OpenVisit) -> None:
    again = whole(visit)
    again.sign("Dr Example")
    last = again.clinic.begin(again.history.patient.id, "Dr Example")
    last.keep(replace(GRADE, grade="3"))
    since = [visit.documents["comparison"].filled(last.record(Wanted(since=one))) for one in (0, None)]
    assert [[one.change.from_ for one in sheet.changes if one.change.test == "TA"] for sheet in since] == [
        ["4"],
        ["4+"],
    ]


def test_a_template_that_could_not_be_read_is_named(visit: OpenVisit) -> None:
    with pytest.raises(PaperError, match='The template "comparison" could not be read; `mmt check` says why'):
        documents()["comparison"].pdf(replace(visit.record(), templates={}))
