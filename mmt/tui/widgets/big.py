"""Letters and digits of blocks, to be read from two metres."""

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
"""
_GLYPHS = {line[0]: tuple(line[2:].split()) for line in _FONT.strip().splitlines()} | {" ": ("..",) * ROWS}
_HALVES = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}


def drawable(text: str) -> bool:
    """Whether every character of `text` has a glyph; small letters are drawn as capitals."""
    return all(char in _GLYPHS for char in text.upper())


def width(text: str, across: int = 1) -> int:
    """How many columns `text` takes with dots of `across` columns."""
    return sum((len(_GLYPHS[char][0]) + 1) * across for char in text.upper()) - across if text else 0


def big(text: str, across: int = 1, down: int = 1) -> list[str]:
    """`text` as lines of blocks, each dot `across` columns by `down` rows.

    `down` 0 draws with half blocks: two rows of dots in one line, three lines in all.
    """
    glyphs = [_GLYPHS[char] for char in text.upper()]
    rows = [".".join(glyph[row] for glyph in glyphs) for row in range(ROWS)]
    if not down:
        return [_halved(rows[at], rows[at + 1] if at + 1 < ROWS else "", across) for at in range(0, ROWS, 2)]
    return [
        "".join(("█" if dot == "#" else " ") * across for dot in row) for row in rows for _ in range(down)
    ]


def _halved(upper: str, lower: str, across: int) -> str:
    pairs = zip(upper, lower.ljust(len(upper), "."), strict=True)
    return "".join(_HALVES[one == "#", two == "#"] * across for one, two in pairs)
