"""The public key of a station, as ssh-keygen writes it."""

import base64
import binascii
from pathlib import Path

from mmt.files import read_regular
from mmt.model.errors import ClinicError

KINDS = frozenset(
    (
        "ssh-ed25519",
        "ecdsa-sha2-nistp256",
        "ecdsa-sha2-nistp384",
        "ecdsa-sha2-nistp521",
        "ssh-rsa",
        "sk-ssh-ed25519@openssh.com",
        "sk-ecdsa-sha2-nistp256@openssh.com",
    )
)
_AT_MOST = 16_384
"""Bytes of the largest file that is read: the longest key in use has 3,000."""

PRIVATE = (
    "{path} holds a private key, which never leaves its station. Take the file whose name ends in .pub; "
    "where others have seen this one, make a new pair of keys."
)
NO_KEY = (
    "{path} holds no public key of ssh: one line is expected, as ssh-ed25519 AAAA…, which "
    "ssh-keygen writes into the file whose name ends in .pub."
)


def public_key(path: Path) -> str:
    """Kind and key of a file of one line, without options and comment: what the key is good for is said here.
    Raises ClinicError with a sentence."""
    try:
        data = read_regular(path, _AT_MOST)
    except OSError as error:
        raise ClinicError(f"{path} cannot be read ({error.strerror}).") from error
    if b"PRIVATE KEY" in data:
        raise ClinicError(PRIVATE.format(path=path))
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")
    lines = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if len(lines) != 1 or len(lines[0]) < 2 or not _is_key(*lines[0][:2]):
        raise ClinicError(NO_KEY.format(path=path))
    return " ".join(lines[0][:2])


def _is_key(kind: str, key: str) -> bool:
    """Whether this is a key of this kind: its bytes begin with the kind's name."""
    try:
        raw = base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError):
        return False
    name = kind.encode()
    return kind in KINDS and raw[: 4 + len(name)] == len(name).to_bytes(4, "big") + name
