"""The clinic's secrets: two keys of 32 random bytes in a file that only its owner can read."""

import hashlib
import hmac
import secrets
from pathlib import Path

from mmt.files import put_new, read_regular, sync_folder, write_private
from mmt.model.errors import ClinicError

KEY_BYTES = 32
_LARGEST = 1000
"""Bytes of a key file: a line a key, in hexadecimal, however a person has set it apart."""


class Secrets:
    """The data key opens a clinic's file; the chain key, which nobody needs for that, vouches for what is in
    it. Never shown: the `repr` is masked.

    Records of 0.1.0 have no chain key until they are opened for the first time by a later mmt.
    """

    __slots__ = ("_chain", "_data", "_keyed")

    def __init__(self, data: bytes, chain: bytes | None) -> None:
        if any(len(key) != KEY_BYTES for key in (data, chain) if key is not None):
            raise ValueError("a key has 32 bytes")
        self._data = data
        self._chain = chain
        self._keyed: dict[str, hmac.HMAC] = {}  # begun with the chain key once for each purpose

    def __repr__(self) -> str:
        return "Secrets(…)"

    @property
    def pragma(self) -> str:
        """The statement that hands the raw data key to SQLCipher, without its slow derivation."""
        return f"PRAGMA key = \"x'{self._data.hex()}'\""

    @property
    def rekey(self) -> str:
        """The statement that writes the whole file anew under this data key."""
        return f"PRAGMA rekey = \"x'{self._data.hex()}'\""

    @property
    def data(self) -> bytes:
        """The data key, to be wrapped."""
        return self._data

    @property
    def chain(self) -> bytes:
        """The chain key, to be wrapped. Records that were opened once have one."""
        assert self._chain is not None
        return self._chain

    @property
    def lines(self) -> str:
        """Both keys as their file holds them."""
        return "".join(f"{key.hex()}\n" for key in (self._data, self._chain) if key is not None)

    @property
    def whole(self) -> bool:
        """Whether the chain key is among them."""
        return self._chain is not None

    def seal(self, purpose: str, data: bytes) -> bytes:
        """A sign (32 bytes) that only who has the chain key can put under `data`: another one for any other
        data, and for another purpose. Without a chain key the data key signs, and no purpose is told apart.
        """
        if self._chain is None:
            return hmac.digest(self._data, data, "sha256")
        told = self.sealing(purpose)
        told.update(data)
        return told.digest()

    def sealing(self, purpose: str) -> "hmac.HMAC":
        """As `seal`, for data that comes piece by piece."""
        assert self._chain is not None
        if purpose not in self._keyed:
            self._keyed[purpose] = hmac.new(self._chain, purpose.encode() + b"\0", hashlib.sha256)
        return self._keyed[purpose].copy()

    def with_chain(self) -> "Secrets":
        """The same, with a new chain key where there was none."""
        return self if self.whole else Secrets(self._data, secrets.token_bytes(KEY_BYTES))


def fresh_secrets(path: Path) -> Secrets:
    """Make random keys and write them durably, readable by their owner only.

    A file that is there is never replaced. Raises OSError where the folder cannot be written.
    """
    made = Secrets(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES))
    part = path.with_name(f".new-{path.name}")
    write_private(part, made.lines.encode())
    try:
        put_new(part, path)
    finally:
        part.unlink(missing_ok=True)
    return made


def read_secrets(path: Path) -> Secrets:
    """The keys of a clinic. Raises ClinicError with a sentence where they are missing or spoilt."""
    try:
        data, *chain = _keys(read_regular(path, _LARGEST).decode("ascii"))
        return Secrets(data, *(chain or [None]))
    except FileNotFoundError:
        raise ClinicError(
            f"The key file {path} is missing. Without it nothing can be read: put it back from a backup."
        ) from None
    except (OSError, ValueError):
        raise ClinicError(
            f"The key file {path} is damaged or cannot be read. Check its rights or restore it from a backup."
        ) from None


def _keys(typed: str) -> tuple[bytes, bytes | None]:
    """The keys of a file, whichever way their digits are set apart."""
    digits = bytes.fromhex(typed)
    return digits[:KEY_BYTES], digits[KEY_BYTES:] or None


def complete(path: Path, held: Secrets) -> Secrets:
    """Give the key file of 0.1.0 its chain key, durably, unless it has one by now.

    Whoever calls it lets no other program do so at the same time. Raises ClinicError with a sentence.
    """
    now = held if held.whole else read_secrets(path)
    if not now.whole:
        now = now.with_chain()
        try:
            write_private(path, now.lines.encode())
            sync_folder(path.parent)
        except OSError as error:
            raise ClinicError(
                f"The key file {path} cannot be written to ({error.strerror}). Give yourself the right to "
                "write in its folder, then try again."
            ) from None
    return now
