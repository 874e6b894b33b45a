"""Alerts, findings, leg length and patterns as rows, the reasons beside each."""

from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content

from mmt.model.base import Side, grouped
from mmt.model.course import COURSE
from mmt.model.protocol import Protocol
from mmt.model.questions import SafetyQuestion
from mmt.model.review import Alert, Finding, MethodReading, Reason, Review
from mmt.model.said import Said
from mmt.model.visit import History, Visit
from mmt.reasoning import goals
from mmt.reasoning.answers import earlier_yes
from mmt.reasoning.basis import name_of
from mmt.reasoning.fluent import listed
from mmt.reasoning.wording import quiet_said, reason_said, sentence, worded
from mmt.reasoning.words import TELL_STRENGTH
from mmt.tui.widgets.clicks import box
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, heading
from mmt.tui.widgets.wrap import Hanging

from .values import day

FIRST = (*COURSE, "pattern-lower-crossed", "pattern-upper-crossed", "side-difference", "pair", "short")
LATER = ("dominance-expected", "substitution", "weakness")
"""Rules whose findings stand first, and last, in this order: what says most, then the single weak muscles."""

APART = ("leg-length", "at-home")
"""Rules whose findings stand under a heading of their own."""

MARKS = {"accepted": "[✓] accepted", "set-aside": "[–] set aside", None: "[ ] open"}
UNDER = "· "
UNTESTED = "motor-untested"
"""The kind of alert that stands in one row with the others of its kind."""
LEVEL = 11
MARK = 15


def alert_rows(review: Review, visit: Visit, protocol: Protocol) -> list[Row]:
    """The alerts, the gravest first as the reasoning puts them; tests that were left out in one row."""
    found = review.alerts
    answered = quiet_said(visit, found, protocol)
    quiet = [Row(Hanging(Content(""), plain(answered)), "alerts:quiet")] if answered else []
    if not found:
        return [
            heading("Alerts"),
            Row(Content("No red flag recorded today. That alone rules nothing out."), "alerts:none"),
            *quiet,
        ]
    untested = [one for one in found if one.kind == UNTESTED]
    rows = [_alert(at, one, visit, protocol) for at, one in enumerate(found) if one not in untested]
    if untested:
        said = "; ".join(_names_said(((one.test or "", one.side) for one in untested), protocol))
        text = plain(f"Graded before, not tested now: {said}.")
        rows.append(Row(Hanging(_level("caution"), text), "alert:untested", untested[0]))
    return [heading("Alerts"), *rows, *quiet]


def earlier_rows(history: History, protocol: Protocol) -> list[Row]:
    """Each emergency or urgent yes of an earlier visit that was not asked again at this one."""
    rows = []
    for one, visit in earlier_yes(history, protocol):
        text = Hanging(_level("not asked"), plain(earlier_said(one, visit)))
        rows.append(Row(text, f"earlier:{one.id}", protocol.group_of[one.id]))
    return rows


def earlier_said(question: SafetyQuestion, visit: Visit) -> str:
    """An earlier yes with its day, and what was done then."""
    done = f" Done then: {visit.action.rstrip('. ')}." if visit.action else ""
    return f"Yes on {day(visit)}, not asked today: {question.ask}{done}"


def _names_said(places: Iterable[tuple[str, Side | None]], protocol: Protocol) -> list[str]:
    """`both sides: Iliopsoas, Quadriceps`, `left: Gluteus medius`: a side, then its tests, in their order."""
    names = grouped((tuple(sides), test) for test, sides in grouped(places).items())
    return [
        f"{'both sides' if len(sides) > 1 else sides[0] or 'midline'}: "
        f"{', '.join(name_of(protocol, test) for test in tests)}"
        for sides, tests in names.items()
    ]


def _level(level: str) -> Content:
    return Content.styled(f"{level.upper():<{LEVEL}}", "bold")


def _alert(at: int, one: Alert, visit: Visit, protocol: Protocol) -> Row:
    done = f"\nDone: {plain(visit.action).plain}" if visit.action and one.level == "urgent" else ""
    text = Content.assemble((worded(one.said, protocol), "bold"), f" {worded(one.action, protocol)}", done)
    return Row(Hanging(_level(one.level), text), f"alert:{at}", one)


def goal_rows(history: History, protocol: Protocol) -> list[Row]:
    """How far the patient's own goals are, a row each, under a heading where there is any."""
    rows = [
        Row(Hanging(Content("  "), plain(sentence(one, protocol))), f"goal:{at}")
        for at, one in enumerate(goals(history, protocol))
    ]
    return [heading("Goals", "from the first number to the latest"), *rows] if rows else []


def home_rows(review: Review, visit: Visit, protocol: Protocol) -> list[Row]:
    """What is proposed of the stretches of the last sheet, by how they went at home."""
    found = [one for one in review.findings if one.stretch]
    rows = [finding_row(one, visit, protocol) for one in found]
    return [heading("The last sheet", "what you accept goes onto the next one"), *rows] if rows else []


