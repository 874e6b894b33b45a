"""The seal of a signature: who has not the chain key cannot sign, nor move what was signed."""

from typing import Any

import msgspec

from .driver import Connection, Database
from .keyfile import Secrets

_SEAL = "mmt_seal"

SEALED = (
    f"select {_SEAL}(id, patient, visits.protocol, signed_by, signed_at, digest, kept)"
    " from visits where visits.id = signatures.visit"
)
"""The seal that belongs to a row of `signatures`: over the visit and whose it is, the protocol that it is
judged under, who signed when, the digest of what was seen, and what stood on the screen."""


_SIGN = """
insert into signatures (visit, signed_by, signed_at, digest, kept, ed25519, seal)
select visit, signed_by, signed_at, digest, kept, :ed25519, ({seal}) from (
  select :visit as visit, :signed_by as signed_by, :signed_at as signed_at, :digest as digest, :kept as kept
) as signatures
"""


def keep_signature(db: Database, row: dict[str, Any], *, sealed: bool = True) -> None:
    """Keep a signature: the columns of its row but the seal. One that is not `sealed` does not count as made
    in mmt."""
    db.conn.execute(_SIGN.format(seal=SEALED if sealed else "select ''"), row)


def know_seals(connection: Connection, secrets: Secrets) -> None:
    """Let the statements of a connection seal with these secrets."""

    def sealed(*signed: Any) -> str:
        return secrets.seal("signature", msgspec.json.encode(signed)).hex()

    connection.create_function(_SEAL, 7, sealed, deterministic=True)
