"""How the last sheet went at home: what is proposed of it, and what goes onto the next one."""

from datetime import UTC, datetime
from typing import Any

from histories import histories
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from made import FIRST, PROTOCOL, SECOND, THIRD, history, seen, told, visit
from msgspec.structs import replace

from mmt.model.at_home import DONE, FELT
from mmt.model.observation import Observation
from mmt.model.review import Offer, Prescription, Reason, Review
from mmt.model.stretches import Stretch
from mmt.model.visit import Decision, History, Prescribed, Signature, Visit
from mmt.reasoning import review
from mmt.reasoning.basis import home_said, name_of
from mmt.reasoning.wording import reason_said

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SIGNED = Signature(by="A", at=NOON, digest="")
STRETCHES = list(PROTOCOL.stretches.values())
E04 = PROTOCOL.stretches["E04"]
HARDER, EASIER = E04.text["en"].harder, E04.text["en"].easier
NO_CONDITIONS = {one.id: False for one in PROTOCOL.precautions.values() if one.asked}


def was_given(note: str = "", **dose: int) -> Visit:
    """A first visit whose sheet holds the figure four."""
    item = Prescribed(stretch="E04", side="left", dose=replace(E04.dose, **dose), note=note)
    return visit(
        prescription=(item,), signature=SIGNED, story={"worsens": ("sitting",)}, precautions=NO_CONDITIONS
    )


def later(*words: str, accepted: str = "", **more: Any) -> Visit:
    """A visit at which the figure four was asked about."""
    decision = Decision(verdict="accepted", by="A", at=NOON)
    return visit(
        home={"E04": words}, decisions={accepted: decision} if accepted else {}, **{"date": SECOND, **more}
    )


def proposed(told_of: History) -> list[str | None]:
    return [one.proposed for one in review(told_of, PROTOCOL).findings if one.rule == "at-home"]


def next_sheet(told_of: History) -> Prescription:
    return review(told_of, PROTOCOL).prescription


def offer(told_of: History) -> Offer:
    return next(one for one in next_sheet(told_of).offered if one.stretch == "E04")


def test_another_form_is_written_in_the_language_of_the_patient() -> None:
    easy = history(was_given(), later("all", "easy", accepted="at-home:E04:harder"))
    for language in ("en", "es"):
        past = replace(easy, patient=replace(easy.patient, language=language))
        assert offer(past).note == E04.text[language].harder


def test_what_is_proposed_says_why_in_words() -> None:
    found = review(history(was_given(), later("most", "pain")), PROTOCOL)
    [finding] = [one for one in found.findings if one.rule == "at-home"]
    assert told(finding.said) == ("Figure four, on the back: consider an easier form.",)
    assert [reason_said(one, PROTOCOL) for one in finding.because] == [
        "Figure four, on the back, at home: more than half done, it hurt"
    ]
    assert finding.key == "at-home:E04:easier"
    assert home_said(None) == ""
    assert name_of(PROTOCOL, "E04") == "Figure four, on the back"


def test_a_form_goes_one_step_at_a_time_and_keeps_the_clinicians_own_words() -> None:
    up = later("all", "easy", accepted="at-home:E04:harder")
    down = later("all", "pain", accepted="at-home:E04:easier")
    assert offer(history(was_given("Mind the hip."), up)).note == f"{HARDER} Mind the hip."
    assert offer(history(was_given(EASIER), up)).note == ""
    assert offer(history(was_given(f"{HARDER} Mind the hip."), down)).note == "Mind the hip."


def test_what_was_given_in_a_form_stays_in_it_where_nothing_is_decided() -> None:
    kept = offer(history(was_given(HARDER), later("all")))
    assert (kept.note, kept.because[-1]) == (HARDER, Reason(home="E04", answer=("all",)))
    assert offer(history(was_given(HARDER), visit(date=SECOND))).note == HARDER


def test_a_rest_position_is_not_made_harder() -> None:
    rest = replace(PROTOCOL, stretches={**PROTOCOL.stretches, "E04": replace(E04, kind="rest")})
    found = review(history(was_given(), later("all", "easy")), rest).findings
    assert [one.proposed for one in found if one.rule == "at-home"] == ["go-on"]


def test_what_is_told_today_counts_whatever_was_told_before() -> None:
    past = history(was_given(), later("all", "easy"), later("all", "pain", date=THIRD))
    (found,) = [one for one in review(past, PROTOCOL).findings if one.rule == "at-home"]
    assert (found.proposed, found.because) == ("easier", (Reason(home="E04", answer=("all", "pain")),))


