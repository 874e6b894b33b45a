"""Who asks to open the records, and by what."""

from .base import Value


class SignIn(Value, frozen=True, kw_only=True):
    """A practitioner and the passphrase, as it was typed; of nobody ("") it is the recovery code. Never
    shown: its `repr` is masked."""

    who: str
    passphrase: str

    def __repr__(self) -> str:
        return f"SignIn({self.who!r}, …)"


class NewKeys(Value, frozen=True, kw_only=True):
    """The passphrase that a practitioner chose, and the recovery code that was written down. Never shown:
    its `repr` is masked."""

    passphrase: str
    code: str

    def __repr__(self) -> str:
        return "NewKeys(…)"
