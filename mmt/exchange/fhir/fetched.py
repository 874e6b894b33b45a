"""Visits of other sites in words, whichever program wrote them: nothing of them becomes a value of mmt's, so
that no alarm and no verdict can rest on another site's scale."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any

from mmt.model.sending import FetchedVisit
from mmt.model.text import clean

from .comparing import encounter_of
from .parts import OWN, Json, within

_LONGEST, _MOST = 300, 500
"""Signs of a line, lines of a visit."""

_SILENT = ("measure",)
"""Components that say nothing to a reader."""

_ORDER = ("Observation", "Condition", "ServiceRequest", "DocumentReference")


def signature_of(uid: str) -> str:
    """What the signature of one of mmt's visits is called, as `Provenance/…`; empty where `uid` is none."""
    try:
        return f"Provenance/{within(uid, 'signature')}"
    except ValueError:
        return ""


def named_in(encounter: Json) -> list[str]:
    """The resources that say who kept a visit and who examined, as `Organization/…`."""
    held = [_dict(encounter.get("serviceProvider"))]
    held += [_dict(one.get("individual")) for one in _dicts(encounter.get("participant"))]
    told = (str(one.get("reference", "")) for one in held)
    return [one for one in told if one.startswith(("Organization/", "Practitioner/"))]


def fetched_visits(there: Mapping[str, Json]) -> list[FetchedVisit]:
    """The visits among resources that are held by type and id, the latest first."""
    found = [_visit(one, there) for name, one in there.items() if name.startswith("Encounter/")]
    return sorted(found, key=lambda one: (one.day, one.uid), reverse=True)


def _visit(one: Json, there: Mapping[str, Json]) -> FetchedVisit:
    uid, names = str(one["id"]), {name: _name(there.get(name)) for name in named_in(one)}
    of = [held for held in there.values() if encounter_of(held) == f"Encounter/{uid}" and held is not one]
    of.sort(key=_rank)
    lines = [line for held in of for line in _lines(held)][:_MOST]
    ours = any(OWN in str(held.get("url")) for held in _dicts(one.get("extension")))
    return FetchedVisit(
        uid=uid,
        site=next((name for at, name in names.items() if at.startswith("Org")), ""),
        day=_short(str(_dict(one.get("period")).get("start", ""))[:10]),
        examiner=next((name for at, name in names.items() if at.startswith("Pra")), ""),
        scale=_extended(one, "scale"),
        whole=signature_of(uid) in there if ours else one.get("status") == "finished",
        lines=tuple(lines),
    )


def _rank(one: Json) -> tuple[int, bool, str, str]:
    """Where a resource stands among the lines: what was seen first, in the order of names and sides."""
    kind = str(one.get("resourceType"))
    place = _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
    asked = "survey" in str(one.get("category"))
    return place, asked, _concept(one.get("code")), _side(one)


def _lines(one: Json) -> Iterator[str]:
    kind, name = one.get("resourceType"), _concept(one.get("code"))
    side = f", {told}" if (told := _side(one)) else ""
    if kind == "Observation":
        yield _short(f"{name}{side}: {_value(one)}{_beside(one)}")
    elif kind == "Condition":
        yield _short(f"To consider there: {name}")
    elif kind == "ServiceRequest":
        yield _short(f"Asked to do: {name}{side}")
    elif kind == "DocumentReference":
        yield from (_short(f"Note: {text}") for text in _texts(one))


def _value(one: Json) -> str:
    """A value in words; why there is none."""
    if held := one.get("valueCodeableConcept"):
        return _concept(held)
    if quantity := _dict(one.get("valueQuantity")):
        number = quantity.get("value")
        shown = f"{number:g}" if isinstance(number, int | float) else "?"
        return f"{shown} {quantity.get('unit', '')}".rstrip()
    for name in ("valueString", "valueInteger", "valueDateTime"):
        if name in one:
            return str(one[name])
    if "valueBoolean" in one:
        return "yes" if one["valueBoolean"] else "no"
    if why := one.get("dataAbsentReason"):
        return f"not tested ({_concept(why)})"
    return "" if one.get("component") else "no value"


def _beside(one: Json) -> str:
    """What stands beside a value."""
    told = []
    for part in _dicts(one.get("component")):
        code = _code(part.get("code"))
        if code not in _SILENT and (value := _value(part)):
            told.append(value if code in ("flag", "word") else f"{code} {value}")
    return f" ({', '.join(told)})" if told else ""


def _texts(one: Json) -> Iterator[str]:
    """The texts of a document, as far as they are there as such."""
    for held in _dicts(one.get("content")):
        attachment = _dict(held.get("attachment"))
        if str(attachment.get("contentType", "")).startswith("text/plain"):
            try:
                yield base64.b64decode(str(attachment.get("data", ""))).decode("utf-8", "replace")
            except (binascii.Error, ValueError):
                continue


def _extended(one: Json, name: str) -> str:
    url = f"{OWN}/StructureDefinition/{name}"
    return next((_short(str(held.get("valueCode", ""))) for held in _dicts(one.get("extension"))
                 if held.get("url") == url), "")  # fmt: skip


def _name(one: Json | None) -> str:
    """The name of a clinic or a person."""
    held = (one or {}).get("name", "")
    if isinstance(held, str):
        return _short(held)
    first = next(iter(_dicts(held)), {})
    given = first.get("given")
    parts = [*(given if isinstance(given, list) else []), first.get("family", "")]
    return _short(str(first.get("text") or " ".join(map(str, parts))))


def _concept(held: Any) -> str:
    """A concept in words."""
    told = _dict(held)
    coding = next(iter(_dicts(told.get("coding"))), {})
    return str(told.get("text") or coding.get("display") or coding.get("code") or "unnamed")


def _code(held: Any) -> str:
    """The code of a component: one of mmt's, else in words."""
    codings = _dicts(_dict(held).get("coding"))
    own = next((str(one.get("code")) for one in codings if str(one.get("system")).startswith(OWN)), "")
    return own or _concept(held)


def _side(one: Json) -> str:
    held = one.get("bodySite")
    held = next(iter(_dicts(held)), None) if isinstance(held, list) else held
    return _concept(held) if held else ""


def _short(text: str) -> str:
    line = clean(text)
    return f"{line[:_LONGEST]} …" if len(line) > _LONGEST else line


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
