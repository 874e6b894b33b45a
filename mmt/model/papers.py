"""The papers of a visit, each as one value that holds everything printed on it."""

import datetime
from typing import Literal

from msgspec.structs import replace

from .base import Side, Text, Value
from .figures import Picture
from .people import Letterhead, Patient
from .review import Change, Level, Told
from .stretches import Part, Stretch, StretchText, told_for
from .visit import Override, Prescribed, Signature

PaperSize = Literal["a4", "letter"]
SHORTEST_PASSPHRASE = 8
"""Characters. A protected PDF can be carried away and guessed at without end."""


class SignedOff(Value, frozen=True, kw_only=True):
    """By whom what stands on a paper was signed off, and when last; `left` is not, with so many `moves`."""

    by: tuple[str, ...] = ()
    last: datetime.date | None = None
    left: tuple[str, ...] = ()
    moves: int = 0


class Paper(Value, frozen=True, kw_only=True):
    """What stands on every paper: who it is for, who made it, when, in which language and on what sheet.

    `date` is the date of the visit, `next_visit` of the one that follows it; `entered` is the day on which
    one of an earlier date was entered from paper. `practitioner` is the examiner of the visit. `logo` is the
    clinic's, as `mmt.reports.logo` drew it anew; empty prints none. `signature` is that of the visit,
    `mark` that of the act by which it was made; a `draft` has none yet.
    """

    patient: Patient
    letterhead: Letterhead
    practitioner: str
    date: datetime.date
    language: str = "en"
    size: PaperSize = "a4"
    large_print: bool = False
    logo: bytes = b""
    entered: datetime.date | None = None
    next_visit: str = ""
    signed_off: SignedOff = SignedOff()
    signature: Signature | None = None
    mark: str = ""
    draft: bool = False

    @property
    def kinds(self) -> frozenset[str] | None:
        """Of which kinds the moves on it are; None where it holds none."""
        return None


class Wanted(Value, frozen=True, kw_only=True):
    """How a paper is wanted: on which sheet, in large print whatever the patient's own setting is, and
    since which visit, by its index, a comparison tells: without one since the visit before.

    `typed` is what the clinician answered to what the document asks, in that order.
    """

    size: PaperSize = "a4"
    large: bool = False
    since: int | None = None
    typed: tuple[str, ...] = ()

    def answer(self, number: int) -> str:
        """What was typed to the question of this number; empty where it was not."""
        return self.typed[number] if number < len(self.typed) else ""


PLAIN = Wanted()
"""As a paper comes where nothing else is wanted."""


class ScreenPicture(Value, frozen=True, kw_only=True):
    """A drawing as a PNG, and the numbers of the steps that it shows."""

    steps: str
    png: bytes


