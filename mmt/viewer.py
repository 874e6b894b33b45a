"""Opening a paper with the system's own viewer."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Thread

from mmt.model.program import STATION

AT_A_STATION = "P prints it. It is kept on the computer that keeps the records, at {path}"


def open_file(path: Path) -> str:
    """Open a file with the system's viewer; a sentence where that is not possible, else empty.

    In another room it would open on the screen of this computer, before somebody else.
    """
    if os.environ.get(STATION):
        return AT_A_STATION.format(path=path)
    try:
        if sys.platform == "win32":
            os.startfile(path)
            return ""
        opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
        if opener is None:
            return f"No viewer was found on this computer. The paper is at {path}"
        viewer = subprocess.Popen(
            [opener, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        Thread(target=viewer.wait, daemon=True).start()  # takes leave of the viewer when it ends
    except OSError as error:
        return f"The viewer did not start ({error.strerror}). The paper is at {path}"
    return ""
