"""What must hold of every paper of a case: looked at in the one pass that reviews all golden cases."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from mmt.case.form import Case
from mmt.library.templates import load_templates
from mmt.model.protocol import Protocol
from mmt.model.review import Review
from mmt.paths import shipped
from mmt.reports.documents import documents
from mmt.reports.record import Record

FOR_COLLEAGUES = ("referral-letter", "visit-note", "comparison", "progress-report")
TEMPLATES, _ = load_templates([shipped("reports/templates")])
OF_THE_SCREEN = re.compile(
    r"\bF\d{1,2}\b|\b(?:Esc|Ctrl|PgUp|PgDn|Backspace)\b|\b(?:press|hit|type) (?:Enter|F\d|the \w+ key)\b"
    r"|\b(?:this|on the) screen\b|\bthe exam\b|\bthis step\b|\byour tick\b|\bnot for emergencies\b"
    r"|\b(?:esta pantalla|tecla|pulse F\d)\b|\b(?:tym ekranie|klawisz\w*|naciśnij F\d)\b",
    re.IGNORECASE,
)
"""Keys, screens and steps of the program, in the languages of the papers."""

TO_THE_EXAMINER = re.compile(
    r"(?:^|[.;:?!] )(?:Stop|Send|Test|Ask|Look|Repeat|Confirm|Think|Phone|Refer|Write|Check|Give)\b"
    r"|(?:^|[.;:?!] )(?:Take|Print|Adapt|Examine|Arrange|Do not)\b"
    r"|\b(?:look at|repeat, or|take a third|where you|the side recorded|side is the)\b",
    re.IGNORECASE,
)
"""What is to be done, told to whoever stands at the table."""


NORMAL = re.compile(r"\b(?:normal|intact|unremarkable|sound|healthy|cleared)\b", re.IGNORECASE)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


def faults_on_paper(case: Case, protocol: Protocol, review: Review) -> Iterator[str]:
    """What a paper of the last visit says that it must not say."""
    record = Record(
        history=case.history,
        protocol=protocol,
        review=review,
        letterhead=case.letterhead,
        templates=TEMPLATES,
    )
    if not record.visit.empty:
        yield from _untested_called_normal(record)
    for kind in FOR_COLLEAGUES:
        yield from _told_to_the_examiner(kind, record)


def _untested_called_normal(record: Record) -> Iterator[str]:
    """What the note calls normal beside a touch that was felt so, and a value of what was not tested."""
    document, visit, tests = documents()["visit-note"], record.visit, record.protocol.tests
    felt = [tests[one.test].name for one in visit.observations if one.touch is not None]
    for line in document.text(record).splitlines():
        if NORMAL.search(line) and not any(name in line for name in felt):
            yield line
    for one in document.filled(record).seen:
        trials = [held for held in visit.observations if tests[held.test].name == one.name]
        if not trials or ("not tested" in str(one.values)) != any(held.not_tested for held in trials):
            yield f"{one.name}: {one.values}"


def _told_to_the_examiner(kind: str, record: Record) -> Iterator[str]:
    """What a paper for colleagues says to whoever stands at the table, or at the screen."""
    document = documents()[kind]
    if document.lacking(record) or (document.compares and len(record.history.visits) < 2):
        return
    head = record.head(record.template(kind), for_patients=False)
    paper = document.fill(record, head)
    held = {name: getattr(paper, name) for name in paper.__struct_fields__ if name not in head}
    moved = held.pop("changes", ())
    if kind == "comparison":
        held["changes"] = [(one.name, one.why, one.counts) for one in moved]
    for said in strings(msgspec.to_builtins(held)):
        if OF_THE_SCREEN.search(said) or TO_THE_EXAMINER.search(said):
            yield f"{kind}: {said}"
