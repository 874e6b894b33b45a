"""Faulty files, made of sound ones."""

from random import Random

VALUES = (
    *(
        b"",
        b"0",
        b"-1",
        b"1e999",
        b"nan",
        b"-inf",
        b"9" * 400,
        b"true",
        b"[]",
        b"{}",
        b'""',
        b"[[]]",
        b"null",
    ),
    *(b"1979-02-30", b"2026-03-02", b"2026-03-02T25:00:00Z", b"0001-01-01", b"9999-12-31", b"12:00:00"),
    *(
        b'"' + b"x" * 3000 + b'"',
        b'"\\u0000"',
        b'"\\ud800"',
        b"\x00",
        b"\xff",
        b"\x1b]0;x\x07",
        b"\xe2\x80\xae",
    ),
    *(
        b'"[L] 4[/]5 <b>&"',
        b'"%s {x} $y"',
        b'"../../etc/passwd"',
        b"a.b.c = 1",
        b"[a]",
        b"[[a]]",
        b"a = {b = {}}",
    ),
    *(
        "\u0130".encode(),
        "\u0660".encode(),
        "\u00bd".encode(),
        "\u2028".encode(),
        b"*",
        b'"',
        b"NEAR(",
        b"AND",
    ),
)
"""What stands in the place of a value, or anywhere."""


def mutated(seed: bytes, chance: Random) -> bytes:
    """A file with some faults in it: lines dropped, doubled, moved; values replaced; bytes cut and put in."""
    lines = seed.split(b"\n")
    for _ in range(chance.randint(1, 4)):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        value, line = chance.choice(VALUES), lines[at]
        name, equals, held = line.partition(b" = ")
        match chance.randrange(8):
            case 0 if len(lines) > 1:
                del lines[at]
            case 1:
                lines.insert(other, line)
            case 2:
                lines[at], lines[other] = lines[other], line
            case 3 | 4 if equals:
                lines[at] = name + equals + value
            case 5 if equals:
                lines[at] = name + equals + lines[other].partition(b" = ")[2]
            case 6 if held[:1] == b"[":
                lines[at] = name + equals + b"[" + value + b", " + held[1:]
            case _:
                cut = chance.randint(0, len(line))
                lines[at] = line[:cut] + value + line[cut + chance.randint(0, 3) :]
    return b"\n".join(lines)
