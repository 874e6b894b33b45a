"""A slot: what one passphrase, or the recovery code, opens.

The passphrase wraps a private key and the chain key. The data key lies sealed to the public half of that key,
so that it can be changed for everybody by one of them, who knows no other passphrase.
"""

from typing import Literal

import msgspec

from mmt.model.base import Value

from .cost import Cost

Kind = Literal["passphrase", "recovery"]


class Wrapped(Value, frozen=True, kw_only=True):
    """Something under AES-256-GCM, with the nonce of its own."""

    nonce: bytes
    sealed: bytes


class Slot(Value, frozen=True, kw_only=True, omit_defaults=True):
    """Whose slot it is (of the recovery code: nobody's), what a guess at it costs, and what it wraps.

    `data` holds the data key; `next` the one that takes its place, while it is being changed. `verifies` is
    the public half of the key that signs.
    """

    kind: Kind
    user: str
    cost: Cost
    salt: bytes
    public: bytes
    verifies: bytes
    opens: Wrapped
    signs: Wrapped | None = None
    data: bytes
    next: bytes = b""

    def bound(self, clinic: str, what: str) -> bytes:
        """What a wrapped value is bound to: elsewhere, or beside other measures, it does not open."""
        return msgspec.json.encode(
            ("mmt", clinic, what, self.kind, self.user, self.cost, self.salt, self.public, self.verifies)
        )
