"""What reasoning concludes from a history: alerts, findings, changes and a prescription, each with reasons.

The names and fixed words are those of the case format (docs/case-format.md): others test against them.
None of them is read back from the records: they are worked out again from what was seen.
"""

from typing import Literal, get_args

from msgspec import field

from .base import Evidence, Side, Value
from .observation import NotTested, Observation
from .said import Said, Sentences
from .visit import Answer, Dose, Visit

Level = Literal["emergency", "urgent", "routine", "caution"]
LEVELS: tuple[Level, ...] = get_args(Level)
Status = Literal["offered", "no-sheet", "blocked-until-action", "locked"]
Strength = Literal["possible", "present", "marked"]
STRENGTHS: tuple[Strength, ...] = get_args(Strength)
Verdict = Literal["better", "worse", "within-noise", "not-comparable"]
Told = Literal["worse", "better", "not-comparable", "within-noise", "same"]
"""How a verdict is told: a value that stayed what it was is the same, whatever may be said of small moves."""

Confidence = Literal["real", "likely", "possible"]
Better = Literal["more", "less", "negative", "expected"]
"""Which way is better: a higher or a lower value, a negative answer, or nearer to the usual one."""

State = Literal[
    "not-confirmed", "confirmed-by-trial", "confirmed-by-visit", "confirmed-by-examiner", "lifted"
]
Reading = Literal["none", "functional", "structural", "structural-compensated", "inconclusive"]
Proposed = Literal["go-on", "harder", "easier", "fewer", "stop", "swap"]
Category = Literal["common", "small", "mild", "likely-to-matter"]


class Reason(Value, frozen=True, kw_only=True):
    """One thing a conclusion rests on: an observation, an answer, a precaution, a finding or a rule. `home`
    names a stretch of the last sheet, with how it went at home as its answer.

    Only the fields that apply are set. `test` and `side` are the place that it tells of, `seen` what was seen
    there; `date` (ISO) where the reason comes from an earlier visit.
    """

    test: str | None = None
    side: Side | None = None
    seen: Observation | None = None
    question: str | None = None
    story: str | None = None
    precaution: str | None = None
    home: str | None = None
    answer: Answer | None = None
    rule: str | None = None
    strength: Strength | None = None
    date: str | None = None
    said: Said | None = field(default=None, name="text")


Missing = str | Said
"""What was not known: the id of a test or a question, else in a sentence."""


class Conclusion(Value, frozen=True, kw_only=True):
    """What every conclusion carries: its sentences, its reasons, what was missing, the ids of its sources."""

    said: Sentences = field(name="text")
    because: tuple[Reason, ...]
    missing: tuple[Missing, ...] = ()
    sources: tuple[str, ...] = field(name="source")
    evidence: Evidence


class Alert(Conclusion, frozen=True, kw_only=True):
    """A safety alert. `action` is what the tool asks for. `state` tells whether one that a second trial can
    answer is confirmed, and by what; None where it stands by itself."""

    rule: str
    level: Level
    side: Side | None = None
    test: str | None = None
    action: Sentences = ()
    state: State | None = None

    @property
    def kind(self) -> str:
        """What it alerts to, among the alerts of its rule: what it says first, and the combinations."""
        together = (str(one.value("combination") or "") for one in self.said)
        return "+".join((self.said[0].key, *filter(None, together)))


class Finding(Conclusion, frozen=True, kw_only=True):
    """Something to consider, never a diagnosis. `took_over` is the muscle that did a weak one's work.

    Of a `stretch` of the last sheet it is what is `proposed` for the next one. `story` is the score,
    `pattern` the pattern that one of several of a rule tells of.
    """

    rule: str
    test: str | None = None
    side: Side | None = None
    strength: Strength | None = None
    took_over: str | None = None
    stretch: str | None = None
    proposed: Proposed | None = None
    story: str | None = None
    pattern: str | None = None

    @property
    def key(self) -> str:
        """What names this finding within a visit when a clinician accepts it or sets it aside; of a stretch
        also what was proposed, so that the record tells by itself what was decided."""
        of = self.test or self.stretch or self.story or self.pattern or ""
        return ":".join((self.rule, of, self.side or self.proposed or ""))


class PatternMatch(Conclusion, frozen=True, kw_only=True):
    """A pattern of weakness that the exam is consistent with."""

    id: str
    side: Side
    hits: int
    expected: int
    contradictions: int
    not_tested: tuple[str, ...]
    against: tuple[Reason, ...]
    score: float = 0.0


class NextTest(Value, frozen=True, kw_only=True):
    """A test not done yet that would tell the leading patterns apart."""

    test: str
    side: Side
    tells_apart: tuple[str, ...]
    sources: tuple[str, ...] = field(name="source")
    said: Sentences = field(name="text")


