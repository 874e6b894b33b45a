"""Wording in scripts that the typeface of the papers lacks, named before anything is printed in it."""

from collections.abc import Iterator, Mapping

import msgspec

from mmt.model.stretches import Stretch
from mmt.model.template import Template

from .typeface import unprintable


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
        if lacking := unprintable("".join(_strings(told))):
            yield f"{place}: the typeface of the papers lacks {lacking}"


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)
