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

    def open(self) -> "Clinic | None":
        """The clinic; None where nothing of one is there. Raises ClinicError with a sentence."""
        from mmt.clinic import Clinic

        return Clinic.open(self.places) if Clinic.exists(self.places) else None

    def create(self, letterhead: "Letterhead", practitioner: str) -> "Clinic":
        """Set up the clinic. Raises ClinicError with a sentence."""
        from mmt.clinic import Clinic

        return Clinic.create(self.places, letterhead, practitioner)

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

    def open(self) -> "Clinic | None":
        """The clinic that was filled before, else the demo's, made now."""
        from mmt.clinic import Clinic
        from mmt.clinic.demo import make_demo
        from mmt.paths import Places

        if self._filled and self._root is not None:
            return Clinic.open(Places(self._root))
        self.close()  # what a try that failed has left
        self._root = _new_folder()
        return make_demo(self._root)

    def create(self, letterhead: "Letterhead", practitioner: str) -> "Clinic":
        """The demo is set up already: never asked."""
        raise RuntimeError(f"the demo needs no setting up by {practitioner} of {letterhead.name}")

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
