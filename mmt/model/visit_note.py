"""The note of a visit for the record: only what was asked, seen and decided, in the order of SOAP."""

from .base import Side, Text, Value
from .papers import LetterAlert, LetterFinding, Paper, Unasked
from .visit import Addendum, Override


class SeenTest(Value, frozen=True, kw_only=True):
    """A test that was done, or that was not for a reason that was written; `values` are those of its sides as
    they are read, each with its trials, flags and that reason."""

    kind: str
    name: Text
    values: tuple[tuple[Side | None, str], ...]


class PartLetter(Value, frozen=True, kw_only=True):
    """A letter of PART (`pain`, `asymmetry`, `range`, `tissue`) and what was recorded of it, if anything."""

    letter: str
    facts: tuple[str, ...] = ()


class VisitNote(Paper, frozen=True, kw_only=True):
    """What the record keeps of a visit, in words.

    `told`, `goals`, `home`, the red flags and the conditions are what was said; `seen` what was seen, under
    `scale`. `accepted` and `set_aside` are the findings that were decided about; `patterns` are suggestions.
    `changes` are those beyond measurement error since the visit before, beside how many are the `same` and
    `within` it. `sheet` is None where no sheet was decided on.
    """

    told: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    answered_yes: tuple[str, ...] = ()
    answered_no: int = 0
    not_asked: tuple[Unasked, ...] = ()
    present: tuple[str, ...] = ()
    absent: int = 0
    scale: str = ""
    seen: tuple[SeenTest, ...] = ()
    alerts: tuple[LetterAlert, ...] = ()
    part: tuple[PartLetter, ...] = ()
    accepted: tuple[LetterFinding, ...] = ()
    set_aside: tuple[LetterFinding, ...] = ()
    patterns: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    same: int = 0
    within: int = 0
    own_words: str = ""
    action: str = ""
    went_on: Override | None = None
    sheet: tuple[str, ...] | None = None
    dated_notes: tuple[Addendum, ...] = ()
