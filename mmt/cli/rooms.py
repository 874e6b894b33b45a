"""How rooms reach this computer: `mmt station ssh`, `mmt station browser`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mmt.paths import clinic

from .shared import sentences

if TYPE_CHECKING:
    from mmt.station.nginx import By
    from mmt.station.ssh import Way

FOLDER = click.option(
    "--write", "folder", type=click.Path(path_type=Path), help="Write the files into this folder."
)
LISTEN = click.option(
    "--listen", default="127.0.0.1", show_default=True, help="This computer's address in the rooms' network."
)
EXAMPLE = Path("/home/mmt/rooms")
"""The folder that is named in what is only printed."""


@click.group()
def station() -> None:
    """Set up how rooms reach this computer.

    One computer keeps the records; in the rooms is a keyboard with a screen, which shows mmt and nothing
    else. docs/rooms.md tells it line by line.
    """


@station.command()
@FOLDER
@LISTEN
@click.option("--port", type=click.IntRange(1, 65535), default=2222, show_default=True)
@click.argument("keys", nargs=-1, type=click.Path(path_type=Path))
def ssh(folder: Path | None, listen: str, port: int, keys: tuple[Path, ...]) -> None:
    """Let the stations of these public KEYS in by ssh.

    Each key is a file of its own, called as its station: "Room 2.pub". Printed, or with --write written, are
    the configuration of an ssh server of its own and a line for each key, by which it opens mmt and nothing
    else: no shell, no files, no way on to other computers. Run it in the account that mmt runs in.
    """
    with sentences():
        from mmt.station.ssh import way_in

        way = way_in(folder or EXAMPLE, clinic().root, keys, listen=listen, port=port)
        _give(folder, way)
    for says, line in zip(_BY_SSH, way.by_hand, strict=True):
        click.echo(f"# {says}\n{line}")


_BY_SSH = (
    "Once, the key by which the stations know this computer:",
    "The server, in the account of mmt:",
    "At each station, with its own key in ~/.ssh/mmt:",
)


@station.command()
@FOLDER
@LISTEN
@click.option(
    "--name", default="localhost", show_default=True, help="The name by which browsers open this computer."
)
@click.option("--port", type=click.IntRange(1, 65535), default=8443, show_default=True)
@click.option(
    "--by",
    type=click.Choice(["certificate", "password"]),
    default="certificate",
    show_default=True,
    help="By what a station is known.",
)
@click.argument("stations", nargs=-1)
def browser(
    folder: Path | None, listen: str, name: str, port: int, by: "By", stations: tuple[str, ...]
) -> None:
    """Let STATIONS in by a browser, each named as its room: "Room 2".

    Printed, or with --write written, are the configuration of an nginx of its own, which takes
    certificates or passwords of these stations alone and pages of this address alone, what makes the
    certificates, and the lines that start both. It needs nginx, and mmt with its extra "browser".
    """
    with sentences():
        from mmt.station.browser import way_in

        way = way_in(folder or EXAMPLE, clinic().root, stations, by=by, host=name, listen=listen, port=port)
        _give(folder, way)
    click.echo("# In the account of mmt, in this order:")
    for line in way.by_hand:
        click.echo(line)


def _give(folder: Path | None, way: "Way") -> None:
    """Write the files of a way in, or print them."""
    if folder is None:
        for name, text in way.files.items():
            click.echo(f"# ---- {EXAMPLE / name}\n{text}")
        return
    from mmt.station.ssh import write

    for path in write(folder, way):
        click.echo(path)
