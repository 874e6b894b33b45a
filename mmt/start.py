"""Where the command `mmt` begins: Ctrl-C ends it in order from the first module on that it loads."""

import sys

INTERRUPTED = 128 + 2
"""What every shell calls a command that was ended by SIGINT."""


def main() -> None:
    """Run the command that was typed."""
    try:
        from mmt.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
