"""How the content stands, in words."""

import datetime

import pytest

from mmt.model.signoff import Standing, Tally
from mmt.reasoning.signed import how, tally_said

DAY = datetime.date(2026, 12, 3)
ANN = "Dr Ann Other"


def stands(decision: str, **more: object) -> Standing:
    return Standing(decision=decision, name=ANN, licence="4711", date=DAY, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("standing", "says"),
    [
        (None, "not signed off by a clinician of this clinic"),
        (stands("signed"), f"signed off by {ANN} (licence 4711) on 3 Dec 2026"),
        (Standing(decision="signed", name=ANN, date=DAY), f"signed off by {ANN} on 3 Dec 2026"),
        (
            stands("signed", lapsed=True),
            f"lapsed: it changed since it was signed off by {ANN} (licence 4711) on 3 Dec 2026",
        ),
        (
            stands("changed", note="20 s"),
            f"asked to change by {ANN} (licence 4711) on 3 Dec 2026: 20 s",
        ),
        (
            stands("set-aside", note="Too hard", lapsed=True),
            f"set aside by {ANN} (licence 4711) on 3 Dec 2026: Too hard; it changed since",
        ),
    ],
)
def test_an_item_says_by_whom_when_and_what_was_asked(standing: Standing | None, says: str) -> None:
    assert how(standing) == says


@pytest.mark.parametrize(
    ("tally", "says"),
    [
        (Tally(items=9), "Content: none of 9 items is signed off by a clinician of this clinic."),
        (
            Tally(items=9, signed=4, lapsed=2, by=(ANN,), last=DAY),
            f"Content: 4 of 9 items signed off by {ANN}, last on 3 Dec 2026; 2 lapsed",
        ),
        (
            Tally(items=9, signed=4, asked=1, set_aside=1, by=(ANN, "Dr Bo"), last=DAY),
            "Content: 4 of 9 items signed off by 2 clinicians, last on 3 Dec 2026; 1 to change; 1 set aside",
        ),
        (Tally(items=9, asked=1), "Content: 0 of 9 items signed off; 1 to change"),
        (Tally(items=9, lapsed=1, set_aside=1), "Content: 0 of 9 items signed off; 1 lapsed; 1 set aside"),
        (Tally(items=9, asked=1, set_aside=1), "Content: 0 of 9 items signed off; 1 to change; 1 set aside"),
    ],
)
def test_the_content_says_how_much_of_it_is_signed_off(tally: Tally, says: str) -> None:
    assert tally_said(tally) == says
