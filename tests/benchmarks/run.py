"""All figures beside their references, as a Markdown table: `uv run python tests/benchmarks/run.py`."""

import explain
import grade
import keystrokes
import paper
import search
import start
from table import show


def main() -> None:
    """Measure and print."""
    print(show([*start.rows(), *search.rows(), *grade.rows(), *explain.rows(), *paper.rows()]))
    print()
    print(keystrokes.markdown(keystrokes.tallies()))
    if paper.HTML is None:
        print(paper.SKIPPED)


if __name__ == "__main__":
    main()
