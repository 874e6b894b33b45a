"""What may be done with the slots. Each act reads the key file anew, and takes it for what it is only where
its seal is that of the clinic's secrets."""

import datetime
import secrets as random
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from mmt.model.errors import ClinicError, SignInError
from mmt.model.sign_in import NewKeys
from mmt.storage.keyfile import KEY_BYTES, Secrets
from mmt.storage.rekey import alone, opens
from mmt.storage.slots import cost
from mmt.storage.slots.file import Slots, read_key_file, read_slots, spoilt, write_file, write_slots
from mmt.storage.slots.slot import Slot

from .opening import NO_SLOT, WRONG, left_clear, settle, wipe_left
from .passphrase import normal
from .recovery import read_code
from .wrapping import Opened, fresh, seal, unwrap, wrap

CUT_OFF = (
    "A change of the data key was cut off and is not at its end yet. Close mmt in all windows and on all "
    "stations, sign in anew, then try again."
)


class Signs(NamedTuple):
    """Since when a person signs by a key of the slot that is made now (from now on, where nothing is said),
    and the keys `earlier`, in hexadecimal, as the records know them."""

    since: datetime.datetime | None = None
    earlier: tuple[str, ...] = ()

    def of(self, before: Slot | None) -> tuple[str, tuple[str, ...]]:
        """The same as a slot holds it: what the slot `before` said of that person still holds."""
        if before is None:
            return (self.since or datetime.datetime.now(datetime.UTC)).isoformat(), self.earlier
        return before.since, before.keys if before.since else ()


NOW = Signs()


def begun(user: str, keys: NewKeys, secrets: Secrets, signs: Signs = NOW) -> Slots:
    """The slots of a clinic whose first practitioner this is."""
    slots = Slots(format=1, clinic=random.token_hex(16), slots=())
    slots = _given(slots, user, keys.passphrase, secrets, signs)
    return _given(slots, "", keys.code, secrets).sealed(secrets.data, secrets.chain)


def fresh_slots(path: Path, user: str, keys: NewKeys, signs: Signs = NOW) -> Secrets:
    """Make random keys and write them durably, behind a passphrase. Raises ClinicError with a sentence."""
    made = Secrets(random.token_bytes(KEY_BYTES), random.token_bytes(KEY_BYTES))
    write_slots(path, begun(user, keys, made, signs))
    return made


def give(key_file: Path, secrets: Secrets, user: str, passphrase: str, signs: Signs = NOW) -> None:
    """Let a practitioner sign in by this passphrase, with a new key that signs; of an earlier slot only the
    keys stay that its signatures are known by."""
    _write(key_file, _given(_ours(key_file, secrets), user, passphrase, secrets, signs), secrets)


def give_code(key_file: Path, secrets: Secrets, code: str) -> None:
    """Let this recovery code open the records, and no other."""
    _write(key_file, _given(_ours(key_file, secrets), "", code, secrets), secrets)


def renew(key_file: Path, secrets: Secrets, user: str, was: str, passphrase: str) -> None:
    """Let another passphrase open a practitioner's slot: its keys stay. Raises SignInError where it
    `was` another."""
    slots, slot, keys = _proved(key_file, secrets, user, was)
    signs = slot.since, slot.earlier
    renewed = wrap(slots.clinic, slot.user, normal(passphrase), keys, secrets.data, cost.STANDARD, *signs)
    _write(key_file, slots.with_slot(renewed), secrets)


def seed_of(key_file: Path, secrets: Secrets, user: str, passphrase: str) -> bytes:
    """The seed that a practitioner signs with. Raises SignInError where the passphrase is another."""
    return _proved(key_file, secrets, user, passphrase)[2].seed


def take_away(database: Path, key_file: Path, secrets: Secrets, user: str) -> Secrets:
    """Let a practitioner open the records no more: without a slot, and with another data key, which whoever
    kept the old one does not know. The new secrets; `leaves` tells who it was until `has_left`.

    Raises ClinicError with a sentence where others have the records open.
    """
    slots = replace(_ours(key_file, secrets).without(user), leaves=user)
    return _rotated(database, key_file, secrets, slots)


