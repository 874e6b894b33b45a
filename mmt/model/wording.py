"""Which sentences each document needs: for every block its keys, and what may be filled into each.

The loader checks templates against this table; `reports/templates/README.md` explains it to clinicians.
"""

from collections.abc import Iterator, Sequence

from .base import Value
from .papers import Document

PLURALS = ("zero", "one", "two", "few", "many", "other")
"""The forms of a counted sentence that languages know; each language needs those that it counts with."""


class Key(Value, frozen=True, kw_only=True):
    """What a key holds. `fills` are the names that may stand in braces.

    `many` means a list of sentences. A `counted` key is written once for each plural form of the language
    (`title-one`, `title-other`).
    """

    fills: tuple[str, ...] = ()
    many: bool = False
    counted: bool = False


def _line(*fills: str) -> Key:
    return Key(fills=fills)


def _list(*fills: str) -> Key:
    return Key(fills=fills, many=True)


_COUNTED = Key(fills=("count",), counted=True)

_HEAD = {
    "document": _line(),
    "clinic": _line("blank"),
    "patient": _line("blank"),
    "telephone": _line("telephone"),
    "from": _line("practitioner"),
    "page": _line("page", "pages"),
}
_CLINICIANS_HEAD = _HEAD | {"label": _line()}
_PATIENTS_HEAD = _HEAD | {"questions": _line("telephone")}

_DOSE = ("minutes", "hold", "times", "sets", "day", "week", "weeks")
_MOVES = {
    **{f"side-{side}": _line() for side in ("left", "right", "both")},
    **{f"dose-{part}": _COUNTED for part in _DOSE},
    **{
        key: _line()
        for key in ("drawings", "count-from", "for-you", "feel", "avoid", "stop-if", "easier", "harder")
    },
}
_LIGHT = {
    "light": _line(),
    **{f"{light}-name": _line() for light in ("go", "half", "stop")},
    "closed": _line(),
}
_CALL = {"emergency-call": _line("number"), "emergency-number": _line()}
LEG_READINGS = ("functional", "structural", "structural-compensated", "inconclusive")
"""What the methods can say together of a difference in leg length, so that a letter tells it."""

SAID_GROUPS = ("cauda-equina", "motor-deficit", "aorta", "dvt", "limb-ischaemia", "infection")
"""The safety groups that can send a patient to an emergency department, and so have words of their own."""

