"""The JSON Schema of a protocol file, for editors that complete and check while one types.

`python -m mmt.library.schema` writes it anew beside the protocols after the types have changed.
"""

import json
from typing import Any

import msgspec

from mmt.paths import shipped

from .load import ROWS, RULES


def schema() -> dict[str, Any]:
    """The JSON Schema of a protocol file, generated from the types."""
    kinds = {**ROWS, **RULES}
    schemas, components = msgspec.json.schema_components(kinds.values(), ref_template="#/$defs/{name}")
    rows = dict(zip(kinds, schemas, strict=True))
    arrays = {name: {"type": "array", "items": rows[name]} for name in ROWS}
    arrays["rules"] = {"type": "array", "items": {"anyOf": [rows[name] for name in RULES]}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A protocol file of mmt",
        "type": "object",
        "additionalProperties": False,
        "properties": arrays,
        "$defs": components,
    }


def text() -> str:
    """The schema as it stands in `schema.json`."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (shipped("protocols") / "schema.json").write_text(text(), encoding="utf-8")
