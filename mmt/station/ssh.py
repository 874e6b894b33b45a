"""The way in by ssh: a server of its own beside the computer's, whose keys open mmt and nothing else."""

import getpass
import ipaddress
import shlex
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from mmt.files import make_folder, write_private
from mmt.model.errors import ClinicError

from .keys import public_key
from .started import command, program, station_name

CONFIG = "sshd_config"
KEYS = "authorized_keys"
HOST_KEY = "ssh_host_ed25519_key"
_AT_LEAST = 32
"""So many connections that have not signed in yet are taken at once where there are few rooms; half of them
from one computer, so that none alone can keep the others out."""

OPEN = (
    "{folder} does not do: other accounts may write in {above}, and the server would take no key from there. "
    "Name a folder in the home of mmt's account, as {home}."
)

_SSHD = """\
# The rooms' own ssh server, beside the computer's. Written by `mmt station ssh`.
# Start: {start}
Port {port}
ListenAddress {listen}
HostKey {folder}/{host_key}
AuthorizedKeysFile {folder}/{keys}
PidFile none

# who may come: the account of mmt, by a key, and each key by its line in {keys}
AllowUsers {account}
PermitRootLogin {root}
AuthenticationMethods publickey
PubkeyAuthentication yes
PasswordAuthentication no
KbdInteractiveAuthentication no
HostbasedAuthentication no
UsePAM no
StrictModes yes
MaxAuthTries 3
LoginGraceTime 20
MaxStartups {startups}:50:{most}
PerSourceMaxStartups {of_one}
MaxSessions 1

# what may come with it: nothing but a terminal
PermitTTY yes
DisableForwarding yes
AllowTcpForwarding no
AllowStreamLocalForwarding no
AllowAgentForwarding no
X11Forwarding no
PermitTunnel no
PermitUserEnvironment no
PermitUserRC no
Compression no

# a station that is switched off is noticed within a minute: its draft is let go then
TCPKeepAlive yes
ClientAliveInterval 5
ClientAliveCountMax 3

# each sign-in is noted with the key that it was by
LogLevel VERBOSE
PrintMotd no
PrintLastLog no
"""


class Way(NamedTuple):
    """What the ssh server is set up with: each file's text by its name, and what is to be done by hand."""

    files: dict[str, str]
    by_hand: tuple[str, ...]


def way_in(
    folder: Path, records: Path, keys: Sequence[Path], *, listen: str = "127.0.0.1", port: int = 2222
) -> Way:
    """What lets the stations in whose public keys are given: a station is called as its key's file.

    `folder` is where the configuration is going to lie. Nothing is written. Raises ClinicError.
    """
    listen, folder = address(listen), plain_path(folder)
    server, account = f"/usr/sbin/sshd -D -f {shlex.quote(f'{folder}/{CONFIG}')}", getpass.getuser()
    lines = _lines(records, keys)
    startups = max(_AT_LEAST, 2 * len(lines))
    config = _SSHD.format(
        start=server,
        port=port,
        listen=listen,
        folder=folder,
        host_key=HOST_KEY,
        keys=KEYS,
        account=account,
        root="forced-commands-only" if account == "root" else "no",
        startups=startups,
        most=2 * startups,
        of_one=startups // 2,
    )
    makes = f"ssh-keygen -q -t ed25519 -N '' -C mmt-rooms -f {shlex.quote(f'{folder}/{HOST_KEY}')}"
    comes = f"ssh -t -p {port} -i ~/.ssh/mmt -o IdentitiesOnly=yes {account}@{listen}"
    return Way({CONFIG: config, KEYS: "".join(lines)}, (makes, server, comes))


def write(folder: Path, way: Way) -> tuple[Path, ...]:
    """Put the files into the folder, readable by this account alone. Raises ClinicError with a sentence, also
    where others could exchange them: then the server would refuse every key."""
    try:
        make_folder(folder)
        if open_to_others := _written_by_others(folder.absolute()):
            raise ClinicError(OPEN.format(folder=folder, above=open_to_others, home=Path.home() / "rooms"))
        for name, text in way.files.items():
            write_private(folder / name, text.encode())
    except OSError as error:
        raise ClinicError(f"{folder} cannot be written ({error.strerror}).") from error
    return tuple(folder / name for name in way.files)


def _written_by_others(folder: Path) -> Path | None:
    """The first folder from here up to the home in which other accounts may write; None without one."""
    for one in (folder, *folder.parents):
        if one.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            return one
        if one == Path.home():
            break
    return None


def address(text: str) -> str:
    """An address of this computer to listen at. Raises ClinicError."""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise ClinicError(
            f"{text!r} is no address. Give the one of this computer in the rooms' network, as 192.168.7.10."
        ) from None


def plain_path(folder: Path) -> Path:
    """A whole path without signs that mean something in a configuration. Raises ClinicError."""
    folder = folder.absolute()
    if not all(one.isalnum() or one in "/._-" for one in str(folder)):
        raise ClinicError(f"{folder} has a sign in its name that is none of letters, digits, . _ and -.")
    return folder


def _lines(records: Path, keys: Sequence[Path]) -> list[str]:
    """The line of each station: its key is good for mmt with its name, and for a terminal."""
    mmt, lines, seen = program(), [], dict[str, str]()
    for path in keys:
        station, key = station_name(path.stem), public_key(path)
        if taken := seen.get(station) or seen.get(key):
            raise ClinicError(f"{path} and {taken} have one name or one key: each station has its own.")
        seen |= {station: str(path), key: str(path)}
        runs = command(station, records, mmt).replace('"', '\\"')
        lines.append(f'restrict,pty,command="{runs}" {key} {station}\n')
    return lines
