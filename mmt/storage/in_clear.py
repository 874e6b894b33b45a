"""Keys in clear where the records ask for passphrases: whoever put them there opens all, without a word."""

from pathlib import Path

from mmt.model.acts import Act
from mmt.model.errors import ClinicError

from .driver import Database
from .slots.file import is_slots

_IN_USE = (
    Act.PASSPHRASES_ON,
    Act.SIGNED_IN,
    Act.UNLOCKED,
    Act.RECOVERED,
    Act.GAVE_KEY,
    Act.CHANGED_KEY,
    Act.GAVE_CODE,
)
IN_CLEAR = (
    "The key file {key_file} holds the keys in clear, yet these records ask for passphrases, and nobody who "
    "signed in turned them off: another program put it there. Move it to another folder and keep it, and put "
    "{name} of the newest backup in its place."
)


def in_clear(db: Database, key_file: Path) -> str:
    """Why a key file without passphrases is not that of these records, in a sentence; empty where it is, or
    where nothing can be read of it."""
    if not key_file.is_file() or is_slots(key_file):
        return ""
    acts = (*_IN_USE, Act.PASSPHRASES_OFF)
    newest = db.conn.execute(
        "select act from acts indexed by acts_of_patient where more = 0 and patient is null"
        f" and act in ({', '.join('?' * len(acts))}) order by seq desc limit 1",
        acts,
    ).fetchone()
    if newest is None or newest[0] == Act.PASSPHRASES_OFF:
        return ""
    return IN_CLEAR.format(key_file=key_file, name=key_file.name)


def refuse_in_clear(db: Database, key_file: Path) -> None:
    """Raise ClinicError with the sentence, where there is one."""
    if why := in_clear(db, key_file):
        raise ClinicError(why)
