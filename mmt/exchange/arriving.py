"""A patient who arrives from another program: where it stands in the file, and what is wrong with it."""

from mmt.model.base import Text, Value
from mmt.model.people import Patient


class Arriving(Value, frozen=True, kw_only=True):
    """One patient of a file; `at` says where: `row 7`, `patient 3`. With `problems`, each a sentence about
    a column or an element, there is no `patient`. `uid` is the UUID that names the record elsewhere, if one
    does. `doubts` say, a few words each, why nobody may want this record."""

    at: Text
    patient: Patient | None = None
    problems: tuple[str, ...] = ()
    uid: str = ""
    doubts: tuple[str, ...] = ()
