"""Signatures that only a practitioner's own key can make, whoever else may write into the records."""

import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mmt.model.errors import ClinicError

from .keyfile import Secrets
from .slots.file import is_slots, read_slots
from .slots.slot import Slot
from .stable_ids import FROM_FILE, NAMELESS, OWN

if TYPE_CHECKING:
    from .driver import Connection, Database

_SIGNED, _KNOWN, _HAS_SLOT = "mmt_signed", "mmt_known_keys", "mmt_has_slot"

_ELSEWHERE = "(select {0} from visits_elsewhere as away where away.visit = signatures.visit)"
UNSIGNED = (
    f"not {_SIGNED}(coalesce({_ELSEWHERE.format('number')}, signatures.visit), digest, signed_by, signed_at,"
    f" ed25519, (select public_key from practitioners where name = signed_by),"
    f" {_ELSEWHERE.format('public_key')})"
)
"""Whether a row of `signatures` lacks the signature of who signed, or has one by another's key."""
SIGNED_AT = (
    f"case when away.site is null then '' when away.site <> {OWN} then coalesce(nullif(sites.name, ''),"
    f" '{NAMELESS}') when ed25519 <> '' and {_SIGNED}(away.number, digest, signed_by, signed_at, ed25519,"
    " (select public_key from practitioners where name = signed_by), null)"
    f" and away.number not in (select id from visits) then '' else '{FROM_FILE}' end"
)
"""The other clinic where a row of `signatures` was signed, which is `away` and of `sites`; empty where it was
here. What came in from a file as signed here counts so by a key that signs here alone, and where the visit of
its number is here no more."""


class Signers:
    """Who signs by which key: whoever has a slot in the key file by a key that is bound there, whoever has
    left by one that the records kept. The key file is read anew where it was changed."""

    def __init__(self, key_file: Path, secrets: Secrets) -> None:
        self._key_file, self._secrets = key_file, secrets
        self._seen: tuple[int, ...] = ()
        self._slots: dict[str, Slot] = {}

    def signed(
        self, visit: int, digest: str, by: str, at: str, ed25519: str, kept: str | None, away: str | None
    ) -> bool:
        """Whether a signature is by a key of the one who signed; also where none is needed. One that was made
        `away`, in another clinic, is by the key that came with it, if by any."""
        if away is not None:
            return ed25519 == away == "" or _holds(away, ed25519, _said(visit, digest, by, at))
        slot = self._slot(by)
        if not ed25519:
            return slot is None or not _needed(slot, at)
        keys = slot.keys if slot else (kept or "").split()
        return any(_holds(key, ed25519, _said(visit, digest, by, at)) for key in keys)

    def known(self, name: str, kept: str) -> bool:
        """Whether the keys that the records keep of a person are those of the slot; of nobody's slot they are
        what they are. That the latest is not kept yet is none of them too many."""
        slot, keys = self._slot(name), kept.split()
        if slot is None:
            return True
        return {*keys} <= {*slot.keys} if slot.since else keys[-1:] in ([], [slot.keys[-1]])

    def has_slot(self, name: str) -> bool:
        """Whether this person signs by a key of the key file."""
        return self._slot(name) is not None

    def _slot(self, user: str) -> Slot | None:
        try:
            found = self._key_file.stat()
            seen = found.st_mtime_ns, found.st_size, found.st_ino
            if seen != self._seen:
                self._slots = self._read()
                self._seen = seen
        except (OSError, ClinicError):  # what was read last counts, until it can be read again
            pass
        return self._slots.get(user)

    def _read(self) -> dict[str, Slot]:
        if not is_slots(self._key_file):
            return {}
        slots = read_slots(self._key_file)
        ours = slots.sealed(self._secrets.data, self._secrets.chain).seal
        if ours not in (slots.seal, slots.next_seal):
            return self._slots
        return {one.user: one for one in slots.slots if one.user}


def know_signers(connection: "Connection", key_file: Path, secrets: Secrets) -> None:
    """Let the statements of a connection tell whose signatures hold."""
    signers = Signers(key_file, secrets)
    connection.create_function(_SIGNED, 7, signers.signed)
    connection.create_function(_KNOWN, 2, signers.known)
    connection.create_function(_HAS_SLOT, 1, signers.has_slot)


def signed(seed: bytes, visit: int, digest: str, by: str, at: datetime.datetime) -> str:
    """The Ed25519 signature, in hexadecimal, over which visit it is, the digest of what was seen, who signs,
    and when."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).sign(_said(visit, digest, by, at.isoformat())).hex()


def false_signatures(db: "Database") -> list[int]:
    """The visits that lack the signature of the one who signed, or have one that is not by a key of theirs:
    none of them counts as signed."""
    return [
        row[0] for row in db.conn.execute(f"select visit from signatures where {UNSIGNED} order by visit")
    ]


def key_of(db: "Database", visit: int) -> str:
    """The public half of the key, in hexadecimal, that a visit was signed with here; empty where by none."""
    row = db.conn.execute(
        "select visit, digest, signed_by, signed_at, ed25519, coalesce(public_key, '') from signatures"
        " left join practitioners on name = signed_by where visit = ?",
        (visit,),
    ).fetchone()
    *said, ed25519, keys = row
    return next((key for key in keys.split() if _holds(key, ed25519, _said(*said))), "") if ed25519 else ""


def foreign_keys(db: "Database") -> list[str]:
    """Whose kept keys are not those that they sign with: somebody else put one in, or took theirs away."""
    ours = "visit not in (select visit from visits_elsewhere)"
    signed_by_key = f"select 1 from signatures where signed_by = name and ed25519 <> '' and {ours}"
    rows = db.conn.execute(
        f"select name from practitioners where not {_KNOWN}(name, public_key)"
        f" or (public_key = '' and {_HAS_SLOT}(name) and exists ({signed_by_key})) order by id"
    )
    return [row[0] for row in rows]


def _needed(slot: Slot, at: str) -> bool:
    """Whether what this person signed at that moment must bear a signature by a key."""
    moment = datetime.datetime.fromisoformat
    try:
        return not slot.since or moment(at) >= moment(slot.since)
    except (ValueError, TypeError):
        return True


def _said(visit: int, digest: str, by: str, at: str) -> bytes:
    return msgspec.json.encode(("mmt visit", visit, digest, by, at))


@lru_cache(maxsize=4096)
def _holds(key: str, signature: str, said: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), said)
    except (InvalidSignature, ValueError):
        return False
    return True
