"""What is asked at a visit, in the order of the screen: safety, precautions and the story."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from msgspec.structs import replace

from mmt.model.base import Value
from mmt.model.protocol import Protocol
from mmt.model.questions import SafetyGroup, SafetyQuestion, StoryQuestion
from mmt.model.visit import Answer, History, Topic, Visit
from mmt.reasoning import last_sheet
from mmt.reasoning.basis import place_said
from mmt.reasoning.folds import Folds
from mmt.tui.visit.values import day

Taken = Literal["yes-no", "score", "number", "choice", "words", "text", "move"]
"""How a question is answered: 1 or 0; one digit and + for ten; digits and Enter; a digit of a list; several
digits of a list; free text; of a stretch a digit for how much was done, which goes on, and some for how it
felt."""

CANNOT_APPLY = "cannot apply"

STORY_TITLES = {
    "follow-up": "Since the last visit",
    "home": "At home",
    "pain": "The pain",
    "causes": "What may have led to it",
    "movement": "What movement does to it",
    "treatment": "Treatment so far",
    "function": "Daily life",
    "scores": "Scores, as needed",
    "goals": "Goals, as needed",
}


AT_HOME: tuple[tuple[str, str], ...] = (
    *(("all", "as asked"), ("most", "more than half"), ("some", "less than half"), ("none", "not at all")),
    *(("harder", "harder form wanted"), ("easy", "easy"), ("pain", "pain during")),
)
"""What is told of a stretch of the last sheet, in the order of the digits."""


class Question(Value, frozen=True, kw_only=True):
    """One question as it is put. `mark` names its level where a yes is an emergency or urgent; `folded` says
    why it need not be put."""

    topic: Topic
    id: str
    ask: str
    taken: Taken = "yes-no"
    choices: tuple[tuple[str, str], ...] = ()
    least: float | None = None
    most: float | None = None
    unit: str = ""
    mark: str = ""
    notes: str = ""
    folded: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What names the question among all topics."""
        return self.topic, self.id

    def words(self, value: Answer | None) -> str:
        """An answer in words: `yes`, `7`, `moves down the leg`."""
        labels = dict(self.choices)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int | float):
            return f"{value:g} {self.unit}".strip()
        if isinstance(value, str):
            return labels.get(value, value)
        return ", ".join(labels.get(one, one) for one in value) if value else ""


class Section(Value, frozen=True, kw_only=True):
    """Questions that stand together under a title, and those of them that are `folded`; one that stands
    `alone` shares no page with the next."""

    title: str
    about: str = ""
    questions: tuple[Question, ...]
    folded: tuple[Question, ...] = ()
    alone: bool = False

    def folding(self, folds: Folds) -> "Section":
        """This section with these questions folded."""
        put = tuple(one for one in self.questions if one.key not in folds)
        away = tuple(replace(one, folded=_why(folds[one.key])) for one in self.questions if one.key in folds)
        return replace(self, questions=put, folded=away)


def _why(yes: Visit | None) -> str:
    return f"yes on {day(yes)}" if yes else CANNOT_APPLY


def safety_sections(protocol: Protocol, folds: Folds) -> tuple[Section, ...]:
    """The short set of every visit first, then the other questions of each group.

    What the patient's record answers is not put.
    """
    groups = protocol.safety.values()
    short = tuple(one for group in groups for one in _safety(group, every_visit=True))
    rest = (Section(title=group.name, questions=_safety(group, every_visit=False)) for group in groups)
    first = Section(title="At every visit", about="new, or worse than before", questions=short, alone=True)
    return tuple(section.folding(folds) for section in (first, *rest) if section.questions)


def _safety(group: SafetyGroup, *, every_visit: bool) -> tuple[Question, ...]:
    return tuple(
        Question(
            topic="safety",
            id=one.id,
            ask=one.ask,
            mark=_mark(one),
            notes=f"{group.name}: {group.says} {group.action}",
        )
        for one in group.questions
        if one.every_visit == every_visit and not one.from_record
    )


def _mark(question: SafetyQuestion) -> str:
    return question.level if question.kind == "sign" and question.level in ("emergency", "urgent") else ""


def moves(history: History, protocol: Protocol) -> tuple[Question, ...]:
    """How each stretch of the last sheet went at home; none where there was no sheet."""
    sheet = last_sheet(history, protocol)
    known = (one for one in sheet.items.values() if one.stretch in protocol.stretches) if sheet else ()
    return tuple(
        Question(
            topic="home",
            id=one.stretch,
            ask=place_said(protocol, one.stretch, one.side),
            taken="move",
            choices=AT_HOME,
        )
        for one in known
    )


def story_sections(
    protocol: Protocol, folds: Folds, *, follow_up: bool, home: Sequence[Question] | None = ()
) -> tuple[Section, ...]:
    """The precautions, then the story by topic; what is asked from the second visit on only then, what ends
    a precaution only where that one stands, and how it went at `home` but where that is None."""
    precautions = tuple(
        Question(topic="precautions", id=one.id, ask=one.ask, notes=one.name)
        for one in protocol.precautions.values()
        if one.asked
    )
    first = Section(title="Precautions", about="not asked is not absent", questions=precautions)
    story = [
        Section(
            title=title,
            questions=(
                *((home or ()) if topic == "home" else ()),
                *(
                    _story(one)
                    for one in protocol.story.values()
                    if one.topic == topic
                    and (follow_up or not one.follow_up)
                    and ("story", one.id) not in folds
                ),
            ),
        )
        for topic, title in STORY_TITLES.items()
        if home is not None or topic != "home"
    ]
    return tuple(section.folding(folds) for section in (first, *story) if section.questions)


def _story(question: StoryQuestion) -> Question:
    return Question(
        topic="story",
        id=question.id,
        ask=question.ask,
        taken=_taken(question),
        choices=tuple((one, question.labels.get(one, one)) for one in question.choices),
        least=question.least,
        most=question.most,
        unit=question.unit,
        notes=question.notes,
    )


def _taken(question: StoryQuestion) -> Taken:
    """A score of 0 to 10 takes one key; other numbers, means among them, end with Enter."""
    if question.answer == "words" and not question.choices:
        return "text"
    tens = question.topic in ("pain", "home", "goals") and (question.least, question.most) == (0, 10)
    if question.answer == "number" and tens:
        return "score"
    return question.answer


def answer_of(visit: Visit, topic: Topic, question: str) -> Answer | None:
    """What was answered at a visit, None where it was not asked."""
    found: Answer | None = getattr(visit, topic).get(question)
    return found


class Earlier(NamedTuple):
    """The latest earlier answer in words, and the day it was given."""

    words: str
    day: str


def carried(history: History, question: Question) -> Earlier | None:
    """The latest answer before the last visit, for the examiner to see; it answers nothing today."""
    for then in reversed(history.visits[:-1]):
        value = answer_of(then, question.topic, question.id)
        if value is not None:
            return Earlier(question.words(value), day(then))
    return None
