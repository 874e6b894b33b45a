"""Where files live: what is shipped, what is the clinic's own."""

import os
from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("mmt", appauthor=False)


def shipped(name: str) -> Path:
    """A data folder that comes with mmt (`protocols`, `reports/templates`), in a wheel or in a checkout."""
    packaged = Path(__file__).parent / "_shipped" / name
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / name


class Places:
    """The folders of one clinic, all below `root`: records, own protocols and templates, printed papers."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.database = root / "clinic.db"
        self.key = root / "clinic.key"
        self.mark = root / "clinic.mark"
        self.protocols = root / "protocols"
        self.templates = root / "templates"
        self.exports = root / "export"
        self.signoffs = root / "reviews.toml"
        self.settings = root / "settings.json"
        self.own_errors = root / "own-errors.json"
        self.last_backup = root / "last-backup.json"
        self.tries = root / "sign-in.json"
        self.sending = root / "sending.lock"
        self.importing = root / "importing.lock"
        self.log = root / "mmt.log"

    @property
    def private(self) -> tuple[Path, ...]:
        """What nobody but its owner may reach: the folder, the records in it, their key and mark."""
        logs = (self.database.with_name(self.database.name + end) for end in ("-wal", "-shm"))
        return self.root, self.key, self.mark, self.database, *logs

    @property
    def own_files(self) -> tuple[Path, ...]:
        """What the clinic decided and set up, each in a file of its own beside the records."""
        return self.signoffs, self.settings, self.own_errors

    @property
    def own_folders(self) -> tuple[Path, ...]:
        """What the clinic wrote itself, and its logo."""
        return self.protocols, self.templates

    @property
    def protocol_folders(self) -> tuple[Path, ...]:
        """Where protocols are searched: the shipped folder, then the clinic's own."""
        return shipped("protocols"), self.protocols

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Where report templates are searched: the shipped folder, then the clinic's own."""
        return shipped("reports/templates"), self.templates


def clinic() -> Places:
    """The clinic's folder: `MMT_HOME` where it is set, else the system's place for application data."""
    home = os.environ.get("MMT_HOME")
    if not home:
        return Places(Path(_DIRS.user_data_path))
    try:
        return Places(Path(home).expanduser())
    except RuntimeError:  # the home of a user who does not exist
        return Places(Path(home))