def finding_rows(review: Review, visit: Visit, protocol: Protocol) -> list[Row]:
    """The findings, what says most first, with what was decided; where there is none, what was not tested."""
    found = sorted((one for one in review.findings if one.rule not in APART), key=_rank)
    if found:
        return [heading("Findings"), *_by_muscle(found, visit, protocol)]
    plan = protocol.exams.get(visit.exam)
    seen = {one.test for one in visit.observations if one.not_tested is None}
    asked = (*plan.tests, *plan.screen) if plan else ()
    missing = [name_of(protocol, name).split(" (")[0] for name in asked if name not in seen]
    left = f" Not tested: {', '.join(missing)}." if missing else ""
    text = Hanging(Content(""), plain(f"Nothing to report from what was tested.{left}"))
    return [heading("Findings"), Row(text, "findings:none")]


def _by_muscle(found: Sequence[Finding], visit: Visit, protocol: Protocol) -> Iterator[Row]:
    """The findings of one muscle together, at the place of the first of them, which alone names it."""
    for ones in grouped((one.test or one.key, one) for one in found).values():
        yield from (finding_row(one, visit, protocol, under=at > 0) for at, one in enumerate(ones))


def _rank(one: Finding) -> int:
    """The place of a finding among the others; those of one place keep the order of the reasoning."""
    if one.rule in FIRST:
        return FIRST.index(one.rule)
    return len(FIRST) + (1 + LATER.index(one.rule) if one.rule in LATER else 0)


def finding_row(one: Finding, visit: Visit, protocol: Protocol, *, under: bool = False) -> Row:
    """One finding: the decision, its sentence and strength, and below it what else it rests on.

    `under` says that it stands under another finding of the same muscle, which is not named again.
    """
    decision = visit.decisions.get(one.key)
    mark = MARKS[decision.verdict if decision else None]
    reasons = listed(
        reason_said(reason, protocol) for reason in one.because if not _tells(one.said[0], reason)
    )
    strength = f"  {one.strength}" if one.strength and one.said[0].key not in TELL_STRENGTH else ""
    text = worded(one.said, protocol)
    said = f"{UNDER}{_without_name(text, one.test, protocol)}" if under else text
    content = Content.assemble(
        plain(said), (strength, "bold"), (f"\n{plain(reasons).plain}" if reasons else "", "dim")
    )
    return Row(Hanging(box(f"{mark:<{MARK}}"), content), one.key, one)


def _without_name(text: str, test: str | None, protocol: Protocol) -> str:
    """A sentence without the name of the muscle, where it begins with that."""
    return text.removeprefix(name_of(protocol, test or "")).lstrip(":, ")


def _tells(one: Said, reason: Reason) -> bool:
    """Whether a sentence says the muscle and value of a reason, and there is no more to it than these."""
    seen, against = reason.seen, one.value("against")
    if seen is None or reason.date or seen.flags:
        return False
    here = seen.test == one.value("test")
    if seen.grade is None:
        return (
            here and seen.side == one.value("side") and seen.shown in (one.value("value"), one.value("count"))
        )
    told = here and seen.grade in (one.value("grade"), one.value("other_grade"))
    return seen.trial == 1 and (told or (isinstance(against, tuple) and seen in against))


def leg_rows(review: Review, visit: Visit, protocol: Protocol) -> list[Row]:
    """What the leg-length methods say together, each with its error, and what to say of a shoe lift."""
    legs = review.leg_length
    if legs is None:
        return [heading("Leg length"), Row(Content("Not measured at this visit."), "legs:none")]
    finding = next((one for one in review.findings if one.rule == "leg-length"), None)
    first = (
        finding_row(finding, visit, protocol)
        if finding
        else Row(Hanging(Content(""), plain(worded(legs.said, protocol))), "legs:text", legs)
    )
    on_lift = (
        Row(Hanging(Content("  "), plain(sentence(one, protocol))), f"lift:{place}", protocol.rules.lift)
        for place, one in enumerate(legs.lift)
    )
    return [heading("Leg length"), first, *(_method(one, protocol) for one in legs.methods), *on_lift]


def _method(one: MethodReading, protocol: Protocol) -> Row:
    test = protocol.tests[one.method]
    value = f"{one.difference:.4g} mm" if one.difference is not None else "no number"
    shorter = f", {one.shorter} shorter" if one.shorter else ""
    beyond = "beyond" if one.beyond_error else "within"
    limit = f", {beyond} the error of {one.error:g} mm" if one.error else ""
    text = Content.assemble((f"{value}{shorter}", "bold"), f"{limit}   ", (test.name, "dim"))
    return Row(Hanging(Content("  "), text), f"legs:{one.method}", test)


def pattern_rows(review: Review, protocol: Protocol) -> list[Row]:
    """Patterns that the exam is consistent with, and the tests that would tell them apart."""
    rows = [
        Row(Hanging(Content("  "), plain(worded(one.said, protocol))), f"pattern:{one.id}:{one.side}", one)
        for one in review.patterns
    ]
    rows += [
        Row(
            Hanging(Content.styled("→ ", "bold"), plain(worded(one.said, protocol))),
            f"next:{one.test}:{one.side}",
        )
        for one in review.next_tests
    ]
    return [heading("Patterns"), *rows] if rows else []
