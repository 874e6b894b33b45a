"""The names that terminals give one key, brought together: top row, keypad, kitty protocol."""

NAMES = {
    "+": ("plus", "add"),
    "-": ("minus", "subtract"),
    "*": ("asterisk", "multiply"),
    "/": ("slash", "divide"),
    ".": ("full_stop", "decimal"),
}
"""What terminals call a sign, on the top row and on the keypad."""

_ALIKE = {"+": ("equals_sign", "equal"), ".": ("comma", "separator"), " ": ("space",)}
"""Beside the two rows: `=` is `+` without shift on many keyboards, `,` the point of many keypads."""

_SAME = {name: sign for signs in (NAMES, _ALIKE) for sign, names in signs.items() for name in names}

NUMLOCK_OFF = frozenset(
    ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete", "kp_begin")
)
"""What a keypad sends while NumLock is off."""

NUMLOCK_WORDS = "An arrow key. A keypad sends these with NumLock off: press NumLock."


def symbol(key: str) -> str:
    """The sign a key stands for (`add` and `plus` are `+`), else its own name in small letters."""
    return _SAME.get(key, key.lower() if len(key) == 1 else key)


def text_of(key: str, character: str | None) -> str:
    """The text that a key writes into a field; empty where it writes none."""
    sign = _SAME.get(key, key)
    if character is not None and character.isprintable():
        return character
    return sign if len(sign) == 1 else ""
