"""What a protocol file may say of a test's limits."""

import msgspec
import pytest
from msgspec.structs import replace

from mmt.library.load import load
from mmt.model.base_test import BaseTest
from mmt.model.exam_tests import Convention, LegLengthTest, LengthTest, MuscleTest, ShortLimit, SignTest
from mmt.model.observation import TOUCHES, Observation
from mmt.paths import shipped

TESTS = load([shipped("protocols")]).protocol.tests


def test_a_short_limit_needs_a_limit_or_a_difference_of_the_sides_alone() -> None:
    assert ShortLimit(direction="over", limit=5).limit == 5
    assert ShortLimit(direction="under", side_difference=10).side_difference == 10
    for given in ({}, {"by_sex": {"male": 20}}, {"by_sex": {"male": 20}, "side_difference": 10}):
        with pytest.raises(msgspec.ValidationError, match="needs a `limit`"):
            msgspec.convert({"direction": "over", **given}, ShortLimit)


def test_a_count_earns_the_best_grade_that_it_reaches() -> None:
    convention = Convention(id="a", name="A", least={"3": 1, "4": 10, "5": 25})
    assert [convention.grade(count) for count in (0, 1, 9, 10, 24, 25, 99)] == [
        None, "3", "3", "4", "4", "5", "5",
    ]  # fmt: skip


def test_a_kind_must_say_what_it_measures() -> None:
    bare = BaseTest(id="X", sources=("derived",), evidence="derived", name="X", position="prone")
    with pytest.raises(NotImplementedError):
        bare.measures  # noqa: B018
    with pytest.raises(NotImplementedError):
        bare.scored(0)


def test_one_digit_fills_a_reflex_and_a_touch_and_each_says_which_digits_do() -> None:
    jerk, touch = TESTS["REFLEX-PATELLAR"], TESTS["TOUCH-L5"]
    assert (jerk.scores_said, [jerk.scored(digit) for digit in (0, 4)]) == (
        "0 to 4",
        [{"count": 0}, {"count": 4}],
    )
    assert touch.scores_said == "0 absent, 1 less, 2 normal, 3 more"
    assert [touch.scored(digit)["touch"] for digit in range(len(touch.scores))] == list(TOUCHES)
    assert TESTS["TA"].scores_said == ""


def test_a_touch_is_a_step_and_less_of_it_is_numb() -> None:
    felt = [Observation(test="TOUCH-L5", side="left", touch=one) for one in TOUCHES]
    assert [(one.felt, one.numb, one.shown) for one in felt] == [
        (0, True, "absent"), (1, True, "less"), (2, False, "normal"), (3, False, "more"),
    ]  # fmt: skip
    assert Observation(test="TA", grade="4").felt == 2


def test_each_kind_says_how_it_is_keyed() -> None:
    names = ("TA", "QL", "SLR", "L-PKE", "HEEL-RAISE", "REFLEX-PATELLAR", "TOUCH-L5", "LL-TRUE")
    assert [TESTS[name].keyed for name in names] == [
        "grade", "yes-no", "yes-no", "number", "number", "score", "score", "number",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "measure", "can_be", "cannot", "why"),
    [
        ("SLR", "degrees", (0, 150), (-1, 151), "goes from 0 to 150°"),
        ("L-PKE", "degrees", (-120, 120), (-121, 121), "goes from -120 to 120°"),
        ("REFLEX-PATELLAR", "count", (0, 4), (-1, 5), "goes from 0 to 4"),
        ("LL-TRUE", "millimetres", (250, 1400), (-1, 0, 86, 1401), "goes from 250 to 1400 mm"),
        ("LL-BLOCK", "millimetres", (0, 60), (-1,), "goes from 0 mm; the side tells which leg"),
        ("HEEL-RAISE", "count", (0, 999), (), ""),
        ("TA", "newtons", (0, 900), (), ""),
    ],
)
def test_each_kind_owns_what_its_number_can_be(
    name: str, measure: str, can_be: tuple[float, ...], cannot: tuple[float, ...], why: str
) -> None:
    test = TESTS[name]
    assert [test.refuses(measure, value) for value in can_be] == [""] * len(can_be)  # type: ignore[arg-type]
    for value in cannot:
        assert f" cannot be: {name} {why.split(';', maxsplit=1)[0]}" in test.refuses(measure, value)  # type: ignore[arg-type]
        assert why.rsplit("; ", maxsplit=1)[-1] in test.refuses(measure, value)  # type: ignore[arg-type]


