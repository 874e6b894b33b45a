"""Who may open the records: by a passphrase, or by the recovery code where one was forgotten."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mmt.model.acts import Act
from mmt.model.errors import ClinicError, NotSavedError, SignInError
from mmt.model.sign_in import SignIn
from mmt.paths import Places
from mmt.storage import clinic_data, entries
from mmt.storage.keyfile import Secrets, read_secrets
from mmt.storage.keys.passphrase import why_not
from mmt.storage.keys.recovery import fresh_code, read_code
from mmt.storage.keys.tries import Tries, note_tries, read_tries
from mmt.storage.signing import foreign_keys
from mmt.storage.slots.file import Slots, is_slots, read_slots
from mmt.storage.store import Store, utc_now

if TYPE_CHECKING:
    from mmt.model.sign_in import NewKeys
    from mmt.storage.keys.opening import Unlocked

Ask = Callable[[tuple[str, ...]], SignIn | None]
"""Asks who signs in, of those who may."""

ASKS = "These records open by a passphrase: say who you are, and type it. Who has one: {users}."
WAIT = "{failed} tries failed. The next one can be made in {wait}."
NOT_THE_SAME = "This is not the code that was shown. Hold each group against what you wrote down."
MOST_TOLD = 10
"""So many failed tries are kept one by one; more tell nothing more."""


class Entered(NamedTuple):
    """Who signed in, what the passphrase opened, and how many tries had failed since somebody did."""

    who: str
    unlocked: "Unlocked"
    failed: int

    @property
    def secrets(self) -> Secrets:
        """What opens the records."""
        return self.unlocked.secrets


def who_may(places: Places) -> tuple[str, ...]:
    """Who may sign in; nobody where the records open without a passphrase.

    Raises ClinicError with a sentence where the key file is damaged.
    """
    return read_slots(places.key).users if is_slots(places.key) else ()


def enter(places: Places, sign_in: SignIn | None, now: Callable[[], datetime.datetime]) -> Entered | None:
    """Open the slot of who signs in; None where the records open without a passphrase.

    Raises SignInError where the passphrase is another, is missing, or has to wait after failed tries;
    ClinicError where the key file is damaged.
    """
    users = who_may(places)
    if not users:
        return None
    if sign_in is None or not sign_in.who:
        raise SignInError(ASKS.format(users=", ".join(users)))
    from mmt.storage.keys.opening import unlock

    with tried(places, now) as failed:
        unlocked = unlock(places.database, places.key, sign_in.who, sign_in.passphrase)
    return Entered(sign_in.who, unlocked, failed)


def look_into(places: Places, ask: Ask, *, backup: bool = False) -> Secrets:
    """The secrets of records that are only looked at: where they open by a passphrase, by that of who is
    asked, or of nobody by the recovery code. Beside a `backup` no failed try is noted.

    Raises SignInError where it is missing or wrong, ClinicError where the key file is missing or damaged.
    """
    users = who_may(places)
    if not users:
        return read_secrets(places.key)
    sign_in = ask(users)
    with nullcontext(0) if backup else tried(places, utc_now, signs_in=False):
        return _looked_into(places, sign_in)


def _looked_into(places: Places, sign_in: SignIn | None) -> Secrets:
    from mmt.storage.keys.opening import unlock, unlock_by_code

    if sign_in is None:
        raise SignInError(ASKS.format(users=", ".join(who_may(places))))
    if not sign_in.who:
        return unlock_by_code(places.database, places.key, sign_in.passphrase).secrets
    return unlock(places.database, places.key, sign_in.who, sign_in.passphrase).secrets


@contextmanager
def tried(places: Places, now: Callable[[], datetime.datetime], *, signs_in: bool = True) -> Iterator[int]:
    """A try to prove who one is: counted before it is made, and no more once it has not failed. What failed
    before counts until somebody `signs_in`, who is told of it.

    Gives how many had failed before. Raises SignInError while the next one has to wait; what the block raises
    of that kind says so too.
    """
    moment, path = now(), places.tries
    before = read_tries(path)
    if before.failed and moment < before.last:  # the clock was set back: the delay begins now
        before = Tries(failed=before.failed, last=moment)
        note_tries(path, before)
    if wait := before.waits(moment):
        raise SignInError(WAIT.format(failed=before.failed, wait=_time(wait)))
    failed = Tries(failed=before.failed + 1, last=moment)
    note_tries(path, failed)
    try:
        yield before.failed
    except SignInError as error:
        if not failed.delay:
            raise
        raise SignInError(f"{error} {WAIT.format(failed=failed.failed, wait=_time(failed.delay))}") from None
    except ClinicError:
        note_tries(path, before)
        raise
    note_tries(path, Tries() if signs_in else before)


def _time(seconds: int) -> str:
    if seconds >= 120:
        return f"{-(-seconds // 60)} minutes"
    return f"{seconds} second{'' if seconds == 1 else 's'}"


def recover(
    places: Places, code: str, who: str, passphrase: str, now: Callable[[], datetime.datetime]
) -> None:
    """Give a practitioner whose passphrase is forgotten another one, by the recovery code. All are told of it
    when they sign in next, and the records keep it for good.

    Raises SignInError where the code is not right, ClinicError where the passphrase may not be one.
    """
    if who not in who_may(places):
        raise ClinicError(f"{who or 'Nobody'} has no passphrase here to be made anew.")
    from mmt.storage.keys import changing
    from mmt.storage.keys.opening import unlock_by_code

    with tried(places, now):
        secrets = unlock_by_code(places.database, places.key, code).secrets
    kept = Store.open(places.database, places.key, secrets)
    try:
        kept.actor, kept.clock = who, now
        with kept.reading() as db:
            refuse_weak(passphrase, who, clinic_data.letterhead(db).name)
        kept.log(Act.RECOVERED)
        changing.give(places.key, secrets, who, passphrase, changing.Signs(now()))
    finally:
        kept.close()


def refuse_weak(passphrase: str, who: str, clinic: str) -> None:
    """Raise ClinicError where this may not be a passphrase."""
    if why := why_not(passphrase, who, clinic):
        raise ClinicError(why)


def maker(who: str, keys: "NewKeys", now: datetime.datetime) -> Callable[[Path], Secrets]:
    """What makes the key file of a new clinic, whose first practitioner this is."""
    from mmt.storage.keys.changing import Signs, fresh_slots

    return partial(fresh_slots, user=who, keys=keys, signs=Signs(now))


def seed_of(places: Places, kept: Store, passphrase: str) -> bytes:
    """What the signature of who is signed in is made with. Raises SignInError where that is not the
    passphrase."""
    from mmt.storage.keys import changing

    with tried(places, kept.clock):
        return changing.seed_of(places.key, kept.secrets, kept.actor, passphrase)


def key_file_of(places: Places, secrets: Secrets) -> bytes:
    """The key file, for a backup of the records that these secrets open. Raises ClinicError where it is not
    the one of these secrets."""
    if not is_slots(places.key):
        return secrets.lines.encode()
    from mmt.storage.keys.changing import copy_of

    return copy_of(places.key, secrets)


def new_code() -> str:
    """A new recovery code, to be written down; it opens nothing before it is kept."""
    return fresh_code()


def refuse_other_code(code: str, typed: str) -> None:
    """Raise ClinicError where what was typed back is not the code, in any spelling."""
    try:
        if read_code(typed) == code:
            return
    except ValueError as error:
        raise ClinicError(str(error)) from None
    raise ClinicError(NOT_THE_SAME)


def keep_entry(places: Places, kept: Store, entered: Entered, act: Act = Act.SIGNED_IN) -> tuple[str, ...]:
    """Let the records know who works with them from here on; what has to be told, a sentence each."""
    who, verifies = entered.who, entered.unlocked.slot.verifies.hex()
    kept.actor = who
    with kept.reading() as db:
        told = [*entries.since_signed_in(db, who, Act.RECOVERED)]
        foreign = foreign_keys(db)
        known = who in foreign or verifies in clinic_data.signing_keys(db, who)
    with suppress(NotSavedError):  # they can be read all the same; the records say why nothing is kept
        if not known:
            with kept.writing(Act.GAVE_KEY) as db:
                clinic_data.add_practitioner(db, who, kept.clock())
                clinic_data.add_signing_key(db, who, verifies)
        for _ in range(min(entered.failed, MOST_TOLD)):
            kept.log(Act.FAILED)
        kept.log(act)
    gone = _seen_off(places, kept, entered.unlocked.slots)
    said = [RECOVERED.format(who=one.actor, at=f"{one.at.astimezone():%Y-%m-%d %H:%M}") for one in told]
    said += [FINISHED.format(who=gone)] if gone else []
    said += [FOREIGN.format(who=one) for one in foreign]
    if entered.failed:
        said.append(FAILED.format(times=f"{entered.failed} time{'' if entered.failed == 1 else 's'}"))
    return tuple(said)


def _seen_off(places: Places, kept: Store, slots: Slots) -> str:
    """Who was being removed when mmt was cut off: that is at its end now, and the records say so. Empty where
    nobody was, or it cannot be kept yet."""
    who = slots.leaves
    if not who or slots.next_seal:
        return ""
    from mmt.storage.keys.changing import has_left

    with suppress(ClinicError):  # else the next one who signs in does it
        with kept.writing(Act.REMOVED_PRACTITIONER.of(f"{who}, begun before and finished now")) as db:
            if unsaid := who in clinic_data.practitioners(db) and slots.slot_of(who) is None:
                clinic_data.remove_practitioner(db, who, kept.clock())
        has_left(places.key, kept.secrets)
        return who if unsaid else ""
    return ""


FINISHED = (
    "The removal of {who} had been cut off; it is finished now, and {who} opens the records no more. Make a "
    "backup: older ones open as before."
)
RECOVERED = "{who} opened the records with the recovery code on {at}. If nobody here knows of it, act on it."
FOREIGN = (
    "The key that the records keep of {who} is not the one that {who} signs with: another program changed "
    "it. Run `mmt verify`, and do not rely on what {who} signed before you know why."
)
FAILED = "Before you signed in, a passphrase was tried in vain {times}."
