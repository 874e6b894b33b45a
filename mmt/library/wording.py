"""The sentences of a document in one language: what is wrong with them, and what is missing."""

import re
import string
from collections.abc import Iterator, Sequence
from typing import Any

from mmt.model.wording import Key, keys, known
from mmt.reports.documents import documents
from mmt.toml.decode import Fault

from .languages import plural_forms

_MOST_ROWS = 12


def wording_faults(table: Any, document: str, language: str) -> Iterator[Fault]:
    """Faults in one language: unknown keys, wrong shapes, braces that nothing fills, and what is missing."""
    place = f"wording.{language}"
    text = table.get("text") if isinstance(table, dict) else None
    if not isinstance(text, dict):
        yield place, f"must hold the sentences under [{place}.text]"
        return
    try:
        forms = plural_forms(str(table.get("locale") or language))
    except LookupError as unknown:
        says = f'how "{unknown}" writes dates is not known; write a locale such as "es" or "es_MX"'
        yield f"{place}.locale", says
        return
    wording = documents()[document].wording
    for name, value in text.items():
        key = known(wording, name)
        here = f"{place}.text.{name}"
        if key is None:
            yield here, f"is not a key of {document}; see README.md"
        else:
            yield from ((here, says) for says in _sentences(key, value))
    yield from (
        (f"{place}.text", f'lacks the key "{one}"') for one in keys(wording, forms) if one not in text
    )


def _sentences(key: Key, value: Any) -> Iterator[str]:
    """What is wrong with what a key holds."""
    rows = value if isinstance(value, list) else [value]
    if key.many != isinstance(value, list):
        yield "must be a list of sentences" if key.many else "must be one sentence, not a list"
    elif not 1 <= len(rows) <= _MOST_ROWS:
        yield f"must hold 1 to {_MOST_ROWS} sentences, not {len(rows)}"
    for row in rows:
        if not isinstance(row, str) or not row.strip():
            yield "must be text, and not empty"
        else:
            yield from _braces(row, key.fills)


def _braces(text: str, fills: Sequence[str]) -> Iterator[str]:
    choice = ", ".join(f"{{{name}}}" for name in fills) or "none"
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        yield f"has a single brace; what may stand in braces here: {choice}"
        return
    for _, name, form, conversion in parts:
        if name is not None and (name not in fills or form or conversion):
            shown = re.sub(r"\s+", " ", name)
            yield f"{{{shown}}} cannot be filled in; what may stand in braces here: {choice}"
