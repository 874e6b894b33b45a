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
    at = 1
    if len(offered) > 1:
        for number, name in enumerate(offered, start=1):
            click.echo(f"{number}  {name}", err=True)
        at = click.prompt("Who opens the records", type=click.IntRange(1, len(offered)), default=1, err=True)
    who = offered[at - 1]
    if who == CODE:
        return SignIn(who="", passphrase=typed_unseen("Recovery code"))
    return SignIn(who=who, passphrase=typed_unseen(f"Passphrase of {who}"))


def _no_terminal(instead: str) -> NoTerminalError:
    says = "A passphrase is typed at a terminal, unseen, and there is none here. Nothing was done."
    return NoTerminalError(f"{says} Type the command in a terminal window{instead}.")
