"""A disk that loses power: what a program wrote is followed call by call, and only what it flushed is sure.

strace tells every call. Bytes and lengths are sure once their file was flushed, names once their folder was.
Of all else a power cut leaves nothing, or some of it in any order, or torn pieces of 512 bytes.
"""

import copy
import random
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
CALLS = "openat,close,write,pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,link,linkat,mkdir,rmdir"
LINE = re.compile(r"(?:\d+ +)?(?P<call>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+)")
UNTRACED = ("-shm",)
"""Files that are written through mapped memory; SQLite makes them anew after a crash."""


@dataclass(frozen=True)
class Bytes:
    """Bytes on their way into a file."""

    flushed_with: int | str
    at: int
    data: bytes

    def torn(self, chance: random.Random) -> "list[Bytes]":
        """Some of the sectors."""
        return [
            Bytes(self.flushed_with, self.at + start, self.data[start : start + SECTOR])
            for start in range(0, len(self.data), SECTOR)
            if chance.random() < 0.5
        ]

    def arrive(self, disk: "Disk") -> None:
        content = disk.contents[int(self.flushed_with)]
        content.extend(bytes(max(0, self.at + len(self.data) - len(content))))
        content[self.at : self.at + len(self.data)] = self.data


@dataclass(frozen=True)
class Length:
    """A file's new length, on its way."""

    flushed_with: int | str
    length: int

    def arrive(self, disk: "Disk") -> None:
        content = disk.contents[int(self.flushed_with)]
        content.extend(bytes(max(0, self.length - len(content))))
        del content[self.length :]


@dataclass(frozen=True)
class Names:
    """Names that a folder gives to files or takes away (None), on their way, together."""

    flushed_with: int | str
    names: dict[str, int | None]

    def arrive(self, disk: "Disk") -> None:
        for name, file in self.names.items():
            disk.names.pop(name, None)
            if file is not None:
                disk.names[name] = file


Change = Bytes | Length | Names


@dataclass
class Disk:
    """What is sure on the disk below a folder, and what is on its way to it. A folder has no content."""

    names: dict[str, int] = field(default_factory=dict)
    contents: dict[int, bytearray] = field(default_factory=dict)
    coming: list[Change] = field(default_factory=list)

    def flush(self, what: int | str) -> None:
        """Make sure what is on its way to a file (its number) or a folder (its path)."""
        for change in self.coming:
            if change.flushed_with == what:
                change.arrive(self)
        self.coming = [change for change in self.coming if change.flushed_with != what]

    def cut(self, chance: random.Random) -> "Disk":
        """The disk as it may be found after a power cut at this moment."""
        left = copy.deepcopy(self)
        share = chance.choice((0, 0.5, 0.9))
        torn = chance.random() < 0.5
        for change in left.coming:
            if chance.random() < share:
                for part in change.torn(chance) if torn and isinstance(change, Bytes) else [change]:
                    part.arrive(left)
        left.coming = []
        return left

    def put(self, folder: Path) -> None:
        """Write what is on the disk into a new folder."""
        folder.mkdir()
        for name in sorted(self.names):
            path = folder / name
            if not path.parent.is_dir() or name.endswith(UNTRACED):
                continue
            if self.names[name] in self.contents:
                path.write_bytes(self.contents[self.names[name]])
            else:
                path.mkdir()