def test_a_leg_of_no_length_is_refused_where_the_file_gives_no_limit() -> None:
    tape = TESTS["LL-TRUE"]
    assert isinstance(tape, LegLengthTest)
    assert replace(tape, least=None, most=None).refuses("millimetres", 0)
    assert not replace(tape, least=None, most=None).refuses("millimetres", 5)


@pytest.mark.parametrize(
    ("seen", "field", "why"),
    [
        (Observation(test="TA", grade="4"), "side", "is missing; TA is tested on each side"),
        (Observation(test="UAB", side="left", grade="4"), "side", "must be left out; UAB has no sides"),
        (
            Observation(test="TA", side="left", count=3),
            "count",
            "does not fit TA, which is",
        ),
        (Observation(test="SLR", side="left", result="negative", degrees=151), "degrees", "151° cannot be"),
        (Observation(test="TOUCH-L5", side="left", count=1), "count", "which is recorded as touch"),
        (Observation(test="TOUCH-L5", touch="less"), "side", "is missing"),
        (
            Observation(test="SLR", side="left", degrees=45),
            "result",
            "is missing; SLR is positive",
        ),
        (
            Observation(test="GMED", side="left", grade="4", variant="kne"),
            "variant",
            "which has ankle",
        ),
    ],
)
def test_what_cannot_be_of_a_test_is_told_by_field(seen: Observation, field: str, why: str) -> None:
    ((where, says),) = TESTS[seen.test].misfits(seen)
    assert where == field
    assert why in says


@pytest.mark.parametrize(
    "seen",
    [
        Observation(test="SLR", side="left", result="positive", degrees=45),
        Observation(test="TA", side="left", grade="4", newtons=120),
        Observation(test="GMED", side="left", grade="4", variant="knee"),
        Observation(test="UAB", not_tested="pain"),
    ],
)
def test_what_may_stand_beside_a_value_fits(seen: Observation) -> None:
    assert list(TESTS[seen.test].misfits(seen)) == []


def test_what_a_file_says_of_a_test_must_fit_together() -> None:
    muscle, sign, length, legs = (TESTS[name] for name in ("TA", "SLR", "L-PKE", "LL-TRUE"))
    assert isinstance(muscle, MuscleTest)
    assert isinstance(sign, SignTest)
    assert isinstance(length, LengthTest)
    assert isinstance(legs, LegLengthTest)
    short = ShortLimit(direction="over", limit=5)
    assert [fault for one in TESTS.values() for fault in one.faults()] == []
    for test, says in (
        (replace(muscle, primary_roots=("S3",)), 'primary root "S3" is not among the roots'),
        (replace(muscle, minor_roots=muscle.roots[:1]), "stands among the roots"),
        (replace(sign, degrees=False), "`most` needs `degrees = true`"),
        (replace(length, measure="result", short=short), "`short` needs a measure"),
        (replace(length, measure="millimetres", short=None), "`most` needs a measure in degrees"),
        (replace(legs, measure="result"), "`error` needs a measure in millimetres"),
    ):
        (fault,) = test.faults()
        assert says in fault


def test_a_short_length_is_told_with_its_value_and_its_limit_alone() -> None:
    with pytest.raises(ValueError, match="in braces"):
        ShortLimit(direction="over", limit=30, says="the last {degrees}")


def test_every_shipped_length_with_a_limit_has_a_sentence_of_its_own() -> None:
    shorts = {one.id: one.short for one in TESTS.values() if isinstance(one, LengthTest) and one.short}
    told = {name: "{value}" in one.says for name, one in shorts.items() if one.limit is not None}
    assert told
    assert all(told.values()), told
