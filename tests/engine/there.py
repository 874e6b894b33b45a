"""What lies at a FHIR server, asked for over HTTP; and Bundles put there without anything of mmt's."""

import json
import uuid
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import urlsplit

Json = dict[str, Any]
KINDS = (
    "Organization",
    "Patient",
    "Practitioner",
    "Encounter",
    "Observation",
    "Condition",
    "CarePlan",
    "ServiceRequest",
    "DocumentReference",
    "Provenance",
)
"""The types of what mmt sends."""
MOST_ENTRIES = 50
"""Entries of a transaction that the server takes."""


class Answered(NamedTuple):
    """An answer of the server; empty where it is no JSON."""

    status: int
    body: Json


class There:
    """A server by its address, asked over one connection. Raises OSError or HTTPException if it is gone."""

    def __init__(self, base: str, timeout: float = 60.0) -> None:
        where = urlsplit(base)
        self._path = where.path
        self._line = HTTPConnection(where.hostname or "", where.port, timeout=timeout)

    def ask(self, method: str, path: str = "", body: Json | None = None, **headers: str) -> Answered:
        """Ask for a path under the address; headers by their names with a `_` for each `-`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = None if body is None else json.dumps(body).encode()
        self._line.request(
            method, self._path + path, sent, {"content-type": "application/fhir+json", **named}
        )
        with self._line.getresponse() as answer:
            told, ours = answer.read(), "json" in answer.getheader("content-type", "")
            return Answered(answer.status, json.loads(told) if ours else {})

    def post(self, bundle: Json) -> Answered:
        """Put a transaction there; one with more entries than it takes in several, the answer is the last."""
        for part in parts(bundle):
            answered = self.ask("POST", body=part)
        return answered

    def resources(self, **asked: str) -> Iterator[Json]:
        """All resources that mmt sends, of the `patient`, or of whatever is asked for, page by page."""
        for kind in KINDS:
            query = "&".join((f"{kind}?_count=1000", *(f"{name}={value}" for name, value in asked.items())))
            path: str | None = f"/{query}"
            while path:
                page = self.ask("GET", path)
                assert page.status == 200, page
                yield from (entry["resource"] for entry in page.body.get("entry", ()))
                following = (one["url"] for one in page.body["link"] if one["relation"] == "next")
                path = next((url.partition(self._path)[2] for url in following), None)

    def everything(self) -> dict[str, Json]:
        """All resources that mmt sends by type and id, without what the server adds to them."""
        found = [without_meta(one) for one in self.resources()]
        by_name = {name_of(one): one for one in found}
        assert len(by_name) == len(found), "a resource is there twice"
        return by_name

    def close(self) -> None:
        """Hang up."""
        self._line.close()


def name_of(resource: Json) -> str:
    """The type and the id of a resource."""
    return f"{resource['resourceType']}/{resource['id']}"


def without_meta(resource: Json) -> Json:
    """A resource without what a server adds to it."""
    return {name: value for name, value in resource.items() if name != "meta"}


def held(bundles: list[Json]) -> dict[str, Json]:
    """The resources of Bundles by type and id; of one that stands in several the last."""
    return {name_of(entry["resource"]): entry["resource"] for bundle in bundles for entry in bundle["entry"]}


def parts(bundle: Json) -> Iterator[Json]:
    """A transaction in such with no more entries than the server takes, in their order."""
    for at in range(0, len(bundle["entry"]), MOST_ENTRIES):
        yield {**bundle, "entry": bundle["entry"][at : at + MOST_ENTRIES]}


def patient() -> Json:
    """Somebody new."""
    return {"resourceType": "Patient", "id": str(uuid.uuid4()), "name": [{"text": "Ann Example"}]}


def seen(who: Json, **more: object) -> Json:
    """Something new that was seen of them."""
    return {
        "resourceType": "Observation",
        "id": str(uuid.uuid4()),
        "status": "final",
        "code": {"text": "Biceps"},
        "subject": {"reference": f"Patient/{who['id']}"},
        **more,
    }


def transaction(*resources: Json) -> Json:
    """Each put under its id, all or none."""
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {"resource": one, "request": {"method": "PUT", "url": f"{one['resourceType']}/{one['id']}"}}
            for one in resources
        ],
    }
