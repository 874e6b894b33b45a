"""F1: what a conclusion rests on - rule, inputs, what is missing, source, and how sure it is."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Conclusion, Finding
from mmt.reasoning.basis import name_of, reason_said
from mmt.tui.commands import bindings
from mmt.tui.plain import plain
from mmt.tui.widgets.key_bar import KeyBar
from mmt.tui.widgets.wrap import Hanging

from .step import Basis

EVIDENCE = {
    "checked": "the cited passage was read",
    "textbook": "attributed to a textbook",
    "derived": "a rule built on the cited facts",
    "weak": "rests on a weak source",
}


class BasisScreen(ModalScreen[None]):
    """Shows the basis of one or more things."""

    BINDINGS = bindings("dialog")

    def __init__(self, subjects: tuple[Basis, ...], protocol: Protocol) -> None:
        super().__init__(name="basis")
        self._subjects = subjects
        self._protocol = protocol

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog"):
            yield Static("Basis", classes="title")
            for subject in self._subjects:
                yield from map(Static, rows(subject, self._protocol))
                yield Static("")
        yield KeyBar()

    def action_back(self) -> None:
        """Close."""
        self.dismiss()


def rows(subject: Basis, protocol: Protocol) -> Iterator[Content | Hanging]:
    """The basis of one thing: its name, then a row each for what it rests on."""
    named = subject.text if isinstance(subject, Conclusion) else getattr(subject, "name", subject.id)
    yield plain(named).stylize("bold")
    before = ""
    for name, text in (*_said(subject, protocol), ("Evidence", _evidence(subject))):
        lead = "" if name == before else name
        yield Hanging(Content.styled(f"{lead:<10}", "dim"), plain(text))
        before = name


def _said(subject: Basis, protocol: Protocol) -> Iterator[tuple[str, str]]:
    if isinstance(subject, Conclusion):
        if isinstance(subject, Alert | Finding):
            yield "Rule", subject.rule
        for reason in subject.because:
            yield "Because", reason_said(reason, protocol)
        for missing in subject.missing:
            yield "Missing", _missing(missing, protocol)
        yield "Source", subject.source
        return
    for name in ("notes", "accuracy"):
        if text := getattr(subject, name, ""):
            yield name.title(), text
    yield "Source", protocol.cite(subject.sources)
    yield "Reviewed", "yes" if subject.reviewed else "not yet reviewed by a clinician"


def _evidence(subject: Basis) -> str:
    return f"{subject.evidence}: {EVIDENCE[subject.evidence]}"


def _missing(key: str, protocol: Protocol) -> str:
    question = protocol.safety_questions.get(key)
    return f"not asked: {question.ask}" if question else name_of(protocol, key)
