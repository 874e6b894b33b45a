"""Whether a clinic's copy at its server is whole: per record what should be there is held against what is."""

from collections.abc import Callable
from contextlib import closing
from typing import NamedTuple

from msgspec.structs import replace

from mmt.clinic.exchange.fhir_out import patient_bundle, sent_patient, visit_bundle
from mmt.clinic.practice import Practice
from mmt.exchange.fhir.comparing import compared, encounter_of
from mmt.exchange.fhir.parts import Json, identifier
from mmt.exchange.fhir.transactions import resources
from mmt.model.acts import Act
from mmt.model.counted import counted
from mmt.model.errors import ClinicError
from mmt.model.sending import Outgoing, Server
from mmt.storage import outbox, restrictions, stable_ids
from mmt.wire import LostError, Wire

from .asking import FOUND_BY_PATIENT, Asking, dicts

SHARED = ("Organization", "Practitioner")
"""Types of which visits share resources: it is looked whether they are there, not what stands in them."""

_WAYS = {"missing": "missing there", "different": "different there", "extra": "there and not here"}
_NAMED = 3
_AWAY = "record {record}: not compared. {why}"
_LOST = "{did} What was not compared until then is not told."
_UNSEARCHED = (
    "The server does not find {kind} by the patient (status {status}): what is too much there is not told."
)


class Reconciled(NamedTuple):
    """How many `records` were compared, how many are `whole` there, and in `lines` what is not; `waits` tells
    how much was still to be sent. `rows` are those of the outbox with something missing or different."""

    records: int
    whole: int
    waits: int
    lines: tuple[str, ...]
    rows: tuple[int, ...]


Progress = Callable[[int, int], object]


def reconcile(clinic: Practice, server: Server, only: int | None, progress: Progress) -> Reconciled:
    """Compare all records of which something was sent, or one. Nothing is changed, here or there."""
    with clinic.store.reading() as db:
        token, records = outbox.token(db), outbox.records(db)
    if only is not None:
        records = [one for one in records if one == only]
    with closing(Wire(server, token)) as wire:
        return _Reconciler(clinic, server, Asking(wire)).run(records, progress)


class _Reconciler:
    def __init__(self, clinic: Practice, server: Server, asks: Asking) -> None:
        self._clinic, self._server, self._asks = clinic, server, asks
        self._lines: list[str] = []
        self._rows: list[int] = []
        self._shared: dict[str, Json] = {}
        self._waits = 0

    def run(self, records: list[int], progress: Progress) -> Reconciled:
        done = whole = 0
        try:
            for record in records:
                before = len(self._lines)
                if self._record(record):
                    done += 1
                    whole += len(self._lines) == before
                progress(done, len(records))
        except LostError as error:
            self._lines.append(_LOST.format(did=self._server.did(error)))
        for kind, status in self._asks.unsearched.items():
            self._lines.append(_UNSEARCHED.format(kind=kind, status=status))
        return Reconciled(done, whole, self._waits, tuple(self._lines), tuple(self._rows))

    def _record(self, record: int) -> bool:
        """Compare one record; whether it could be. Raises LostError."""
        try:
            held = self._should(record)
        except ClinicError as error:
            self._lines.append(_AWAY.format(record=record, why=error))
            return False
        should: dict[str, Json] = {}
        of: dict[str, Outgoing] = {}
        for row, bundle in held.values():
            for name, one in resources(bundle).items():
                should[name] = one
                of.setdefault(name, row)
        with self._clinic.store.reading() as db:
            waiting = [row for row in outbox.of_record(db, record) if row.state != "accepted"]
        self._waits += len(waiting)
        if not should:
            return True
        who = next(name for name in should if name.startswith("Patient/"))
        there = self._there(who, should)
        found = compared(should, there)
        different = [name for name in found.different if not _of_others(should[name], there[name])]
        for way, names in (("missing", found.missing), ("different", different)):
            for row in {of[name].id: of[name] for name in names}.values():
                self._tell(row.said, way, [name for name in names if of[name].id == row.id])
                self._rows.append(row.id)
        self._extra(record, should, there, of)
        return True

    def _should(self, record: int) -> dict[int, tuple[Outgoing, Json]]:
        """What the server accepted of a record, as it should be there. Raises ClinicError."""
        clinic = self._clinic
        with clinic.store.reading() as db:
            rows = [one for one in outbox.of_record(db, record) if one.state == "accepted"]
            if why := restrictions.restriction(db, record):
                raise ClinicError(f"It is restricted: {why.reason}")
        history = clinic.history(record)
        sound = tuple(one for one in history.visits if one.signed and not one.altered)
        told, who = replace(history, visits=sound), sent_patient(clinic, history.patient)
        numbers = [one.id for one in sound]
        found: dict[int, tuple[Outgoing, Json]] = {}
        for row in sorted(rows, key=lambda one: one.visit is None):
            if row.visit is None:
                found[row.id] = row, patient_bundle(clinic, history.patient, row.record)
            elif row.visit in numbers:
                found[row.id] = row, visit_bundle(clinic, who, told, numbers.index(row.visit))
        return found

    def _there(self, who: str, should: dict[str, Json]) -> dict[str, Json]:
        """What is at the server of what should be, and of what it has besides. Raises LostError."""
        found: dict[str, Json] = {}
        for kind in FOUND_BY_PATIENT:
            found |= {f"{one['resourceType']}/{one['id']}": one for one in self._asks.found(kind, who)}
        for name in should:
            if name in self._shared:
                found[name] = self._shared[name]
            elif name not in found and (one := self._asks.read(name)) is not None:
                found[name] = one
                if name.partition("/")[0] in SHARED:
                    self._shared[name] = one
        return found

    def _extra(
        self, record: int, should: dict[str, Json], there: dict[str, Json], of: dict[str, Outgoing]
    ) -> None:
        """Tell what is there of visits of this record, and not here."""
        visits = {name for name in should if name.startswith("Encounter/")}
        extra = [name for name, one in there.items() if name not in should and encounter_of(one) in visits]
        for visit in dict.fromkeys(encounter_of(there[name]) for name in extra):
            self._tell(of[visit].said, "extra", [n for n in extra if encounter_of(there[n]) == visit])
        with self._clinic.store.reading() as db:
            known, site = outbox.uids(db, record), stable_ids.clinic(db).uid
        ours = identifier(site, "visit", "")["system"]
        gone = [
            name
            for name, one in there.items()
            if name.startswith("Encounter/")
            and name.partition("/")[2] not in known
            and any(held.get("system") == ours for held in dicts(one.get("identifier")))
        ]
        if gone:
            self._tell(f"record {record}", "extra", gone)

    def _tell(self, what: str, way: str, names: list[str]) -> None:
        shown = ", ".join(names[:_NAMED])
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        self._lines.append(f"{what}: {counted(len(names), 'resource')} {_WAYS[way]} ({shown}{more}).")


def _of_others(ours: Json, theirs: Json) -> bool:
    """Whether a resource may be otherwise there: clinics share it, or another one wrote the patient last."""
    if ours["resourceType"] in SHARED:
        return True
    keeps = "managingOrganization"
    return ours["resourceType"] == "Patient" and bool(theirs.get(keeps)) and ours[keeps] != theirs[keeps]


def make_due(clinic: Practice, rows: tuple[int, ...]) -> None:
    """Let these rows of the outbox be sent anew."""
    with clinic.store.writing(Act.SENT_AGAIN) as db:
        outbox.mark_due(db, rows)
    clinic.note(Act.SENT_AGAIN)
