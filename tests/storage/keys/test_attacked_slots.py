"""The key file in the hands of somebody who has the data key, and no passphrase and no chain key."""

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from behind import ANN, BEN, Kept
from msgspec.structs import replace

from mmt.model.errors import ClinicError, SignInError
from mmt.storage.keyfile import Secrets
from mmt.storage.keys.recovery import fresh_code
from mmt.storage.keys.wrapping import fresh, seal, wrap
from mmt.storage.slots import cost
from mmt.storage.slots.cost import Cost
from mmt.storage.slots.file import Slots, read_slots
from mmt.storage.slots.slot import Slot, Wrapped

SPOILT = "is damaged, or was changed by something else than mmt"


def put(kept: Kept, slots: Slots) -> None:
    """Write slots as an attacker does, who can make the check of the file, not its seal."""
    kept.path.write_bytes(replace(slots, check=slots.checked()).encoded)


def slots_of(kept: Kept) -> tuple[Slots, Slot, Slot]:
    slots = read_slots(kept.path)
    ann, ben = slots.slot_of("Ann"), slots.slot_of("Ben")
    assert ann
    assert ben
    return slots, ann, ben


def refused(kept: Kept, error: type[ClinicError] = ClinicError, says: str = SPOILT) -> None:
    with pytest.raises(error, match=says) as caught:
        kept.secrets()
    assert caught.type is error


@pytest.mark.parametrize("part", ["opens", "signs", "salt", "public", "verifies", "cost"])
def test_a_part_of_another_slot_opens_nothing(part: str, kept: Kept) -> None:
    slots, ann, ben = slots_of(kept)
    other = replace(ben, cost=Cost(passes=2, memory=32, lanes=4))
    put(kept, slots.with_slot(replace(ann, **{part: getattr(other, part)})))
    refused(kept, SignInError, "does not open the records as Ann")


def test_another_ones_slot_under_ones_own_name_opens_nothing(kept: Kept) -> None:
    slots, ann, ben = slots_of(kept)
    put(kept, replace(slots, slots=(replace(ben, user="Ann"), replace(ann, user="Ben"))))
    for passphrase in (ANN, BEN):
        with pytest.raises(SignInError):
            kept.secrets("Ann", passphrase)


def test_the_data_key_of_another_slot_opens_nothing(kept: Kept) -> None:
    slots, ann, ben = slots_of(kept)
    put(kept, slots.with_slot(replace(ann, data=ben.data)))
    refused(kept)


def test_a_data_key_of_the_attackers_choice_is_not_taken(kept: Kept) -> None:
    """Records written under a key that the attacker knows could be read by the attacker."""
    slots, ann, _ = slots_of(kept)
    put(kept, slots.with_slot(replace(ann, data=seal(slots.clinic, ann, bytes(32)))))
    refused(kept)
    put(kept, slots.with_slot(replace(ann, next=seal(slots.clinic, ann, bytes(32)))))
    refused(kept)


@pytest.mark.parametrize("user", ["Mallory", "Ben"])
def test_a_slot_that_the_attacker_made_is_seen(user: str, kept: Kept) -> None:
    data = kept.secrets().data
    slots, _, _ = slots_of(kept)
    made = wrap(slots.clinic, user, "mallory", fresh(bytes(32), "passphrase"), data, cost.STANDARD)
    put(kept, slots.with_slot(made))
    refused(kept)
    with pytest.raises(ClinicError, match=SPOILT):
        kept.secrets(user, "mallory")


def test_a_recovery_code_that_the_attacker_made_is_seen(kept: Kept) -> None:
    slots, _, _ = slots_of(kept)
    made = wrap(slots.clinic, "", fresh_code(), fresh(bytes(32), "recovery"), bytes(32), cost.STANDARD)
    put(kept, slots.with_slot(made))
    refused(kept)


def test_a_slot_that_was_taken_away_is_missed(kept: Kept) -> None:
    slots, _, _ = slots_of(kept)
    put(kept, slots.without("Ben"))
    refused(kept)


def test_the_slot_of_another_clinic_opens_nothing_here(kept: Kept) -> None:
    slots, _, _ = slots_of(kept)
    there = wrap("f" * 32, "Ann", ANN, fresh(bytes(32), "passphrase"), bytes(32), cost.STANDARD)
    put(kept, slots.with_slot(there))
    refused(kept, SignInError, "does not open the records as Ann")
    put(kept, replace(slots, clinic="f" * 32))
    refused(kept, SignInError, "does not open the records as Ann")


