"""What a file of records vouches for, and what only whoever gave it can: said before it is taken in."""

from mmt.exchange.records import RecordSet
from mmt.model.counted import counted

_BY_KEY = (
    "{those} by a key, which vouches for what was seen, said and decided there. It does not for whose the "
    "visits are, for dated notes, nor for whose the key is: take in files only from whom you trust."
)
_WITHOUT = (
    "No visit in it is signed by a key: anybody could have changed the file since it was written. Take in "
    "files only from whom you trust."
)


def signatures(found: RecordSet) -> tuple[int, int]:
    """How many visits are signed, and how many of them by a key."""
    signed = [one.signature for one in found.visits if one.signature]
    return len(signed), sum(bool(one.ed25519) for one in signed)


def vouched(signed: int, by_key: int) -> str:
    """What a file vouches for of which so many visits are signed, and so many of them by a key."""
    if not by_key:
        return _WITHOUT
    those = f"{by_key:,} of {counted(signed, 'signed visit')} {'is' if by_key == 1 else 'are'} signed"
    return _BY_KEY.format(those=those)
