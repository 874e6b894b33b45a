"""How long records are kept by the law of a place."""

from typing import Annotated

from msgspec import Meta

from .base import Evidence, Text, Value

USUAL = "usual"
"""The rule that holds where the clinic has chosen none."""

Years = Annotated[int, Meta(ge=1, le=100)]


class Retention(Value, frozen=True, kw_only=True):
    """What a place asks for: `years` after the last visit, and of who was younger than `minor_under` then at
    least until the birthday of `until_age`. `name` is the place in English, `law` what asks for it, read at
    `url`; `evidence` says how sure it is, `notes` what else the clinic should know."""

    id: Text
    name: Text
    law: Text
    years: Years
    minor_under: Years = 18
    until_age: Years | None = None
    notes: str = ""
    url: str = ""
    evidence: Evidence
