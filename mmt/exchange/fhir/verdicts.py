"""What the answer of a FHIR server to a transaction means."""

import datetime
import email.utils
import html
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Literal, NamedTuple

from mmt.exchange.decoding import object_of
from mmt.model.sending import LONGEST_WAIT
from mmt.model.text import clean

Outcome = Literal["accepted", "refused", "later", "shut"]
"""The server has it; it refuses this; it cannot take it now, or nobody knows whether it did; it takes nothing
of this clinic until somebody changes something."""

_LATER = (408, 425, 429)
_SHUT = {
    401: "does not let this clinic in. Give it a token that holds: mmt send --setup",
    407: "cannot be asked: a proxy stands between and asks who you are, and mmt goes straight to the server",
}
_NOWHERE = (404, 405, 410)
_NO_SUCH = "has no FHIR server at this address any more; choose the one where it is: mmt send --setup"
_ELSEWHERE = "sends mmt elsewhere ({place}); choose the address that it really has: mmt send --setup"
_SAYS = "answered with status {status}: {words}"
_NO_FHIR = "answered with {what} instead of FHIR (status {status})"
_NOTHING = "answered with status {status} and no word"
_RESOURCE = "answered with {kind} (status {status})"
_NOT_KNOWN = "{what}; whether it took what was sent is not known"
_NOT_NOW = "could not take {many} of {of} resources now (status {status}): {why}"
_REFUSED = "refused {many} of {of} resources (status {status}): {why}"
_PAGE = re.compile(rb"<(?:!doctype html|html|head|body|title)\b", re.IGNORECASE)
_TITLE = re.compile(rb"<title[^>]*>([^<]{1,200})", re.IGNORECASE)
_COUNT = (
    "answered for {there} of {of} resources: whether all of them are there is not known, and nothing of it "
    "counts as arrived"
)
_SILENT = "; of {many} it says nothing"
_NO_TRANSACTIONS = "takes no transactions (status 501): whoever keeps it can turn them on"
_BATCH = "It took the transaction as a batch: where one resource is refused the others stay there"
_SHORT, _HEAD = 600, 20_000
"""So much of an answer is shown at most; so much of a page is looked through for its title."""


class Verdict(NamedTuple):
    """What an answer means: its HTTP `status`, how long it asks to `wait`, and whether it ran the transaction
    as a `batch`. `words` are what the server did, as it is said behind its name. One that is `overdue` did
    not come in time: the server is too busy, and may be at it still."""

    outcome: Outcome
    status: int
    words: str = ""
    wait: datetime.timedelta | None = None
    batch: bool = False
    overdue: bool = False


def verdict(status: int, headers: Mapping[str, str], body: bytes, entries: int, now: Any) -> Verdict:
    """What a server made of a transaction of so many `entries`. `now` is the moment of the answer, in UTC."""
    if status in _SHUT or 300 <= status < 400:
        return Verdict("shut", status, matter(status, headers, body))
    if status in _NOWHERE and not said(body):
        return Verdict("shut", status, _NO_SUCH)
    if status == 501:  # not implemented: it will not be another time either
        return Verdict("shut", status, _NO_TRANSACTIONS)
    if _is_for_later(status):
        return Verdict("later", status, matter(status, headers, body), retry_after(headers, now))
    if not 200 <= status < 300:
        return Verdict("refused", status, matter(status, headers, body))
    return _of_bundle(status, headers, body, entries)


def matter(status: int, headers: Mapping[str, str], body: bytes) -> str:
    """What a server did that gave another answer than the one that it was asked for, as it is said behind its
    name: in its own words where it has some."""
    if status in _SHUT:
        return _SHUT[status]
    if 300 <= status < 400:
        return _ELSEWHERE.format(place=_line(headers.get("location", "")) or "unsaid")
    if words := said(body):
        return _SAYS.format(status=status, words=words)
    if not body.strip():
        return _NOTHING.format(status=status)
    if kind := object_of(body).get("resourceType"):
        return _RESOURCE.format(kind=_line(str(kind))[:40], status=status)
    return _NO_FHIR.format(what=_other(body), status=status)


def is_page(body: bytes) -> bool:
    """Whether an answer is for a browser: a proxy's, a firewall's, a guest network's."""
    return _PAGE.search(body[:_SHORT]) is not None


def _other(body: bytes) -> str:
    """What came instead, with the title of a page: mostly that says whose it is."""
    if is_page(body):
        title = _TITLE.search(body[:_HEAD])
        words = _line(html.unescape(title[1].decode("utf-8", "replace"))) if title else ""
        return f"a web page “{words}”" if words else "a web page"
    if body.lstrip().startswith(b"<"):
        return "XML"
    if body.lstrip().startswith(b"{"):
        return "JSON" if object_of(body) else "broken JSON"
    return "what is no text"


def _is_for_later(status: int) -> bool:
    return status in _LATER or status >= 500


def _of_bundle(status: int, headers: Mapping[str, str], body: bytes, entries: int) -> Verdict:
    """What an answer means that says of itself that all went well."""
    value = object_of(body)
    kind = value.get("type")
    if value.get("resourceType") != "Bundle" or kind not in ("transaction-response", "batch-response"):
        return Verdict("later", status, _NOT_KNOWN.format(what=matter(status, headers, body)))
    told = [_answered(one) for one in _list(value.get("entry"))]
    failed = [(code, words) for code, words in told if code and not 200 <= code < 300]
    there = sum(code > 0 for code, _ in told)
    batch = kind == "batch-response"
    note = _BATCH if batch else ""
    if failed:
        why = "; ".join(dict.fromkeys(words or "no reason is given" for _, words in failed))
        for_good = [code for code, _ in failed if not _is_for_later(code)]
        outcome: Outcome = "refused" if for_good else "later"
        code = (for_good or [code for code, _ in failed])[0]
        form = _REFUSED if for_good else _NOT_NOW
        words = _line(form.format(many=len(failed), of=entries, status=code, why=why))
        words += _SILENT.format(many=entries - there) if there < entries else ""
        return Verdict(outcome, code, ". ".join(filter(None, (words, note))), batch=batch)
    if not there == len(told) == entries:
        words = _COUNT.format(there=there, of=entries)
        return Verdict("refused", status, ". ".join(filter(None, (words, note))), batch=batch)
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
    text = body[:_SHORT].decode("utf-8", "replace").rstrip("\ufffd")
    return "" if text.lstrip().startswith(("<", "{")) or "\ufffd" in text else _line(text)


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
    """How long a server asks to wait; None where it does not say. Never longer than a day. A moment of its
    clock is held against its clock, where it tells that."""
    held = headers.get("retry-after", "").strip()
    found: datetime.timedelta | None = None
    if held.isascii() and held.isdigit():
        found = datetime.timedelta(seconds=min(int(held[:9]), 86_400))
    elif until := _moment(held):
        found = until - (_moment(headers.get("date", "")) or now)
    return None if found is None else min(max(found, datetime.timedelta(0)), LONGEST_WAIT)


def _moment(text: str) -> datetime.datetime | None:
    """A moment as HTTP writes it; None where it is none."""
    with suppress(ValueError, TypeError):
        found = email.utils.parsedate_to_datetime(text)
        return found if found.tzinfo else None
    return None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _line(text: str) -> str:
    short = clean(text)
    return f"{short[:_SHORT]} …" if len(short) > _SHORT else short
