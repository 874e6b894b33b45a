"""Each passphrase opens the records, and nothing else does; what is wrong is told by its own sentence."""

import stat

import pytest
from behind import ANN, BEN, Kept
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mmt.model.errors import ClinicError, SignInError
from mmt.storage.keyfile import Secrets
from mmt.storage.keys import changing
from mmt.storage.keys.opening import unlock_by_code
from mmt.storage.rekey import opens
from mmt.storage.slots.file import read_slots


def by_code(kept: Kept, code: str) -> Secrets:
    return unlock_by_code(kept.places.database, kept.path, code).secrets


def test_each_passphrase_and_the_code_open_the_same_records(kept: Kept) -> None:
    ann, ben = kept.secrets(), kept.secrets("Ben", BEN)
    typed = kept.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert (ann.data, ann.chain) == (ben.data, ben.chain)
    assert by_code(kept, typed).data == ann.data
    assert opens(kept.places.database, ann)


def test_the_key_file_is_its_owners_alone_and_names_no_key(kept: Kept) -> None:
    secrets, held = kept.secrets(), kept.path.read_bytes()
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    assert not any(key in held or key.hex().encode() in held for key in (secrets.data, secrets.chain))
    assert [path.name for path in kept.places.root.glob(".*")] == []


@pytest.mark.parametrize("typed", ["", ANN.upper(), f"{ANN} ", BEN, "slow green kettle sonG"])
def test_another_passphrase_opens_nothing(typed: str, kept: Kept) -> None:
    with pytest.raises(SignInError, match="does not open the records as Ann"):
        kept.secrets("Ann", typed)


def test_letters_that_keyboards_write_otherwise_are_the_same(kept: Kept) -> None:
    changing.give(kept.path, kept.secrets(), "Cleo", "caf\u00e9 der alten \u2460 k\u00fcche")
    assert kept.secrets("Cleo", "cafe\u0301 der alten 1 ku\u0308che")


def test_who_has_no_slot_is_told_who_has_one(kept: Kept) -> None:
    for who in ("Cleo", ""):
        with pytest.raises(SignInError, match=r"has no passphrase here\. Who has one: Ann, Ben\."):
            kept.secrets(who, ANN)


def test_a_code_of_another_clinic_or_with_a_slip_is_told(kept: Kept) -> None:
    with pytest.raises(SignInError, match="another clinic's, or an older one"):
        by_code(kept, "0000-0000-0000-0000-0000-0000-0000")
    with pytest.raises(SignInError, match="A sign of the recovery code is wrong"):
        by_code(kept, kept.code[:-1] + ("0" if kept.code[-1] != "0" else "2"))


def test_a_new_passphrase_takes_the_place_of_the_old_and_the_signing_key_stays(kept: Kept) -> None:
    secrets = kept.secrets()
    seed = changing.seed_of(kept.path, secrets, "Ann", ANN)
    with pytest.raises(SignInError):
        changing.renew(kept.path, secrets, "Ann", BEN, "nine old river stones")
    changing.renew(kept.path, secrets, "Ann", ANN, "nine old river stones")
    with pytest.raises(SignInError):
        kept.secrets()
    assert kept.secrets("Ann", "nine old river stones").data == secrets.data
    assert changing.seed_of(kept.path, secrets, "Ann", "nine old river stones") == seed
    slot = read_slots(kept.path).slot_of("Ann")
    assert slot
    assert Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw() == slot.verifies


def test_a_new_code_ends_the_old_one(kept: Kept) -> None:
    changing.give_code(kept.path, kept.secrets(), "0000-0000-0000-0000-0000-0000-0000")
    with pytest.raises(SignInError):
        by_code(kept, kept.code)
    assert by_code(kept, "0000 0000 0000 0000 0000 0000 0000").data == kept.secrets().data


def test_who_was_removed_opens_nothing_even_with_the_keys_noted_before(kept: Kept) -> None:
    noted = kept.secrets("Ben", BEN)
    now = changing.take_away(kept.places.database, kept.path, kept.secrets(), "Ben")
    with pytest.raises(SignInError, match="Ben has no passphrase here"):
        kept.secrets("Ben", BEN)
    assert (opens(kept.places.database, noted), opens(kept.places.database, now)) == (False, True)
    assert kept.secrets().data == by_code(kept, kept.code).data == now.data != noted.data
    assert now.chain == noted.chain


def test_without_passphrases_the_keys_lie_in_clear_and_with_them_no_copy_stays(kept: Kept) -> None:
    secrets = kept.secrets()
    changing.turn_off(kept.path, secrets)
    assert kept.path.read_text() == secrets.lines
    with pytest.raises(ClinicError, match="damaged, or was changed by something else"):
        kept.secrets()
    assert list(kept.places.root.glob(".*")) == []
