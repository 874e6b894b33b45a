"""What was seen and answered, as a colleague reads it on paper."""

from mmt.model.base import SIDES, Side
from mmt.model.grades import rank
from mmt.model.observation import MEASURES, Observation
from mmt.model.papers import GradeRow, LetterAlert, Unasked
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Reason
from mmt.model.visit import Visit


def letter_alert(alert: Alert, protocol: Protocol) -> LetterAlert:
    """An alert with the facts that it rests on."""
    facts = dict.fromkeys(filter(None, (_fact(one, protocol) for one in alert.because)))
    return LetterAlert(level=alert.level, text=alert.text, facts=tuple(facts))


def _fact(reason: Reason, protocol: Protocol) -> str:
    """A reason in words: what was seen or answered. Reasons that only name a rule say nothing to a reader."""
    when = f" ({reason.date})" if reason.date else ""
    if reason.test is not None:
        seen = Observation(
            test=reason.test,
            **{name: getattr(reason, name) for name in (*MEASURES, "not_tested", "flags")},
        )
        if not seen.measured and seen.not_tested is None:
            return ""
        named = ", ".join(filter(None, (name_of(protocol, reason.test), reason.side)))
        return f"{named}: {_with_flags(seen)}{when}"
    if reason.question is not None:
        question = protocol.safety_questions.get(reason.question)
        return f"{question.ask if question else reason.question} {_answer(reason.answer)}{when}"
    if reason.story is not None:
        return f"{name_of(protocol, reason.story)}: {_answer(reason.answer)}{when}"
    return ""


def _answer(answer: object) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return ", ".join(map(str, answer)) if isinstance(answer, tuple) else str(answer)


def grade_rows(visit: Visit, protocol: Protocol) -> tuple[GradeRow, ...]:
    """Every test seen at a visit with both its sides, in the order of the library."""
    tests = dict.fromkeys(one.test for one in visit.observations)
    ordered = sorted(tests, key=[*protocol.tests, *tests].index)
    return tuple(
        GradeRow(test=name_of(protocol, test), **{side: _shown(visit, test, side) for side in SIDES})
        for test in ordered
    )


def _shown(visit: Visit, test: str, side: Side) -> str:
    """The value of a side: the best of several grades, the mean of several lengths, else the last trial."""
    trials = visit.seen(test, side) or visit.seen(test, None)
    measured = [one for one in trials if one.not_tested is None]
    if not measured:
        return trials[-1].shown if trials else ""
    if all(one.grade is not None for one in measured):
        return _with_flags(max(measured, key=lambda one: rank(one.grade or "0")))
    lengths = [one.millimetres for one in measured if one.millimetres is not None]
    if lengths:
        return f"{sum(lengths) / len(lengths):.0f} mm"
    return _with_flags(measured[-1])


def _with_flags(observation: Observation) -> str:
    return " ".join((observation.shown, *(f"({flag})" for flag in observation.flags)))


def not_asked(visit: Visit, protocol: Protocol) -> tuple[Unasked, ...]:
    """The safety groups with questions that nobody asked, and how many."""
    found = []
    for group in protocol.safety.values():
        questions = [one for one in group.questions if not one.from_record]
        missing = sum(one.id not in visit.safety for one in questions)
        if missing:
            found.append(Unasked(group=group.name, missing=missing, of=len(questions)))
    return tuple(found)


def name_of(protocol: Protocol, key: str) -> str:
    """What a reader calls a test or a score: the test's name, the story's question, else the id itself."""
    if key in protocol.tests:
        return protocol.tests[key].name
    return protocol.story[key].ask if key in protocol.story else key
