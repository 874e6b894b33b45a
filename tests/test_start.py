"""Ctrl-C before mmt has loaded its modules: it ends, and shows nothing of Python."""

import subprocess
import sys

LOADING = """
import sys

class Interrupted:
    def find_spec(self, name, *_):
        if name == {module!r}:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupted())
sys.argv = ["mmt", "where"]
from importlib.metadata import entry_points
(mmt,) = entry_points(group="console_scripts", name="mmt")
mmt.load()()
"""


def test_ctrl_c_while_modules_are_loaded_ends_without_a_traceback() -> None:
    for module in ("mmt.cli", "click", "mmt.cli.papers"):
        ran = subprocess.run(
            [sys.executable, "-c", LOADING.format(module=module)], capture_output=True, text=True, check=False
        )
        assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "")
