"""Letters and digits of blocks, to be read from two metres."""

from mmt.model.text import folded

ROWS = 5

_FONT = """
A .##. #..# #### #..# #..#
B ###. #..# ###. #..# ###.
C .### #... #... #... .###
D ###. #..# #..# #..# ###.
E #### #... ###. #... ####
F #### #... ###. #... #...
G .### #... #.## #..# .###
H #..# #..# #### #..# #..#
I # # # # #
J ...# ...# ...# #..# .##.
K #..# #.#. ##.. #.#. #..#
L #... #... #... #... ####
M #...# ##.## #.#.# #...# #...#
N #..# ##.# #.## #..# #..#
O .##. #..# #..# #..# .##.
P ###. #..# ###. #... #...
Q .##. #..# #..# #.#. .#.#
R ###. #..# ###. #.#. #..#
S .### #... .##. ...# ###.
T ##### ..#.. ..#.. ..#.. ..#..
U #..# #..# #..# #..# .##.
V #...# #...# .#.#. .#.#. ..#..
W #...# #...# #.#.# ##.## #...#
X #...# .#.#. ..#.. .#.#. #...#
Y #...# .#.#. ..#.. ..#.. ..#..
Z #### ...# .##. #... ####
0 .##. #..# #..# #..# .##.
1 .#. ##. .#. .#. ###
2 ###. ...# .##. #... ####
3 ###. ...# .##. ...# ###.
4 #..# #..# #### ...# ...#
5 #### #... ###. ...# ###.
6 .##. #... ###. #..# .##.
7 #### ...# ..#. .#.. .#..
8 .##. #..# .##. #..# .##.
9 .##. #..# .### ...# .##.
+ ... .#. ### .#. ...
- ... ... ### ... ...
. . . . . #
, . . . # #
° ## ## .. .. ..
? ###. ...# .##. .... .#..
_ .... .... .... .... ####
/ ..# ..# .#. #.. #..
' # # . . .
" #.# #.# ... ... ...
( .# #. #. #. .#
) #. .# .# .# #.
: . # . # .
; .. .# .. .# #.
"""
_GLYPHS = {line[0]: tuple(line[2:].split()) for line in _FONT.strip().splitlines()} | {" ": ("..",) * ROWS}
_HALVES = {("#", "#"): "█", ("#", "."): "▀", (".", "#"): "▄", (".", "."): " "}
_QUARTERS = {
    "".join("#" if bit & place else "." for bit in (8, 4, 2, 1)): sign
    for place, sign in enumerate(" ▗▖▄▝▐▞▟▘▚▌▙▀▜▛█")
}
"""The signs of four dots, from `....` to `####`: upper left, upper right, lower left, lower right."""


def _drawn(text: str) -> str:
    """`text` as it is drawn: in capitals, without accents."""
    return folded(text).upper()


def drawable(text: str) -> bool:
    """Whether every character of `text` has a glyph."""
    return all(char in _GLYPHS for char in _drawn(text))


def width(text: str, across: int = 1) -> int:
    """How many columns `text` takes with dots of `across` columns; 0 is half a column."""
    dots = sum(len(_GLYPHS[char][0]) + 1 for char in _drawn(text)) - 1 if text else 0
    return dots * across if across else (dots + 1) // 2


def big(text: str, across: int = 1, down: int = 1) -> list[str]:
    """`text` as lines of blocks, each dot `across` columns by `down` rows.

    `down` 0 draws with half blocks: two rows of dots in one line, three lines in all; with `across` 0 as well
    two columns of dots stand in one.
    """
    glyphs = [_GLYPHS[char] for char in _drawn(text)]
    rows = [".".join(glyph[row] for glyph in glyphs) for row in range(ROWS)]
    if not down:
        pairs = [
            (rows[at], rows[at + 1] if at + 1 < ROWS else "." * len(rows[at])) for at in range(0, ROWS, 2)
        ]
        if not across:
            return [_quartered(*pair) for pair in pairs]
        return ["".join(_HALVES[dots] * across for dots in zip(*pair, strict=True)) for pair in pairs]
    return [
        "".join(("█" if dot == "#" else " ") * across for dot in row) for row in rows for _ in range(down)
    ]


def _quartered(upper: str, lower: str) -> str:
    upper, lower = (row + "." * (len(row) % 2) for row in (upper, lower))
    return "".join(_QUARTERS[upper[at : at + 2] + lower[at : at + 2]] for at in range(0, len(upper), 2))
