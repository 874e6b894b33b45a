"""What may go to a printer: the paper that was made, as long as it tells what the visit holds."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from mmt.clinic import Clinic, OpenVisit
from mmt.model.errors import PaperError, RefusedError
from mmt.model.observation import Observation
from mmt.model.papers import Wanted
from mmt.model.people import Patient
from mmt.model.visit import Dose, Prescribed

A4, LETTER = Wanted(), Wanted(size="letter")
GRADE = Observation(test="TA", side="right", grade="4")
RELIEF = Prescribed(stretch="E27", dose=Dose(minutes=10, per_day=2, days_per_week=7, weeks=2))


@pytest.fixture
def visit(clinic: Clinic, ann: Patient) -> OpenVisit:
    """A draft with a sheet."""
    opened = clinic.begin(ann.id, "Dr Example", exam="sciatica-quick")
    opened.keep(GRADE)
    opened.prescribe((RELIEF,))
    return opened


def test_the_paper_that_was_made_is_printed_on_the_sheet_that_it_is_for(visit: OpenVisit) -> None:
    assert visit.to_print("hand-out", A4) is None
    made = visit.paper("hand-out", A4)
    assert visit.to_print("hand-out", A4) == made
    assert visit.to_print("hand-out", LETTER) is None
    visit.move("papers")
    assert visit.to_print("hand-out", A4) == made, "where the walk stands is on no paper"
    made.write_bytes(b"no paper")
    assert visit.to_print("hand-out", A4) is None
    made.unlink()
    assert visit.to_print("hand-out", A4) is None


def test_a_paper_of_a_draft_that_changed_is_made_anew_first(
    visit: OpenVisit, start: Callable[[], Clinic]
) -> None:
    visit.paper("hand-out", A4)
    visit.prescribe((Prescribed(stretch="E27", dose=Dose(minutes=5, per_day=1, days_per_week=7, weeks=2)),))
    assert visit.to_print("hand-out", A4) is None
    made = visit.paper("hand-out", A4)
    assert visit.to_print("hand-out", A4) == made
    again = start().view(visit.visit.id)
    assert again.made["hand-out"].path == made
    assert again.to_print("hand-out", A4) is None, "nobody knows what the draft held when it was made"


def test_what_must_not_be_made_any_more_is_not_printed_either(visit: OpenVisit) -> None:
    visit.paper("hand-out", A4)
    visit.answer("safety", "saddle-numbness", True)
    with pytest.raises(PaperError, match="locks this visit"):
        visit.to_print("hand-out", A4)


def test_behind_a_passphrase_nothing_is_printed(visit: OpenVisit, start: Callable[[], Clinic]) -> None:
    with pytest.raises(RefusedError, match="drop the passphrase"):
        visit.to_print("hand-out", A4, "a long passphrase")
    visit.sign("Dr Example")
    visit.paper("hand-out", A4, "a long passphrase")
    for opened in (visit, start().view(visit.visit.id)):
        with pytest.raises(RefusedError, match="No printer opens a paper behind a passphrase"):
            opened.to_print("hand-out", A4)
    plain = visit.paper("hand-out", A4)
    assert visit.to_print("hand-out", A4, "a long passphrase") == plain


def test_papers_of_an_earlier_visit_are_found_and_made_again_with_the_same_bytes(
    visit: OpenVisit, clinic: Clinic, start: Callable[[], Clinic]
) -> None:
    visit.sign("Dr Example")
    made = {kind: visit.paper(kind) for kind in ("hand-out", "visit-note", "what-we-found")}
    bytes_then = {kind: path.read_bytes() for kind, path in made.items()}
    clinic.today = lambda: visit.visit.date + datetime.timedelta(days=14)
    later = clinic.begin(visit.history.patient.id, "Dr Example", sure=True)
    later.keep(Observation(test="TA", side="right", grade="2"))
    later.act("Phoned the family doctor")
    later.sign("Dr Example")
    earlier = start().view(visit.visit.id)
    assert earlier.to_print("hand-out", A4) == made["hand-out"]
    for other in (LETTER, Wanted(large=True), Wanted(since=0)):
        assert earlier.to_print("hand-out", other) is None
    assert {kind: earlier.paper(kind).read_bytes() for kind in made} == bytes_then
    for path in made.values():
        path.unlink()
    assert {kind: earlier.paper(kind).read_bytes() for kind in made} == bytes_then


def test_papers_are_made_for_the_sheets_of_the_clinic(visit: OpenVisit, clinic: Clinic) -> None:
    from msgspec.structs import replace

    clinic.change_settings(replace(clinic.settings, paper_size="letter"))
    made: Path = visit.paper("hand-out")
    assert visit.to_print("hand-out", LETTER) == made
