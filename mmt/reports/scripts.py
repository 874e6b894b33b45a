"""What the faces of the papers cannot print, named before anything is printed."""

from collections.abc import Iterator, Mapping

import msgspec

from mmt.model.people import Patient
from mmt.model.stretches import Stretch
from mmt.model.template import Template

from .right_to_left import turns
from .typeface import legible, unprintable

_MOST = 8
_NO_NAME = "No font here has the letters of the name: each paper has a line to write it on."
_BLANKS = "No font here has {lacking}: papers have a line in their place, to write on."
"""Said before papers are made."""


def blanks(patient: Patient, typed: object) -> str:
    """Where papers have a line to write on, because no face has the letters of the name or of what else is
    `typed`; empty where all will print."""
    told = [_NO_NAME] if patient.name and not legible(patient.name) else []
    lacking = unprintable("".join(_strings(msgspec.to_builtins(([] if told else patient, typed)))))
    if lacking:
        more = " …" if len(lacking) > _MOST else ""
        told.append(_BLANKS.format(lacking=" ".join(lacking[:_MOST]) + more))
    return " ".join(told)


def unprintable_wording(templates: Mapping[str, Template], stretches: Mapping[str, Stretch]) -> Iterator[str]:
    """A line for each text of a template or a stretch, by language, that cannot be printed as written."""
    texts = [
        (f"template {name}, wording.{language}", wording.text)
        for name, template in templates.items()
        for language, wording in template.wording.items()
    ]
    texts += [
        (f"stretch {name}, text.{language}", msgspec.to_builtins(text))
        for name, stretch in stretches.items()
        for language, text in stretch.text.items()
    ]
    for place, told in texts:
        words = "".join(_strings(told))
        if lacking := unprintable(words):
            yield f"{place}: the typeface of the papers lacks {lacking}"
        if turns(words):
            yield f"{place}: is read from right to left, but the papers are laid out from left to right"


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)
