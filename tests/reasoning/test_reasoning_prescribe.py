"""What a clinic's own stretch may ask for beyond those that ship: the other side, an answer not yet given."""

import datetime
from typing import Any

from msgspec.structs import replace

from mmt.library.load import load
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.review import Prescription
from mmt.model.stretches import Answers, Gate
from mmt.model.visit import Answer, History, Visit
from mmt.paths import shipped
from mmt.reasoning import review

PROTOCOL: Protocol = load([shipped("protocols")]).protocol


def prescribed(story: dict[str, Answer] | None = None, **changes: Any) -> Prescription:
    """The prescription of a weak left hip abductor by a library of one changed stretch and walking."""
    own = replace(PROTOCOL.stretches["E12"], precautions={}, **changes)
    protocol = replace(PROTOCOL, stretches={"E12": own, "E27": PROTOCOL.stretches["E27"]})
    weak = Observation(test="GMED", side="left", grade="4")
    visit = Visit(
        date=datetime.date(2026, 3, 2), examiner="A", scale="MRC-8", story=story or {}, observations=(weak,)
    )
    patient = Patient(birth_date=datetime.date(1979, 5, 2))
    return review(History(patient=patient, visits=(visit,)), protocol).prescription


def test_a_stretch_may_be_done_on_the_other_side_or_on_both() -> None:
    sides = {}
    for side in ("same", "other", "both"):
        found = prescribed(answers=(Answers(rule="weakness", test="GMED", side=side),))
        sides[side] = [one.side for one in found.offered if one.stretch == "E12"]
    assert sides == {"same": ["left"], "other": ["right"], "both": [None]}


def test_a_gate_that_need_not_be_recorded_shuts_only_on_its_answer() -> None:
    gate = Gate(code="FLX", story="flexion", not_equals="peripheralises", recorded=False)
    for answer, offered in ((None, True), ("no-change", True), ("peripheralises", False)):
        found = prescribed({"flexion": answer} if answer else {}, gates=(gate,))
        assert ("E12" in [one.stretch for one in found.offered]) is offered
        assert [one.code for one in found.withheld] == ([] if offered else ["FLX"])