class Traced:
    """A program's calls, one after the other, and the disk that they make."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.disk = Disk()
        self._count = 0
        self._open: dict[int, tuple[str, int]] = {}
        self._at: dict[int, int] = {}
        for path in sorted(root.rglob("*")):
            self.disk.names[self._name(path)] = self._new(path.read_bytes() if path.is_file() else None)
        self._names: dict[str, int] = dict(self.disk.names)

    def run(self, command: Sequence[str], environment: dict[str, str]) -> Iterator[str]:
        """Run a program to its end; then take its calls in one by one, with a stop after each that concerns
        the disk and each that printed. Gives what was printed there, else an empty text."""
        trace = self.root.with_name(f"{self.root.name}.trace")
        strace = ["strace", "-f", "--seccomp-bpf", "-xx", "-s", "9999999", "-e", f"trace={CALLS}"]
        subprocess.run(
            [*strace, "-o", str(trace), *command],
            check=True,
            stdout=subprocess.DEVNULL,
            env=environment,
        )
        with trace.open() as lines:
            for line in lines:
                assert "<unfinished" not in line, "only a program of one thread can be followed"
                found = LINE.match(line)
                if not found or int(found["result"]) < 0:
                    continue
                said = self._take(found["call"], found["arguments"].split(", "), int(found["result"]))
                if said is not None:
                    yield said

    def _new(self, content: bytes | None) -> int:
        self._count += 1
        if content is not None:
            self.disk.contents[self._count] = bytearray(content)
        return self._count

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _below(self, folder: str, quoted: str) -> str | None:
        """The name below the root that a call means; None for a file elsewhere."""
        base = (
            self.root / self._open[int(folder)][0] if folder.isdigit() and int(folder) in self._open else None
        )
        path = (base or Path("/")) / _bytes(quoted).decode()
        return self._name(path) if path.is_relative_to(self.root) else None

    def _take(self, call: str, arguments: list[str], result: int) -> str | None:
        """What a call printed, empty where it concerns the disk, None where it is of no interest."""
        before = len(self.disk.coming)
        if call == "openat":
            self._opened(arguments, result)
        elif call in ("link", "linkat", "rename"):
            old, new = (self._below("", one) for one in arguments if one.startswith('"'))
            self._named({new: self._names.get(old or "")} | ({old: None} if call == "rename" else {}))
        elif call in ("unlink", "rmdir", "mkdir"):
            self._named({self._below("", arguments[0]): self._new(None) if call == "mkdir" else None})
        elif call == "unlinkat":
            self._named({self._below(arguments[0], arguments[1]): None})
        elif call == "write" and arguments[0] == "1":
            return _bytes(arguments[1]).decode().strip()
        elif int(arguments[0]) in self._open:
            self._written(call, int(arguments[0]), arguments)
        return "" if len(self.disk.coming) != before else None

    def _opened(self, arguments: list[str], descriptor: int) -> None:
        self._open.pop(descriptor, None)
        name = self._below(arguments[0], arguments[1])
        if name is None:
            return
        if name not in self._names and name != ".":
            self._named({name: self._new(b"")})
        self._open[descriptor] = (name, self._names.get(name, 0))
        self._at[descriptor] = 0

    def _named(self, names: dict[str | None, int | None]) -> None:
        """Names given and taken by one call; those elsewhere do not matter."""
        here = {name: file for name, file in names.items() if name is not None}
        for name, file in here.items():
            self._names.pop(name, None)
            if file is not None:
                self._names[name] = file
        for folder in {Path(name).parent.as_posix() for name in here}:
            self.disk.coming.append(Names(folder, here))

    def _written(self, call: str, descriptor: int, arguments: list[str]) -> None:
        name, file = self._open[descriptor]
        if call == "close":
            del self._open[descriptor]
        elif call in ("fsync", "fdatasync"):
            self.disk.flush(file if file in self.disk.contents else name)
        elif call == "ftruncate":
            self.disk.coming.append(Length(file, int(arguments[1])))
        else:
            data = _bytes(arguments[1])
            at = int(arguments[3]) if call == "pwrite64" else self._at[descriptor]
            self._at[descriptor] = at + len(data)
            self.disk.coming.append(Bytes(file, at, data))


def _bytes(quoted: str) -> bytes:
    return bytes.fromhex(quoted.strip('"').replace("\\x", ""))


def missing() -> str:
    """Why programs cannot be followed here; empty where they can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    done = subprocess.run(
        ["strace", "-f", "--seccomp-bpf", "-e", "trace=close", "-o", "/dev/null", "true"], check=False
    )
    return "strace may not follow programs here" if done.returncode else ""
