"""F1: what a conclusion rests on - rule, inputs, what is missing, source, and how sure it is."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from mmt.model.base import Item
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Conclusion, Finding
from mmt.reasoning.basis import name_of, reason_said
from mmt.tui.commands import bindings
from mmt.tui.plain import plain

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
                lines = list(lines_of(subject, self._protocol))
                yield Static(Content("\n").join(lines), classes="basis")
        yield Footer(show_command_palette=False)

    def action_back(self) -> None:
        """Close."""
        self.dismiss()


def lines_of(subject: Basis, protocol: Protocol) -> Iterator[Content]:
    """The basis of one thing, a line each."""
    if isinstance(subject, Conclusion):
        yield Content.styled(plain(subject.text).plain, "bold")
        if isinstance(subject, Alert | Finding):
            yield _line("Rule", subject.rule)
        for reason in subject.because:
            yield _line("Because", reason_said(reason, protocol))
        for missing in subject.missing:
            yield _line("Missing", _missing(missing, protocol))
        yield _line("Source", subject.source)
    elif isinstance(subject, Item):
        yield Content.styled(plain(getattr(subject, "name", subject.id)).plain, "bold")
        if notes := getattr(subject, "notes", ""):
            yield _line("Notes", notes)
        if accuracy := getattr(subject, "accuracy", ""):
            yield _line("Accuracy", accuracy)
        yield _line("Source", protocol.cite(subject.sources))
        reviewed = "yes" if subject.reviewed else "not yet reviewed by a clinician"
        yield _line("Reviewed", reviewed)
    yield _line("Evidence", f"{subject.evidence}: {EVIDENCE[subject.evidence]}")


def _line(name: str, text: str) -> Content:
    return Content.styled(f"{name:<9} ", "dim") + plain(text)


def _missing(key: str, protocol: Protocol) -> str:
    question = protocol.safety_questions.get(key)
    return f"not asked: {question.ask}" if question else name_of(protocol, key)