class SheetItem(Value, frozen=True, kw_only=True):
    """One stretch of a sheet: what was prescribed, and the stretch as the library held it that day.

    `forms` are the precautions by which it is done in another form.
    """

    prescribed: Prescribed
    stretch: Stretch
    pictures: tuple[Picture, ...] = ()
    forms: tuple[str, ...] = ()

    @property
    def each_side(self) -> bool:
        """Whether a move that is done on one side at a time is for both."""
        return self.stretch.sides == "each" and self.prescribed.side is None

    def text(self, language: str) -> StretchText:
        """What the patient reads in this language, in English where the stretch lacks it.

        Where the clinician ticked a precaution, its sentence stands first of what to take care of; there and
        in another form there is no harder one. A form may have steps of its own, and then is the easier one;
        of several such forms the first is told.
        """
        text = self._text(language)
        others = tuple(Part(steps=text.instead[code]) for code in self.forms if code in text.instead)[:1]
        gone = self.stretch.usual_only if others else ()
        ticked = (code for code in self.prescribed.ticked if code in text.ticked and code not in gone)
        told = tuple(text.ticked[code] for code in ticked)
        harder = "" if self.prescribed.ticked or self.forms else text.harder
        easier = "" if others else text.easier
        parts = others or text.parts
        return replace(text, parts=parts, avoid=(*told, *text.avoid), easier=easier, harder=harder)

    def form(self, language: str, *, gist: bool = False) -> str:
        """How it is done in its other form; empty where it is done as it stands. Beside its `gist` without
        the form that this tells."""
        text = self._text(language)
        told = self._changed(text) if gist and self.gist(language) else ""
        says = dict.fromkeys(text.ticked[code] for code in self.forms if code in text.ticked)
        return " ".join(one for one in says if one != text.ticked.get(told))

    def gist(self, language: str) -> str:
        """The move in a sentence or two, for its side: that of its form, or of what a tick changes; empty
        where none is written."""
        text = self._text(language)
        code = self._changed(text)
        return told_for(self.prescribed.side, text.gist_instead.get(code, "") if code else text.gist)

    def _changed(self, text: StretchText) -> str:
        """The form or the tick that changes what is done: a form with steps of its own before others."""
        own = (code for code in self.forms if code in text.instead)
        others = (code for code in (*self.forms, *self.prescribed.ticked) if code in text.gist_instead)
        return next(own, "") or next(others, "")

    @property
    def drawn(self) -> tuple[Picture, ...]:
        """The drawings of its steps: those of its form, where that has steps of its own. Forms of the same
        steps are drawn once."""
        steps = self.stretch.text["en"].instead
        own = next((code for code in self.forms if code in steps), "")
        alike = [code for code in steps if own and steps[code] == steps[own]] or [own]
        return tuple(one for one in self.pictures if one.drawing.form in alike)

    def _text(self, language: str) -> StretchText:
        return self.stretch.text.get(language) or self.stretch.text["en"]


class Sheet(Paper, frozen=True, kw_only=True):
    """The patient's home-stretch sheet. `note` is the practitioner's own sentence to the patient; `back_by`
    is the day by which the patient is to come back, where an early review is asked for. `stops` are symptoms
    to stop and call at beside those that every sheet lists. `usual_course` tells that most people with such
    pain get better within weeks to months. `ordered` tells that the clinician gave the moves their order."""

    items: tuple[SheetItem, ...]
    ordered: bool = False
    note: str = ""
    back_by: datetime.date | None = None
    stops: tuple[str, ...] = ()
    usual_course: bool = False

    @property
    def kinds(self) -> frozenset[str]:
        """Of which kinds its moves are."""
        return frozenset(item.stretch.kind for item in self.items)


class GradeRow(Value, frozen=True, kw_only=True):
    """A test with both sides as they were written down; empty where it was not done.

    A value with a star is told more about in `notes`.
    """

    test: Text
    right: str = ""
    left: str = ""
    notes: tuple[str, ...] = ()


class Unasked(Value, frozen=True, kw_only=True):
    """How many questions of a safety group were not asked."""

    group: Text
    missing: int
    of: int


class LetterAlert(Value, frozen=True, kw_only=True):
    """An alert as a letter tells it: how urgent, its sentence, and the facts that it rests on."""

    level: Level
    text: Text
    facts: tuple[str, ...] = ()


class LetterFinding(Value, frozen=True, kw_only=True):
    """A finding as a letter tells it: by the sentence of its `kind` in the letter's wording (`sign`,
    `leg-structural`), which may fill in the rest, `size` in mm; without a kind by its `text`."""

    text: str = ""
    kind: str = ""
    name: str = ""
    side: Side | None = None
    size: float | None = None


class LetterChange(Value, frozen=True, kw_only=True):
    """A value then and now, and how sure it is that it changed, in words."""

    name: Text
    then: str
    now: str
    verdict: str


