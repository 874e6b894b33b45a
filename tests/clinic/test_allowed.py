"""What may be done with a visit holds without any screen: a clean visit, a blocked one, a locked one."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from mmt.clinic import Clinic, OpenVisit
from mmt.model.base import SIDES
from mmt.model.errors import RefusedError
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.visit import Dose, Prescribed
from mmt.reasoning import alarm_key, standing, watch
from mmt.reasoning.wording import worded

DOSE = Dose(minutes=10, per_day=2, days_per_week=7, weeks=2)
RELIEF = Prescribed(stretch="E27", dose=DOSE)
GRADE = Observation(test="TA", side="right", grade="5")
WEAK = Observation(test="TA", side="left", grade="2")
LEGS = Observation(test="LL-TAPE", side="right", millimetres=870)


def clean(visit: OpenVisit) -> None:
    """Nothing speaks against going on."""


def blocked(visit: OpenVisit) -> None:
    """An urgent alert waits for the action taken."""
    visit.keep(WEAK)


def locked(visit: OpenVisit) -> None:
    """An emergency answer stops the exam."""
    visit.answer("safety", "saddle-numbness", True)


def signed(visit: OpenVisit) -> None:
    """The visit is closed."""
    visit.sign("Dr Example")


STATES: dict[str, Callable[[OpenVisit], None]] = {
    "clean": clean,
    "blocked": blocked,
    "locked": locked,
    "signed": signed,
}
ACTS: dict[str, Callable[[OpenVisit], object]] = {
    "a new grade": lambda visit: visit.keep(Observation(test="EHL", side="left", grade="4")),
    "a new trial": lambda visit: visit.keep(replace(GRADE, trial=2)),
    "a leg length": lambda visit: visit.keep(LEGS),
    "a correction": lambda visit: visit.keep(replace(GRADE, grade="4")),
    "taken back": lambda visit: visit.withdraw("TA", "right"),
    "an answer": lambda visit: visit.answer("story", "sitting_hours", 7),
    "a decision": lambda visit: visit.decide("weakness:TA:left", "accepted"),
    "decisions": lambda visit: visit.accept(("weakness:TA:left",)),
    "a stretch": lambda visit: visit.prescribe((RELIEF,)),
    "an action": lambda visit: visit.act("Telephoned the family doctor"),
    "going on": lambda visit: visit.go_on("Seen in hospital today", "Dr Example"),
    "a note": lambda visit: visit.write(note="Came alone"),
    "a signature": lambda visit: visit.sign("Dr Example"),
    "a dated note": lambda visit: visit.add("Telephoned", "Dr Example"),
}
STOPPED = "Stopped: emergency"
SIGNED = "This visit is signed"
REFUSED = {
    "clean": {"going on": "No emergency stops this visit", "a dated note": "This visit is open"},
    "blocked": {
        "going on": "No emergency stops this visit",
        "a signature": "An urgent alert stands: first write down what was done",
        "a dated note": "This visit is open",
    },
    "locked": {
        "a new grade": STOPPED,
        "a new trial": STOPPED,
        "a leg length": STOPPED,
        "a stretch": "An emergency locks this visit: no sheet",
        "a signature": "An emergency locks this visit: write down what was done about it",
        "a dated note": "This visit is open",
    },
    "signed": dict.fromkeys([name for name in ACTS if name != "a dated note"], SIGNED),
}


@pytest.fixture
def visit(clinic: Clinic, ann: Patient) -> OpenVisit:
    opened = clinic.begin(ann.id, "Dr Example", exam="sciatica-quick")
    opened.keep(GRADE)
    return opened


def precautions(visit: OpenVisit, *present: str) -> None:
    """Every precaution is asked; these are there."""
    for code in visit.protocol.precautions:
        visit.answer("precautions", code, code in present)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_each_act_is_done_or_refused_in_a_sentence(
    state: str, act: str, visit: OpenVisit, start: Any
) -> None:
    STATES[state](visit)
    before = visit.visit
    refused = REFUSED[state].get(act)
    if refused is None:
        ACTS[act](visit)
        assert visit.visit != before
    else:
        with pytest.raises(RefusedError, match=refused) as raised:
            ACTS[act](visit)
        assert str(raised.value).endswith(".")
        assert visit.visit == before
    assert start().view(before.id).visit == visit.visit


def test_what_an_alarm_asks_to_examine_may_be_examined(visit: OpenVisit) -> None:
    """Heel raises failed on both sides, one calf was graded: the other one may be, and nothing else new."""
    for side in SIDES:
        visit.keep(Observation(test="HEEL-RAISE", side=side, count=0))
    visit.keep(Observation(test="GAS", side="right", grade="3"))
    assert visit.watch.status == "locked"
    visit.acknowledged.update(map(alarm_key, visit.watch.alerts))
    with pytest.raises(RefusedError, match="Stopped: emergency"):
        visit.keep(Observation(test="QUAD", side="left", grade="4"))
    asked = " ".join(worded(one.action, visit.protocol) for one in visit.watch.alerts)
    assert "grade the calf by hand" in asked
    visit.keep(Observation(test="GAS", side="left", grade="4"))
    assert len(visit.visit.seen("GAS", "left")) == 1


def test_a_locked_visit_is_signed_once_the_action_taken_is_written_down(visit: OpenVisit) -> None:
    locked(visit)
    visit.act("Sent to the emergency department by ambulance")
    visit.sign("Dr Example")
    assert visit.visit.signed


def test_another_emergency_locks_a_visit_that_was_gone_on_with(visit: OpenVisit, start: Any) -> None:
    visit.answer("safety", "saddle-numbness", True)
    visit.go_on("Seen by the emergency department", "Dr Example")
    visit.act("Sent and back")
    assert visit.watch.status != "locked"
    visit.answer("safety", "chest-pain-breathless", True)
    visit.answer("safety", "calf-swollen", True)
    assert visit.watch.status == visit.review.prescription.status == "locked"
    visit.go_on("Telephoned, clot ruled out today", "Dr Other")
    assert visit.watch.status != "locked"
    override = visit.visit.override
    assert override is not None
    assert override.reason == (
        "Seen by the emergency department (Dr Example). Then: Telephoned, clot ruled out today"
    )
    again = start().view(visit.visit.id)
    assert again.visit == visit.visit
    assert again.watch.status != "locked"


def test_what_an_earlier_version_went_on_with_stays_gone_on_with(visit: OpenVisit) -> None:
    visit.answer("safety", "saddle-numbness", True)
    visit.go_on("Seen", "Dr Example")
    assert visit.visit.override is not None
    old = replace(visit.visit, override=replace(visit.visit.override, covers=()))
    assert watch(visit.history.with_visit(old), visit.protocol).status == "blocked-until-action"
    assert "covers" not in msgspec.json.decode(msgspec.json.encode(old.override))


def test_an_urgent_alert_after_the_action_waits_for_a_word_of_its_own(visit: OpenVisit) -> None:
    visit.keep(replace(GRADE, grade="2"))
    visit.act("Family doctor telephoned")
    assert visit.watch.status == "offered"
    visit.keep(Observation(test="QUAD", side=GRADE.side, grade="1"))
    assert visit.watch.status == visit.review.prescription.status == "blocked-until-action"
    with pytest.raises(RefusedError, match="came after the action was written"):
        visit.sign("Dr Example")
    visit.act("Family doctor telephoned; of the thigh too, MRI booked")
    assert visit.watch.status == "offered"
    visit.sign("Dr Example")


def test_the_demos_locked_visit_takes_nothing_new(demo: Clinic) -> None:
    opened = [demo.view(row.draft) for row in demo.drafts() if row.draft]
    stopped = next(one for one in opened if one.watch.status == "locked")
    for act in ("a new grade", "a stretch", "a signature"):
        with pytest.raises(RefusedError):
            ACTS[act](stopped)


def test_digits_under_an_alarm_band_count_until_it_is_acknowledged(visit: OpenVisit) -> None:
    visit.keep(replace(GRADE, grade="2"))
    visit.keep(WEAK)
    assert visit.watch.status == "locked"
    visit.keep(Observation(test="EHL", side="right", grade="5"))
    visit.acknowledged |= {alarm_key(one) for one in standing(visit.watch.alerts, visit.acknowledged)}
    with pytest.raises(RefusedError, match=STOPPED):
        visit.keep(Observation(test="EHL", side="left", grade="5"))
    visit.keep(replace(WEAK, grade="4"))
    visit.keep(Observation(test="EHL", side="left", grade="5"))


def test_falls_of_both_legs_lock_once_one_is_confirmed(clinic: Clinic, ann: Patient) -> None:
    first = clinic.begin(ann.id, "Dr Example")
    falls = [Observation(test="TA", side=side, grade="4") for side in SIDES]
    for one in falls:
        first.keep(replace(one, grade="5"))
    first.sign("Dr Example")
    visit = clinic.begin(ann.id, "Dr Example")
    for one in falls:
        visit.keep(one)
    assert visit.watch.status == "offered"
    visit.keep(replace(falls[1], trial=2))
    assert visit.watch.status == "locked"
    visit.acknowledged |= {alarm_key(one) for one in standing(visit.watch.alerts, visit.acknowledged)}
    with pytest.raises(RefusedError, match=STOPPED):
        visit.keep(Observation(test="EHL", side="left", grade="5"))
    visit.keep(replace(falls[0], grade="5", trial=2))
    assert visit.watch.status == "blocked-until-action"
    assert {one.state for one in visit.watch.alerts if one.test == "TA"} == {"confirmed-by-trial", "lifted"}


def test_a_sheet_holds_what_the_rules_allow_and_no_more(visit: OpenVisit) -> None:
    most = visit.protocol.rules.selection.most
    precautions(visit)
    barred = {one.stretch for one in visit.review.prescription.withheld}
    free = [Prescribed(stretch=one, dose=DOSE) for one in visit.protocol.stretches if one not in barred]
    assert len(free) > most
    visit.prescribe(tuple(free[:most]))
    with pytest.raises(RefusedError, match=f"A sheet holds {most} at most"):
        visit.prescribe(tuple(free[: most + 1]))
    with pytest.raises(RefusedError, match='No stretch "E99" is in use here'):
        visit.prescribe((replace(RELIEF, stretch="E99"),))
    assert visit.visit.prescription == tuple(free[:most])


def test_a_withheld_stretch_needs_the_tick_it_asks_for(visit: OpenVisit) -> None:
    precautions(visit, "PRG")
    held = visit.review.prescription.withheld
    alone = [one for one in held if [bar.code for bar in held if bar.stretch == one.stretch] == ["PRG"]]
    ticked, shut = (next(one.stretch for one in alone if one.needs == needs) for needs in ("tick", None))
    with pytest.raises(RefusedError, match="is withheld here: PRG"):
        visit.prescribe((Prescribed(stretch=ticked, dose=DOSE),))
    with pytest.raises(RefusedError, match="is withheld here: PRG"):
        visit.prescribe((Prescribed(stretch=shut, dose=DOSE, ticked=("PRG",)),))
    visit.prescribe((Prescribed(stretch=ticked, dose=DOSE, ticked=("PRG",)),))
    assert [one.stretch for one in visit.visit.prescription or ()] == [ticked]


def test_a_stretch_taken_before_it_was_withheld_can_be_left_or_changed(visit: OpenVisit) -> None:
    precautions(visit)
    held = {one.stretch for one in visit.review.prescription.withheld}
    precautions(visit, "PRG")
    later = next(one for one in visit.review.prescription.withheld if one.stretch not in held)
    precautions(visit)
    item = Prescribed(stretch=later.stretch, dose=DOSE)
    visit.prescribe((item, RELIEF))
    precautions(visit, "PRG")
    longer = replace(item, dose=replace(DOSE, weeks=4))
    visit.prescribe((longer, RELIEF))
    visit.prescribe((RELIEF,))
    with pytest.raises(RefusedError, match="is withheld here: PRG"):
        visit.prescribe((item, RELIEF))
    assert visit.visit.prescription == (RELIEF,)
