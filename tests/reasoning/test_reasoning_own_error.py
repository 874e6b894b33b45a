"""A clinic may judge changes by the error of its own hands; each verdict says by which."""

import datetime
import random

import pytest
from made import FIRST, PROTOCOL, history, seen, visit
from msgspec.structs import replace

from mmt.model.measuring import Examiners, OwnError
from mmt.model.review import Change
from mmt.model.visit import Signature, Visit
from mmt.reasoning.change import changes
from mmt.reasoning.repeated import Kind, Pair, agreements, own_errors
from mmt.reasoning.wording import sentence

RULE = PROTOCOL.rules.agreement
assert RULE is not None
FEWEST = RULE.fewest


def signed(one: Visit) -> Visit:
    at = datetime.datetime.combine(one.date, datetime.time(12), datetime.UTC)
    return replace(one, signature=Signature(by="A", at=at, digest="0"))


def judged(then: float, now: float, *own: OwnError, who: str = "B", test: str = "L-PKE") -> Change:
    """The verdict on a length from one visit to the next, by A and then by `who`."""
    protocol = replace(PROTOCOL, own=own)
    days = {"date": FIRST + datetime.timedelta(days=14)}
    past = signed(visit(seen(test, degrees=then), examiner="A"))
    (found,) = changes(history(past, visit(seen(test, degrees=now), examiner=who, **days)), protocol)
    return found


def own(limit: float, examiners: Examiners = "two", test: str = "L-PKE") -> OwnError:
    return OwnError(test=test, examiners=examiners, limit=limit, pairs=40)


def counts(found: Change) -> str:
    assert found.counts is not None
    return sentence(found.counts, PROTOCOL)


def test_between_two_examiners_the_own_error_takes_the_place_of_the_published_one() -> None:
    published = judged(42, 30)
    assert (published.verdict, published.limit) == ("within-noise", 21)
    found = judged(42, 30, own(10))
    assert (found.verdict, found.confidence, found.limit) == ("better", "likely", 10)
    assert "by this clinic's own error from 40 pairs" in counts(found)
    assert judged(42, 32, own(10)).verdict == "within-noise", "a change must be beyond the limit"
    assert judged(42, 20, own(30)).verdict == "within-noise", "it widens as well"


def test_trials_of_one_visit_know_nothing_of_two_days_and_only_widen() -> None:
    narrow = judged(42, 36, own(3, "one"), who="A")
    assert (narrow.verdict, narrow.limit) == ("within-noise", 8)
    assert "by the published error" in counts(narrow)
    assert judged(42, 20, own(3, "one", "L-OBER"), who="A", test="L-OBER").verdict == "not-comparable"
    wide = judged(42, 32, own(12, "one"), who="A")
    assert (wide.verdict, wide.limit) == ("within-noise", 12)
    assert "own error" in counts(wide)


def test_which_error_is_said_only_where_a_clinic_judges_by_its_own() -> None:
    assert "error" not in counts(judged(42, 30))
    assert "by the published error" in counts(judged(42, 30, own(5, test="L-RF")))


def blind(count: int, error: float, *, bias: float = 0, kind: Kind | None = None) -> list[Pair]:
    """Readings of true angles by two, each with this error; the second always reads so much more."""
    chance, kind = random.Random(3), kind or Kind("L-PKE", "degrees", "", "two", blind=True)
    pairs = []
    for _ in range(count):
        true = chance.uniform(30, 60)
        one, two = (seen("L-PKE", degrees=chance.gauss(true + off, error)) for off in (0, bias))
        pairs.append((kind, one, two))
    return pairs


def test_enough_pairs_make_an_error_and_only_blind_ones_of_two_examiners() -> None:
    def kept(pairs: list[Pair]) -> list[str]:
        return [f"{one.test}:{one.examiners}" for one in own_errors(agreements(pairs, PROTOCOL), PROTOCOL)]

    assert kept(blind(FEWEST, 3)) == ["L-PKE:two"]
    assert kept(blind(FEWEST - 1, 3)) == []
    assert kept(blind(FEWEST, 0)) == [], "who never differs reads what was read before"
    assert kept(blind(FEWEST, 3, kind=Kind("L-PKE", "degrees", "", "two"))) == []
    assert kept(blind(FEWEST, 3, kind=Kind("L-PKE", "degrees", "", "one"))) == ["L-PKE:one"]


def test_it_comes_to_the_true_error_and_tells_few_changes_where_there_are_none() -> None:
    (found,) = own_errors(agreements(blind(4000, 3), PROTOCOL), PROTOCOL)
    assert found.limit == pytest.approx(1.96 * 2**0.5 * 3, rel=0.05)
    chance = random.Random(4)
    pairs = [(chance.gauss(45, 3), chance.gauss(45, 3)) for _ in range(300)]
    told = [judged(one, two, found).confidence is not None for one, two in pairs]
    assert sum(told) / len(told) < 0.08


def test_what_one_of_two_always_reads_higher_is_part_of_the_error() -> None:
    (even,), (biased,) = (
        own_errors(agreements(blind(500, 2, bias=bias), PROTOCOL), PROTOCOL) for bias in (0, 6)
    )
    assert biased.limit == pytest.approx(even.limit + 6, abs=0.7)
