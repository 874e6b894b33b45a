"""What a document may read."""

from typing import Any

from mmt.model.base import Value
from mmt.model.errors import PaperError
from mmt.model.papers import PLAIN, Wanted
from mmt.model.people import Letterhead
from mmt.model.protocol import Protocol
from mmt.model.review import Comparison, Review
from mmt.model.template import Template
from mmt.model.visit import History, Visit
from mmt.reasoning import comparison

ALTERED = (
    "Not made: what is kept of the visit of {day} is not what was signed. `mmt verify` says what was "
    "changed; `mmt restore` brings back a backup."
)


class Record(Value, frozen=True, kw_only=True):
    """All that a document may read of the last visit of `history`, and how it is `wanted`.

    With `only_signed` the clinic prints for patients only what its clinicians signed off. `mark` is that of
    the act by which the visit was signed, as the chain of acts has it.
    """

    history: History
    protocol: Protocol
    review: Review
    letterhead: Letterhead
    templates: dict[str, Template]
    logo: bytes = b""
    wanted: Wanted = PLAIN
    only_signed: bool = False
    mark: str = ""

    @property
    def visit(self) -> Visit:
        """The visit that is printed."""
        return self.history.visits[-1]

    @property
    def since(self) -> int:
        """The index of the visit that it is compared with: the one wanted, else the one before."""
        return len(self.history.visits) - 2 if self.wanted.since is None else self.wanted.since

    @property
    def compared(self) -> Comparison:
        """It beside that visit. Raises PaperError where that is not as it was signed."""
        _refuse_altered(self.history.visits[self.since])
        return comparison(self.history, self.protocol, self.since, len(self.history.visits) - 1)

    def template(self, document: str) -> Template:
        """The template of a document. Raises PaperError where it could not be read."""
        if document not in self.templates:
            raise PaperError(f'The template "{document}" could not be read; `mmt check` says why.')
        return self.templates[document]

    def head(self, template: Template, *, for_patients: bool) -> dict[str, Any]:
        """What stands on every paper; one for patients is in their language and in the print they read."""
        patient = self.history.patient
        _refuse_altered(self.visit)
        return {
            "patient": patient,
            "letterhead": self.letterhead,
            "practitioner": self.visit.examiner,
            "date": self.visit.date,
            "entered": self.visit.entered,
            "next_visit": self.visit.next_visit,
            "language": template.language(patient.language) if for_patients else "en",
            "size": self.wanted.size,
            "large_print": for_patients and (self.wanted.large or patient.large_print),
            "logo": self.logo,
            "signature": self.visit.signature,
            "mark": self.mark,
            "draft": not self.visit.signed,
        }


def _refuse_altered(visit: Visit) -> None:
    """Raise PaperError where a visit is not as it was signed: no paper passes it off as sound."""
    if visit.altered:
        raise PaperError(ALTERED.format(day=visit.date.isoformat()))
