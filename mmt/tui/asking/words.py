"""Which keys answer a question as things stand, in words."""

from .form import Form
from .questions import Question

TEN = "+"
"""The key for 10, so that every pain score is one key."""

SIGNS = ("/", "*", ".", "-")
"""Signs of the keypad that do not begin a text, so that they walk there as they do elsewhere."""


def text_here(form: Form, text: str) -> bool:
    """Whether a key writes into the question under the cursor. No text begins with a sign that walks."""
    written = form.at is not None and form.at.taken == "text" and bool(text)
    return written and (bool(form.typed) or text not in SIGNS)


def limits(question: Question) -> str:
    """Between which numbers an answer lies: `0 to 24`."""
    least = f"{question.least:g}" if question.least is not None else "…"
    return f"{least} to {question.most:g}" if question.most is not None else f"{least} or more"


def hint(question: Question) -> str:
    """The keys that answer a question."""
    if question.taken == "yes-no":
        return "1 yes, 0 no, − no to the rest of the page, Enter skips"
    if question.taken == "score":
        return "0 to 9, + is 10, Enter skips"
    if question.taken == "number":
        unit = f" {question.unit}" if question.unit else ""
        return f"{limits(question)}{unit}, then Enter"
    if question.taken == "text":
        return "type, then Enter"
    if question.taken == "move":
        return "1 to 4 how much was done, before it 5 to 7 how it felt"
    several = ", several may be chosen, Enter goes on" if question.taken == "words" else ""
    return f"1 to {len(question.choices)}{several}"


def answering(form: Form) -> tuple[tuple[str, str], ...]:
    """The keys that answer now, and what the footer calls that; empty at the end and where text is typed."""
    question = form.at
    if question is None or question.taken == "text":
        return ()
    if question.choices:
        return ((f"1–{len(question.choices)}", "Choose"),)
    return (
        {"yes-no": ("1 0", "Answer"), "score": ("0–9", "Score"), "number": ("0–9", "Number")}[question.taken],
    )


def idle(form: Form) -> tuple[str, ...]:
    """The labels of the commands that would do nothing now, or something else than they say."""
    question = form.at
    if question is None:
        return ("Rest no", "Next page", "End")
    off = []
    signed = question.taken == "number" and question.least is not None and question.least < 0
    if form.typed or signed or not form.open_no:
        off.append("Rest no")
    if form.typed:
        off += ["End", "Back"]
    if question.taken == "text":
        off += ["Help", "Folded", "Next page"] if form.typed else ["Help", "Folded"]
    return tuple(off)
