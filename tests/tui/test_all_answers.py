"""Each answer that is asked is seen again: at the findings, and on the papers for colleagues."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from msgspec.structs import replace
from paper_desk import PATIENT, TODAY, Table, protocol, then

from mmt.library.templates import load_templates
from mmt.model.people import Letterhead
from mmt.model.questions import StoryQuestion
from mmt.model.visit import Answer, History, Visit
from mmt.paths import shipped
from mmt.reasoning import review
from mmt.reports.documents.comparison import DOCUMENT as COMPARISON
from mmt.reports.documents.referral_letter import DOCUMENT as LETTER
from mmt.reports.record import Record
from mmt.tui.results.findings import FindingsScreen

PROTOCOL = protocol()
TEMPLATES, _ = load_templates([shipped("reports/templates")])
HEAD = Letterhead(name="Example Clinic")
EMPTY = Visit(id=9, date=TODAY, examiner="A", scale="MRC-8", exam="sciatica-quick")
NOTHING = review(History(patient=PATIENT, visits=(EMPTY,)), PROTOCOL)


def answers(question: StoryQuestion) -> tuple[Answer, ...]:
    """Answers that a question of the story offers: the first and the last choice, the least and the most."""
    match question.answer:
        case "yes-no":
            return (True, False)
        case "number":
            return (question.least or 0, question.most or 0)
        case "choice":
            return (question.choices[0], question.choices[-1])
        case _:
            return (question.choices or "Lifting [the] cat",)


def said(question: StoryQuestion, answer: Answer) -> list[str]:
    """The words in which an answer of the story is read."""
    if isinstance(answer, bool):
        return ["yes" if answer else "no"]
    if isinstance(answer, int | float):
        return [f"{answer:g}"]
    return [question.labels.get(one, one) for one in ((answer,) if isinstance(answer, str) else answer)]


def asked(topic: str) -> Iterator[tuple[str, Answer, tuple[list[str], ...]]]:
    """Each question of a topic that is put, each of its answers, and the words that must be read: all of one
    of these lists. A no to a red flag or a condition may be counted; goals are told in a sentence."""
    if topic == "story":
        for one in PROTOCOL.story.values():
            for answer in answers(one):
                words = said(one, answer)
                yield one.id, answer, ([one.ask, *words], *([words] if one.topic == "goals" else []))
        return
    known = PROTOCOL.safety_questions if topic == "safety" else PROTOCOL.precautions
    for name, question in known.items():
        if not (getattr(question, "from_record", False) or getattr(question, "asked", True) is False):
            yield name, True, ([question.ask], [getattr(question, "name", question.ask)])
            yield name, False, ([],)


def findings(visit: Visit) -> str:
    """What stands at the findings step."""
    table = Table(then(), **{name: getattr(visit, name) for name in ("safety", "story", "precautions")})
    texts = [row.text for row in FindingsScreen(table).rows()]
    return "\n".join(one.laid(9999).plain if hasattr(one, "laid") else str(one) for one in texts)


def record(history: History) -> Record:
    """What papers read of it, with a note of the clinician to ask a colleague about."""
    noted = history.with_visit(replace(history.visits[-1], note="Please look at this"))
    return Record(history=noted, protocol=PROTOCOL, review=NOTHING, letterhead=HEAD, templates=TEMPLATES)


def letter(visit: Visit) -> str:
    """What the letter to a colleague holds."""
    history = History(patient=PATIENT, visits=(visit,))
    value = LETTER.filled(record(history))
    counts = f"no: {value.answered_no}, not there: {value.absent}"
    read = (*value.answered_yes, *value.pain, *value.tried, *value.told, *value.present, counts)
    return "\n".join(read)


@cache
def unasked(where: Callable[[Visit], str]) -> str:
    """What is read where nothing was asked."""
    return where(EMPTY)


@pytest.mark.parametrize("where", [findings, letter])
@pytest.mark.parametrize("topic", ["story", "safety", "precautions"])
def test_each_answer_is_seen_again(topic: str, where: Callable[[Visit], str]) -> None:
    for name, answer, told in asked(topic):
        text = where(replace(EMPTY, **{topic: {name: answer}}))
        assert any(all(one in text for one in words) for words in told), f"{name} = {answer}:\n{text}"
        assert text != unasked(where), f"{name} = {answer} changes nothing of what is read"


def test_what_was_done_at_home_and_the_rating_stand_with_the_changes() -> None:
    visit = replace(EMPTY, story={"sheet_done": "most", "groc": 3, "nprs_leg": 4})
    history = History(patient=PATIENT, visits=(then(story={"nprs_leg": 7}), visit))
    sheet = COMPARISON.filled(record(history))
    assert sheet.told == (
        "All in all since the first visit, -5 (much worse) to +5 (much better): 3; "
        "How much of the last sheet was done? most days.",
    )
    text = findings(visit)
    assert text.index("Since the last visit") < text.index("Findings") < text.index("What was said")


def test_a_condition_of_an_earlier_visit_stands_in_the_letter_with_its_day() -> None:
    history = History(patient=PATIENT, visits=(then(precautions={"OST": True, "KNE": False}), EMPTY))
    value = LETTER.filled(record(history))
    assert value.present == (f"{PROTOCOL.precautions['OST'].name} (2026-02-02)",)
    assert value.absent == 0, "only what was asked at this visit is counted"