@pytest.mark.parametrize(
    "weak",
    [
        Cost(passes=0, memory=32, lanes=4),
        Cost(passes=1, memory=31, lanes=4),
        Cost(passes=1, memory=32, lanes=1),
        Cost(passes=10**9, memory=32, lanes=4),
        Cost(passes=1, memory=1 << 24, lanes=4),
        Cost(passes=1, memory=1 << 16, lanes=200),
        Cost(passes=20, memory=1 << 20, lanes=4),
        Cost(passes=9, memory=1 << 18, lanes=16),
        Cost(passes=8, memory=(1 << 18) + 1, lanes=16),
    ],
)
def test_a_weakened_or_absurd_cost_is_refused_before_any_work(
    weak: Cost, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(*_: Any) -> bytes:
        raise AssertionError("no work is done")

    slots, ann, _ = slots_of(kept)
    put(kept, slots.with_slot(replace(ann, cost=weak)))
    monkeypatch.setattr("argon2.low_level.hash_secret_raw", work)
    refused(kept, says=f"it asks for {weak} for each try of a passphrase")


def test_what_a_later_mmt_may_ask_for_is_sensible() -> None:
    assert Cost(passes=8, memory=1 << 18, lanes=16).sensible


def test_the_standard_is_that_of_the_design(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    there = Path(cost.__file__).read_text()
    assert "STANDARD = Cost(passes=3, memory=1 << 16, lanes=4)" in there


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_a_bit_that_fell_over_anywhere_is_damage_and_no_wrong_passphrase(kept: Kept) -> None:
    whole = kept.path.read_bytes()
    for bit in random.Random(1).sample(range(8 * len(whole)), 400):
        kept.path.write_bytes(flipped(whole, bit))
        refused(kept)


@pytest.mark.parametrize("field", ["opens", "signs", "data", "salt", "public", "verifies"])
def test_a_bit_flipped_on_purpose_opens_nothing(field: str, kept: Kept) -> None:
    slots, ann, _ = slots_of(kept)
    held = getattr(ann, field)
    size = len(held.nonce + held.sealed) if isinstance(held, Wrapped) else len(held)
    for bit in random.Random(field).sample(range(8 * size), 40):
        put(kept, slots.with_slot(replace(ann, **{field: _flipped(held, bit)})))
        with pytest.raises(ClinicError):
            kept.secrets()


def _flipped(held: bytes | Wrapped, bit: int) -> bytes | Wrapped:
    if isinstance(held, bytes):
        return flipped(held, bit)
    both, cut = flipped(held.nonce + held.sealed, bit), len(held.nonce)
    return Wrapped(nonce=both[:cut], sealed=both[cut:])


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def _loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _written(data: bytes) -> Callable[[Path], Any]:
    return lambda path: path.write_bytes(data)


@pytest.mark.parametrize(
    "spoil",
    [
        _cut,
        *map(_written, (b"", b"{", b"{}", b"[" * 10**5, b" " * 10**6, b"\xff")),
    ],
)
def test_what_is_no_key_file_is_told_at_once(spoil: Callable[[Path], Any], kept: Kept) -> None:
    spoil(kept.path)
    refused(kept)


@pytest.mark.parametrize("spoil", [_loop, _pipe, _device, _folder])
def test_what_is_no_file_in_its_place_is_told_at_once(spoil: Callable[[Path], Any], kept: Kept) -> None:
    spoil(kept.path)
    refused(kept, says=r"clinic\.key cannot be read \(.*\)\. Check its rights and the disk, then try again")


def test_a_key_file_of_another_format_or_with_a_key_of_its_own_is_refused(kept: Kept) -> None:
    held = msgspec.json.decode(kept.path.read_bytes())
    for changed in ({**held, "format": 2}, {**held, "more": 1}, {**held, "slots": held["slots"] * 2}):
        kept.path.write_bytes(msgspec.json.encode(changed))
        refused(kept)


def test_the_seal_needs_both_keys(kept: Kept) -> None:
    slots, secrets = read_slots(kept.path), kept.secrets()
    other = Secrets(secrets.data, bytes(32))
    assert slots == slots.sealed(secrets.data, secrets.chain)
    assert slots.seal not in {
        slots.sealed(other.data, other.chain).seal,
        slots.sealed(bytes(32), secrets.chain).seal,
    }