class ReferralLetter(Paper, frozen=True, kw_only=True):
    """A letter to a colleague: what was found, never a diagnosis.

    `ask` is what is asked of the colleague in the clinician's words. `accepted` are the findings that were
    accepted, `changes` those since the visit of the day `since`, the surest first, `key_grades` the tests
    that alerts and findings are about. `pain` and `tried` tell of the pain and of what was done about it.
    `answered_yes` are the red-flag questions answered yes, as they were asked; `answered_no` counts the
    others. `told` is the story, a paragraph for each of its topics; `present` and `absent` are the conditions
    that were asked. `findings` are what the grades do not show by themselves. `action` is what was done
    already, `note` the practitioner's own words, `went_on` why one went on although an emergency stood.
    """

    to: str = ""
    ask: str = ""
    alerts: tuple[LetterAlert, ...]
    accepted: tuple[LetterFinding, ...] = ()
    since: datetime.date | None = None
    changes: tuple[LetterChange, ...] = ()
    key_grades: tuple[GradeRow, ...] = ()
    pain: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    findings: tuple[LetterFinding, ...] = ()
    scale: str = ""
    grades: tuple[GradeRow, ...] = ()
    answered_yes: tuple[str, ...] = ()
    answered_no: int = 0
    not_asked: tuple[Unasked, ...] = ()
    told: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    absent: int = 0
    action: str = ""
    note: str = ""
    went_on: Override | None = None


class ComparedChange(Value, frozen=True, kw_only=True):
    """A change with the name of what was measured, as a reader knows it, and why its verdict is no surer;
    `counts` tells which way is better and from what size it counts, `graded` means muscle grades, `legs` a
    leg length."""

    name: Text
    change: Change
    why: tuple[str, ...] = ()
    counts: str = ""
    graded: bool = False
    legs: bool = False

    @property
    def told(self) -> Told:
        """Its verdict as a paper tells it: one value at both visits is the same, whatever its trials were."""
        told, same = self.change.told, self.change.from_ == self.change.to
        return "same" if same and told == "within-noise" else told

    @property
    def beyond(self) -> bool:
        """Whether it is better or worse by more than error alone explains."""
        return self.told in ("better", "worse") and self.change.confidence != "possible"


class VisitSigned(Value, frozen=True, kw_only=True):
    """A visit that a paper tells of, and its signature; None where it is not signed."""

    date: datetime.date
    signature: Signature | None = None


class ScorePoint(Value, frozen=True, kw_only=True):
    """What a score came to at the visit of this date."""

    date: datetime.date
    value: float


class ScoreCourse(Value, frozen=True, kw_only=True):
    """A score of pain or function over two visits or more, oldest first, between `least` and `most`. Up to
    `band` from the first value a change is too small to count; `better` tells which way is better."""

    name: Text
    least: float
    most: float
    points: tuple[ScorePoint, ...]
    band: float = 0
    better: str = ""


class ComparisonSheet(Paper, frozen=True, kw_only=True):
    """Two visits side by side: `since` and `examiner_then` name the earlier one, `since_entered` the day on
    which that was entered from paper.

    `sources` names what the verdicts beyond noise rest on. `courses` are the scores of all visits, also of
    those before `since` and between the two; `told` is what was answered about the time between. `only_then`
    and `only_now` are what was seen at one of the two visits only; `signed` tells who signed them.
    """

    since: datetime.date
    since_entered: datetime.date | None = None
    examiner_then: str
    changes: tuple[ComparedChange, ...]
    sources: str = ""
    only_then: str = ""
    only_now: str = ""
    courses: tuple[ScoreCourse, ...] = ()
    told: tuple[str, ...] = ()
    signed: tuple[VisitSigned, ...] = ()


class ProgressReport(ComparisonSheet, frozen=True, kw_only=True):
    """What came of so many `visits`, for whom it is made `to`: the patient, an insurer, a colleague.

    The changes are since the first of the visits, those of function first; `courses` are a few of the scores.
    `claim` is the number under which an insurer keeps the case. `alerts` are what stands now, `goals` how far
    the patient's own goals are. `done` are the answers of how much of the sheet was done, each with the days
    of its visits, `home` what else was told of the time at home. `planned` is in the clinician's words,
    `moves` are those at home, `action` what was done about an alert.
    """

    visits: int
    to: str = ""
    claim: str = ""
    alerts: tuple[LetterAlert, ...] = ()
    goals: tuple[str, ...] = ()
    done: tuple[tuple[str, tuple[datetime.date, ...]], ...] = ()
    home: tuple[str, ...] = ()
    planned: str = ""
    moves: tuple[str, ...] = ()
    action: str = ""
