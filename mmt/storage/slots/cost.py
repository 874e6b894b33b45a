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
        """Whether it is no less than the standard and no more than `MOST`."""
        bounds = zip(STANDARD.measures, self.measures, MOST.measures, strict=True)
        return all(low <= one <= high for low, one, high in bounds)

    @property
    def why_not(self) -> str:
        """Why no mmt set it where it is not sensible, in a sentence."""
        return (
            f"it asks for {self} for each try of a passphrase. Less than {STANDARD} makes guessing cheap, "
            f"more than {MOST} lets mmt stand still."
        )

    @property
    def measures(self) -> tuple[int, int, int]:
        """Passes, memory and lanes."""
        return self.passes, self.memory, self.lanes

    def __str__(self) -> str:
        return f"{self.passes} passes over {self.memory / 1024:g} MiB in {self.lanes} lanes"


STANDARD = Cost(passes=3, memory=1 << 16, lanes=4)
"""The second choice of RFC 9106: 64 MiB, a quarter of a second."""

MOST = Cost(passes=8, memory=1 << 18, lanes=16)
"""Ten times the work of the standard, some three seconds, and memory that a computer with 1 GB has: room for
a later standard."""


def stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """The key of 32 bytes that a passphrase gives. Raises ValueError where the cost is not sensible."""
    if not cost.sensible:
        raise ValueError("the cost of a guess is weakened or beyond all bounds")
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        passphrase.encode(), salt, cost.passes, cost.memory, cost.lanes, KEY_BYTES, Type.ID
    )
