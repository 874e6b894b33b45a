"""What a command says, where its output may be full, closed or read no further."""

import textwrap
from contextlib import suppress

import click


def tell(says: str) -> None:
    """Say it beside the output. Where nobody can hear it, the work goes on."""
    with suppress(OSError):
        click.echo(says, err=True)


def refused(error: OSError) -> str:
    """What the system refused. Files have sentences of their own where they are used: this is the output."""
    if error.filename is None:
        return f"The output cannot be written ({error.strerror}). Make room there, or send it elsewhere."
    return f"{error.filename} cannot be read or written ({error.strerror}). Check its name, rights and disk."


def hanging(says: str) -> str:
    """A sentence in rows of 79 columns, all but the first set in. A path that is longer stays whole."""
    return textwrap.fill(says, 79, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
