"""What an earlier visit told is not taken away in silence."""

from made import PROTOCOL, SECOND, THIRD, history, visit

from mmt.model.visit import Visit
from mmt.reasoning import review
from mmt.reasoning.wording import worded
from mmt.reasoning.words import ENGLISH

ASK = PROTOCOL.precautions["OST"].ask


def told(*visits: Visit, rule: str) -> list[str]:
    return [
        worded(one.said, PROTOCOL) for one in review(history(*visits), PROTOCOL).alerts if one.rule == rule
    ]


def test_a_condition_that_cannot_end_and_was_denied_since_is_told_until_it_is_answered_yes() -> None:
    yes, no = visit(precautions={"OST": True}), visit(precautions={"OST": False}, date=SECOND)
    line = f"{ASK} Yes on 2026-03-02, no on 2026-03-16: a yes of this kind stays true and goes on counting."
    assert told(yes, no, rule="answer-taken-back") == [line]
    assert told(yes, no, visit(date=THIRD), rule="answer-taken-back") == [line]
    again = visit(precautions={"OST": True}, date=THIRD)
    assert told(yes, no, again, rule="answer-taken-back") == []
    assert told(no, visit(precautions={"OST": True}, date=THIRD), rule="answer-taken-back") == []


def test_an_urgent_answer_that_is_gone_is_told_until_somebody_writes_what_was_done() -> None:
    urgent = visit(safety={"fever": True})
    gone, later = visit(safety={"fever": False}, date=SECOND), visit(date=THIRD)
    line = f"Urgent on 2026-03-02, and no action was written. {PROTOCOL.safety['infection'].says}"
    assert told(urgent, gone, rule="infection") == [line]
    assert told(urgent, gone, later, rule="infection") == [line]
    done = visit(safety={"fever": False}, action="Telephoned", date=SECOND)
    assert told(urgent, done, rule="infection") == []
    assert told(urgent, done, later, rule="infection") == []


def test_an_emergency_that_is_gone_says_so_once() -> None:
    first = visit(safety={"bladder": True})
    second = visit(safety={"bladder": True}, date=SECOND)
    lines = told(first, second, visit(safety={"bladder": False}, date=THIRD), rule="cauda-equina")
    left = ENGLISH["undone-emergency"].format(date="2026-03-16")
    assert lines == [f"{left} {PROTOCOL.safety['cauda-equina'].says}"]
