"""What goes to a server, and what was made elsewhere, is told in words that name no patient."""

import datetime

import pytest

from mmt.model.sending import KEEPS_PARTS, LONGEST_WAIT, FetchedVisit, Outgoing, Server, State


@pytest.mark.parametrize(
    ("base", "host"),
    [
        ("https://fhir.example.org/r4", "fhir.example.org"),
        ("http://127.0.0.1:8103", "127.0.0.1:8103"),
    ],
)
def test_a_server_is_told_by_its_name(base: str, host: str) -> None:
    assert Server(base=base).host == host


def test_a_server_of_which_parts_were_found_is_not_atomic() -> None:
    assert Server(base="https://fhir.example.org", can=("It is Good.",)).atomic
    assert not Server(base="https://fhir.example.org", can=("It is Good.", KEEPS_PARTS)).atomic


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("answered with status 500: busy. ", "fhir.example.org answered with status 500: busy."),
        (OSError("could not be reached; is there a network?"),
         "fhir.example.org could not be reached; is there a network?"),
        ("answered with a long tale …", "fhir.example.org answered with a long tale …"),
    ],
)  # fmt: skip
def test_what_a_server_did_is_a_sentence(what: object, said: str) -> None:
    assert Server(base="https://fhir.example.org/r4").did(what) == said


@pytest.mark.parametrize(
    ("visit", "said"),
    [(7, "record 1, visit of 2026-03-02"), (None, "record 1, the patient's data")],
)
def test_what_goes_out_is_told_by_its_record_and_day(visit: int | None, said: str) -> None:
    day = datetime.date(2026, 3, 2) if visit else None
    assert Outgoing(id=1, record=2, read_with=1, visit=visit, day=day, state="due", again=0).said == said


NOW = datetime.datetime(2026, 3, 2, 9, 30, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("state", "at", "until", "other"),
    [
        ("due", None, None, False),
        ("sending", NOW - MINUTE, NOW + MINUTE, False),
        ("sending", NOW + MINUTE, NOW + 2 * MINUTE, True),
        ("due", None, NOW + LONGEST_WAIT, False),
        ("due", None, NOW + LONGEST_WAIT + MINUTE, True),
        ("refused", NOW + MINUTE, None, False),
    ],
)
def test_moments_that_no_wait_can_reach_are_those_of_another_clock(
    state: State, at: datetime.datetime | None, until: datetime.datetime | None, other: bool
) -> None:
    one = Outgoing(
        id=1, record=1, read_with=1, visit=None, day=None, state=state, again=0, at=at, not_before=until
    )
    assert one.is_of_another_clock(NOW) is other


def test_a_visit_of_another_site_is_told_with_what_is_known_of_it() -> None:
    whole = FetchedVisit(
        uid="a", site="Elm", day="2026-03-02", examiner="Dr Elm", scale="Kendall-12", whole=True
    )
    assert whole.heading == "2026-03-02 · Elm, examined by Dr Elm, graded by Kendall-12"
    assert FetchedVisit(uid="a", site="", day="").heading == (
        "no day · an unnamed site (its signature is not there: it may not be all of it)"
    )
