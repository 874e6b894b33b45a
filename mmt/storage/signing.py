"""Signatures that only a practitioner's own key can make, whoever else may write into the records."""

import datetime
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from .driver import Database


def signed(seed: bytes, visit: int, digest: str, by: str, at: datetime.datetime) -> str:
    """The Ed25519 signature, in hexadecimal, over which visit it is, the digest of what was seen, who signs,
    and when."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).sign(_said(visit, digest, by, at.isoformat())).hex()


def false_signatures(db: "Database") -> list[int]:
    """The visits whose signature is not by a key of the one who signed: none of them counts as signed."""
    rows = db.conn.execute(
        "select visit, digest, signed_by, signed_at, ed25519, coalesce(public_key, '') from signatures"
        " left join practitioners on name = signed_by where ed25519 <> '' order by visit"
    )
    return [
        visit
        for visit, digest, by, at, signature, keys in rows
        if not any(_holds(key, signature, _said(visit, digest, by, at)) for key in keys.split())
    ]


def _said(visit: int, digest: str, by: str, at: str) -> bytes:
    return msgspec.json.encode(("mmt visit", visit, digest, by, at))


def _holds(key: str, signature: str, said: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), said)
    except (InvalidSignature, ValueError):
        return False
    return True
