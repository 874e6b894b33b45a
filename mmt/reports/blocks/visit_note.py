"""The blocks of the visit note, and the same as plain text: both say what `_PARTS` yields."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from mmt.model.base import grouped
from mmt.model.visit import local_day
from mmt.model.visit_note import SeenTest, VisitNote
from mmt.reports.page import Group
from mmt.reports.rows import Row, beside, lines, read_as, stack
from mmt.reports.setting import Setting
from mmt.reports.words import Words

from .findings import finding_said, red_flags_said
from .head import BLANK, signed_said
from .texts import LABELS, heading, opened, titled

KINDS = ("muscle", "sign", "length", "count", "hold", "reflex", "touch", "leg-length", "other")
"""The kinds of tests, in the order in which they stand."""

_SAME_FROM = 3
"""So many tests with one value on both sides are told in a line."""


class Entry(NamedTuple):
    """What is told under a label, a line each."""

    label: str
    texts: Sequence[str]


def _subjective(note: VisitNote, words: Words) -> Iterator[Entry]:
    yield Entry(words("told"), note.told)
    yield Entry(words("goals"), note.goals)
    yield Entry(words("home"), note.home)
    yield Entry(words("red-flags"), tuple(red_flags_said(note, words)))
    present = [words("present", names="; ".join(note.present))] if note.present else []
    absent = [words.counted("absent", note.absent)] if note.absent else []
    yield Entry(words("conditions"), [*present, *absent])


def _objective(note: VisitNote, words: Words) -> Iterator[Entry]:
    by_kind = grouped((one.kind, one) for one in note.seen)
    for kind in KINDS:
        if some := by_kind.get(kind):
            scale = [words("seen-scale", scale=note.scale)] if kind == "muscle" else []
            yield Entry(words(f"seen-{kind}"), [*scale, *_seen(some, words)])
    yield Entry("", [words("not-listed" if note.seen else "seen-none")])


def _seen(tests: Sequence[SeenTest], words: Words) -> Iterator[str]:
    """What each test showed; values that several share on both sides in a line, with their names."""
    alike = grouped((one.values[0][1], one) for one in tests if _same(one))
    shared = {value: some for value, some in alike.items() if len(some) >= _SAME_FROM}
    for value, some in shared.items():
        yield words("seen-same", value=opened(value), tests=", ".join(one.name for one in some))
    for one in tests:
        if not _same(one) or one.values[0][1] not in shared:
            said = ", ".join(f"{side} {value}" if side else value for side, value in one.values)
            yield f"{one.name}: {said}"


def _same(one: SeenTest) -> bool:
    return len(one.values) > 1 and len({value for _, value in one.values}) == 1


def _assessment(note: VisitNote, words: Words) -> Iterator[Entry]:
    yield Entry(words("alerts"), [f"{words(f'level-{one.level}')}: {one.text}" for one in note.alerts])
    for label, found in (("accepted", note.accepted), ("set-aside", note.set_aside)):
        yield Entry(words(label), tuple(dict.fromkeys(finding_said(one, words) for one in found)))
    yield Entry(words("patterns"), note.patterns)
    counts = [(key, count) for key, count in (("unchanged", note.same), ("within", note.within)) if count]
    yield Entry(words("changes"), [*note.changes, *(words.counted(key, count) for key, count in counts)])
    letters = (
        f"{words(f'part-{one.letter}')}: {'; '.join(one.facts) or words('part-none')}" for one in note.part
    )
    yield Entry(words("part"), tuple(letters))
    yield Entry(words("own-words"), [note.own_words] if note.own_words else [])


def _plan(note: VisitNote, words: Words) -> Iterator[Entry]:
    yield Entry(words("action"), [note.action] if note.action else [])
    over = note.went_on
    yield Entry(words("went-on"), [words("by", text=over.reason, by=over.by)] if over else [])
    if note.sheet is not None:
        yield Entry(words("sheet"), note.sheet or [words("sheet-none")])
    yield Entry(words("next-visit"), [note.next_visit] if note.next_visit else [])
    dated = (
        words("dated", day=words.date(local_day(one.at)), text=one.text, by=one.by)
        for one in note.dated_notes
    )
    yield Entry(words("dated-notes"), tuple(dated))


_PARTS: dict[str, Callable[[VisitNote, Words], Iterator[Entry]]] = {
    "subjective": _subjective,
    "objective": _objective,
    "assessment": _assessment,
    "plan": _plan,
}


def _about(note: VisitNote, words: Words) -> Iterator[str]:
    """Which patient of the name it is, and which visit."""
    patient = note.patient
    yield words("born", birth_date=words.born(patient.birth_date), age=patient.ages_on(note.date))
    if patient.chart_number:
        yield words("chart", number=patient.chart_number)
    yield words("examined", date=words.date(note.date), practitioner=note.practitioner)


def opening(note: VisitNote, at: Setting) -> Iterator[Group]:
    """The title, which patient of the name it is, and which visit."""
    yield titled(at.words("title"), " ".join(_about(note, at.words)), at)


def _block(name: str, note: VisitNote, at: Setting) -> Iterator[Group]:
    """A part of the note: its labels on the left, what is told beside them."""
    entries = [one for one in _PARTS[name](note, at.words) if one.texts]
    if entries:
        rows = [row for one in entries for row in _rows(one, at)]
        yield Group([*heading(name, at, 1.2), *rows])


subjective, objective, assessment, plan = (partial(_block, name) for name in _PARTS)


def _rows(entry: Entry, at: Setting) -> Iterator[Row]:
    start = at.width * LABELS
    label = stack(lines(entry.label, at.type.strong, start - at.gap / 2))
    for index, text in enumerate(entry.texts):
        told = stack(lines(text, at.type.body, at.width - start))
        row = beside([(0, label), (start, told)] if index == 0 else [(start, told)])
        row = read_as(row, *([entry.label] if index == 0 else []), text)
        yield row._replace(gap=at.gap * (0.2 if index else 0.5))


def as_text(note: VisitNote, words: Words, order: Sequence[str]) -> str:
    """The note as plain text, for pasting into another record: one line a sentence, none of them broken."""
    name = note.patient.name or words("patient", blank=BLANK)
    said = [words("title").upper(), name, *_about(note, words), *filter(None, [signed_said(note, words)])]
    for name in order:
        entries = [one for one in _PARTS[name](note, words) if one.texts] if name in _PARTS else []
        if entries:
            said += ["", words(name).upper(), *(line for one in entries for line in _lines(one))]
    return "\n".join(said) + "\n"


def _lines(entry: Entry) -> Iterator[str]:
    if len(entry.texts) == 1:
        yield ": ".join(filter(None, (entry.label, entry.texts[0])))
    else:
        yield f"{entry.label}:"
        yield from (f"- {one}" for one in entry.texts)
