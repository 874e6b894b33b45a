"""Whether a folder lies on a network share: the log of the newest records does not work there."""

import sys
from pathlib import Path

_MOUNTS = Path("/proc/self/mounts")
_NETWORK_FILE_SYSTEMS = ("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "9p", "fuse", "afpfs", "webdav")


def network_share(folder: Path) -> str:
    """By what kind of share a folder is reached; empty where by none, or the system does not tell."""
    if str(folder).startswith("\\\\"):
        return "UNC"
    if not sys.platform.startswith("linux"):
        return ""
    deepest, kind, whole = "", "", folder.resolve()
    try:
        mounts = _MOUNTS.read_text("utf-8", "replace")
    except OSError:  # SQLite says then what it cannot do
        return ""
    for line in mounts.splitlines():
        _, point, name = line.split()[:3]
        point = point.replace("\\040", " ")
        if whole.is_relative_to(point) and len(point) >= len(deepest):
            deepest, kind = point, name
    return kind if kind.split(".")[0] in _NETWORK_FILE_SYSTEMS else ""
