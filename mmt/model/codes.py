"""Codes of published vocabularies for what mmt records, as other programs know it."""

from .base import Evidence, Text, Value


class Code(Value, frozen=True, kw_only=True):
    """What a thing of mmt is called elsewhere. `id` names the thing: a side (`side:left`), a question
    (`story:odi`), a test (`tests:TA`), a unit (`unit:millimetres`), a note (`note`), a signature
    (`signature:author`). `url` is where the code was read, `evidence` how sure it is."""

    id: Text
    system: Text
    code: Text
    display: Text
    notes: str = ""
    url: Text
    evidence: Evidence


Codes = dict[str, Code]
"""The codes by what they stand for."""
