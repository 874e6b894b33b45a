"""All figures beside their references, as a Markdown table whose lines come as they are measured.

`uv run python tests/benchmarks/run.py`; the clinics at full size alone: `tests/benchmarks/clinics.py --help`;
sixteen rooms over ssh, which take twenty minutes: `tests/benchmarks/rooms.py --help`;
four by a browser, as long: `tests/benchmarks/rooms_by_browser.py --help`.
"""

import audit
import backups
import clinics
import explain
import grade
import keystrokes
import paper
import search
import sign_in
import start
import stations
from table import HEAD, tell


def main() -> None:
    """Measure and print."""
    print(HEAD, flush=True)
    for part in (start, sign_in, clinics, search, grade, audit, stations, backups, explain, paper):
        tell(part.rows())
    print()
    print(keystrokes.markdown(keystrokes.tallies()))
    if paper.HTML is None:
        print(paper.SKIPPED)


if __name__ == "__main__":
    main()
