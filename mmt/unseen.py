"""What a person types at the terminal unseen; never a word of the command line or of the environment."""

import sys
import warnings
from getpass import GetPassWarning

import click

from mmt.model.errors import ClinicError
from mmt.model.sign_in import SignIn

CODE = "the recovery code"


class NoTerminalError(ClinicError):
    """Something has to be typed unseen, and there is no terminal to type it at."""


def typed_unseen(asks: str, instead: str = "", *, twice: bool = False) -> str:
    """What is typed, unseen. Raises NoTerminalError, whose sentence ends with what can be done `instead`."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)
        try:
            again = "The same again" if twice else False
            return str(click.prompt(asks, hide_input=True, confirmation_prompt=again, err=True))
        except GetPassWarning:
            raise _no_terminal(instead) from None


def signed_in(users: tuple[str, ...], *, by_code: bool = False) -> SignIn | None:
    """Who signs in, of those who may, and the passphrase; of nobody, where it may be, the recovery code. None
    where nobody has to. Raises NoTerminalError."""
    if not users:
        return None
    if not sys.stdin or not sys.stdin.isatty():
        raise _no_terminal("")
    offered = (*users, *([CODE] if by_code else []))
    who = offered[0]
    if len(offered) > 1:
        for number, name in enumerate(offered, start=1):
            click.echo(f"{number}  {name}", err=True)
        who = _chosen(offered)
    if who == CODE:
        return SignIn(who="", passphrase=typed_unseen("Recovery code"))
    return SignIn(who=who, passphrase=typed_unseen(f"Passphrase of {who}"))


def _chosen(offered: tuple[str, ...]) -> str:
    """The one whose number is typed, unseen lest it is the passphrase; Enter alone is the first."""
    while True:
        typed = click.prompt(
            "Who opens the records, by number", "1", hide_input=True, show_default=False, err=True
        )
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(offered):
            click.echo(offered[int(typed) - 1], err=True)
            return offered[int(typed) - 1]
        click.echo(
            f"Type a number from 1 to {len(offered)} first; the passphrase is asked for then.", err=True
        )


def _no_terminal(instead: str) -> NoTerminalError:
    says = "A passphrase is typed at a terminal, unseen, and there is none here. Nothing was done."
    return NoTerminalError(f"{says} Type the command in a terminal window{instead}.")
