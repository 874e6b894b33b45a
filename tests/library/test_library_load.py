"""A clinic's own files: each fault is one line, the rest loads, an own item replaces the shipped one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mmt.library.load import RULES, IncompleteLibraryError, Library, load
from mmt.model.exam_tests import LengthTest, MuscleTest
from mmt.paths import shipped
from mmt.toml import file
from mmt.toml.problems import MOST

LoadOwn = Callable[..., Library]

QUESTION = """
[[story]]
id = "stairs"
ask = "Are stairs hard?"
topic = "function"
answer = "yes-no"
sources = ["derived"]
evidence = "derived"
"""

STRETCH = """
[[stretches]]
id = "X1"
name = "Own stretch"
kind = "stretch"
targets = "calf"
sides = "each"
precautions = { DVT = "X" }
answers = [{ rule = "weakness", test = "TA" }]
dose = { hold_s = 30, reps = 2, per_day = 1, days_per_week = 7, weeks = 6 }
course = "Weeks."
sources = ["derived"]
evidence = "derived"
[stretches.text.en]
name = "Own stretch"
why.default = "It helps."
feel = "A pull."
avoid = ["Do not bounce."]
easier = "Less."
harder = "More."
parts = [{ steps = ["Stand."] }]
"""

MUSCLE = """
[[tests]]
kind = "muscle"
id = "POP"
name = "Popliteus"
position = "sitting"
action = "turning the shin in"
nerve = "tibial nerve"
roots = ["L4", "L5", "S1"]
primary_roots = ["L5"]
against_gravity = "Sits."
gravity_eliminated = "The same."
fix = "The thigh."
resist = "The shin: outward."
substitutions = [{ id = "HAMM", text = "Hamstrings." }]
antagonists = ["HAML"]
sources = ["K"]
evidence = "textbook"
"""


def lines(library: Library) -> list[str]:
    return [str(problem) for problem in library.problems]


def test_what_mmt_ships_has_no_problem(library: Library) -> None:
    assert lines(library) == []


def test_an_own_item_is_added_beside_the_shipped_ones(load_own: LoadOwn) -> None:
    library = load_own(mine=QUESTION + STRETCH + MUSCLE)
    assert lines(library) == []
    assert library.protocol.story["stairs"].ask == "Are stairs hard?"
    assert {"E01", "X1"} <= library.protocol.stretches.keys()
    assert library.origins["tests:POP"] == "own/mine.toml"
    assert library.origins["tests:TA"] == "protocols/tests/leg-muscles.toml"


def test_an_own_item_replaces_the_shipped_one_whole(load_own: LoadOwn) -> None:
    library = load_own(
        lengths="""
        [[tests]]
        kind = "length"
        id = "L-PKE"
        name = "Hamstring length"
        position = "supine"
        measure = "degrees"
        muscles = "hamstrings"
        steps = ["Straighten the knee."]
        usual = "as published"
        short = { direction = "over", limit = 30, by_sex = { male = 32, female = 19 } }
        sources = ["L79"]
        evidence = "checked"
        """
    )
    test = library.protocol.tests["L-PKE"]
    assert isinstance(test, LengthTest)
    assert lines(library) == []
    assert test.short is not None
    assert test.short.by_sex == {"male": 32, "female": 19}
    assert test.accuracy == ""
    assert library.origins["tests:L-PKE"] == "own/lengths.toml"


def test_a_faulty_replacement_leaves_the_shipped_item(load_own: LoadOwn) -> None:
    library = load_own(mine=STRETCH.replace('"X1"', '"E01"').replace('kind = "stretch"', 'kind = "strech"'))
    assert library.protocol.stretches["E01"].name == "Seated piriformis stretch"
    assert lines(library) == [
        'own/mine.toml: stretches[0] (E01).kind: "strech" is not a word that may stand here; '
        "write stretch, strength, nerve, movement, rest or walking"
    ]


ROW_FAULTS = {
    "an unknown key": (
        QUESTION + "colour = 'red'",
        "own/mine.toml: story[0] (stairs).colour: is not known here",
    ),
    "a misspelt key": (
        QUESTION.replace("topic", "topik"),
        'own/mine.toml: story[0] (stairs).topik: is not known here; did you mean "topic"?',
    ),
    "a missing field": (
        QUESTION.replace('topic = "function"', ""),
        "own/mine.toml: story[0] (stairs).topic: is missing",
    ),
    "a wrong type": (
        QUESTION + 'least = "nought"',
        "own/mine.toml: story[0] (stairs).least: must be a number, not text in quotes",
    ),
    "a wrong word": (
        QUESTION.replace('"yes-no"', '"perhaps"'),
        'own/mine.toml: story[0] (stairs).answer: "perhaps" is not a word that may stand here; '
        "write yes-no, number, choice, words or text",
    ),
    "a number that is not finite": (
        QUESTION + "most = inf",
        "own/mine.toml: story[0] (stairs).most: is not a finite number; write a plain number",
    ),
    "a number out of range": (
        STRETCH.replace('id = "X1"', 'id = ""'),
        "own/mine.toml: stretches[0].id: is empty",
    ),
    "a fault in a nested table": (
        STRETCH.replace("reps = 2", 'reps = "two"'),
        "own/mine.toml: stretches[0] (X1).dose.reps: must be a whole number, not text in quotes",
    ),
    "a fault in a nested row": (
        STRETCH.replace('rule = "weakness"', 'rule = "weekness"'),
        'own/mine.toml: stretches[0] (X1).answers[0].rule: "weekness" is not a word that may stand here; '
        "write weakness, side-difference, pair, short, nerve-sign, piriformis-sign, function-sign, reflex, "
        "substitution, pattern-lower-crossed, pattern-upper-crossed, dominance-expected, leg-length "
        "or gives-way",
    ),
    "a precaution that is neither X nor !": (
        STRETCH.replace('DVT = "X"', 'DVT = "x"'),
        'own/mine.toml: stretches[0] (X1).precautions.DVT: "x" is not a word that may stand here; '
        "write X, ! or form",
    ),
    "an answer to nothing": (
        STRETCH.replace('rule = "weakness", test = "TA"', 'why = "default"'),
        "own/mine.toml: stretches[0] (X1).answers[0]: needs a `rule`, a `story`, or both, or a `precaution`",
    ),
    "a gate without a thing to know": (
        STRETCH.replace("[stretches.text.en]", 'gates = [{ code = "A" }]\n[stretches.text.en]'),
        "own/mine.toml: stretches[0] (X1).gates[0]: needs exactly one of `story`, `test`, `alert`, `pattern`",
    ),
    "a kind of test that does not exist": (
        MUSCLE.replace('"muscle"', '"mussel"'),
        'own/mine.toml: tests[0] (POP).kind: "mussel" is not a word that may stand here',
    ),
    "a root that does not exist": (
        MUSCLE.replace('"L4", "L5"', '"L7", "L5"'),
        'own/mine.toml: tests[0] (POP).roots[0]: "L7" is not a root, such as L5',
    ),
    "a rule that does not exist": (
        '[[rules]]\nid = "luck"\nsources = ["derived"]\nevidence = "derived"',
        f"own/mine.toml: rules[0]: 'luck' is not a rule; the rules are {', '.join(RULES)}",
    ),
    "an id that is no text": (
        '[[rules]]\nid = ["luck"]',
        f"own/mine.toml: rules[0]: ['luck'] is not a rule; the rules are {', '.join(RULES)}",
    ),
    "a collection that does not exist": (
        "[[muscles]]\nid = 'TA'",
        "own/mine.toml: muscles: is not known here; a file holds sources, scales, tests, errors, exams, "
        "safety, combinations, precautions, story, stretches, bodies, figures, patterns, retention, "
        "codes, translations, rules",
    ),
    "a table where an array belongs": (
        "[story]\nid = 'stairs'",
        "own/mine.toml: story: must be written as [[story]]",
    ),
    "a word where a table belongs": (
        'story = ["stairs"]',
        "own/mine.toml: story[0]: must be a table, written under [[story]]",
    ),
}


@pytest.mark.parametrize("fault", ROW_FAULTS)
def test_a_faulty_row_is_named_and_the_rest_loads(fault: str, load_own: LoadOwn) -> None:
    text, expected = ROW_FAULTS[fault]
    library = load_own(mine=text, sound=QUESTION.replace("stairs", "sound"))
    assert [line for line in lines(library) if "mine" in line] == [expected]
    assert "sound" in library.protocol.story
    assert "stairs" not in library.protocol.story
    assert "X1" not in library.protocol.stretches
    assert "POP" not in library.protocol.tests


def test_every_faulty_field_of_a_row_is_named(load_own: LoadOwn) -> None:
    library = load_own(mine=QUESTION.replace("topic", "topik").replace('"yes-no"', "3") + "most = 'ten'")
    assert sorted(lines(library)) == [
        "own/mine.toml: story[0] (stairs).answer: must be text in quotes, not a whole number; "
        "write yes-no, number, choice, words or text",
        "own/mine.toml: story[0] (stairs).most: must be a number, not text in quotes",
        'own/mine.toml: story[0] (stairs).topik: is not known here; did you mean "topic"?',
    ]


FILE_FAULTS = {
    "bad TOML": (b"[[story]\nid = 1", "is not valid TOML: Expected ']]' at the end of an array declaration"),
    "a key given twice": (b"title = 1\ntitle = 2", "is not valid TOML: Cannot overwrite a value (at "),
    "not UTF-8": (b'[[story]]\nid = "\xff"', "is not UTF-8 text (byte 16); save it as UTF-8"),
    "nested without end": (b"a = " + b"[" * 9000 + b"]" * 9000, "line 1: is nested too deeply"),
}


@pytest.mark.parametrize("fault", FILE_FAULTS)
def test_a_faulty_file_is_named_and_the_others_load(fault: str, load_own: LoadOwn) -> None:
    data, expected = FILE_FAULTS[fault]
    library = load_own(mine=data, sound=QUESTION)
    (problem,) = library.problems
    assert str(problem).startswith(f"own/mine.toml: {expected}")
    assert "stairs" in library.protocol.story


def test_a_file_that_is_too_large_is_refused_unread(
    load_own: LoadOwn, monkeypatch: pytest.MonkeyPatch
) -> None:
    largest = max(path.stat().st_size for path in shipped("protocols").rglob("*.toml"))
    monkeypatch.setattr(file, "MAX_BYTES", largest)
    library = load_own(mine="#" * largest + QUESTION)
    assert lines(library) == ["own/mine.toml: is larger than 2 MB; split it into smaller files"]


def test_a_folder_named_like_a_file_is_named(load_own: LoadOwn, tmp_path: Path) -> None:
    (tmp_path / "own" / "mine.toml").mkdir(parents=True)
    assert lines(load_own()) == ["own/mine.toml: cannot be read (it is not a file); check name and rights"]


def test_the_second_item_of_an_id_in_a_folder_is_named(load_own: LoadOwn) -> None:
    library = load_own(a=QUESTION, b=QUESTION.replace("Are stairs", "How are stairs"))
    assert lines(library) == [
        'own/b.toml: story[0] (stairs): "stairs" is already defined in own/a.toml',
    ]
    assert library.protocol.story["stairs"].ask == "Are stairs hard?"


def test_a_problem_is_one_line_whatever_the_file_says(load_own: LoadOwn) -> None:
    library = load_own(mine=QUESTION.replace('"stairs"', '"two\\nlines"').replace("topic", '"to\\npic"'))
    assert lines(library)
    assert all("\n" not in line for line in lines(library))


def test_text_is_cleaned_on_the_way_in(load_own: LoadOwn) -> None:
    library = load_own(mine=QUESTION.replace("Are stairs", "Are\\u001b[31m\\u202e stairs"))
    assert library.protocol.story["stairs"].ask == "Are[31m stairs hard?"


def test_a_folder_that_is_not_there_counts_as_empty(library: Library, tmp_path: Path) -> None:
    assert load([shipped("protocols"), tmp_path / "none"]).protocol == library.protocol


def test_without_the_rules_nothing_can_be_reasoned(tmp_path: Path) -> None:
    with pytest.raises(IncompleteLibraryError, match="install mmt again"):
        load([tmp_path])


def test_an_own_muscle_carries_what_its_file_says(load_own: LoadOwn) -> None:
    test = load_own(mine=MUSCLE).protocol.tests["POP"]
    assert isinstance(test, MuscleTest)
    assert test.roots == ("L4", "L5", "S1")
    assert test.reviewed is False


def test_a_file_of_faults_is_refused_in_a_moment_and_names_the_first(load_own: LoadOwn) -> None:
    for text in ("[[stretches]]\nx = 1\n" * 2_000, '[[stretches]]\nid = "E01"\n' + keys(20_000)):
        found = load_own(mine=text).problems
        assert len(found) == MOST + 1
        assert str(found[-1]) == f"own/mine.toml: has more faults; mend these {MOST} first"


def keys(many: int) -> str:
    """So many keys that no row has."""
    return "".join(f"key{number} = 1\n" for number in range(many))


def test_a_word_without_end_is_not_repeated_to_the_end(load_own: LoadOwn) -> None:
    (problem,) = load_own(mine="k" * 1_000_000 + " = 1").problems
    assert len(str(problem)) < 1100


def test_a_folder_that_cannot_be_looked_into_is_named(
    load_own: LoadOwn, tmp_path: Path, bound_by_modes: None
) -> None:
    inner = tmp_path / "own" / "inner"
    inner.mkdir(parents=True)
    inner.chmod(0)
    says = "cannot be looked into (Permission denied); check name and rights of this folder"
    assert [str(one) for one in load_own(mine=QUESTION).problems] == [f"own/inner: {says}"]
    inner.parent.chmod(0)
    try:
        library = load([shipped("protocols"), inner.parent])
    finally:
        inner.parent.chmod(0o700)
        inner.chmod(0o700)
    assert [str(one) for one in library.problems] == [f"own: {says}"]


def test_folders_in_folders_without_end_are_named(load_own: LoadOwn, tmp_path: Path) -> None:
    (tmp_path / Path("own", *"abcdefghi")).mkdir(parents=True)
    (problem,) = load_own(mine=QUESTION).problems
    assert str(problem).startswith(
        "own/a/b/c/d/e/f/g/h: cannot be looked into (too many folders in each other)"
    )
