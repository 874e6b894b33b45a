"""A small disk that runs full."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def full(folder: Path, left: int = 0) -> Iterator[None]:
    """Nothing more finds room on the disk, but for so many bytes that are `left`."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1024))
        except OSError:
            file.truncate(max(0, file.tell() - left))
    yield
    filler.unlink()
