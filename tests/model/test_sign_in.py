"""What somebody typed to come in is never shown, wherever it is printed."""

from mmt.model.sign_in import NewKeys, SignIn

WORDS, CODE = "slow green kettle song", "0000-0000-0000-0000-0000-0000-0000"


def test_neither_passphrase_nor_code_is_in_what_is_printed_of_them() -> None:
    asked, chosen = SignIn(who="Dr Example", passphrase=WORDS), NewKeys(passphrase=WORDS, code=CODE)
    printed = f"{asked!r} {asked} {chosen!r} {chosen} {[asked, chosen]}"
    assert "Dr Example" in printed
    assert WORDS not in printed
    assert CODE not in printed
