"""The clinic's data key: 32 random bytes in a file that only its owner can read."""

import os
import secrets
from pathlib import Path

from mmt.model.errors import ClinicError

KEY_BYTES = 32


class DataKey:
    """The key that opens a clinic's file. Never shown: its `repr` is masked."""

    __slots__ = ("_hex",)

    def __init__(self, hexadecimal: str) -> None:
        if len(bytes.fromhex(hexadecimal)) != KEY_BYTES:
            raise ValueError("a data key has 32 bytes")
        self._hex = hexadecimal

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


def new_key() -> DataKey:
    """A fresh random key."""
    return DataKey(secrets.token_hex(KEY_BYTES))


def write_key(path: Path, key: DataKey) -> None:
    """Write the key durably, readable by its owner only. An existing file is never replaced."""
    part = path.with_name(path.name + ".part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    part.unlink(missing_ok=True)
    handle = os.open(part, flags, 0o600)
    try:
        os.write(handle, key.line.encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)
    os.link(part, path) if hasattr(os, "link") else part.rename(path)
    part.unlink(missing_ok=True)
    sync_folder(path.parent)


def read_key(path: Path) -> DataKey:
    """The key of a clinic. Raises ClinicError with a sentence where it is missing or spoilt."""
    try:
        return DataKey(path.read_text("ascii").strip())
    except FileNotFoundError:
        raise ClinicError(
            f"The key file {path} is missing. Without it nothing can be read: put it back from a backup."
        ) from None
    except (OSError, ValueError):
        raise ClinicError(
            f"The key file {path} is damaged or cannot be read. Check its rights or restore it from a backup."
        ) from None


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder durable. Windows has no such call; there the system decides."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
