"""Resources at a server: found by the patient, page by page, or read by their ids."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from mmt.exchange.decoding import object_of
from mmt.exchange.fhir.parts import Json
from mmt.exchange.fhir.verdicts import is_page, matter
from mmt.model.text import clean
from mmt.wire import LostError, Wire

FOUND_BY_PATIENT = (
    *("Encounter", "Observation", "Condition", "CarePlan", "ServiceRequest", "DocumentReference"),
)
"""Types that a server finds by the patient; the others are read by their ids."""

_PAGE, _PAGES, _MOST = 200, 400, 20_000
_TOO_MANY = f"tells more than {_MOST:,} resources of one patient"
_NO_LIST = "was asked for a list of {kind}, and {matter}"
_ELSEWHERE = "says that the next page of {kind} is at another address ({place})"
_CIRCLE = "gives pages of {kind} that come to no end"
_UNREAD = "was asked for {name}, and {matter}"

_CANNOT = (400, 403, 404, 405, 410, 422, 501)
"""What servers say to a search that they do not know. Whatever else is no answer: nothing follows from it."""


class Asking:
    """Asks a server. `unsearched` tells of each type that it does not find by the patient its status."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.unsearched: dict[str, int] = {}

    def found(self, kind: str, who: str) -> Iterator[Json]:
        """What the server finds of a type by the patient, as `Patient/…`; all of it, or LostError."""
        many = 0
        asked: set[str] = set()
        path = f"{kind}?subject={quote(who, safe='')}&_count={_PAGE}"
        for _ in range(_PAGES):
            answer = self._wire.ask("GET", path)
            if answer.status in _CANNOT and not is_page(answer.body):
                self.unsearched.setdefault(kind, answer.status)
                return
            page = object_of(answer.body)
            if (answer.status, page.get("resourceType"), page.get("type")) != (200, "Bundle", "searchset"):
                raise LostError(_NO_LIST.format(kind=kind, matter=matter(*answer)))
            for one in (entry.get("resource") for entry in dicts(page.get("entry"))):
                if isinstance(one, dict) and one.get("resourceType") == kind and one.get("id"):
                    many += 1
                    if many > _MOST:
                        raise LostError(_TOO_MANY)
                    yield one
            links = {str(one.get("relation")): str(one.get("url")) for one in dicts(page.get("link"))}
            if (following := links.get("next")) is None:
                return
            asked.add(path)
            path = self._below(following, kind)
            if path in asked:
                break
        raise LostError(_CIRCLE.format(kind=kind))

    def _below(self, address: str, kind: str) -> str:
        """What an address of the server has behind its base: nowhere else is anything asked for."""
        base = self._wire.base
        if not address.startswith((f"{base}/", f"{base}?")):
            raise LostError(_ELSEWHERE.format(kind=kind, place=clean(address)[:80]))
        return address.removeprefix(base).lstrip("/")

    def read(self, name: str) -> Json | None:
        """A resource by type and id; None where it is not there. Raises LostError."""
        answer = self._wire.ask("GET", name)
        if answer.status in (404, 410) and not is_page(answer.body):
            return None
        value = object_of(answer.body)
        if answer.status != 200 or value.get("resourceType") != name.partition("/")[0]:
            raise LostError(_UNREAD.format(name=name, matter=matter(*answer)))
        return value


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; none where it is no list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
