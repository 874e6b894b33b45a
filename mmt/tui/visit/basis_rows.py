"""What a conclusion or an item rests on: rule, inputs, what is missing, source, and how sure it is."""

from collections.abc import Iterable, Iterator

from textual.content import Content

from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Change, Conclusion, Finding, Missing, Reason
from mmt.model.said import Said
from mmt.reasoning.basis import name_of
from mmt.reasoning.signed import how
from mmt.reasoning.wording import missing_said, reason_said, sentence, worded
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Basis
from mmt.tui.widgets.wrap import Hanging, Stacked

EVIDENCE = {
    "checked": "the cited passage was read",
    "textbook": "attributed to a textbook",
    "derived": "a rule built on the cited facts",
    "weak": "rests on a weak source",
}


def basis_said(subjects: Iterable[Basis], protocol: Protocol) -> Stacked:
    """The basis of some things, below each other."""
    return Stacked([row for one in subjects for row in (*_rows(one, protocol), Content(""))])


def _rows(subject: Basis, protocol: Protocol) -> Iterator[Content | Hanging]:
    """The name of one thing, then a row each for what it rests on."""
    if isinstance(subject, Conclusion):
        named = worded(subject.said, protocol)
    else:
        named = getattr(subject, "name", subject.id)
    yield plain(named).stylize("bold")
    before = ""
    for name, text in (*said(subject, protocol), ("Evidence", _evidence(subject))):
        lead = "" if name == before else name
        yield Hanging(Content.styled(f"{lead:<10}", "dim"), plain(text))
        before = name


def said(subject: Basis, protocol: Protocol) -> Iterator[tuple[str, str]]:
    """What one thing rests on: what is told, and the telling."""
    if isinstance(subject, Conclusion):
        if isinstance(subject, Alert | Finding):
            yield "Rule", subject.rule
        for reason in subject.because:
            if reason != Reason(rule=getattr(subject, "rule", "")):
                yield "Because", reason_said(reason, protocol)
        for missing in subject.missing:
            yield _missing(missing, protocol)
        if isinstance(subject, Change) and subject.counts:
            yield "Counts", sentence(subject.counts, protocol)
            yield from (("Beside", sentence(one, protocol)) for one in subject.marks)
        yield "Source", protocol.cite(subject.sources)
        if ruled := protocol.ruled_by(getattr(subject, "rule", "")):
            yield "Reviewed", how(protocol.signoffs.standing.get(ruled))
        return
    for name in ("notes", "accuracy"):
        if text := getattr(subject, name, ""):
            yield name.title(), text
    yield "Source", protocol.cite(subject.sources)
    yield "Reviewed", how(protocol.signoffs.standing.get(protocol.item_id(subject)))


def _evidence(subject: Basis) -> str:
    return f"{subject.evidence}: {EVIDENCE[subject.evidence]}"


def _missing(missing: Missing, protocol: Protocol) -> tuple[str, str]:
    if isinstance(missing, str) and (question := protocol.safety_questions.get(missing)):
        return "Not asked", question.ask
    if isinstance(missing, Said) and missing.key == "not-counted":
        return "Painful", f"{name_of(protocol, str(missing.value('test')))}: not counted"
    return "Missing", missing_said(missing, lambda name: name_of(protocol, name))