WORDING: dict[Document, dict[str, dict[str, Key]]] = {
    "hand-out": {
        "head": _PATIENTS_HEAD,
        "title": {"title": _COUNTED, "summary": _COUNTED},
        "note": {},
        "overview": {f"overview-{part}": _line() for part in ("move", "day", "week", "weeks")},
        "moves": _MOVES,
        "traffic-light": _LIGHT,
        "emergency": {"emergency": _line(), "emergency-act": _line(), **_CALL},
        "sitting": {"sitting": _line(), "sitting-tips": _list()},
        "course": {"course": _line(), "course-lines": _list()},
        "teach-back": {"teach-back": _line()},
        "diary": {
            "diary": _line(),
            "diary-how": _line(),
            "diary-when": _line("blank"),
            "diary-pick": _COUNTED,
            "diary-pain": _line(),
            "week": _line("number", "day"),
        },
        "next-visit": {"next-visit": _line(), "call": _line()},
    },
    "warning-card": {
        "head": _PATIENTS_HEAD,
        "go-now": {
            **{"go-now": _line(), "go-now-lines": _list(), "general": _line(), "general-lines": _list()},
            **_CALL,
        },
        "say": {
            "say": _line(),
            "say-first": _line(),
            **{f"say-{group}": _line() for group in SAID_GROUPS},
            "say-last": _line("practitioner"),
        },
        "signs": {"signs": _line()},
        "take": {"take": _line(), "take-list": _list(), "general-take": _list(), "call": _line()},
    },
    "lift-page": {
        "head": _PATIENTS_HEAD,
        "title": {"title": _line(), "summary": _line()},
        "difference": {
            "difference": _line(),
            **{f"shorter-{side}": _line("size") for side in ("left", "right")},
            "difference-error": _line("size"),
            "difference-lines": _list(),
        },
        "evidence": {"for": _line(), "for-list": _list(), "against": _line(), "against-list": _list()},
        "trial": {
            "trial": _line(),
            **{f"wear-{side}": _line() for side in ("left", "right")},
            "first": _line("size"),
            "add": _line("size", "least", "most"),
            "end": _line("low", "high"),
            "limit": _line("size"),
            "recheck": _line("weeks"),
        },
        "stop": {"stop": _line(), "stop-lines": _list("days")},
        "next-visit": {"next-visit": _line(), "call": _line()},
    },
    "referral-letter": {
        "head": _CLINICIANS_HEAD,
        "addressee": {"to": _line("to"), "about": _line("name", "birth_date", "age")},
        "urgency": {f"urgency-{level}": _line() for level in ("emergency", "urgent", "routine", "caution")},
        "alerts": {"alerts": _line()},
        "red-flags": {
            "red-flags": _line(),
            "answered-yes": _line(),
            "none-yes": _line(),
            "answered-no": _COUNTED,
            "not-asked": _line("questions"),
            "not-asked-group": _line("group", "missing", "of"),
            "all-asked": _line(),
        },
        "told": {"told": _line(), "told-present": _line("names"), "told-absent": _COUNTED},
        "grades": {
            "grades": _line(),
            **{f"grades-{part}": _line() for part in ("test", "right", "left")},
            "grades-same": _line("value", "tests"),
            "grades-key": _line("scale"),
        },
        "findings": {
            "findings": _line(),
            **{f"finding-{side}": _line() for side in ("left", "right", "midline")},
            "finding-sign": _line("name", "side"),
            **{f"finding-leg-{reading}": _line("side", "size") for reading in LEG_READINGS},
        },
        "action": {"action": _line()},
        "note": {},
        "signature": {"closing": _line(), "signature": _line("practitioner"), "signature-date": _line()},
    },
    "comparison": {
        "head": _CLINICIANS_HEAD,
        "title": {
            "title": _line("then", "now"),
            "examiners": _line("then", "now"),
            "examiner": _line("now"),
        },
        "summary": {
            f"count-{verdict}": _COUNTED for verdict in ("better", "worse", "within-noise", "not-comparable")
        },
        "told": {},
        "sides": {
            **{f"sides-{part}": _line() for part in ("right", "left", "test")},
            "sides-key": _line(),
            **{f"verdict-{verdict}": _line() for verdict in ("better", "worse", "not-comparable")},
            **{f"confidence-{one}": _line() for one in ("real", "likely", "possible")},
        },
        "others": {"others": _line()},
        "scores": {"scores": _line()},
        "unchanged": {
            "unchanged": _line(),
            **{f"unchanged-{sides}": _line("value", "tests") for sides in ("both", "one")},
        },
        "reasons": {"reasons": _line(), "side-right": _line(), "side-left": _line()},
        "sources": {"sources": _line()},
    },
}
"""By document and block. The `head` block is printed on every page and is not part of a template's order."""


def keys(document: Document, forms: Sequence[str]) -> Iterator[str]:
    """Every key of a document as a template must write it, one for each of these plural forms."""
    for block in WORDING[document].values():
        for name, key in block.items():
            for form in forms if key.counted else ("",):
                yield f"{name}-{form}" if form else name


def known(document: Document, written: str) -> Key | None:
    """What the key of this name holds, None where the document has no such key."""
    name, _, form = written.rpartition("-")
    for block in WORDING[document].values():
        if written in block and not block[written].counted:
            return block[written]
        if name in block and block[name].counted and form in PLURALS:
            return block[name]
    return None
