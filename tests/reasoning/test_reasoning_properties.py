"""What holds for every history, whoever draws it up."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from histories import PROTOCOL, histories, observations, with_last
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from mmt.case import case_of
from mmt.case.explain import WIDTH, explanation
from mmt.case.form import Case
from mmt.model.exam_tests import MuscleTest, ReflexTest
from mmt.model.observation import NOT_TESTED, Observation
from mmt.model.review import Finding, Reason, Review
from mmt.model.said import Said, said
from mmt.model.visit import History, Visit
from mmt.reasoning import compare, review, watch
from mmt.reasoning.wording import sentence

WRITTEN = ("examiner", "scale", "action", "safety", "story", "observations")
"""What a case file holds of a visit, beside its date."""

FORBIDDEN = re.compile(r"\b(diagnos|cure|heals?\b|cleared|all clear)", re.IGNORECASE)


def reviewed(history: History) -> Review:
    return review(history, PROTOCOL)


def reasons(said: Any) -> Iterator[Reason]:
    """Every reason within what was concluded."""
    if isinstance(said, Reason):
        yield said
    elif isinstance(said, msgspec.Struct):
        yield from reasons([getattr(said, name) for name in said.__struct_fields__])
    elif isinstance(said, list | tuple):
        for one in said:
            yield from reasons(one)


def sentences(said: Any) -> Iterator[str]:
    """Every sentence within what was concluded, in words."""
    if isinstance(said, Said):
        yield sentence(said, PROTOCOL)
    elif isinstance(said, msgspec.Struct):
        yield from sentences([getattr(said, name) for name in said.__struct_fields__])
    elif isinstance(said, list | tuple):
        for one in said:
            yield from sentences(one)


@given(histories())
def test_every_history_is_one_that_a_case_file_can_hold(history: History) -> None:
    rows = []
    for visit in history.visits:
        row = msgspec.json.decode(msgspec.json.encode(visit))
        rows.append({name: row[name] for name in WRITTEN} | {"date": visit.date})
    patient = {"birth_date": history.patient.birth_date}
    tables = {"id": "drawn", "title": "Drawn", "source": "drawn", "patient": patient, "visits": rows}
    case, problems = case_of(tables, "drawn", PROTOCOL)
    assert problems == []
    assert case is not None
    assert [one.observations for one in case.history.visits] == [one.observations for one in history.visits]


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_things_were_seen_and_answered_does_not_matter(
    history: History, chance: Any
) -> None:
    def shuffled(visit: Visit) -> Visit:
        seen, answers = list(visit.observations), {}
        chance.shuffle(seen)
        for topic in ("safety", "story", "precautions"):
            items = list(getattr(visit, topic).items())
            chance.shuffle(items)
            answers[topic] = dict(items)
        return replace(visit, observations=tuple(seen), **answers)

    assert reviewed(history) == reviewed(replace(history, visits=tuple(map(shuffled, history.visits))))


def of_what_was_tested(found: Review) -> tuple[Finding, ...]:
    """The findings but for those that name what was not tested, and those of home."""
    return tuple(one for one in found.findings if one.rule not in ("not-tested", "at-home"))


@given(histories(), st.data())
def test_not_tested_says_as_much_as_not_done(history: History, data: st.DataObject) -> None:
    visit = data.draw(st.sampled_from(history.visits))
    assume(visit.observations)
    gone = data.draw(st.sampled_from(visit.observations))
    why = data.draw(st.sampled_from(NOT_TESTED))
    strains = PROTOCOL.rules.strains.values()  # too painful to test, or a leg that may not be loaded
    assume(not any(why in one.not_tested and gone.test in one.muscles for one in strains))
    marked = replace(
        visit.withdrawn(*gone.cell, gone.trial),
        observations=tuple(
            Observation(test=one.test, side=one.side, trial=one.trial, not_tested=why) if one is gone else one
            for one in visit.observations
        ),
    )
    without = visit.withdrawn(*gone.cell, gone.trial)
    here, there = reviewed(history.with_visit(marked)), reviewed(history.with_visit(without))
    sheet = here.prescription
    if why == "pain":  # what hurt too much to be tested gets no harder form
        assert {*sheet.plain} >= {*there.prescription.plain}
        sheet = replace(sheet, plain=there.prescription.plain)
    same = replace(here, next_tests=(), findings=of_what_was_tested(here), prescription=sheet)
    assert same == replace(there, next_tests=(), findings=of_what_was_tested(there))
    if visit is history.visits[-1]:
        assert gone.cell not in {(one.test, one.side) for one in here.next_tests}


@given(histories())
def test_where_nothing_was_tested_nothing_is_normal(history: History) -> None:
    visits = tuple(
        replace(visit, observations=tuple(
            Observation(test=one.test, side=one.side, trial=one.trial, not_tested="time")
            for one in visit.observations
        ))
        for visit in history.visits
    )  # fmt: skip
    found = reviewed(replace(history, visits=visits))
    tested = [
        one for one in of_what_was_tested(found) if {why.test for why in one.because} - {*PROTOCOL.story}
    ]
    assert (tested, found.patterns, found.next_tests, found.leg_length) == ([], (), (), None)
    assert {*msgspec.structs.astuple(found.totals)} == {"ND"}
    assert all(one.test in PROTOCOL.story for one in found.changes)
    assert not [
        one for one in sentences(found) if re.search(r"\bnormal", one.replace("Not tested is not normal", ""))
    ]


@given(histories(), st.data())
def test_a_normal_finding_adds_no_weakness(history: History, data: st.DataObject) -> None:
    last = history.visits[-1]
    tests = [one for one in PROTOCOL.tests.values() if isinstance(one, MuscleTest | ReflexTest)]
    test = data.draw(st.sampled_from(tests))
    drawn = data.draw(observations(last.scale, test.id))
    assume(drawn.not_tested is None)
    normal = Observation(test=test.id, side=drawn.side, trial=drawn.trial)
    if isinstance(test, ReflexTest):
        normal = replace(normal, count=test.expected)
    else:
        normal = replace(normal, grade="5") if test.measure == "grade" else replace(normal, result="negative")
    before, after = (
        reviewed(history),
        reviewed(with_last(history, observations=last.recorded(normal).observations)),
    )
    weak = ("weakness", "substitution")
    assert {one.key for one in after.findings if one.rule in weak} <= {
        one.key for one in before.findings if one.rule in weak
    }
    hits = {(one.id, one.side): one.hits for one in before.patterns}
    for one in after.patterns:
        assert one.hits <= hits.get((one.id, one.side), one.hits)
    for one in after.alerts:
        if one.rule == "motor-deficit" and one.level != "caution":
            assert one.level in {earlier.level for earlier in before.alerts if earlier.rule == one.rule}


@given(histories())
def test_each_finding_of_a_visit_has_a_name_of_its_own(history: History) -> None:
    keys = [one.key for one in reviewed(history).findings]
    assert len(keys) == len(set(keys))


@given(histories())
def test_no_grade_is_made_up(history: History) -> None:
    """Grades are labels: what is quoted or compared was given at that test, side and visit."""
    found = reviewed(history)
    at = {one.date.isoformat(): one for one in history.visits}
    for reason in reasons(found):
        visit = at[reason.date] if reason.date else history.visits[-1]
        if reason.seen:
            assert reason.seen in visit.seen(reason.test or "", reason.side)
        for answer, given_ in ((reason.question, visit.safety), (reason.story, visit.story)):
            if answer is not None and reason.answer is not None and reason.said != said("from-record"):
                assert given_[answer] == reason.answer
    for change in found.changes:
        test = PROTOCOL.tests.get(change.test)
        if isinstance(test, MuscleTest) and test.measure == "grade":
            for value, visit in ((change.from_, at[change.since]), (change.to, history.visits[-1])):
                assert value in {seen.shown for seen in visit.seen(change.test, change.side)}


@given(histories())
def test_what_is_said_after_each_key_is_what_the_review_says(history: History) -> None:
    now, later = watch(history, PROTOCOL), reviewed(history)
    assert now.alerts == later.alerts
    assert now.status == later.prescription.status
    assert now.next_tests == later.next_tests


@given(histories())
def test_all_that_is_concluded_has_reasons_and_a_source(history: History) -> None:
    found = reviewed(history)
    legs = [found.leg_length] if found.leg_length else []
    for one in (*found.alerts, *found.findings, *found.patterns, *found.changes, *legs):
        assert one.because
        assert one.said
        assert one.sources
    for one in found.next_tests:
        assert one.sources
        assert one.tells_apart
    for one in (*found.prescription.offered, *found.prescription.more, *found.prescription.withheld):
        assert one.because
        assert PROTOCOL.cite(PROTOCOL.stretches[one.stretch].sources)
    assert Reason() not in set(reasons(found))


@given(histories())
def test_what_is_read_keeps_to_the_line_and_names_no_diagnosis_and_no_cure(history: History) -> None:
    case = Case(id="drawn", title="Drawn", source="drawn", history=history)
    found = [review(history.up_to(at), PROTOCOL) for at in range(len(history.visits))]
    read = explanation(case, found, PROTOCOL)
    said, label = read.rsplit("Documentation and decision-support", 1)
    assert "does not diagnose" in " ".join(label.split())
    assert not FORBIDDEN.search(said.split("\nSOURCES\n")[0])
    assert not [one for one in sentences(found) if FORBIDDEN.search(one) or "{" in one or "None" in one]
    assert not [line for line in read.splitlines() if len(line) > WIDTH and "://" not in line]


@given(histories(), st.data())
def test_which_of_two_equal_trials_came_first_does_not_matter(history: History, data: st.DataObject) -> None:
    last = history.visits[-1]
    assume(any(one.grade is not None for one in last.observations))
    one = data.draw(st.sampled_from([one for one in last.observations if one.grade is not None]))
    pained = replace(one, flags=("pain",), substitution=None, variant=None)
    sound = replace(pained, flags=())
    others = tuple(each for each in last.observations if each.cell != one.cell)
    told = [
        reviewed(
            with_last(history, observations=(*others, replace(first, trial=1), replace(second, trial=2)))
        )
        for first, second in ((pained, sound), (sound, pained))
    ]
    assert _untried(told[0]) == _untried(told[1])


def _untried(said: Any) -> Any:
    """What was concluded, without saying which trial it rests on."""
    if isinstance(said, Observation):
        return replace(said, trial=1)
    if isinstance(said, msgspec.Struct):
        return [_untried(getattr(said, name)) for name in said.__struct_fields__]
    return [_untried(one) for one in said] if isinstance(said, list | tuple) else said


@given(histories(least=2))
def test_a_visit_compared_with_itself_has_not_changed(history: History) -> None:
    last = history.visits[-1]
    twice = replace(history, visits=(*history.visits, replace(last, id=99)))
    for one in compare(twice, PROTOCOL, len(history.visits) - 1):
        if one.since == last.date.isoformat():  # else an answer that is confirmed now, against an earlier one
            assert one.verdict == "within-noise"
            assert one.from_ == one.to


@given(histories(least=2))
def test_better_one_way_is_worse_the_other_way(history: History) -> None:
    there = compare(history, PROTOCOL, len(history.visits) - 2)
    back = compare(
        replace(history, visits=(*history.visits[:-2], history.visits[-1], history.visits[-2])),
        PROTOCOL,
        len(history.visits) - 2,
    )
    turned = {"better": "worse", "worse": "better"}
    verdicts = {(one.test, one.side): one.verdict for one in back if one.test in PROTOCOL.tests}
    for one in there:  # a yes or no counts once seen twice: that is not the same both ways
        if one.test in PROTOCOL.tests and not one.to.startswith(("positive", "negative")):
            assert verdicts[one.test, one.side] == turned.get(one.verdict, one.verdict)
