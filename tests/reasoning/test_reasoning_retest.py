"""A fall is shown at once and blocks the sheet once it is confirmed: by a second trial, by the examiner, by a
second visit. A better second trial lifts it, and both are told."""

from histories import PROTOCOL
from hypothesis import assume, given
from hypothesis import strategies as st
from made import FIRST, SECOND, THIRD, history, quote, seen, told, visit
from msgspec.structs import replace

from mmt.model.grades import CODES, rank
from mmt.model.observation import Observation
from mmt.model.review import LEVELS, Alert, Review
from mmt.model.visit import History
from mmt.reasoning import review
from mmt.reasoning.alarms import alarms
from mmt.reasoning.retest import Settled, Trial, settled
from mmt.reasoning.wording import left_open, reason_said
from mmt.reasoning.words import ENGLISH

TA = PROTOCOL.tests["TA"].name
STATUSES = ("offered", "blocked-until-action", "locked")


def ta(grade: str, trial: int = 1, *flags: str, confirmed: bool = False) -> Observation:
    return seen("TA", trial=trial, grade=grade, flags=flags, confirmed=confirmed)


def then(grade: str, *trials: Observation) -> History:
    """A grade at a first visit, and trials of the same muscle at the second."""
    return history(visit(ta(grade), id=1), visit(*trials, date=SECOND, id=2))


def alert(past: History) -> Alert:
    (only,) = told(alarms(past, PROTOCOL))
    return only


def test_each_state_says_what_settled_it_and_what_to_do() -> None:
    fell = f"{TA}, left: fell from 5 to 4."
    told_by = [
        (then("5", ta("4")), "One trial alone found it: not confirmed yet.", "motor-not-confirmed-action"),
        (then("5", ta("4"), ta("4-", 2)), "", "motor-action"),
        (
            then("5", ta("4", confirmed=True)),
            "Confirmed by the examiner without another trial.",
            "motor-action",
        ),
        (then("5", ta("4"), ta("4+", 2)), "Lifted by trial 2: 4+.", "motor-lifted-action"),
    ]
    for past, says, asks in told_by:
        found = alert(past)
        assert found.action == ENGLISH[asks]
        assert not says or found.said == f"{fell} {says}"
    agrees = alert(then("5", ta("4"), ta("4-", 2)))
    assert agrees.said == f"{TA}, left: fell from 5 to 4-. Confirmed by trial 1: 4."
    assert [one.seen and one.seen.trial for one in agrees.because] == [2, 1, 1]
    thrice = alert(then("5", ta("4"), ta("4-", 2), ta("4", 3)))
    assert thrice.said.endswith("Confirmed by trial 3: 4.")
    beside = alert(then("5", ta("4"), ta("4-", 2), ta("5", 3)))
    assert beside.said.endswith("Confirmed by trial 1: 4. Of 3 trials the lowest is 4-, the best 5.")
    twice = history(visit(ta("5")), visit(ta("4"), date=SECOND), visit(ta("4"), date=THIRD))
    assert alert(twice).said == (
        f"{fell} Confirmed by the visit of 2026-03-16: 4, and nothing was done about it."
    )


def test_a_confirmed_grade_says_so_among_the_reasons() -> None:
    (why, _) = alarms(then("5", ta("4", confirmed=True)), PROTOCOL)[0].because
    assert reason_said(why, PROTOCOL) == f"{TA}, left: 4 (confirmed)"


def test_what_was_lifted_rests_on_both_trials_and_does_not_interrupt() -> None:
    lifted = alert(then("5", ta("4"), ta("5", 2)))
    assert (lifted.level, lifted.state) == ("caution", "lifted")
    assert lifted.because == (
        quote("TA", "left", grade="4"),
        quote("TA", "left", grade="5", date="2026-03-02"),
        quote("TA", "left", grade="5", trial=2),
    )


def test_what_is_left_open_is_named_and_what_was_settled_is_not() -> None:
    open_ = then("5", ta("4"))
    assert left_open(alarms(open_, PROTOCOL), PROTOCOL) == (
        f"{TA}, left, fell from 5 to 4 and was not tested again."
    )
    for trials in ((ta("4"), ta("4", 2)), (ta("4"), ta("5", 2)), (ta("4", confirmed=True),), (ta("3"),)):
        assert left_open(alarms(then("5", *trials), PROTOCOL), PROTOCOL) == ""


def test_pain_is_answered_by_a_trial_without_it() -> None:
    assert alert(then("5", ta("3", 1, "pain"), ta("4+", 2))).said == (
        f"{TA}, left: fell from 5 to 3. Lifted by trial 2: 4+."
    )
    assert alert(then("4+", ta("3", 1, "pain"), ta("4+", 2))).said == (
        f"{TA}, left: grade 3 with pain. Pain may have limited the effort. Lifted by trial 2: 4+."
    )
    for trials in (
        (ta("4+"), ta("3", 2, "pain")),
        (ta("3", 1, "pain"), ta("4+", 2, "pain")),
        (ta("3", 1, "pain"), ta("4", 2)),
        (ta("3-", 1, "pain"), ta("5", 2)),
    ):
        stands = alert(then("5", *trials))
        assert (stands.level, stands.state) == ("urgent", None)


