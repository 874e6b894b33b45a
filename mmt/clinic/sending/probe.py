"""What a FHIR server can do, tried with throw-away resources that are deleted again."""

import uuid
from typing import Any, NamedTuple

import msgspec

from mmt.exchange.decoding import object_of
from mmt.exchange.fhir.verdicts import Verdict, matter, verdict
from mmt.exchange.fhir.visit import transaction
from mmt.model.errors import ClinicError
from mmt.model.sending import KEEPS_PARTS, Server
from mmt.model.text import clean
from mmt.storage.store import utc_now
from mmt.wire import Answer, LostError, Wire

NAME = "mmt tries this server; to be deleted"
_LONGEST_NAME = 80
_FEWER = (25, 10, 5)
"""Smaller transactions that are tried where the server refuses one of the size that was asked for."""

_NO_FHIR = "{did} Is {base} the address of a FHIR server? Nothing was set up."
_NOT_R4 = "{base} speaks FHIR {version}; mmt writes FHIR R4 (4.0.1). Nothing was set up."
_NO_WAY_IN = (
    "{did} This clinic may not write there: does the server ask for a token, or for a certificate? "
    "Nothing was set up."
)
_REFUSES = "{did} It takes no transaction of mmt's. Nothing was set up."
_BATCHES = (
    "{did} It takes batches alone: of a visit a part could be there without the others. mmt needs "
    "transactions: ask whoever keeps it. Nothing was set up."
)
_LOST = "{did} Nothing was set up."
_SLOWLY = "{did} It was to take some throw-away resources; try again later. Nothing was set up."


class Probed(NamedTuple):
    """What a server `can`, a sentence each, and how many resources it takes at `most`."""

    can: tuple[str, ...]
    most: int


def probe(wire: Wire, server: Server) -> Probed:
    """Try a server. Nothing of a patient is sent. Raises ClinicError where nothing can be sent to it."""
    try:
        return _Probe(wire, server).run(server.most)
    except LostError as error:
        raise ClinicError(_LOST.format(did=server.did(error))) from None


