"""What the answer of a FHIR server to a transaction means."""

import datetime
import email.utils
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Literal, NamedTuple

from mmt.exchange.decoding import object_of
from mmt.model.text import clean

Outcome = Literal["accepted", "refused", "later", "shut"]
"""The server has it; it refuses this; it cannot take it now, or nobody knows whether it did; it takes nothing
of this clinic until somebody changes something."""

_LATER = (408, 425, 429)
_SHUT = {
    401: "the server does not let this clinic in. Give it a token that holds: mmt send --setup",
    407: "a proxy stands between and asks who you are; mmt goes straight to the server",
}
_NOWHERE = (404, 405, 410)
_NO_SUCH = "there is no FHIR server at this address any more; choose the one where it is: mmt send --setup"
_ELSEWHERE = (
    "the server sends us elsewhere ({place}); choose the address that it really has: mmt send --setup"
)
_NO_BUNDLE = "the answer is no transaction's: whether it was taken is not known"
_COUNT = "the server answered for {there} of {of} resources"
_BATCH = "the server took the transaction as a batch: where one resource is refused the others stay there"
_SHORT = 600
_LONGEST_WAIT = datetime.timedelta(days=1)


class Verdict(NamedTuple):
    """What an answer means: its HTTP `status`, what the server said in `words`, how long it asks to `wait`,
    and whether it ran the transaction as a `batch`. One that is `overdue` did not come in time: the server is
    too busy, and may be at it still."""

    outcome: Outcome
    status: int
    words: str = ""
    wait: datetime.timedelta | None = None
    batch: bool = False
    overdue: bool = False


def verdict(status: int, headers: Mapping[str, str], body: bytes, entries: int, now: Any) -> Verdict:
    """What a server made of a transaction of so many `entries`. `now` is the moment of the answer, in UTC."""
    if status in _SHUT:
        return Verdict("shut", status, _SHUT[status])
    if 300 <= status < 400:
        return Verdict(
            "shut", status, _ELSEWHERE.format(place=_line(headers.get("location", "")) or "unsaid")
        )
    words = said(body)
    if status in _NOWHERE and not words:
        return Verdict("shut", status, _NO_SUCH)
    if _is_for_later(status):
        return Verdict("later", status, words, retry_after(headers, now))
    if not 200 <= status < 300:
        return Verdict("refused", status, words)
    return _of_bundle(status, body, entries)


def _is_for_later(status: int) -> bool:
    return status in _LATER or status >= 500


def _of_bundle(status: int, body: bytes, entries: int) -> Verdict:
    """What an answer means that says of itself that all went well."""
    value = object_of(body)
    kind = value.get("type")
    if value.get("resourceType") != "Bundle" or kind not in ("transaction-response", "batch-response"):
        return Verdict("later", status, said(body) or _NO_BUNDLE)
    told = [_answered(one) for one in _list(value.get("entry"))]
    failed = [(code, words) for code, words in told if not 200 <= code < 300]
    batch = kind == "batch-response"
    note = _BATCH if batch else ""
    if failed:
        why = "; ".join(dict.fromkeys(words or f"status {code}" for code, words in failed))
        words = f"{len(failed)} of {entries} resources refused: {why}"
        for_good = [code for code, _ in failed if not _is_for_later(code)]
        outcome: Outcome = "refused" if for_good else "later"
        code = (for_good or [code for code, _ in failed])[0]
        return Verdict(outcome, code, _line(". ".join(filter(None, (words, note)))), batch=batch)
    if len(told) != entries:
        return Verdict("refused", status, _COUNT.format(there=len(told), of=entries), batch=batch)
    return Verdict("accepted", status, note, batch=batch)


def _answered(entry: Any) -> tuple[int, str]:
    """The status of one entry of an answer, and what is said of it; 0 where none is told."""
    response = entry.get("response") if isinstance(entry, dict) else None
    if not isinstance(response, dict):
        return 0, ""
    begin = str(response.get("status", ""))[:3]
    code = int(begin) if begin.isascii() and begin.isdigit() else 0
    return code, " ".join(_issues(response.get("outcome")))


def said(body: bytes) -> str:
    """What a server says in an OperationOutcome, else the begin of its text, as one line."""
    if words := " ".join(_issues(object_of(body))):
        return _line(words)
    text = body[:_SHORT].decode("utf-8", "replace")
    return "" if text.lstrip().startswith(("<", "{")) else _line(text)


def _issues(value: Any) -> Iterator[str]:
    """What each issue of an OperationOutcome says."""
    for one in _list(value.get("issue") if isinstance(value, dict) else None):
        if isinstance(one, dict):
            details = one.get("details")
            text = details.get("text") if isinstance(details, dict) else None
            told = [text, one.get("diagnostics")]
            words = ". ".join(dict.fromkeys(each for each in told if isinstance(each, str) and each))
            places = _list(one.get("expression"))
            at = f" ({', '.join(map(str, places))})" if places else ""
            yield f"{words or one.get('code', '')}{at}"


def retry_after(headers: Mapping[str, str], now: datetime.datetime) -> datetime.timedelta | None:
    """How long a server asks to wait; None where it does not say. Never longer than a day."""
    held = headers.get("retry-after", "").strip()
    found: datetime.timedelta | None = None
    if held.isascii() and held.isdigit():
        found = datetime.timedelta(seconds=min(int(held[:9]), 86_400))
    else:
        with suppress(ValueError, TypeError):
            found = email.utils.parsedate_to_datetime(held) - now
    return None if found is None else min(max(found, datetime.timedelta(0)), _LONGEST_WAIT)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _line(text: str) -> str:
    short = clean(text)
    return f"{short[:_SHORT]} …" if len(short) > _SHORT else short
