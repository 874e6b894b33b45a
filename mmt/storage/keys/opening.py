"""From a passphrase to the secrets of a clinic."""

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from mmt.model.errors import ClinicError, SignInError
from mmt.storage.keyfile import Secrets
from mmt.storage.rekey import alone, opens
from mmt.storage.slots.file import Slots, read_slots, spoilt, write_slots
from mmt.storage.slots.slot import Slot

from .passphrase import normal
from .recovery import read_code
from .wrapping import Opened, unseal, unwrap

WRONG = "This passphrase does not open the records as {who}. Type it again; capitals and spaces count."
WRONG_CODE = "This recovery code does not open these records: it is another clinic's, or an older one."
DAMAGED = (
    "{database} is damaged, or is not the file of this key file. Nothing was changed. Move the whole folder "
    "away and keep it; then `mmt restore` puts a backup in its place."
)
NO_SLOT = "{who} has no passphrase here. Who has one: {users}."


class Unlocked(NamedTuple):
    """What a passphrase opened: the slots, which of them it was, what it held, and the clinic's secrets."""

    slots: Slots
    slot: Slot
    keys: Opened
    secrets: Secrets

    def __repr__(self) -> str:
        return "Unlocked(…)"


def unlock(database: Path, key_file: Path, who: str, passphrase: str) -> Unlocked:
    """What this practitioner's passphrase opens. A change of the data key that was cut off is
    brought to its end, or back to its beginning, whichever key opens the records.

    Raises SignInError where the passphrase is another, ClinicError where the key file is missing or damaged.
    """
    slots = read_slots(key_file)
    slot = slots.slot_of(who) if who else None
    if slot is None:
        raise SignInError(NO_SLOT.format(who=who or "Nobody", users=", ".join(slots.users)))
    return _settled(database, key_file, slots, slot, normal(passphrase), WRONG.format(who=who))


def unlock_by_code(database: Path, key_file: Path, typed: str) -> Unlocked:
    """The secrets that the recovery code opens, typed in any spelling. Raises as `unlock` does."""
    slots = read_slots(key_file)
    slot = slots.slot_of("")
    if slot is None:
        raise spoilt(key_file)
    try:
        code = read_code(typed)
    except ValueError as error:
        raise SignInError(str(error)) from None
    return _settled(database, key_file, slots, slot, code, WRONG_CODE)


def _settled(
    database: Path, key_file: Path, slots: Slots, slot: Slot, passphrase: str, wrong: str
) -> Unlocked:
    """As `unlock`. All that the slots hold is authentic from here on, or it raises."""
    keys = unwrap(slots.clinic, slot, passphrase)
    if keys is None:
        raise SignInError(wrong)
    now = unseal(slots.clinic, slot, keys, slot.data)
    later = unseal(slots.clinic, slot, keys, slot.next) if slot.next else None
    if now is None or slots != slots.sealed(now, keys.chain, later):
        raise spoilt(key_file)
    secrets = Secrets(now, keys.chain)
    if later is not None:
        slots, secrets = settle(database, key_file, slots, secrets, Secrets(later, keys.chain))
        slot = slots.slot_of(slot.user) or slot
    wipe_left(key_file)
    return Unlocked(slots, slot, keys, secrets)


def settle(database: Path, key_file: Path, slots: Slots, old: Secrets, new: Secrets) -> tuple[Slots, Secrets]:
    """Bring a change of the data key to its end, wherever it was cut off; the slots and secrets from then on.

    While others have the records open under the old key, it stays, and both stay in the slots; so they do
    where the key file cannot be written, until somebody signs in. Raises ClinicError with a sentence where
    neither opens the records.
    """
    if not opens(database, new):
        if not opens(database, old):
            raise ClinicError(DAMAGED.format(database=database))
        try:
            with alone(database, old) as rekey:
                rekey(new)
        except ClinicError:
            return slots, old
    turned = slots.turned().sealed(new.data, new.chain)
    try:
        write_slots(key_file, turned)
    except ClinicError:
        return slots, new
    return turned, new


def left_clear(key_file: Path) -> Path:
    """Where the keys in clear are held until passphrases stand in their place."""
    return key_file.with_name(f".old-{key_file.name}")


def wipe_left(key_file: Path) -> None:
    """Write over keys in clear that passphrases took the place of, and remove them, as far as the disk does
    what it is told. Those that are still the key file itself only lose their second name."""
    left = left_clear(key_file)
    with suppress(OSError):
        if not left.samefile(key_file):
            with left.open("r+b") as file:
                file.write(bytes(left.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
        left.unlink()