def test_nothing_harder_follows_where_a_sign_is_worse_than_at_the_visit_before() -> None:
    def leg_raise(result: str) -> tuple[Observation, ...]:
        return tuple(seen("SLR", result=result, trial=at) for at in (1, 2))

    first = replace(was_given(), observations=leg_raise("positive"))
    between = visit(*leg_raise("negative"), date=SECOND, signature=SIGNED)
    now = later("all", "easy", date=THIRD)
    assert proposed(history(first, between, now)) == ["harder"]
    assert proposed(history(first, between, replace(now, observations=leg_raise("positive")))) == ["go-on"]


def test_beyond_the_last_form_another_proposal_follows() -> None:
    assert proposed(history(was_given(HARDER), later("all", "easy"))) == ["go-on"]
    assert proposed(history(was_given(EASIER), later("most", "pain"))) == ["swap"]


def test_fewer_times_is_first_once_a_day_less_then_days_then_another_stretch() -> None:
    less = later("none", accepted="at-home:E04:fewer")
    assert offer(history(was_given(per_day=2), less)).dose.per_day == 1
    assert offer(history(was_given(days_per_week=3), less)).dose.days_per_week == 2
    assert proposed(history(was_given(days_per_week=2), later("some"))) == ["swap"]
    assert proposed(history(was_given(days_per_week=1), later("some"))) == ["swap"]


def test_a_decision_about_another_proposal_changes_nothing() -> None:
    """The answers were corrected after it: the record still tells what was accepted then."""
    assert offer(history(was_given(), later("all", accepted="at-home:E04:harder"))).note == ""


def test_a_tick_opens_what_was_stopped_and_the_next_visit_does_not_ask_again() -> None:
    ended = later("all", "pain", accepted="at-home:E04:swap", signature=SIGNED, prescription=())
    other = replace(
        ended, decisions={**ended.decisions, "weakness:TA:left": ended.decisions["at-home:E04:swap"]}
    )
    now = visit(date=THIRD)
    [bar] = [one for one in next_sheet(history(was_given(), other, now)).withheld if one.code == "STOPPED"]
    assert told(bar.said) == "It was stopped on 2026-03-16 (done as asked, it hurt). Only after your tick."
    beside = replace(other, home={"E01": ("none",), **other.home})
    [bar] = [one for one in next_sheet(history(was_given(), beside, now)).withheld if one.code == "STOPPED"]
    assert "done as asked, it hurt" in str(told(bar.said)), "of this stretch, not of another"
    untold = next_sheet(history(was_given(), replace(other, home={}), now)).withheld
    [bar] = [one for one in untold if one.code == "STOPPED"]
    assert told(bar.said) == "It was stopped on 2026-03-16 (how it went is not told). Only after your tick."
    ticked = replace(now, prescription=(Prescribed(stretch="E04", dose=E04.dose, ticked=("STOPPED",)),))
    assert offer(history(was_given(), other, ticked)).stretch == "E04"


def test_a_default_item_that_was_stopped_fills_no_sheet() -> None:
    item = Prescribed(stretch="E10", dose=PROTOCOL.stretches["E10"].dose)
    first = visit(prescription=(item,), signature=SIGNED, precautions=NO_CONDITIONS)
    no = Decision(verdict="accepted", by="A", at=NOON)
    ended = visit(
        date=SECOND,
        decisions={"at-home:E10:stop": no},
        prescription=(),
        signature=SIGNED,
        home={"E10": ("all",)},
    )
    sheets = [
        next_sheet(history(first, one, visit(date=THIRD))) for one in (ended, replace(ended, decisions={}))
    ]
    assert ["E10" in {one.stretch for one in sheet.offered} for sheet in sheets] == [False, True]
    assert [one.code for one in sheets[0].withheld if one.stretch == "E10"] == ["STOPPED"]


def test_what_is_proposed_to_be_stopped_waits_until_it_is_set_aside() -> None:
    item = Prescribed(stretch="E27", dose=PROTOCOL.stretches["E27"].dose)
    first = visit(prescription=(item,), signature=SIGNED, precautions=NO_CONDITIONS, story={"nprs_leg": 3})
    now = visit(date=SECOND, story={"nprs_leg": 6}, home={"E27": ("all", "pain")})
    keep = Decision(verdict="set-aside", by="A", at=NOON)
    waits, kept = (
        next_sheet(history(first, one)) for one in (now, replace(now, decisions={"at-home:E27:stop": keep}))
    )
    [bar] = [one for one in waits.withheld if one.stretch == "E27"]
    assert told(bar.said) == (
        "It is proposed to take it off the sheet (done as asked, it hurt). Decide on that; else only after "
        "your tick."
    )
    assert "E27" in {one.stretch for one in kept.offered}


