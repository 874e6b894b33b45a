"""An index of names misses none that holding each against each finds."""

import random

from mmt.reasoning.names_alike import Name, NameIndex, agree


def alike(one: Name, other: Name) -> bool:
    few, many = sorted((one.words, other.words), key=len)
    within = all(any(agree(word, at) for at in many) for word in few)
    return bool(few) and (agree(one.first, other.first) or within)


def test_no_name_that_is_alike_is_missed() -> None:
    chance = random.Random(1)

    def word() -> str:
        return "".join(chance.choices("abyz", k=chance.choice((1, 2, 3, 5, 7, 8, 9, 12))))

    def name(stock: list[str]) -> Name:
        words = tuple(chance.choice(stock) for _ in range(chance.randint(1, 3)))
        return Name(chance.choice((words[0], words[-1], "dr")), words)

    def slip(text: str) -> str:
        at = chance.randrange(len(text))
        changed = (text[:at], text[at + 1 :], f"{text[:at]}x{text[at:]}", f"{text[:at]}x{text[at + 1 :]}")
        exchanged = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
        return chance.choice((*changed, exchanged)) or "x"

    for _ in range(60):
        stock = [word() for _ in range(20)]
        stock += [slip(one) for one in stock]
        people = [[name(stock) for _ in range(chance.choice((1, 1, 2)))] for _ in range(25)]
        people[0].append(Name("", ()))
        index = NameIndex(people)
        for asked in (*people, [name(stock)]):
            meant = {
                at
                for at, held in enumerate(people)
                if any(alike(one, other) for one in asked for other in held)
            }
            assert meant <= {*index.beside(asked)}


def test_only_what_shares_something_is_held_against_a_name() -> None:
    words = [f"{chr(97 + at % 26) * 3}{chr(97 + at // 26) * 3}" for at in range(600)]
    smiths = NameIndex([[Name(word, (word, "smith"))] for word in words])
    assert {*smiths.beside([Name("cccccc", ("cccccc", "smith"))])} == {words.index("cccccc")}
    assert {*smiths.beside([Name("jjjxx", ("jjjxx", "smith"))])} == set()
