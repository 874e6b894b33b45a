"""What is odd about going on: a sheet that is suggested and not kept, a finding that no sheet answers."""

from collections.abc import Callable

from msgspec.structs import replace

from mmt.clinic import Clinic, OpenVisit
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.reports.documents import documents


def begun(clinic: Clinic, ann: Patient) -> OpenVisit:
    visit = clinic.begin(ann.id, "Dr Example")
    for code in visit.protocol.precautions:
        visit.answer("precautions", code, False)
    return visit


def test_a_suggestion_is_doubted_until_the_sheet_is_decided(clinic: Clinic, ann: Patient) -> None:
    visit = begun(clinic, ann)
    assert visit.doubt.leave_stretches().startswith("Suggested, not kept yet")
    assert visit.doubt.sign() == "", "nothing was found that a sheet would answer"
    visit.prescribe(())
    assert visit.doubt.leave_stretches() == ""


def test_a_finding_without_a_sheet_is_doubted_at_the_signature(clinic: Clinic, ann: Patient) -> None:
    visit = begun(clinic, ann)
    visit.keep(Observation(test="GMED", side="left", grade="4"))
    (finding,) = visit.review.findings
    assert visit.doubt.sign().startswith("There are findings")
    visit.decide(finding.key, "set-aside")
    assert visit.doubt.sign() == ""
    visit.decide(finding.key, "accepted")
    assert visit.doubt.sign()
    visit.sign("Dr Example")
    assert (visit.doubt.sign(), visit.doubt.leave_stretches()) == ("", "")


def test_where_no_sheet_may_leave_none_is_missed(clinic: Clinic, ann: Patient) -> None:
    visit = begun(clinic, ann)
    visit.keep(Observation(test="GMED", side="left", grade="4"))
    visit.answer("safety", "saddle-numbness", True)
    assert (visit.doubt.sign(), visit.doubt.leave_stretches()) == ("", "")


def test_under_16_no_sheet_is_missed_and_none_is_made(clinic: Clinic) -> None:
    day = clinic.today()
    born = day.replace(year=day.year - 12, day=1)
    visit = begun(clinic, clinic.add_patient(Patient(name="Tim Example", birth_date=born)))
    visit.keep(Observation(test="SLR", side="left", result="positive"))
    assert visit.review.findings
    assert (visit.doubt.sign(), visit.doubt.leave_stretches()) == ("", "")
    said = documents()["hand-out"].refused(visit.record())
    assert said.startswith("No hand-out: its moves and doses are for adults.")


def test_a_fall_that_nothing_confirms_is_doubted_and_one_that_was_confirmed_blocks_from_then_on(
    clinic: Clinic, ann: Patient, start: Callable[[], Clinic]
) -> None:
    first = begun(clinic, ann)
    first.keep(Observation(test="TA", side="left", grade="5"))
    first.sign("Dr Example")
    visit = begun(clinic, ann)
    fell = Observation(test="TA", side="left", grade="4")
    visit.keep(fell)
    assert visit.doubt.sign().startswith(
        "Tibialis anterior, left, fell from 5 to 4 and was not tested again."
    )
    assert visit.refusal.sign() == ""
    visit.act("Telephoned the family doctor")
    assert visit.doubt.fall() == ""
    visit.act("")
    visit.keep(replace(fell, confirmed=True))
    assert visit.doubt.fall() == ""
    assert visit.refusal.sign()
    visit.leave()
    again = start().view(visit.visit.id)
    assert again.watch.status == "blocked-until-action", "it is kept"


def test_an_action_about_a_fall_counts_once_it_is_confirmed_and_not_for_another(
    clinic: Clinic, ann: Patient
) -> None:
    first = begun(clinic, ann)
    for test in ("TA", "QUAD"):
        first.keep(Observation(test=test, side="left", grade="5"))
    first.sign("Dr Example")
    visit = begun(clinic, ann)
    visit.keep(Observation(test="TA", side="left", grade="4"))
    visit.act("Telephoned the family doctor")
    visit.keep(Observation(test="TA", side="left", grade="4", trial=2))
    assert visit.watch.status == "offered", "it was about this one"
    visit.keep(Observation(test="QUAD", side="left", grade="4"))
    assert visit.watch.status == "offered", "another fall only asks"
    visit.keep(Observation(test="QUAD", side="left", grade="4", trial=2))
    assert visit.watch.status == "blocked-until-action"