def test_pain_that_is_answered_leaves_what_is_known_and_what_was_found_before() -> None:
    known = history(visit(ta("3"), action="Telephoned"), visit(ta("3", 1, "pain"), ta("4", 2), date=SECOND))
    of_trials = "Of 2 trials the lowest is 3, the best 4."
    assert alert(known).said == f"{TA}, left: grade 3, known and acted on 2026-03-02. {of_trials}"
    answered = ta("3", 1, "pain"), ta("4+", 2)
    fell = history(visit(ta("4+")), visit(ta("3+"), date=SECOND), visit(*answered, date=THIRD))
    assert alert(fell).state == "lifted"
    left = alert(history(visit(*answered), visit(date=SECOND)))
    assert (left.level, left.state) == ("caution", None)


def test_a_trial_counts_for_itself() -> None:
    sure_of_another = then("5", ta("5", confirmed=True), ta("4", 2))
    assert alert(sure_of_another).state == "not-confirmed"
    hurt = Trial(ta("4", 1, "pain"), low=False, fall=(visit(ta("5")), ta("5")), asks=False)
    well = Trial(ta("5", 2), low=False, fall=None, asks=False)
    assert settled([hurt, well], 2) == Settled("lifted", well.grade)
    again = hurt._replace(grade=ta("4", 3, "pain"))
    assert settled([hurt, well, again], 2) is None, "the last in pain asks for one more"
    weak_in_pain = Trial(ta("2", 1, "pain"), low=False, fall=None, asks=True)
    assert settled([weak_in_pain, well], 2) == Settled("lifted", well.grade)


def test_what_was_lifted_is_no_alarm_of_the_next_visit() -> None:
    lifted = visit(ta("4"), ta("5", 2), date=SECOND)
    untested = alert(history(visit(ta("5")), lifted, visit(date=THIRD)))
    assert untested.said == f"{TA}, left: graded before (4 on 2026-03-16), not tested at this visit."
    again = alert(history(visit(ta("5")), lifted, visit(ta("4"), date=THIRD)))
    assert again.state == "not-confirmed"
    pained = visit(ta("3", 1, "pain"), ta("4+", 2), date=SECOND, action="Tested again")
    assert alert(history(visit(ta("5")), pained, visit(date=THIRD))).level == "caution"


def test_under_a_protocol_of_before_each_fall_blocks_at_once() -> None:
    rules = replace(PROTOCOL.rules, retest=None)
    found = review(then("5", ta("4"), ta("5", 2)), replace(PROTOCOL, rules=rules))
    assert found.prescription.status == "blocked-until-action"
    assert [one.state for one in found.alerts if one.level == "urgent"] == [None]


@st.composite
def falls(draw: st.DrawFn) -> History:
    """A strong muscle, and one to three trials of it at a later visit, some after an action."""
    days = [FIRST, SECOND, THIRD][: draw(st.integers(2, 3))]
    strong = st.sampled_from(CODES[-6:])
    past = [visit(ta(draw(strong)), date=day, id=at) for at, day in enumerate(days[:-1], 1)]
    past[-1] = replace(past[-1], action=draw(st.sampled_from(("", "telephoned"))))
    trials = draw(st.lists(st.tuples(st.sampled_from(CODES[-8:]), st.integers(0, 3)), min_size=1, max_size=3))
    last = [
        ta(code, at, *(["pain"] if pain == 3 else []), confirmed=pain == 2)
        for at, (code, pain) in enumerate(trials, 1)
    ]
    return history(*past, visit(*last, date=days[-1], id=9))


def after(past: History, code: str, *flags: str) -> Review:
    last = past.visits[-1]
    return review(past.with_visit(last.recorded(ta(code, len(last.observations) + 1, *flags))), PROTOCOL)


def gravest(found: Review) -> int:
    levels = [LEVELS.index(one.level) for one in found.alerts if one.rule == "motor-deficit"]
    return min(levels, default=len(LEVELS))


@given(falls(), st.sampled_from(CODES[4:]), st.sampled_from(((), ("pain",))))
def test_a_worse_or_equal_trial_never_gives_a_milder_status(
    past: History, code: str, flags: tuple[str, ...]
) -> None:
    assume(rank(code) <= min(rank(one.code) for one in past.visits[-1].observations))
    before, now = review(past, PROTOCOL), after(past, code, *flags)
    assert STATUSES.index(now.prescription.status) >= STATUSES.index(before.prescription.status)
    assert gravest(now) <= gravest(before)


@given(falls(), st.sampled_from(CODES[-8:]), st.sampled_from(((), ("pain",))))
def test_a_better_trial_never_silences_the_alarm(past: History, code: str, flags: tuple[str, ...]) -> None:
    before = [one for one in review(past, PROTOCOL).alerts if one.test == "TA" and one.level == "urgent"]
    now = {one.test: one for one in after(past, code, *flags).alerts}
    for one in before:
        weak = one.because[0]
        assume(weak.seen and rank(code) > rank(weak.seen.code))
        if now["TA"].level != "urgent":
            assert now["TA"].state == "lifted"
            assert weak in now["TA"].because
            assert not flags
