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
    the public half of the key that signs, `earlier` those of the keys before it, in hexadecimal. What this
    person signed from the moment `since` on (where that is empty: ever) bears a signature by one of them.
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
    since: str = ""
    earlier: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The public halves of the keys that this person signed with, in hexadecimal, the latest last."""
        return (*self.earlier, self.verifies.hex())

    def bound(self, clinic: str, what: str) -> bytes:
        """What a wrapped value is bound to: elsewhere, or beside other measures, it does not open."""
        keys = (self.public, self.verifies)
        signs = (self.since, self.earlier) if self.since else ()
        return msgspec.json.encode(
            ("mmt", clinic, what, self.kind, self.user, self.cost, self.salt, *keys, *signs)
        )
