"""A backup of an earlier mmt is looked through where it is put back: before that, nobody could."""

from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from dumps import restore as restored
from kept import NOW

from mmt.cli import commands
from mmt.clinic.backups.making import make
from mmt.clinic.verified import NO_CHAIN, earlier
from mmt.paths import Places
from mmt.storage.driver import dbapi2
from mmt.storage.keyfile import read_secrets
from mmt.storage.watches import TOLD


def backup(into: Path, *attack: str) -> Path:
    """A backup of shape 8, of records that another program may have changed before."""
    places = Places(into / "old")
    restored("shape-8.sql", places)
    secrets = read_secrets(places.key)
    with closing(dbapi2.connect(places.database, isolation_level=None)) as tool:
        tool.execute(secrets.pragma)
        tool.create_function(TOLD, -1, lambda *_: None)
        for one in attack:
            tool.execute(one)
    made = make(places, secrets, into, NOW.replace(microsecond=0), stopped=lambda: False)
    assert made is not None
    return made.folder


@pytest.mark.parametrize(
    ("attack", "says"),
    [
        ([], "signed visits are as mmt left them."),
        (["update patients set sex = 'other' where id = 1"], "The data of a patient of"),
        (["drop trigger answers_update_never", "update answers set value = 4"], "An answer of"),
    ],
)
def test_what_another_program_changed_in_it_is_told_when_it_is_restored(
    attack: list[str], says: str, tmp_path: Path
) -> None:
    folder = backup(tmp_path, *attack)
    looked = CliRunner().invoke(commands, ["verify", str(folder)])
    assert looked.exit_code == 1
    assert "says whether it is as it was left" in looked.output
    ran = CliRunner().invoke(commands, ["restore", str(folder), "--to", str(tmp_path / "to")])
    assert ran.exit_code == 0
    told = " ".join(ran.output.split())
    assert says in told
    assert ("Do not rely on these records" in told) is bool(attack)


def test_of_one_from_before_the_chain_it_is_told_that_nobody_can_tell(places: Places) -> None:
    restored("shape-6.sql", places)
    assert [*earlier(places, read_secrets(places.key), 6)] == [NO_CHAIN]
