"""What must hold of every paper of a case: looked at in the one pass that reviews all golden cases."""

import re
from collections.abc import Iterator

from mmt.case.form import Case
from mmt.library.templates import load_templates
from mmt.model.protocol import Protocol
from mmt.model.review import Review
from mmt.paths import shipped
from mmt.reports.documents import documents
from mmt.reports.record import Record

TEMPLATES, _ = load_templates([shipped("reports/templates")])
NORMAL = re.compile(r"\b(?:normal|intact|unremarkable|sound|healthy|cleared)\b", re.IGNORECASE)


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
