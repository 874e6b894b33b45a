"""The one module that imports a database driver: SQLCipher, for the clinic's file and for test files alike.

sqlite-utils looks for `pysqlite3` before the standard library's SQLite. Unless it finds our driver there, it
catches the wrong exception classes and later writes stay uncommitted.
"""

import sys

import sqlcipher3
from sqlcipher3 import dbapi2

sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = dbapi2

import sqlite_utils.db  # noqa: E402  (the driver must be in place first)
from sqlite_utils import Database, Migrations  # noqa: E402

OLDEST_SQLITE = (3, 51, 3)
"""Older releases can corrupt a file when its write-ahead log is reset."""

Connection = dbapi2.Connection
DatabaseError = dbapi2.DatabaseError
OperationalError = dbapi2.OperationalError
IntegrityError = dbapi2.IntegrityError

if getattr(sqlite_utils.db, "OperationalError", None) is not dbapi2.OperationalError:
    raise ImportError("sqlite_utils was imported before mmt.storage.driver and uses another SQLite.")
if dbapi2.sqlite_version_info < OLDEST_SQLITE:
    raise ImportError(
        f"SQLite {dbapi2.sqlite_version} is too old: install sqlcipher3 0.6.4 or later for SQLite 3.51.3."
    )


__all__ = [
    "Connection",
    "Database",
    "DatabaseError",
    "IntegrityError",
    "Migrations",
    "OperationalError",
    "dbapi2",
]
