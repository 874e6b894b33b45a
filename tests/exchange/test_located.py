"""What is wrong with a line of a file is told in words, with its place; nothing of the schema is shown."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmt.exchange.decoding import UnreadableError
from mmt.exchange.located import in_words, said
from mmt.exchange.records import read_line

AT = "2026-03-02T09:30:00Z"
UID = "00000000-0000-4000-8000-000000000000"
WHOLE: dict[str, Any] = {
    "line": "records",
    "patients": [
        {
            "id": UID,
            "person": {"name": "Ann", "birth_date": "1980-05-17", "sex": "female", "large_print": True},
            "added": AT,
            "given_out": [{"what": "All", "visit": UID, "to": "Bo", "by": "A", "at": AT}],
            "visits": [
                {
                    "id": UID,
                    "site": UID,
                    "number": 1,
                    "date": "2026-03-02",
                    "examiner": "A",
                    "scale": "mmt",
                    "exam": "lower",
                    "protocol": "0" * 64,
                    "started": AT,
                    "prescription": [
                        {
                            "stretch": "E01",
                            "dose": {"hold_s": 5, "per_day": 1, "days_per_week": 7, "weeks": 6},
                        }
                    ],
                    "observations": [
                        {
                            "test": "TA",
                            "side": "left",
                            "trial": 1,
                            "value": {"test": "TA", "side": "left", "grade": "4", "newtons": 3.5},
                            "examiner": "A",
                            "scale": "mmt",
                            "at": AT,
                        }
                    ],
                    "signature": {
                        "by": "A",
                        "at": AT,
                        "digest": "0" * 64,
                        "kept": {},
                        "ed25519": "",
                        "key": "",
                    },
                }
            ],
        }
    ],
    "joined": [{"patient": UID, "became": UID, "signed": 1, "reason": "x", "by": "A", "at": AT}],
}
WRONG = ("", "x", " ", None, True, -1, 2**60, 1.5, [], [1], {}, {"x": 1}, "2026-13-01", "2026-03-02T09:30:00")


def ways(value: Any, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The way to each part of a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(one for key, held in inner for one in ways(held, (*way, key)))]


def changed(way: tuple[str | int, ...], wrong: Any, *, gone: bool) -> bytes:
    value = json.loads(json.dumps(WHOLE))
    if not way:
        return json.dumps(wrong).encode()
    held = value
    for step in way[:-1]:
        held = held[step]
    if gone:
        del held[way[-1]]
    else:
        held[way[-1]] = wrong
    return json.dumps(value).encode()


def test_the_whole_line_is_read() -> None:
    read_line(json.dumps(WHOLE).encode())


@given(st.sampled_from(ways(WHOLE)), st.sampled_from(WRONG), st.booleans())
@settings(max_examples=500, deadline=None, derandomize=True)
def test_no_word_of_the_schema_is_shown(way: tuple[str | int, ...], wrong: Any, gone: bool) -> None:
    try:
        read_line(changed(way, wrong, gone=gone))
    except UnreadableError as error:
        says = str(error)
        found = re.search(r"[`$^]|Expected|regex|Object|RFC|null|\b(str|int|bool)\b|in another form", says)
        assert not found, says
        assert "not as it should be" not in says, "each has words of its own"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (changed(("patients", 0), "x", gone=False), "patient 1 should be a group of fields, and is a text"),
        (changed(("patients", 0, "person", "name"), "", gone=True), "patient 1, person lacks the field name"),
        (
            changed(("patients", 0, "visits", 0, "observations", 0, "value", "grade"), "6", gone=False),
            "patient 1, visit 1, observation 1, value, grade should be a grade",
        ),
        (
            changed(("patients", 0, "given_out", 0, "visit"), "x", gone=False),
            "patient 1, given out 1, visit should be a UUID in small letters",
        ),
        (
            changed(("patients", 0, "person", "birth_date"), "2026-13-01", gone=False),
            "patient 1, person, birth date should be a day",
        ),
        (changed(("more",), 1, gone=False), "it has a field 'more', which this mmt does not know"),
        (b"{", "it is cut off before its end"),
        (b'{"line": nul}', "it is no JSON from sign 11 on"),
        (b'{"line": "\xff"}', "it holds a text that is not UTF-8"),
    ],
)
def test_a_fault_is_told_with_its_place(text: bytes, says: str) -> None:
    with pytest.raises(UnreadableError) as error:
        read_line(text)
    assert str(error.value) == says


def test_what_nobody_knows_of_is_no_sentence_of_a_library() -> None:
    assert in_words("Brand new words - at `$.patients[0]`") == "patient 1 is not as it should be"


def test_places_are_counted_from_one() -> None:
    assert said(("patients", 0, "visits", 2, "given_out", 0, "at")) == "patient 1, visit 3, given out 1, at"
