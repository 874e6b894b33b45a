"""The recovery code: 128 random bits in groups to be copied from paper, with signs that tell a slip."""

import secrets

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32: no I, L, O or U."""

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\t": None})
_BITS, _CHECK_BITS, _LENGTH, _GROUP = 128, 12, 28, 4

_PRIME = 4093
"""The largest one of twelve bits: any one wrong sign, and any two neighbours in each other's place, leave
another remainder."""


def fresh_code() -> str:
    """A new code, as it is printed."""
    return shown(secrets.randbits(_BITS))


def shown(number: int) -> str:
    """The code of a number of 128 bits: seven groups of four signs."""
    whole = number << _CHECK_BITS | number % _PRIME
    signs = "".join(_SIGNS[whole >> 5 * at & 31] for at in reversed(range(_LENGTH)))
    return "-".join(signs[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def read_code(typed: str) -> str:
    """A code as it is printed, however it was typed: small letters, no hyphens, O for 0, I or L for 1.

    Raises ValueError with a sentence where it cannot be one.
    """
    signs = typed.upper().translate(_READ_AS)
    if foreign := sorted({one for one in signs if one not in _SIGNS}):
        raise ValueError(f'"{foreign[0]}" stands in no recovery code. Type it again, group by group.')
    if len(signs) != _LENGTH:
        raise ValueError(f"A recovery code has 7 groups of 4 signs; {len(signs)} signs were typed.")
    whole = 0
    for one in signs:
        whole = whole << 5 | _SIGNS.index(one)
    number, check = whole >> _CHECK_BITS, whole & (1 << _CHECK_BITS) - 1
    if number % _PRIME != check:
        raise ValueError("A sign of the recovery code is wrong. Hold each group against the paper.")
    return shown(number)
