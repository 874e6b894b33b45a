"""Who may open the records of an open clinic: passphrases given, changed and taken away."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from mmt.model.acts import Act
from mmt.model.errors import ClinicError, NotSavedError, RefusedError
from mmt.model.sign_in import NewKeys
from mmt.storage import clinic_data
from mmt.storage.account import account
from mmt.storage.keyfile import Secrets
from mmt.storage.keys import changing
from mmt.storage.slots.file import read_slots

from . import typed
from .practice import Practice
from .signing_in import new_code, refuse_other_code, refuse_weak, tried, who_may

OPEN_HERE = "These records open without a passphrase. Turn passphrases on first."
ON_ALREADY = "These records open by passphrases already."
HAS_ONE = "{name} has a passphrase already, and alone can change it."
NOT_ONESELF = "Nobody removes oneself: another one who signs in here does it."
NOBODY = "{name} has no passphrase here."
NOT_AT_ITS_END = (
    "The change of the data key may not be at its end, and the records are locked. Once their disk is well "
    "and has room, start mmt again and sign in: the change is finished then, or taken back."
)
CHANGED = "The new passphrase holds, and the old one opens nothing."
REMOVED = "{name} opens the records no more."
NEW_CODE = "The new recovery code holds, and the old one opens nothing."
TURNED_ON = "The records ask for a passphrase from now on."
NOT_KEPT = "{done} That it was done could not be kept: {why}"
UNNAMED = "Type the name: each visit says who examined."


@contextmanager
def _holding(done: str) -> Iterator[None]:
    """Keep that something was done to the key file. Where that fails the sentence says that it holds."""
    try:
        yield
    except NotSavedError as error:
        raise (NotSavedError(NOT_KEPT.format(done=done, why=error)) if done else error) from None


class KeyDesk:
    """What those who sign in may do with passphrases. Each act is kept in the records for good."""

    def __init__(self, clinic: Practice) -> None:
        self._clinic = clinic
        self._places = clinic.places
        self._store = clinic.store

    @property
    def users(self) -> tuple[str, ...]:
        """Who has a passphrase; nobody where the records open without one."""
        return who_may(self._places)

    @property
    def without(self) -> tuple[str, ...]:
        """Who examines here and has no passphrase."""
        return tuple(one for one in self._clinic.practitioners if one not in self.users)

    def prove(self, own: str) -> None:
        """Raise SignInError where this is not the passphrase of who is signed in: who finds a screen that was
        left changes nothing of who may open the records."""
        who = self._refuse_open()
        with tried(self._places, self._clinic.now):
            changing.seed_of(self._places.key, self._store.secrets, who, own)

    def add(self, name: str, passphrase: str, own: str) -> None:
        """Let a practitioner sign in by a passphrase of their own, which nobody else needs to know.

        Raises ClinicError where it may not be one, or the practitioner has one, SignInError where `own` is
        not the passphrase of who is signed in.
        """
        self._refuse_open()
        name = typed.line(name, "The name")
        if not any(sign.isalpha() for sign in name):
            raise ClinicError(UNNAMED)
        if name in self.users:
            raise RefusedError(HAS_ONE.format(name=name))
        self.refuse_weak(name, passphrase)
        self.prove(own)
        with self._store.writing(Act.GAVE_KEY, fold=True) as db:
            clinic_data.add_practitioner(db, name, self._clinic.now())
            signs = changing.Signs(self._clinic.now(), clinic_data.signing_keys(db, name))
            changing.give(self._places.key, self._store.secrets, name, passphrase, signs)
            self._keep_signing_key(name)
        self._clinic.read_practitioners()

    def _keep_signing_key(self, name: str) -> None:
        slot = read_slots(self._places.key).slot_of(name)
        assert slot is not None, "it was given just now"
        with self._store.writing(Act.GAVE_KEY) as db:
            clinic_data.add_signing_key(db, name, slot.verifies.hex())

    def change(self, was: str, passphrase: str) -> None:
        """Change the passphrase of who is signed in. Raises SignInError where it `was` another, ClinicError
        where the new one may not be one."""
        who = self._refuse_open()
        self.refuse_weak(who, passphrase)
        with tried(self._places, self._clinic.now):
            changing.renew(self._places.key, self._store.secrets, who, was, passphrase)
        with _holding(CHANGED):
            self._store.log(Act.CHANGED_KEY)

    def remove(self, name: str, own: str) -> None:
        """Let a practitioner who leaves open the records no more, also not with what was copied before: the
        data key is changed. What they signed stands.

        Raises ClinicError where that may not be, or others have the records open, SignInError where `own` is
        not the passphrase of who is signed in.
        """
        if name == self._refuse_open():
            raise RefusedError(NOT_ONESELF)
        if name not in (*self.users, *self._clinic.practitioners):
            raise ClinicError(NOBODY.format(name=name))
        self.prove(own)
        leaves = [one for one in self.users if one == name]
        if leaves:
            with self._closed() as held:
                held.append(changing.take_away(self._places.database, self._places.key, held[0], name))
        with (
            _holding(REMOVED.format(name=name) if leaves else ""),
            self._store.writing(Act.REMOVED_PRACTITIONER, fold=True) as db,
        ):
            clinic_data.remove_practitioner(db, name, self._clinic.now())
        if leaves:
            with suppress(ClinicError):  # the next one who signs in does it
                changing.has_left(self._places.key, self._store.secrets)
        self._clinic.read_practitioners()

    def refuse_weak(self, name: str, passphrase: str) -> None:
        """Raise ClinicError where this may not be the passphrase of a practitioner."""
        refuse_weak(passphrase, name, self._clinic.letterhead.name)

    def new_code(self) -> str:
        """A new recovery code, to be written down; it opens nothing before it is kept."""
        return new_code()

    def refuse_other_code(self, code: str, typed: str) -> None:
        """Raise ClinicError where what was typed back is not the code."""
        refuse_other_code(code, typed)

    def keep_code(self, code: str, typed: str, own: str) -> None:
        """Let a new recovery code take the place of the old one, once it was typed back. Raises ClinicError
        where what was typed is not that code, SignInError where `own` is not the passphrase of who is signed
        in."""
        self._refuse_open()
        refuse_other_code(code, typed)
        self.prove(own)
        changing.give_code(self._places.key, self._store.secrets, code)
        with _holding(NEW_CODE):
            self._store.log(Act.GAVE_CODE)

    def turn_on(self, name: str, keys: NewKeys) -> None:
        """Ask for a passphrase from here on, and change the data key, which lay in clear. Who turns it on is
        signed in; all others get a passphrase by `add`.

        Raises ClinicError where that may not be, or others have the records open; then all is as it was.
        """
        if self.users:
            raise RefusedError(ON_ALREADY)
        if name not in self._clinic.practitioners:
            raise ClinicError(NOBODY.format(name=name or "Nobody"))
        self.refuse_weak(name, keys.passphrase)
        with self._store.reading() as db:
            signs = changing.Signs(self._clinic.now(), clinic_data.signing_keys(db, name))
        with self._closed() as held:
            at = self._places.database, self._places.key
            held.append(changing.turn_on(*at, held[0], name, keys, signs))
        self._clinic.signed_in = self._store.actor = name
        with _holding(TURNED_ON):
            self._store.log(Act.PASSPHRASES_ON)
            self._keep_signing_key(name)

    def turn_off(self, passphrase: str) -> None:
        """Open the records without a passphrase from here on: whoever has this computer can read them.

        Raises SignInError where the passphrase is not that of who is signed in.
        """
        self.prove(passphrase)
        self._store.log(Act.PASSPHRASES_OFF)
        try:
            changing.turn_off(self._places.key, self._store.secrets)
        except ClinicError:
            with suppress(ClinicError):
                if who_may(self._places):  # passphrases are still asked for
                    self._store.log(Act.PASSPHRASES_ON)
            raise
        self._clinic.signed_in, self._store.actor = "", account()

    def _refuse_open(self) -> str:
        """Who is signed in. Raises RefusedError where nobody has to."""
        if not self._clinic.signed_in:
            raise RefusedError(OPEN_HERE)
        return self._clinic.signed_in

    @contextmanager
    def _closed(self) -> Iterator[list[Secrets]]:
        """With the file closed; the last of the secrets open it again, whatever happens within. Raises
        ClinicError where they do not, as on a disk that fails in the middle of a change."""
        held = [self._store.secrets]
        self._clinic.let_go()
        self._store.lock()
        try:
            yield held
        except ClinicError as error:
            self._open_again(held, str(error))
            raise
        except BaseException:
            self._store.unlock(held[-1])
            raise
        self._open_again(held)

    def _open_again(self, held: list[Secrets], why: str = "") -> None:
        try:
            self._store.unlock(held[-1])
        except ClinicError as error:
            raise ClinicError(f"{why} {NOT_AT_ITS_END}".lstrip()) from error
