"""What the screens of a visit may ask for: the open visit, and the few things that can be done to it.

`mmt.clinic.OpenVisit` is one; tests and benchmarks use others. Screens get it by constructor, so that none
of them knows the clinic or the store. Every method that keeps something returns only when it is durable and
raises `NotSavedError` with a sentence otherwise,
`RefusedError` where `refusal` says why it may not be done, `TakenOverError` where the draft was taken over
elsewhere since it was opened: then `visit` is what is kept now.
"""

import datetime
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from mmt.model.base import Side
from mmt.model.observation import Observation
from mmt.model.papers import PLAIN, ScreenPicture, Wanted
from mmt.model.protocol import Protocol as ExamProtocol
from mmt.model.review import Review, Watch
from mmt.model.settings import Settings
from mmt.model.visit import Addendum, Answer, History, Prescribed, Topic, Visit

if TYPE_CHECKING:
    from mmt.clinic.allowed import Refusals
    from mmt.clinic.doubts import Doubts
    from mmt.reports.document import Document
    from mmt.reports.record import Record

    AnyDocument = Document[Any]


class Made(Protocol):
    """A paper that was made: its file, and the clinic's day on which it was written."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def day(self) -> datetime.date:
        """The day."""


class Desk(Protocol):
    """An open visit on the examiner's desk."""

    @property
    def history(self) -> History:
        """The patient with all visits; the open one is among them."""

    @property
    def visit(self) -> Visit:
        """The open visit as it is kept now."""

    @property
    def protocol(self) -> ExamProtocol:
        """The protocol that this visit is done under."""

    @property
    def elsewhere(self) -> str:
        """Why nothing may be changed here while the draft is open elsewhere, in a sentence; else empty."""

    @property
    def settings(self) -> Settings:
        """How this station is set up."""

    def change_settings(self, chosen: Settings) -> None:
        """Set this station up anew. It holds even where it could not be kept, which raises ClinicError."""

    @property
    def made(self) -> Mapping[str, Made]:
        """The papers of the visit that were made, here or earlier: the newest of each kind, newest last."""

    @property
    def acknowledged(self) -> set[tuple[object, ...]]:
        """The alarms that were acknowledged since the visit was opened; the exam step changes it."""

    @property
    def clock(self) -> str:
        """What is odd about the computer's clock for what is signed or noted now; empty where nothing is."""

    @property
    def practitioners(self) -> tuple[str, ...]:
        """The names of those who examine in this clinic."""

    @property
    def refusal(self) -> "Refusals":
        """Why an act may not be done now, one sentence each; empty where it may."""

    @property
    def doubt(self) -> "Doubts":
        """What is odd about going on now, one sentence each; empty where nothing is."""

    @property
    def review(self) -> Review:
        """What reasoning says of the open visit as it is now."""

    @property
    def watch(self) -> Watch:
        """The part of the review that must be known after each key, without the rest of its work."""

    def keep(self, observation: Observation) -> None:
        """Keep one observation; one of the same test, side and trial is corrected by it."""

    def withdraw(self, test: str, side: Side | None, trial: int = 1) -> None:
        """Take a value back: the test counts as not done."""

    def answer(self, topic: Topic, question: str, value: Answer | None) -> None:
        """Keep an answer; None makes the question not asked again."""

    def move(self, place: str) -> None:
        """Keep where the walk stands (`safety`, `exam:TA:left`)."""

    def decide(self, finding: str, verdict: Literal["accepted", "set-aside"] | None) -> None:
        """Keep what the examiner decided about the finding of this key; None takes it back."""

    def accept(self, findings: Collection[str]) -> None:
        """Keep, all at once, that the findings of these keys are accepted; what was decided before stands."""

    def prescribe(self, items: tuple[Prescribed, ...]) -> None:
        """Keep the chosen stretches, in the order of the sheet."""

    def act(self, action: str) -> None:
        """Keep what was done about an urgent alert."""

    def go_on(self, reason: str, by: str) -> None:
        """Keep why a named clinician goes on although an emergency answer locked the exam."""

    def write(self, *, note: str | None = None, next_visit: str | None = None) -> None:
        """Keep the clinician's note or the date of the next visit."""

    def sign(self, by: str) -> None:
        """Close the visit."""

    def add(self, text: str, by: str) -> Addendum:
        """Add a dated note to a signed visit."""

    @property
    def documents(self) -> "Mapping[str, AnyDocument]":
        """What can be printed of the visit, by id, in the order of the keys."""

    def record(self) -> "Record":
        """What a document may read of the visit."""

    def paper(self, kind: str, wanted: Wanted = PLAIN, passphrase: str = "") -> Path:
        """Make a paper of this visit in the export folder; without a change it is the file made before.

        Raises PaperError with a sentence.
        """

    def pictures(self, stretch: str, side: Side | None) -> tuple[ScreenPicture, ...]:
        """The drawings of a stretch, for a terminal that can show pictures."""

    def unprintable(self) -> str:
        """Characters of names and notes that the paper's font lacks; empty where all will print."""