class MethodReading(Value, frozen=True, kw_only=True):
    """One leg-length method: means of both sides, difference and error limit, all in mm. `contradicts`: it
    was written under both sides, so that there is no difference to tell."""

    method: str
    right: float | None = None
    left: float | None = None
    difference: float | None = None
    shorter: Side | None = None
    error: float | None = None
    beyond_error: bool = False
    readings: int = 0
    repeat: bool = False
    contradicts: bool = False

    @property
    def signed(self) -> float | None:
        """The difference in mm, negative where the left leg is the shorter; None where there is none."""
        return -self.difference if self.difference and self.shorter == "left" else self.difference


class LegLength(Conclusion, frozen=True, kw_only=True):
    """What the leg-length methods say together. `size` in mm, None where they disagree; `lift` is what there
    is to say of a shoe lift."""

    methods: tuple[MethodReading, ...]
    reading: Reading
    category: Category
    shorter: Side | None = None
    size: float | None = None
    lift: Sentences = ()


class Change(Conclusion, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A value then and now, judged against measurement error.

    `test` names a test, a leg-length method or a score of the story (`nprs_leg`); `from_` prints as `from`.
    `limit` is the least move that is told, in the unit of the value, of grades in whole ones; `counts` says
    it with what is better. `marks` are what differs between the values or qualifies one, at any verdict.
    """

    test: str
    side: Side | None = None
    from_: str
    to: str
    since: str
    verdict: Verdict
    confidence: Confidence | None = None
    why: Sentences = ()
    examiner_then: str = ""
    limit: float | None = None
    better: Better | None = None
    counts: Said | None = None
    marks: Sentences = ()

    @property
    def told(self) -> Told:
        """How the verdict is told. Where the trials of a visit disagree, equal values are not the same."""
        moved = self.verdict in ("better", "worse") or self.from_ != self.to
        return self.verdict if moved or any(one.key == "repeat-it" for one in self.why) else "same"


class SeenOnce(Value, frozen=True, kw_only=True):
    """A value of a test, leg-length method or score that the other visit lacks; `not_tested` is the reason
    that was written there."""

    test: str
    side: Side | None = None
    value: str
    not_tested: NotTested | None = None


class Comparison(Value, frozen=True, kw_only=True):
    """Two visits of a patient: what was seen at both, what at one of them only, and the leg-length methods
    of both with their errors, `then` before `now`."""

    then: Visit
    now: Visit
    changes: tuple[Change, ...]
    only_then: tuple[SeenOnce, ...] = ()
    only_now: tuple[SeenOnce, ...] = ()
    legs: tuple[tuple[MethodReading, MethodReading], ...] = ()

    @property
    def days(self) -> int:
        """The days between the two visits."""
        return (self.now.date - self.then.date).days


class Totals(Value, frozen=True, kw_only=True):
    """Key-muscle totals a limb, 0 to 25, or `ND` where a key muscle was not tested."""

    upper_right: int | str
    upper_left: int | str
    lower_right: int | str
    lower_left: int | str


class Offer(Value, frozen=True, kw_only=True):
    """A stretch that the findings ask for and nothing forbids. `note` goes with it for the patient."""

    stretch: str
    side: Side | None
    dose: Dose
    because: tuple[Reason, ...]
    why: str = "default"
    note: str = ""


class Withheld(Value, frozen=True, kw_only=True):
    """A stretch that is not offered. `needs` is what would open it: `tick`, `ask`, a test or a story
    question; None where it stays closed. `wanted` says whether a finding asks for it."""

    stretch: str
    code: str
    needs: str | None
    because: tuple[Reason, ...]
    said: Said = field(name="text")
    side: Side | None = None
    wanted: bool = False


class Prescription(Value, frozen=True, kw_only=True):
    """What would go onto the sheet, in order, and what was left out and why.

    `more` are fitting stretches beyond the limits of a first sheet. `review_days` is within how many days the
    patient is to be seen again, where a precaution that is present says so. `forms` are the precautions by
    which a stretch, offered or not, is done in another form. `conditions` are those that are present or were
    never asked, `stops` the symptoms at which the patient stops and calls for their sake. `plain` are the
    stretches whose harder form is not told, by what was found.
    """

    status: Status
    offered: tuple[Offer, ...]
    withheld: tuple[Withheld, ...]
    more: tuple[Offer, ...] = ()
    review_days: int | None = None
    forms: dict[str, tuple[str, ...]] = {}
    conditions: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()


class Watch(Value, frozen=True, kw_only=True):
    """What must be known after each key: the alerts, whether a sheet may leave, the test that tells more."""

    alerts: tuple[Alert, ...]
    status: Status
    next_tests: tuple[NextTest, ...]


class Review(Value, frozen=True, kw_only=True):
    """All that reasoning says about one visit in the light of the earlier ones."""

    date: str
    alerts: tuple[Alert, ...]
    findings: tuple[Finding, ...]
    patterns: tuple[PatternMatch, ...]
    next_tests: tuple[NextTest, ...]
    leg_length: LegLength | None
    changes: tuple[Change, ...]
    totals: Totals
    prescription: Prescription
    home: tuple[Reason, ...] = ()
    entered: str | None = None
