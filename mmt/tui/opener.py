"""How the records are opened: the clinic's own, or a throwaway clinic. Everything heavy is imported late."""

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from mmt.model.errors import ClinicError

if TYPE_CHECKING:
    from mmt.clinic import Clinic
    from mmt.model.people import Letterhead


class ClinicOpener:
    """Opens the clinic's own records."""

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

    def __init__(self) -> None:
        super().__init__()
        self._root: Path | None = None

    @property
    def folder(self) -> str:
        """Where the records are while the demo runs."""
        return str(self._root or "a temporary folder")

    def prepare(self) -> None:
        import mmt.clinic.demo
        import mmt.tui.front.patients  # noqa: F401

    def open(self) -> "Clinic | None":
        """The demo's clinic, made now."""
        from mmt.clinic.demo import make_demo

        self.close()  # what a try that failed has left
        try:
            self._root = Path(tempfile.mkdtemp(prefix="mmt-demo-"))
        except OSError as error:
            raise ClinicError(
                f"No folder could be made for the demo ({error.strerror}). Make room on the disk, or name "
                "another place in the variable TMPDIR."
            ) from None
        return make_demo(self._root)

    def create(self, letterhead: "Letterhead", practitioner: str) -> "Clinic":
        """The demo is set up already: never asked."""
        raise RuntimeError(f"the demo needs no setting up by {practitioner} of {letterhead.name}")

    def close(self) -> None:
        """Remove the throwaway clinic with all that it holds."""
        if self._root is not None:
            shutil.rmtree(self._root, ignore_errors=True)
