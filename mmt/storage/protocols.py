"""Protocols as they were read on the day of a visit, each kept once, by its digest."""

import hashlib
from typing import Any

import msgspec
from msgspec import Struct

from mmt.model.errors import ClinicError
from mmt.model.protocol import Protocol, content, from_content

from .adding import insert
from .driver import Database

_OTHER = (
    "Under the digest {digest:.8} of the protocol in use the records hold another one, which another program "
    "put in. No visit was begun. Restore the newest backup from before (mmt restore)."
)


def keep(db: Database, protocol: Protocol) -> str:
    """Keep a protocol that is not yet kept; its digest. Raises ClinicError where another is in its place."""
    digest, body = content(protocol)
    held = db.conn.execute("select body from protocols where hash = ?", (digest,)).fetchone()
    if held is None:
        insert(db, "protocols", hash=digest, body=body)
    elif held[0] != body:
        try:
            read(digest, held[0])
        except msgspec.MsgspecError:
            raise ClinicError(_OTHER.format(digest=digest)) from None
    return digest


def read(digest: str, body: bytes) -> Protocol:
    """The protocol of a body. Raises DecodeError where it is not the one of its digest, ValidationError where
    it is of another version, whose digest nobody can work out here."""
    try:
        protocol = from_content(body)
    except UnicodeDecodeError as error:
        raise msgspec.DecodeError(str(error)) from None
    if content(protocol)[0] != digest:  # changed, or of a day when the model had not all of its fields
        canonical = msgspec.json.encode(_sorted(msgspec.json.decode(body), protocol))
        if hashlib.sha256(canonical).hexdigest() != digest:
            raise msgspec.DecodeError("not what was kept under this digest")
    return protocol


def _sorted(written: Any, value: Any) -> Any:
    """What was written of a value, in the order of its canonical form: mappings by their keys, fields as they
    stand. What an earlier version did not write stays away, so that its digest is the one of its day."""
    if isinstance(value, Struct) and isinstance(written, dict):
        kind = type(value)
        fields = dict(zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True))
        return {
            name: _sorted(held, getattr(value, fields[name])) if name in fields else held
            for name, held in written.items()
        }
    if isinstance(value, dict):
        known = {str(key): held for key, held in value.items()}
        return {key: _sorted(written[key], known[key]) for key in sorted(written)}
    if isinstance(value, tuple):
        return [_sorted(*pair) for pair in zip(written, value, strict=True)]
    return written