def has_left(key_file: Path, secrets: Secrets) -> None:
    """The records say who was removed: the key file needs not to tell it any more."""
    _write(key_file, replace(_ours(key_file, secrets), leaves=""), secrets)


def turn_on(
    database: Path, key_file: Path, secrets: Secrets, user: str, keys: NewKeys, signs: Signs = NOW
) -> Secrets:
    """Put slots in the place of keys in clear, and change the data key, as copies of the old one may lie
    anywhere; the new secrets. Raises as `take_away` does; then the keys are as they were."""
    wipe_left(key_file)
    with suppress(OSError):  # FAT and exFAT know no links
        left_clear(key_file).hardlink_to(key_file)
    try:
        return _rotated(database, key_file, secrets, begun(user, keys, secrets, signs))
    finally:
        wipe_left(key_file)


def turn_off(key_file: Path, secrets: Secrets) -> None:
    """Put the keys in clear in the place of the slots. Raises ClinicError with a sentence."""
    _ours(key_file, secrets)
    write_file(key_file, secrets.lines.encode())


def copy_of(key_file: Path, secrets: Secrets) -> bytes:
    """The key file, for a backup of the records that these secrets open. Raises ClinicError where it is not
    the one of these secrets."""
    return _ours(key_file, secrets).encoded


def _given(slots: Slots, user: str, passphrase: str, secrets: Secrets, signs: Signs = NOW) -> Slots:
    kept = fresh(secrets.chain, "passphrase" if user else "recovery")
    typed = normal(passphrase) if user else read_code(passphrase)
    held = signs.of(slots.slot_of(user)) if user else ("", ())
    return slots.with_slot(wrap(slots.clinic, user, typed, kept, secrets.data, cost.STANDARD, *held))


def _ours(key_file: Path, secrets: Secrets) -> Slots:
    slots = read_slots(key_file)
    if slots.next_seal:
        raise ClinicError(CUT_OFF)
    if slots != slots.sealed(secrets.data, secrets.chain):
        raise spoilt(key_file)
    return slots


def _proved(key_file: Path, secrets: Secrets, user: str, passphrase: str) -> tuple[Slots, Slot, Opened]:
    slots = _ours(key_file, secrets)
    slot = slots.slot_of(user) if user else None
    if slot is None:
        raise SignInError(NO_SLOT.format(who=user or "Nobody", users=", ".join(slots.users)))
    keys = unwrap(slots.clinic, slot, normal(passphrase))
    if keys is None:
        raise SignInError(WRONG.format(who=user))
    return slots, slot, keys


def _write(key_file: Path, slots: Slots, secrets: Secrets) -> None:
    write_slots(key_file, slots.sealed(secrets.data, secrets.chain))


def _rotated(database: Path, key_file: Path, secrets: Secrets, slots: Slots) -> Secrets:
    """The records and all slots with another data key: first it is in the slots beside the old one, then the
    records are written anew, then the old one goes. Where that fails the old one stays."""
    new = Secrets(random.token_bytes(KEY_BYTES), secrets.chain)
    both = tuple(replace(one, next=seal(slots.clinic, one, new.data)) for one in slots.slots)
    slots = replace(slots, slots=both).sealed(secrets.data, secrets.chain, new.data)
    before = read_key_file(key_file)
    try:
        with alone(database, secrets) as rekey:
            write_slots(key_file, slots)
            rekey(new)
    except ClinicError:
        if not opens(
            database, new
        ):  # an error may come after all was written; both keys stay till that is seen
            _put_back(key_file, before)
            raise
    return settle(database, key_file, slots, secrets, new)[1]


def _put_back(key_file: Path, before: bytes) -> None:
    if read_key_file(key_file) != before:
        write_file(key_file, before)
