"""Visits with much to tell, and every text that a person can type in them as long or as odd as is wanted."""

import datetime
from typing import Any

from msgspec.structs import replace
from paper_samples import LETTERHEAD, PROTOCOL, record

from mmt.model.base import SIDES
from mmt.model.observation import Observation
from mmt.model.papers import PaperSize, Wanted
from mmt.model.people import Letterhead, Patient
from mmt.model.visit import Addendum, Dose, History, Override, Prescribed, Signature, Visit
from mmt.reports.documents import documents
from mmt.reports.page import Laid

DAY, AT = datetime.date(2026, 3, 2), datetime.datetime(2026, 3, 2, 14, 5, tzinfo=datetime.UTC)
MOVES = ("E03", "E01:left", "E12:right", "E14:left", "E27")
DOSE = Dose(hold_s=30, reps=2, per_day=1, days_per_week=7, weeks=6)
STORY = {"leg_pain_side": "left", "nprs_back": 5, "nprs_leg": 6, "night_pain": False, "sitting_hours": 9}
PAPERS = tuple(documents())
TELEPHONE = "+1 (541) 555 0100 ext. 4417"
"""One that stands on two lines in large type."""


def seen(left: str, bent: int) -> tuple[Observation, ...]:
    """Both sides of some muscles, one length and the legs."""
    sides = {"right": "5", "left": left}
    return (
        *(
            Observation(test=one, side=side, grade=sides[side])
            for one in ("TA", "EHL", "GAS", "GMED", "GMAX")
            for side in SIDES
        ),
        *(Observation(test="L-PKE", side=side, degrees=bent) for side in SIDES),
        *(
            Observation(test="LL-TRUE", side=side, millimetres=length, trial=trial)
            for side, length in (("right", 872), ("left", 858))
            for trial in (1, 2)
        ),
        Observation(test="LL-BLOCK", side="left", millimetres=14),
    )


def typed(name: str, note: str, line: str, *, language: str = "en", moves: int = 5) -> History:
    """Two visits of the patient of this `name`: a `note` wherever one may write much, a `line` elsewhere."""
    given = (one.partition(":") for one in MOVES[:moves])
    prescription = tuple(
        Prescribed(stretch=one, side=side or None, dose=PROTOCOL.stretches[one].dose, note=line)  # type: ignore[arg-type]
        for one, _, side in given
    )
    story: dict[str, Any] = {
        **STORY,
        "goal_1": note,
        "goal_1_measure": line,
        "goal_1_by": line,
        "goal_2": line,
    }
    first = Visit(
        id=1,
        date=DAY - datetime.timedelta(28),
        examiner=name,
        scale="MRC-8",
        observations=seen("4", 45),
        safety={"saddle-numbness": False},
        story=story,
        signature=Signature(by=name, at=AT - datetime.timedelta(28), digest="0123456789abcdef"),
    )
    second = replace(
        first,
        id=2,
        date=DAY,
        observations=seen("5", 40),
        story={**story, "nprs_leg": 2},
        prescription=prescription,
        note=note,
        action=note,
        next_visit=line,
        override=Override(reason=line, by=name, at=AT),
        addenda=(Addendum(text=note, by=name, at=AT),),
        signature=Signature(by=name, at=AT, digest="0123456789abcdef"),
    )
    person = Patient(
        id=7, name=name, birth_date=datetime.date(1979, 5, 2), language=language, chart_number=line
    )
    return History(patient=person, visits=(first, second))


def clinic(text: str) -> Letterhead:
    """A clinic that is called so, and has such an address."""
    mail = f"{'w' * 120}@example"
    return replace(LETTERHEAD, name=text, address=text, telephone=TELEPHONE, email=mail, emergency="112")


def laid(
    kind: str, history: History, head: Letterhead, line: str, *, size: PaperSize = "a4", large: bool = False
) -> Laid:
    """A paper of the history's last visit on its pages, whatever speaks against making it; a `line` is the
    answer to what it asks."""
    document = documents()[kind]
    answers = tuple(line for _ in document.asks(record(history)))
    of = record(history, letterhead=head, wanted=Wanted(size=size, large=large, typed=answers))
    template = of.template(document.like or kind)
    paper = document.fill(of, of.head(template, for_patients=document.for_patients))
    return document.laid(paper, template)
