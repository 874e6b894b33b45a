"""What a clinic's own readings make a pair of, and what many of them come to."""

import datetime
import random

import pytest
from made import FIRST, PROTOCOL, history, seen, visit
from msgspec.structs import replace

from mmt.model.grades import CODES, halves
from mmt.model.visit import Signature, Visit
from mmt.reasoning.repeated import Kind, agreements, repeated

NEXT = FIRST + datetime.timedelta(days=1)
LATER = FIRST + datetime.timedelta(days=2)


def signed(one: Visit) -> Visit:
    at = datetime.datetime.combine(one.date, datetime.time(12), datetime.UTC)
    return replace(one, signature=Signature(by="A", at=at, digest="0"))


def kinds(*visits: Visit) -> list[tuple[str, str]]:
    return [(kind.test, kind.examiners) for kind, _, _ in repeated(history(*map(signed, visits)), PROTOCOL)]


def test_the_first_two_trials_of_a_visit_are_a_pair_of_one_examiner() -> None:
    trials = (seen("TA", grade="4"), seen("TA", grade="5", trial=2), seen("TA", grade="3", trial=3))
    (pair,) = repeated(history(signed(visit(*trials))), PROTOCOL)
    assert pair == (Kind("TA", "grade", "MRC-8", "one"), trials[0], trials[1])


def test_a_scale_tells_kinds_of_grades_apart_and_of_nothing_else() -> None:
    signs = [seen("SLR", result="positive", trial=at) for at in (1, 2)]
    past = history(*(signed(visit(*signs, scale=one)) for one in ("MRC-8", "MRC-6")))
    assert {kind for kind, *_ in repeated(past, PROTOCOL)} == {Kind("SLR", "result", "", "one")}


def test_of_two_examiners_the_first_trials_are_a_pair() -> None:
    one, two = (
        [seen("TA", grade=code, trial=at) for at, code in enumerate(read, 1)] for read in ("45", "35")
    )
    past = history(signed(visit(*one)), signed(visit(*two, date=NEXT, examiner="B")))
    assert list(repeated(past, PROTOCOL))[-1][1:] == (one[0], two[0])


@pytest.mark.parametrize(("date", "found"), [(FIRST, True), (NEXT, True), (LATER, False)])
def test_two_examiners_within_a_day_are_a_pair(date: datetime.date, found: bool) -> None:
    one = visit(seen("TA", grade="4"), seen("SLR", result="positive"))
    two = visit(seen("TA", grade="4-"), seen("EHL", grade="5"), date=date, examiner="B")
    assert kinds(one, two) == ([("TA", "two")] if found else [])


@pytest.mark.parametrize("blind", [True, False])
def test_two_examiners_are_blind_where_the_second_did_not_see_the_first(blind: bool) -> None:
    first, second = visit(seen("TA", grade="4")), visit(seen("TA", grade="4-"), examiner="B", blind=blind)
    ((kind, *_),) = repeated(history(signed(first), signed(second)), PROTOCOL)
    assert (kind.examiners, kind.blind) == ("two", blind)


@pytest.mark.parametrize("other", [{"examiner": "A"}, {"examiner": "B", "scale": "MRC-6"}])
def test_the_same_examiner_the_next_day_or_another_scale_is_no_pair(other: dict[str, str]) -> None:
    one = visit(seen("TA", grade="4"))
    assert kinds(one, visit(seen("TA", grade="4"), date=NEXT, **other)) == []


@pytest.mark.parametrize("flag", ["pain", "substitution", "gives-way"])
def test_what_a_flag_qualifies_tells_of_the_patient_not_of_the_hands(flag: str) -> None:
    trials = seen("TA", grade="4"), seen("TA", grade="5", trial=2)
    for at in (0, 1):
        flagged = [replace(one, flags=(flag,)) if n == at else one for n, one in enumerate(trials)]
        assert kinds(visit(*flagged)) == []


def test_a_draft_makes_no_pair() -> None:
    assert not list(repeated(history(visit(seen("TA", grade="4"), seen("TA", grade="5", trial=2))), PROTOCOL))


def test_what_was_not_measured_at_both_makes_no_pair() -> None:
    assert kinds(visit(seen("SLR", degrees=40), seen("SLR", result="negative", trial=2))) == []


def test_each_kind_comes_to_what_its_measure_can_tell() -> None:
    two = [
        visit(
            *(seen("TA", grade=grade, trial=at) for at, grade in enumerate(("4", "5"), start=1)),
            *(
                seen("SLR", result=told, trial=at)
                for at, told in enumerate(("positive", "negative"), start=1)
            ),
            *(seen("L-PKE", degrees=told, trial=at) for at, told in enumerate((20 + n, 24.0 - n), start=1)),
            *(seen("REFLEX-ACHILLES", count=told, trial=at) for at, told in enumerate((1, 2), start=1)),
            *(seen("TOUCH-L5", touch=told, trial=at) for at, told in enumerate(("less", "normal"), start=1)),
            date=FIRST + datetime.timedelta(days=7 * n),
        )
        for n in range(2)
    ]
    found = {
        one.kind.test: one for one in agreements(repeated(history(*map(signed, two)), PROTOCOL), PROTOCOL)
    }
    assert {name: (one.kappa is not None, one.limits is not None) for name, one in found.items()} == {
        "TA": (True, True),
        "SLR": (True, False),
        "L-PKE": (False, True),
        "REFLEX-ACHILLES": (True, False),
        "TOUCH-L5": (True, False),
    }
    assert list(found) == [name for name in PROTOCOL.tests if name in found]
    assert found["L-PKE"].limits is not None
    assert (found["L-PKE"].limits.mean, found["L-PKE"].pairs) == (3, 2)
    assert found["TA"].limits is not None
    assert found["TA"].limits.mean == 1


def test_of_one_test_what_one_examiner_read_stands_before_what_two_did() -> None:
    readings = seen("TA", grade="4"), seen("TA", grade="5")
    pairs = [(Kind("TA", "grade", "MRC-8", who), *readings) for who in ("two", "one")]  # type: ignore[arg-type]
    assert [one.kind.examiners for one in agreements(pairs, PROTOCOL)] == ["one", "two"]


def test_one_pair_alone_has_no_limits_and_a_scale_that_is_gone_no_kappa() -> None:
    one = visit(seen("TA", grade="4"), seen("TA", grade="5", trial=2), scale="gone")
    (found,) = agreements(repeated(history(signed(one)), PROTOCOL), PROTOCOL)
    assert (found.pairs, found.kappa, found.limits) == (1, None, None)


def test_a_clinic_s_own_error_comes_to_the_true_one() -> None:
    """Each true strength is read twice with an error of 0.4 grades, and written to the nearest half grade."""
    chance, truth, pairs = random.Random(5), 0.4, []
    ladder = {halves(code): code for code in CODES}

    def read(strength: float) -> str:
        return ladder[min(10, max(5, round(2 * chance.gauss(strength, truth))))]

    kind = Kind("TA", "grade", "full-14", "one")
    for _ in range(3000):
        strength = chance.uniform(3.5, 4.5)
        pairs.append((kind, seen("TA", grade=read(strength)), seen("TA", grade=read(strength), trial=2)))
    (found,) = agreements(pairs, PROTOCOL)
    assert found.limits is not None
    assert found.limits.sem == pytest.approx(truth, rel=0.1)
