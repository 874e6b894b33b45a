"""Text broken into rows by words, as wide as the terminal draws them."""

from rich.cells import cell_len


def wrapped(text: str, across: int) -> list[str]:
    """`text` in rows of at most `across` columns; a longer word keeps its row to itself."""
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if cell_len(longer) > across and rows[-1]:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows
