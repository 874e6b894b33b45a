"""What one guess at a passphrase costs: Argon2id, and its measure."""

from mmt.model.base import Value

KEY_BYTES = 32


class Cost(Value, frozen=True, kw_only=True):
    """The work of Argon2id: passes over `memory` KiB by so many lanes at once."""

    passes: int
    memory: int
    lanes: int

    @property
    def sensible(self) -> bool:
        """Whether it is no less than the standard, and nothing that a station could not do: who weakens it
        makes guessing cheap, who raises it without bounds lets the program stand still."""
        least, most = (STANDARD.passes, STANDARD.memory, STANDARD.lanes), (20, 1 << 20, 16)
        here = (self.passes, self.memory, self.lanes)
        return all(low <= one <= high for low, one, high in zip(least, here, most, strict=True))


STANDARD = Cost(passes=3, memory=1 << 16, lanes=4)
"""The second choice of RFC 9106: 64 MiB, a quarter of a second."""


def stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """The key of 32 bytes that a passphrase gives. Raises ValueError where the cost is not sensible."""
    if not cost.sensible:
        raise ValueError("the cost of a guess is weakened or beyond all bounds")
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        passphrase.encode(), salt, cost.passes, cost.memory, cost.lanes, KEY_BYTES, Type.ID
    )
