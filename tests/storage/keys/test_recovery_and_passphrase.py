"""A recovery code survives paper and keyboard; a passphrase is long and not what is guessed first."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmt.storage.keys.passphrase import why_not
from mmt.storage.keys.recovery import fresh_code, read_code, shown

CODE = shown(0x0123456789ABCDEF0F1E2D3C4B5A6978)


@given(st.integers(0, 2**128 - 1))
def test_a_code_comes_back_however_it_is_typed(number: int) -> None:
    code = shown(number)
    assert read_code(code) == code
    assert read_code(code.lower().replace("0", "O").replace("1", "i").replace("-", "")) == code
    assert [len(group) for group in code.split("-")] == [4] * 7


def test_each_wrong_sign_and_each_swap_of_neighbours_is_seen() -> None:
    signs = CODE.replace("-", "")
    wrong = [
        signs[:at] + other + signs[at + 1 :]
        for at in range(28)
        for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        if other != signs[at]
    ]
    wrong += [
        signs[:at] + second + first + signs[at + 2 :]
        for at, (first, second) in enumerate(pairwise(signs))
        if first != second
    ]
    for typed in wrong:
        with pytest.raises(ValueError, match="A sign of the recovery code is wrong"):
            read_code(typed)


@pytest.mark.parametrize(
    ("typed", "says"),
    [("", "0 signs were typed"), (CODE[:-1], "27 signs were typed"), (f"{CODE[:-1]}U", '"U" stands in no')],
)
def test_what_cannot_be_a_code_is_told(typed: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_code(typed)


def test_no_two_codes_are_alike() -> None:
    assert len({fresh_code() for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "typed",
    [
        "slow green kettle song",
        "7391 2048 5561",
        "пароль и ещё три слова",
        "Ünter-den-Linden wächst Moos",
        "x9!Kq#2mZv@7",
    ],
)
def test_what_is_long_and_not_common_is_taken_whatever_it_is_made_of(typed: str) -> None:
    assert why_not(typed, "Dr Ann Example", "Example Clinic") == ""


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("eleven char", "Too short"),
        ("x" * 201, "Too long"),
        ("passwordpassword", "among the first"),
        ("qwertyuiop12", "among the first"),
        ("aaaaaaaaaaaaaaaa", "among the first"),
        ("123456789012", "among the first"),
        ("Chiropractic1", "among the first"),
        ("a1" * 100, "among the first"),
        ("slow green \udcff kettle", "A sign of it"),
        ("slow green \x1b kettle", "A sign of it"),
        ("Dr Ann Example", "The name"),
        ("EXAMPLE-clinic-2026", "The name"),
        ("ann.example.ann", "The name"),
    ],
)
def test_what_is_guessed_first_is_refused(typed: str, says: str) -> None:
    assert why_not(typed, "Dr Ann Example", "Example Clinic").startswith(says) or says in why_not(
        typed, "Dr Ann Example", "Example Clinic"
    )
