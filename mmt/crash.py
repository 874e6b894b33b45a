"""The last resort: a fault of mmt itself, noted without a word of what patients' values were.

A traceback printed with its values would show names and keys. The log holds file, line and function only.
"""

import datetime
import os
import secrets
import traceback
from pathlib import Path


def note(error: BaseException, log: Path) -> str:
    """Add where `error` arose to the log (mode 0600) and return the sentence to show, with its reference."""
    reference = secrets.token_hex(3).upper()
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno}: {frame.name}" for frame in frames]
    text = "\n  ".join([f"{now} {reference} {type(error).__name__}", *lines])
    sentence = "mmt met a fault of its own and stopped. What was shown as saved is saved."
    try:
        _append(log, text + "\n")
    except OSError:
        return f"{sentence} The fault could not be noted in {log}."
    return f"{sentence} Fault {reference} is noted in {log}."


def _append(log: Path, text: str) -> None:
    log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    for name in ("O_NOFOLLOW", "O_NONBLOCK"):  # no link is followed, and no reader of a pipe is waited for
        flags |= getattr(os, name, 0)
    with os.fdopen(os.open(log, flags, 0o600), "a", encoding="utf-8") as file:
        file.write(text)
