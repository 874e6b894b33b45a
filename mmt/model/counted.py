"""How many of a thing, in words."""


def counted(number: int, what: str) -> str:
    """`1 record`, `1,200 records`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
