"""The course of a patient as rows: a visit each, newest first, and below it what it found and gave."""

from collections.abc import Iterator

from textual.content import Content

from mmt.model.at_home import mostly_done
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import LegLength, Level, Told
from mmt.model.visit import History, Visit, local_day
from mmt.reasoning import CourseRow
from mmt.reasoning.wording import sentence
from mmt.reasoning.words import TOLD
from mmt.tui.visit.steps import BY_ID, step_of
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, heading
from mmt.tui.widgets.wrap import Hanging, Pieces

from .patient_rows import cell

DATE, APART, WHO = 12, 11, 24
"""Columns for the date, the days since the visit before, and the examiner."""

MOST = 4
"""So many muscles of a kind are named in a row."""

GAP = "   "
"""Stands between the pieces of a line."""

LEVELS: dict[Level, str] = {"emergency": "EMERGENCY", "urgent": "URGENT", "routine": "refer", "caution": ""}
"""How the highest alert of a visit is told; a caution stands in the visit itself."""


SIDED = {"right": " (right)", "left": " (left)", "both": " (both)"}
"""The side of a pain behind its name; nothing where none was told."""

ALTERED = "NOT AS SIGNED"
OPEN = "…"
"""Stands in a row while it is worked out what the visit found: not known yet is not normal."""


def course_heading() -> Row:
    """What stands above the visits: what the signs mean, each against the visit before."""
    signs = "  ".join(f"{sign} {word}" for told, (sign, word) in TOLD.items() if told != "same")
    return heading("Visits", signs)


def visit_row(visit: Visit, before: Visit | None, row: CourseRow | None, protocol: Protocol) -> Row:
    """One visit, and the one `before` it: when and who, and below it what it found and gave; that is `row`,
    None while it is worked out."""
    head = _head(visit, before, row, protocol)
    lines = (_alert(row, protocol), _told(row, protocol), _muscles(row)) if row else ()
    text = Pieces([[head], *filter(None, map(list, lines))], GAP) if row else head
    date = Content.styled(f"{visit.date.isoformat():<{DATE}}", "bold")
    return Row(Hanging(date, text), str(visit.id))


def moved_rows(history: History) -> Iterator[Row]:
    """The visits that were moved to or from this record, which is named by its number."""
    if history.moved:
        yield heading("Moved between records", f"this one is number {history.patient.id}")
    for one in history.moved:
        where = f"from here to record {one.to}" if one.to else f"here from record {one.origin}"
        said = f"moved {where} on {local_day(one.at).isoformat()}: {one.reason} ({one.by})"
        yield Row(Hanging(Content(f"  {one.date.isoformat():<{DATE}}"), plain(said)))


def joined_rows(history: History) -> Iterator[Row]:
    """The records that were joined to this one or it to another, and which are apart again."""
    if history.joined:
        yield heading("Joined records", f"this one is number {history.patient.id}")
    for one in history.joined:
        who = one.patient
        if who.id == history.patient.id:
            what = f"this record joined to record {one.to}"
        else:
            what = f"record {who.id} ({who.name}, born {who.birth_date}) joined to record {one.to}"
        said = f"{what}: {one.reason} ({one.by})"
        if undone := one.parted:
            said += f"; undone on {local_day(undone.at)}: {undone.reason} ({undone.by})"
        yield Row(Hanging(Content(f"  {local_day(one.at).isoformat():<{DATE}}"), plain(said)))


def _head(visit: Visit, before: Visit | None, row: CourseRow | None, protocol: Protocol) -> Content:
    exam = protocol.exams.get(visit.exam)
    other = before is None or before.exam != visit.exam
    state = "" if visit.signed else f"draft at {BY_ID[step_of(visit.place)].name}"
    if visit.altered:
        state = ALTERED
    notes = {0: "", 1: "1 note"}.get(len(visit.addenda), f"{len(visit.addenda)} notes")
    level = LEVELS[row.alert.level] if row and row.alert else ""
    paper = f"from paper, entered {visit.entered.isoformat()}" if visit.entered else ""
    blind = "second examiner, blind" if visit.blind else ""
    words = [
        "" if row else OPEN,
        level,
        state,
        blind,
        paper,
        notes,
        (exam.name if exam else visit.exam) if other else "",
    ]
    return Content.assemble(
        f"{_apart(visit, before):<{APART}}",
        cell(visit.examiner, WHO),
        Content("  ").join(
            plain(one).stylize("bold" if one in (level, state) else "dim") for one in words if one
        ),
    )


def _apart(visit: Visit, before: Visit | None) -> str:
    """The days since the visit before."""
    if before is None:
        return ""
    days = (visit.date - before.date).days
    return f"+{days} day{'' if days == 1 else 's'}" if days else "same day"


def _told(row: CourseRow, protocol: Protocol) -> Iterator[Content]:
    """What a visit found and gave, a piece each."""
    for one in row.scores:
        side = SIDED.get(str(one.side), "")
        yield _marked(f"{protocol.story[one.question].named}{side} {one.value:g}", one.verdict)
    if row.legs and row.legs.size is not None:
        yield _legs(row.legs)
    if row.given:
        moves = len({one.stretch for one in row.given})
        yield Content(f"gave {moves} move{'' if moves == 1 else 's'}{_done(row, protocol)}")


def _alert(row: CourseRow, protocol: Protocol) -> Iterator[Content]:
    """What was grave about a visit, in a line."""
    if row.alert and LEVELS[row.alert.level]:
        yield plain(sentence(row.alert.said[0], protocol))


def _muscles(row: CourseRow) -> Iterator[Content]:
    """The weakest muscles, then what became of those that were weak before, and how many more there are."""
    yield from _named("weak: ", [_marked(_brief(one), verdict) for one, verdict in row.weak])
    yield from _named("no longer weak: ", [_marked(_brief(one), verdict) for one, verdict in row.strong])
    yield from _named(
        "not tested: ", [plain(" ".join(filter(None, (one.test, one.side)))) for one in row.not_tested]
    )


def _named(lead: str, found: list[Content]) -> Iterator[Content]:
    if found:
        more = [Content(f"{len(found) - MOST} more")] if len(found) > MOST else []
        yield Content(lead) + Content(", ").join([*found[:MOST], *more])


def _brief(one: Observation) -> str:
    return " ".join(filter(None, (one.test, one.side, one.shown)))


def _legs(legs: LegLength) -> Content:
    """The difference of the legs, with the error of the method that it rests on."""
    error = next((one.error for one in legs.methods if one.difference == legs.size), None)
    side = f"{legs.shorter} leg shorter by " if legs.shorter else "legs differ by "
    return Content(f"{side}{legs.size:g} mm{f' (± {error:g})' if error else ''}")


def _done(row: CourseRow, protocol: Protocol) -> str:
    """What was done at home of the moves, as the visit after says."""
    if told := mostly_done(row.home):
        return f", {told[0] or 'none'} of {told[1]} mostly done"
    rule = protocol.rules.given_before
    if row.done is None or rule is None:
        return ""
    return f", done: {protocol.story[rule.done].labels.get(str(row.done), str(row.done))}"


def _marked(value: str, verdict: Told | None) -> Content:
    """A value with the sign of its verdict, bold where it changed."""
    changed = verdict in ("better", "worse")
    return Content.styled(f"{value} {TOLD[verdict][0]}" if verdict else value, "bold" if changed else "")
