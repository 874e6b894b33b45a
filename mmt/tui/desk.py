"""The open clinic, its visits and their papers as screens know them: by type alone."""

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from typing import Any

    from mmt.clinic import Clinic, OpenVisit
    from mmt.clinic.practice import Practice
    from mmt.model.exchange import Kind as ExchangeKind
    from mmt.reports.document import Document

Home: TypeAlias = "Clinic"
"""The clinic."""

Station: TypeAlias = "Practice"
"""The clinic, of which only the settings of this station are asked."""

Desk: TypeAlias = "OpenVisit"
"""A visit of a patient, on the desk."""

Kind: TypeAlias = "ExchangeKind"
"""A kind of file for other programs."""

Printed: TypeAlias = "Document[Any]"
"""A kind of paper."""
