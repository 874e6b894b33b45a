"""One database driver for everything, in place before sqlite-utils looks for its own."""

import subprocess
import sys

import sqlcipher3
import sqlite_utils.db

from mmt.model.acts import Act
from mmt.storage.store import Store


def test_sqlite_utils_works_with_the_encrypting_driver(store: Store) -> None:
    assert sqlite_utils.db.OperationalError is sqlcipher3.dbapi2.OperationalError
    with store.reading() as db:
        assert isinstance(db.conn, sqlcipher3.dbapi2.Connection)
        assert db.conn.execute("pragma cipher_version").fetchone()


def test_its_sqlite_is_free_of_the_log_reset_fault() -> None:
    assert sqlcipher3.dbapi2.sqlite_version_info >= (3, 51, 3)


def test_a_refusal_that_sqlite_utils_catches_leaves_nothing_uncommitted(store: Store) -> None:
    with store.writing(Act.WROTE) as db:
        db.table("absent").drop(ignore=True)
    with store.reading() as db:
        assert not db.conn.in_transaction


def test_a_sqlite_utils_that_came_first_stops_the_start() -> None:
    code = "import sqlite_utils; import mmt.storage.driver"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "sqlite_utils was imported before mmt.storage.driver" in done.stderr
