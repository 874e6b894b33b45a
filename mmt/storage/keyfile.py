"""The clinic's data key: 32 random bytes in a file that only its owner can read."""

import hashlib
import hmac
import secrets
from pathlib import Path

from mmt.files import put_new, read_regular, write_private
from mmt.model.errors import ClinicError

KEY_BYTES = 32
_LARGEST = 1000
"""Bytes of a key file: the key in hexadecimal, however a person has set it apart."""


class DataKey:
    """The key that opens a clinic's file. Never shown: its `repr` is masked."""

    __slots__ = ("_hex",)

    def __init__(self, hexadecimal: str) -> None:
        key = bytes.fromhex(hexadecimal)
        if len(key) != KEY_BYTES:
            raise ValueError("a data key has 32 bytes")
        self._hex = key.hex()

    def __repr__(self) -> str:
        return "DataKey(…)"

    @property
    def pragma(self) -> str:
        """The statement that hands the raw key to SQLCipher, without its slow derivation."""
        return f"PRAGMA key = \"x'{self._hex}'\""

    @property
    def line(self) -> str:
        """The key as its file holds it."""
        return self._hex + "\n"

    def seal(self, data: bytes) -> str:
        """A sign that only who has the key can put under `data`: another one for any other data."""
        return hmac.new(bytes.fromhex(self._hex), data, hashlib.sha256).hexdigest()


def fresh_key(path: Path) -> DataKey:
    """Make a random key and write it durably, readable by its owner only.

    A file that is there is never replaced. Raises OSError where the folder cannot be written.
    """
    key = DataKey(secrets.token_hex(KEY_BYTES))
    part = path.with_name(f".new-{path.name}")
    write_private(part, key.line.encode())
    try:
        put_new(part, path)
    finally:
        part.unlink(missing_ok=True)
    return key


def read_key(path: Path) -> DataKey:
    """The key of a clinic. Raises ClinicError with a sentence where it is missing or spoilt."""
    try:
        return DataKey(read_regular(path, _LARGEST).decode("ascii").strip())
    except FileNotFoundError:
        raise ClinicError(
            f"The key file {path} is missing. Without it nothing can be read: put it back from a backup."
        ) from None
    except (OSError, ValueError):
        raise ClinicError(
            f"The key file {path} is damaged or cannot be read. Check its rights or restore it from a backup."
        ) from None
