"""How the records are opened: the clinic's own, or a throwaway clinic. Everything heavy is imported late."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mmt.model.errors import ClinicError

if TYPE_CHECKING:
    from mmt.clinic import Clinic
    from mmt.clinic.demo.many import Size
    from mmt.model.people import Letterhead
    from mmt.model.sign_in import NewKeys, SignIn


class ClinicOpener:
    """Opens the clinic's own records. Of records that are thrown away nothing is `backed_up`."""

    backed_up = True

    def __init__(self) -> None:
        from mmt.paths import clinic

        self.places = clinic()

    @property
    def log(self) -> Path:
        """Where faults of the program are noted."""
        return self.places.log

    @property
    def folder(self) -> str:
        """Where the records are, for a person."""
        return str(self.places.root)

    def prepare(self) -> None:
        """Import what opening needs; safe to call in a thread."""
        import mmt.clinic
        import mmt.tui.front.patients
        import mmt.tui.front.setup  # noqa: F401

    def who_may(self) -> tuple[str, ...]:
        """Who may sign in; nobody where nobody has to. Raises ClinicError where that cannot be read."""
        from mmt.clinic import signing_in

        return signing_in.who_may(self.places)

    def open(self, sign_in: "SignIn | None" = None) -> "Clinic | None":
        """The clinic; None where nothing of one is there. Raises ClinicError with a sentence."""
        from mmt.clinic import Clinic

        return Clinic.open(self.places, sign_in) if Clinic.exists(self.places) else None

    def create(self, letterhead: "Letterhead", practitioner: str, keys: "NewKeys | None" = None) -> "Clinic":
        """Set up the clinic, without `keys` one without a passphrase. Raises ClinicError with a sentence."""
        from mmt.clinic import Clinic

        return Clinic.create(self.places, letterhead, practitioner, keys)

    def recover(self, code: str, who: str, passphrase: str) -> None:
        """Make a new passphrase by the recovery code. Raises ClinicError with a sentence."""
        from mmt.clinic import signing_in
        from mmt.storage.store import utc_now

        signing_in.recover(self.places, code, who, passphrase, utc_now)

    def refuse_weak(self, passphrase: str, who: str, clinic: str) -> None:
        """Raise ClinicError where this may not be a passphrase."""
        from mmt.clinic import signing_in

        signing_in.refuse_weak(passphrase, who, clinic)

    def new_code(self) -> str:
        """A new recovery code."""
        from mmt.clinic import signing_in

        return signing_in.new_code()

    def refuse_other_code(self, code: str, typed: str) -> None:
        """Raise ClinicError where what was typed back is not the code."""
        from mmt.clinic import signing_in

        signing_in.refuse_other_code(code, typed)

    def close(self) -> None:
        """Clear away what was made for this run alone: here nothing was."""


class DemoOpener(ClinicOpener):
    """Opens a throwaway clinic with made-up patients. Faults are not noted in its folder, which goes at the
    end, but where those of the clinic's own records are."""

    backed_up = False

    def __init__(self) -> None:
        super().__init__()
        self._root: Path | None = None
        self._filled = False

    @property
    def folder(self) -> str:
        """Where the records are while the demo runs."""
        return str(self._root or "a temporary folder")

    def fill(self, size: "Size") -> Iterator[int]:
        """Make a clinic of this size before the program starts; how many patients there are, as it grows."""
        from mmt.clinic.demo.many import make_many

        self._root = _new_folder()
        yield from make_many(self._root, size)
        self._filled = True

    def prepare(self) -> None:
        import mmt.clinic.demo
        import mmt.tui.front.patients  # noqa: F401

    def who_may(self) -> tuple[str, ...]:
        return ()

    def open(self, sign_in: "SignIn | None" = None) -> "Clinic | None":
        """The clinic that was filled before, else the demo's, made now."""
        from mmt.clinic import Clinic
        from mmt.clinic.demo import make_demo
        from mmt.paths import Places

        if self._filled and self._root is not None:
            return Clinic.open(Places(self._root), sign_in)
        self.close()  # what a try that failed has left
        self._root = _new_folder()
        return make_demo(self._root)

    def create(self, letterhead: "Letterhead", practitioner: str, keys: "NewKeys | None" = None) -> "Clinic":
        """The demo is set up already: never asked."""
        raise RuntimeError(f"the demo needs no setting up by {practitioner} of {letterhead.name}, nor {keys}")

    def close(self) -> None:
        """Remove the throwaway clinic with all that it holds."""
        if self._root is not None:
            shutil.rmtree(self._root, ignore_errors=True)


def _new_folder() -> Path:
    """A folder for a throwaway clinic. Raises ClinicError with a sentence."""
    try:
        return Path(tempfile.mkdtemp(prefix="mmt-demo-"))
    except OSError as error:
        raise ClinicError(
            f"No folder could be made for the demo ({error.strerror}). Make room on the disk, or name "
            "another place in the variable TMPDIR."
        ) from None
