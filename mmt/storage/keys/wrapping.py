"""Slots wrapped and opened: AES-256-GCM under what a passphrase gives, HPKE to the key of a slot."""

import secrets
from typing import NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from mmt.storage.slots.cost import KEY_BYTES, Cost, stretched
from mmt.storage.slots.slot import Kind, Slot, Wrapped

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
"""RFC 9180."""


class Opened(NamedTuple):
    """What a slot gives: private key, chain key, and the seed that signs (of a recovery code none)."""

    private: bytes
    chain: bytes
    seed: bytes

    def __repr__(self) -> str:
        return "Opened(…)"


def fresh(chain: bytes, kind: Kind) -> Opened:
    """The keys of a new slot."""
    seed = secrets.token_bytes(KEY_BYTES) if kind == "passphrase" else b""
    return Opened(secrets.token_bytes(KEY_BYTES), chain, seed)


def wrap(
    clinic: str,
    user: str,
    passphrase: str,
    keys: Opened,
    data: bytes,
    cost: Cost,
    since: str = "",
    earlier: tuple[str, ...] = (),
) -> Slot:
    """A slot that this passphrase opens, with the data key in it, and since when its owner signs by a key."""
    kind: Kind = "passphrase" if keys.seed else "recovery"
    bare = Slot(
        kind=kind,
        user=user,
        cost=cost,
        salt=secrets.token_bytes(16),
        public=X25519PrivateKey.from_private_bytes(keys.private).public_key().public_bytes_raw(),
        verifies=_verifying(keys.seed),
        opens=Wrapped(nonce=b"", sealed=b""),
        signs=None,
        data=b"",
        since=since,
        earlier=earlier,
    )
    by = AESGCM(stretched(passphrase, bare.salt, cost))
    opens = _wrapped(by, keys.private + keys.chain, bare.bound(clinic, "opens"))
    signs = _wrapped(by, keys.seed, bare.bound(clinic, "signs")) if keys.seed else None
    return msgspec.structs.replace(bare, opens=opens, signs=signs, data=seal(clinic, bare, data))


def unwrap(clinic: str, slot: Slot, passphrase: str) -> Opened | None:
    """What a slot holds; None where the passphrase is another, or something of the slot was changed."""
    try:
        by = AESGCM(stretched(passphrase, slot.salt, slot.cost))
        both = by.decrypt(slot.opens.nonce, slot.opens.sealed, slot.bound(clinic, "opens"))
        signs = slot.signs
        seed = by.decrypt(signs.nonce, signs.sealed, slot.bound(clinic, "signs")) if signs else b""
    except (InvalidTag, ValueError):
        return None
    return Opened(both[:KEY_BYTES], both[KEY_BYTES:], seed)


def seal(clinic: str, slot: Slot, data: bytes) -> bytes:
    """A data key that only who opens this slot can read."""
    return _SUITE.encrypt(data, X25519PublicKey.from_public_bytes(slot.public), slot.bound(clinic, "data"))


def unseal(clinic: str, slot: Slot, keys: Opened, sealed: bytes) -> bytes | None:
    """The data key that was sealed to a slot; None where it was not sealed to this one."""
    try:
        private = X25519PrivateKey.from_private_bytes(keys.private)
        return _SUITE.decrypt(sealed, private, slot.bound(clinic, "data"))
    except (InvalidTag, ValueError):
        return None


def _verifying(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw() if seed else b""


def _wrapped(by: AESGCM, what: bytes, bound: bytes) -> Wrapped:
    nonce = secrets.token_bytes(12)
    return Wrapped(nonce=nonce, sealed=by.encrypt(nonce, what, bound))
