"""What is left of a clinic whose records are not where they should be: never taken for a new clinic."""

from pathlib import Path

from mmt.model.errors import ClinicError

PUT_BACK = "Move the whole folder away and keep it; then `mmt restore` puts a backup in its place."


def remains(database: Path, key_file: Path) -> tuple[Path, ...]:
    """The records, their key, mark and logs, as far as they are there; none before a clinic was set up.

    Raises ClinicError where that cannot be seen: what is hidden is not missing.
    """
    logs = (database.with_name(database.name + end) for end in ("-wal", "-shm", "-journal"))
    return tuple(path for path in (database, key_file, mark_of(database), *logs) if _is_there(path))


def mark_of(database: Path) -> Path:
    """Where the mark of these records is kept, which says how far they had come."""
    return database.with_suffix(".mark")


def key_of(database: Path) -> Path:
    """Where the key file of these records is."""
    return database.with_suffix(".key")


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise ClinicError(
            f"{path.parent} cannot be looked into ({error.strerror}). Give yourself the right to read and "
            "write in this folder, then try again."
        ) from None
    return True


def missing(database: Path, key_file: Path) -> str:
    """The sentence about records that are not there: what is missing, and the way back."""
    left = remains(database, key_file)
    if not left:
        return f"There are no records at {database}. Start mmt to set up a clinic there."
    if database in left:
        return f"{database} is no file, or leads to none. Connect its disk and try again. {PUT_BACK}"
    names = " and ".join(path.name for path in left)
    return (
        f"The records are missing in {database.parent}: {names} {'lies' if len(left) == 1 else 'lie'} there "
        f"without {database.name}. "
        f"If {database.name} was moved, put it back. Else move the whole folder away and keep it; then "
        "`mmt restore` puts a backup in its place, or mmt begins a new clinic."
    )


def empty(database: Path, key_file: Path) -> str:
    """The sentence about records cut to nothing, with the logs beside them, which no others may meet."""
    others = (database, key_file, mark_of(database))
    logs = [path.name for path in remains(database, key_file) if path not in others]
    said = f"{database} is empty, so it is not a file of mmt."
    if not logs:
        return f"{said} {PUT_BACK}"
    names = " and ".join(logs)
    return f"{said} The last entries may be in {names}, which lies beside it. {PUT_BACK}"
