"""The key file of a clinic with passphrases: a slot for each practitioner and one for the recovery code."""

import hashlib
import hmac
from pathlib import Path
from typing import Literal

import msgspec
from msgspec.structs import replace

from mmt.files import TooLargeError, read_regular, sync_folder, write_private
from mmt.model.base import Value
from mmt.model.errors import ClinicError

from .slot import Slot

LARGEST = 200_000
"""Bytes of a key file: some hundred practitioners."""


class Slots(Value, frozen=True, kw_only=True, omit_defaults=True):
    """All slots of a `clinic`, which is a random number of its own.

    `seal` is one that only who knows data key and chain key can make: nobody else adds, swaps or takes away a
    slot; `next_seal` is that of the next data key, while it is being changed. `check` tells by itself alone
    whether a bit of the file fell over, so that a spoilt file is not taken for a wrong passphrase. `leaves`
    is who is being removed, until the records say so too. What is as its default is left out, so that a later
    field changes no seal that stands.
    """

    format: Literal[1]
    clinic: str
    slots: tuple[Slot, ...]
    seal: bytes = b""
    next_seal: bytes = b""
    check: str = ""
    leaves: str = ""

    @property
    def users(self) -> tuple[str, ...]:
        """Who may sign in, in the order in which they came."""
        return tuple(one.user for one in self.slots if one.kind == "passphrase")

    def slot_of(self, user: str) -> Slot | None:
        """The slot of a practitioner; of nobody ("") that of the recovery code. None where there is none."""
        return next((one for one in self.slots if one.user == user), None)

    def with_slot(self, slot: Slot) -> "Slots":
        """With this slot in the place of the one of the same user, else behind the others."""
        at = [one.user for one in self.slots]
        if slot.user not in at:
            return replace(self, slots=(*self.slots, slot))
        return replace(self, slots=tuple(slot if one.user == slot.user else one for one in self.slots))

    def without(self, user: str) -> "Slots":
        """Without the slot of a practitioner."""
        return replace(self, slots=tuple(one for one in self.slots if one.user != user))

    def turned(self) -> "Slots":
        """With the next data key alone."""
        return replace(self, slots=tuple(replace(one, data=one.next, next=b"") for one in self.slots))

    def sealed(self, data: bytes, chain: bytes, next_data: bytes | None = None) -> "Slots":
        """With the seal and the check of these keys."""
        bare = replace(self, seal=b"", next_seal=b"", check="")
        held = msgspec.json.encode(bare)

        def seal(data: bytes | None) -> bytes:
            return b"" if data is None else hmac.digest(chain, b"mmt slots\n" + data + held, "sha256")

        signed = replace(bare, seal=seal(data), next_seal=seal(next_data))
        return replace(signed, check=signed.checked())

    def checked(self) -> str:
        """The check of all that stands in it."""
        return hashlib.sha256(msgspec.json.encode(replace(self, check=""))).hexdigest()

    @property
    def encoded(self) -> bytes:
        """As its file holds it."""
        return msgspec.json.format(msgspec.json.encode(self)) + b"\n"


def is_slots(path: Path) -> bool:
    """Whether a key file asks for a passphrase; False also where it is missing, or nobody may look at it, as
    whoever opens it says. Raises ClinicError where the disk fails."""
    try:
        return read_regular(path, LARGEST).lstrip()[:1] == b"{"
    except (FileNotFoundError, PermissionError):
        return False
    except OSError as error:
        raise _unreadable(path, error) from None


def read_key_file(path: Path) -> bytes:
    """What a key file holds. Raises ClinicError with a sentence."""
    try:
        return read_regular(path, LARGEST)
    except FileNotFoundError:
        raise ClinicError(
            f"The key file {path} is missing. Without it nothing can be read: put it back from a backup."
        ) from None
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> ClinicError:
    if isinstance(error, TooLargeError):
        return spoilt(path)
    return ClinicError(
        f"The key file {path} cannot be read ({error.strerror}). Check its rights and the disk, then try "
        "again; if this stays, restore it from a backup."
    )


def read_slots(path: Path) -> Slots:
    """The slots of a key file. Raises ClinicError with a sentence where they are missing or spoilt."""
    held = read_key_file(path)
    try:
        found = msgspec.json.decode(held, type=Slots)
    except (ValueError, msgspec.MsgspecError, RecursionError):
        raise spoilt(path) from None
    users = [one.user for one in found.slots]
    sound = (
        msgspec.json.format(held, indent=-1) == msgspec.json.encode(found)
        and found.check == found.checked()
        and len({*users}) == len(users)
        and found.users
    )
    if not sound or not all(bool(one.user) == bool(one.signs) for one in found.slots):
        raise spoilt(path)
    for one in found.slots:
        if not one.cost.sensible:
            raise ClinicError(
                f"The key file {path} was changed by something else than mmt: {one.cost.why_not} Move it to "
                f"another folder and put {path.name} of the last backup in its place."
            )
    return found


def write_slots(path: Path, slots: Slots) -> None:
    """Put the slots at `path`, durably, whole or not at all. Raises ClinicError with a sentence."""
    write_file(path, slots.encoded)


def write_file(path: Path, data: bytes) -> None:
    """Put a key file at `path`. Raises as `write_slots` does."""
    try:
        write_private(path, data)
    except OSError as error:
        raise ClinicError(
            f"The key file {path} cannot be written ({error.strerror}). Check disk and rights, then "
            "try again."
        ) from None
    try:
        sync_folder(path.parent)
    except OSError as error:
        raise ClinicError(
            f"The key file {path} was written, but the disk does not say that it stays so "
            f"({error.strerror}). Keep both what opened the records before and what is new. Check the disk, "
            "then do it once more."
        ) from None


def spoilt(path: Path) -> ClinicError:
    """The sentence about a key file that is not as mmt left it."""
    return ClinicError(
        f"The key file {path} is damaged, or was changed by something else than mmt: no passphrase can "
        f"open it. Move it to another folder and put {path.name} of the last backup in its place."
    )
