"""Looks for faults by what the code does: `uv run --group fuzz python tests/fuzz/guided.py [SECONDS]`.

Inputs that reach new code are kept and changed further. One that raises is written into this folder as
`crash-…`, and its traceback printed; the exit status is then not 0.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from random import Random

import atheris
from mutations import VALUES, mutated

_READERS = (
    *("mmt.toml", "mmt.case.form", "mmt.case.fitting", "mmt.library.load", "mmt.library.templates"),
    *("mmt.library.signoffs", "mmt.clinic.backups", "mmt.storage", "mmt.dates"),
    *("mmt.model.text", "mmt.model.lengths"),
)
"""What reads what comes from outside: to watch the reasoning as well would take ten times as long."""

sys.path.append(str(Path(__file__).parents[1]))
with atheris.instrument_imports(include=list(_READERS)):
    import conftest  # noqa: F401  (what comes with mmt is read once)
    from fuzz_targets import TARGETS

_SECONDS = 600
_LONGEST = 8_000
"""Bytes of an input."""

_TAKES = [target.take for target in TARGETS.values()]


def one(data: bytes) -> None:
    """Give an input to the target that its first byte names."""
    if data:
        _TAKES[data[0] % len(_TAKES)](data[1:])


def changed(data: bytes, most: int, chance: int) -> bytes:
    """The next input: now changed line by line, now byte by byte."""
    if chance % 2 or not data:
        return bytes(atheris.Mutate(data, most))
    return data[:1] + mutated(data[1:], Random(chance))[: most - 1]


def _word(value: bytes) -> str:
    """A line of libFuzzer's dictionary."""
    return '"' + "".join(f"\\x{sign:02x}" for sign in value[:60]) + '"\n'


def main() -> None:
    """Look for as many seconds as were typed."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else _SECONDS
    room = Path(tempfile.mkdtemp(prefix="mmt-corpus-"))
    for at, target in enumerate(TARGETS.values()):
        for number, seed in enumerate(target.seeds()[:40]):
            (room / f"{at}-{number}").write_bytes(bytes([at]) + seed)
    words = room.with_suffix(".words")
    words.write_text("".join(map(_word, filter(None, VALUES))))
    options = [f"-max_total_time={seconds}", f"-max_len={_LONGEST}", f"-dict={words}", "-timeout=60"]
    artifacts = f"-artifact_prefix={Path(__file__).parent}/"
    atheris.Setup([sys.argv[0], *options, artifacts, str(room)], one, custom_mutator=changed)
    try:
        atheris.Fuzz()
    finally:
        shutil.rmtree(room, ignore_errors=True)


if __name__ == "__main__":
    main()