def test_a_draft_and_what_was_set_aside_stop_nothing_at_later_visits() -> None:
    draft = later("all", "pain", accepted="at-home:E04:stop")
    aside = {"at-home:E04:stop": Decision(verdict="set-aside", by="A", at=NOON)}
    harder = later("all", "easy", accepted="at-home:E04:harder", signature=SIGNED)
    for one in (draft, replace(draft, signature=SIGNED, decisions=aside), harder):
        held = next_sheet(history(was_given(), one, visit(date=THIRD))).withheld
        assert "STOPPED" not in {bar.code for bar in held}


def test_a_protocol_of_an_earlier_day_proposes_nothing() -> None:
    old = replace(PROTOCOL, rules=replace(PROTOCOL.rules, at_home=None))
    found = review(history(was_given(), later("all", "pain", accepted="at-home:E04:easier")), old)
    assert all(one.rule != "at-home" for one in found.findings)
    assert [one.note for one in found.prescription.offered if one.stretch == "E04"] == [""]


def test_a_first_visit_has_nothing_at_home() -> None:
    assert proposed(history(visit(date=FIRST))) == []


@settings(max_examples=12)
@given(histories(least=2), st.data())
def test_no_move_has_two_judgements(past: History, data: st.DataObject) -> None:
    """What is said of a move by how it went at home, and what the sheet does with it, are the same."""
    *earlier, last = past.visits
    names = data.draw(
        st.lists(st.sampled_from(list(PROTOCOL.stretches)), min_size=1, max_size=5, unique=True)
    )
    gave = tuple(Prescribed(stretch=one, dose=PROTOCOL.stretches[one].dose) for one in names)
    words = st.tuples(st.sampled_from(DONE), st.sampled_from(FELT)) | st.tuples(st.sampled_from(DONE))
    given_before = replace(earlier[-1], signature=SIGNED, prescription=gave)
    now = replace(last, home={one: data.draw(words) for one in names})
    if data.draw(st.booleans()):
        now = replace(now, precautions=NO_CONDITIONS, safety={}, action="seen to")
    found = review(replace(past, visits=(*earlier[:-1], given_before, now)), PROTOCOL)
    home = {one.stretch: one.proposed for one in found.findings if one.rule == "at-home"}
    on_paper = {one.stretch for one in (*found.prescription.offered, *found.prescription.more)}
    needs = {name: {one.needs for one in found.prescription.withheld if one.stretch == name} for name in home}
    assert not home or found.prescription.status == "offered"
    for name, proposal in home.items():
        if proposal in ("go-on", "harder"):
            assert not needs[name]
        elif proposal in ("easier", "fewer"):
            assert needs[name] <= {"tick"}
        else:
            assert name not in on_paper or name in {one.stretch for one in now.prescription or ()}
    if "harder" in home.values():
        worse = {one.test for one in found.changes if one.verdict == "worse"}
        nerve = [one for one in worse if one.startswith(("REFLEX", "TOUCH", "SLR", "SLUMP", "FNST"))]
        assert not nerve


@settings(max_examples=12)
@given(histories(least=2, most=2), st.lists(st.sampled_from(STRETCHES), min_size=1, max_size=3), st.data())
def test_what_is_accepted_takes_no_alert_away_and_opens_nothing_that_was_shut(
    past: History, sheet: list[Stretch], data: st.DataObject
) -> None:
    first, last = past.visits
    gave = tuple(Prescribed(stretch=one.id, dose=one.dose) for one in sheet)
    words = st.tuples(st.sampled_from(DONE), st.sampled_from(FELT))
    home = {one.id: data.draw(words) for one in sheet}
    first = replace(first, signature=SIGNED, prescription=gave)
    last = replace(last, prescription=None, home=home)
    before = review(replace(past, visits=(first, last)), PROTOCOL)
    yes = Decision(verdict="accepted", by="A", at=NOON)
    decided = {one.key: yes for one in before.findings if one.stretch}
    after = review(replace(past, visits=(first, replace(last, decisions=decided))), PROTOCOL)

    def fitting(found: Review) -> set[str]:
        return {one.stretch for one in (*found.prescription.offered, *found.prescription.more)}

    assume(decided)
    assert after.alerts == before.alerts
    assert fitting(after) <= fitting(before)
    assert not fitting(after) & {one.stretch for one in before.findings if one.proposed in ("stop", "swap")}