class _Probe:
    def __init__(self, wire: Wire, server: Server) -> None:
        self._wire, self._server = wire, server
        self._made: set[str] = set()

    def run(self, most: int) -> Probed:
        told = [self._who()]
        try:
            taken = self._limit(most)
            told.append(self._size(taken, most))
            told += (self._again(), self._atomic(), self._stale())
        finally:
            left = [uid for uid in sorted(self._made) if not self._gone(uid)]
        told.append(
            "What was put there to try it was deleted again."
            if not left
            else f"These could not be deleted again, each an Organization named “{NAME}”: {', '.join(left)}."
        )
        return Probed(tuple(filter(None, told)), taken)

    def _who(self) -> str:
        answer = self._wire.ask("GET", "metadata")
        value = object_of(answer.body)
        if value.get("resourceType") != "CapabilityStatement":
            if answer.status in (401, 403):
                raise ClinicError(_NO_WAY_IN.format(did=self._server.did(matter(*answer))))
            if answer.status in (404, 405, 501):  # some routers have none, and take transactions all the same
                return "It does not say which server it is."
            did = self._server.did(matter(*answer))
            raise ClinicError(_NO_FHIR.format(did=did, base=self._server.base))
        version = clean(str(value.get("fhirVersion", "")))[:_LONGEST_NAME]
        if not version.startswith("4.0"):
            raise ClinicError(_NOT_R4.format(base=self._server.base, version=version or "of no version"))
        software = value.get("software")
        name = clean(str(software.get("name") or ""))[:_LONGEST_NAME] if isinstance(software, dict) else ""
        return f"It is {name}, FHIR {version}." if name else f"It speaks FHIR {version}."

    def _limit(self, most: int) -> int:
        """How many resources a transaction may have, as far as tried. Raises ClinicError where none goes."""
        found = Verdict("refused", 0)
        for size in (most, *(one for one in _FEWER if one < most)):
            found = self._post([_organization() for _ in range(size)])
            if found.outcome == "accepted":
                self._batch = found.batch
                return size
            if found.outcome == "later":
                raise ClinicError(_SLOWLY.format(did=self._server.did(found.words)))
            if found.outcome == "shut":
                break
        raise ClinicError(self._why_none(found).format(did=self._server.did(found.words)))

    def _why_none(self, found: Verdict) -> str:
        """What is to be said where no transaction goes, not even a small one."""
        if found.status in (401, 403):
            return _NO_WAY_IN
        no_transactions = found.outcome == "refused" or found.status in (405, 501)
        if no_transactions and self._post([_organization()], "batch").outcome == "accepted":
            return _BATCHES
        return _REFUSES if found.outcome == "refused" else _LOST

    def _size(self, taken: int, most: int) -> str:
        if taken < most:
            return f"It takes {taken} resources in one transaction, not {most}: larger visits go in parts."
        return f"It takes {taken} resources in one transaction."

    def _again(self) -> str:
        """Whether the same sent twice is there once."""
        one = _organization()
        if {self._post([one]).outcome, self._post([one]).outcome} != {"accepted"}:
            return "It REFUSES what was sent before. What has to be sent twice stays here, as refused."
        if self._wire.ask("GET", f"Organization/{one['id']}").status != 200:
            return (
                "It does NOT give back what it took: whether visits are there cannot be compared or fetched."
            )
        return "What is sent twice is there once."

    def _atomic(self) -> str:
        """Whether of a transaction with a bad resource the good one stays away."""
        good, bad = _organization(), _organization()
        bundle = transaction([good, bad])
        bundle["entry"][1]["request"]["url"] = f"Organization/{uuid.uuid4()}"
        self._made |= {good["id"], bad["id"], bundle["entry"][1]["request"]["url"].partition("/")[2]}
        answer = self._ask(bundle)
        if verdict(answer.status, answer.headers, answer.body, 2, utc_now()).outcome == "accepted":
            return "It takes resources that contradict themselves: whether it takes all or none is not known."
        there = self._wire.ask("GET", f"Organization/{good['id']}").status == 200
        if there or self._batch:
            return KEEPS_PARTS
        return "Of a visit it takes all or none."

    def _stale(self) -> str:
        """Whether it refuses to write over what was changed meanwhile, where it is asked to."""
        one = _organization()
        self._post([one])
        path = f"Organization/{one['id']}"
        first = self._wire.ask("GET", path).headers.get("etag", "")
        body = msgspec.json.encode({**one, "alias": ["mmt"]})
        self._wire.ask("PUT", path, body)
        if not first:
            return "It does not tell versions: mmt writes over what is there under its own ids."
        stale = msgspec.json.encode({**one, "alias": ["mmt", "again"]})
        status = self._wire.ask("PUT", path, stale, {"If-Match": first}).status
        if status in (409, 412):
            return "It notices where something was changed meanwhile."
        return "It does NOT notice where something was changed meanwhile: what is sent last stands."

    def _post(self, resources: list[dict[str, Any]], kind: str = "transaction") -> Verdict:
        self._made |= {one["id"] for one in resources}
        answer = self._ask({**transaction(resources), "type": kind})
        return verdict(answer.status, answer.headers, answer.body, len(resources), utc_now())

    def _ask(self, bundle: dict[str, Any]) -> Answer:
        return self._wire.ask("POST", "", msgspec.json.encode(bundle))

    def _gone(self, uid: str) -> bool:
        """Delete a throw-away resource; whether it is away."""
        try:
            deleted = self._wire.ask("DELETE", f"Organization/{uid}").status
            if 200 <= deleted < 300 or deleted in (404, 410):
                return True
            return self._wire.ask("GET", f"Organization/{uid}").status in (404, 410)
        except LostError:
            return False


def _organization() -> dict[str, Any]:
    return {"resourceType": "Organization", "id": str(uuid.uuid4()), "name": NAME}
