"""Faults between items: what one names and another lacks is said with file and item."""

from collections.abc import Callable

import pytest

from mmt.library.faults import names_a_test
from mmt.library.load import Library

LoadOwn = Callable[..., Library]

END = 'sources = ["derived"]\nevidence = "derived"\n'

MUSCLE = f"""
[[tests]]
kind = "muscle"
id = "POP"
name = "Popliteus"
position = "sitting"
action = "turning the shin in"
nerve = "tibial nerve"
roots = ["L4", "L5", "S1"]
primary_roots = ["L5"]
minor_roots = []
against_gravity = "Sits."
gravity_eliminated = "The same."
fix = "The thigh."
resist = "The shin: outward."
substitutions = [{{ id = "HAMM", text = "Hamstrings." }}]
antagonists = ["HAML", "opposite turners"]
{END}"""

STRETCH = f"""
[[stretches]]
id = "X1"
name = "Own stretch"
kind = "stretch"
targets = "calf"
sides = "each"
dose = {{ reps = 2, per_day = 1, days_per_week = 7, weeks = 6 }}
course = "Weeks."
answers = [{{ rule = "weakness", test = "TA", why = "weak" }}]
precautions = {{ DVT = "X" }}
gates = []
{END}
[stretches.text.en]
name = "Own stretch"
why = {{ default = "It helps.", weak = "It was weak." }}
feel = "A pull."
avoid = ["Do not bounce."]
easier = "Less."
harder = "More."
parts = [{{ steps = ["Stand."] }}]
"""

TOGETHER = f"""
[[combinations]]
id = "own"
group = "cancer"
level = "urgent"
says = "Together."
action = "Refer."
needs = [
  {{ answers = ["past-cancer"], precautions = ["OST"], signs = ["SLR"] }},
  {{ story = [{{ question = "weeks", most = 6 }}] }},
]
{END}"""

EXAM = f"""
[[exams]]
id = "own"
name = "Own"
about = "Short."
tests = ["TA", "SLR"]
leg_length = ["LL-TRUE"]
{END}"""

STORY = f"""
[[story]]
id = "stairs"
ask = "Stairs?"
topic = "function"
answer = "choice"
choices = ["easy", "hard"]
labels = {{ easy = "easy" }}
implies = [{{ precaution = "BAL", equals = "hard" }}]
{END}"""

SAFETY = f"""
[[safety]]
id = "own"
name = "Own"
says = "Look."
action = "Act."
{END}
[[safety.questions]]
id = "own-sign"
ask = "Really?"
kind = "sign"
level = "urgent"
precaution = "OST"
"""

STEPS = ", ".join(f'{{ code = "{code}", word = "w", criterion = "c" }}' for code in "012345")

SCALE = f"""
[[scales]]
id = "own"
name = "Own"
steps = [{STEPS}]
{END}"""

COUNT = f"""
[[tests]]
kind = "count"
id = "STS"
name = "Sit to stand"
position = "standing"
steps = ["Stand up."]
error = 2
muscle = "QUAD"
conventions = [{{ id = "own", name = "Own", least = {{ "5" = 10 }} }}]
{END}"""

ERROR = f"""
[[errors]]
id = "own"
name = "Own"
of = ["TA", "MRC-6", "nprs_leg"]
sem = 2
size = 5
notes = "Own."
{END}"""

LENGTH = f"""
[[tests]]
kind = "length"
id = "L-OWN"
name = "Own length"
position = "supine"
measure = "degrees"
muscles = "some"
steps = ["Look."]
usual = "some"
short = {{ direction = "over", limit = 30 }}
{END}"""

LEG = f"""
[[tests]]
kind = "leg-length"
id = "LL-OWN"
name = "Own"
position = "supine"
method = "apparent"
side_means = "this-leg"
measure = "millimetres"
error = 10
steps = ["Measure."]
{END}"""

SOUND = {
    "combinations own": TOGETHER,
    "tests POP": MUSCLE,
    "stretches X1": STRETCH,
    "exams own": EXAM,
    "story stairs": STORY,
    "safety own": SAFETY,
    "scales own": SCALE,
    "tests STS": COUNT,
    "tests L-OWN": LENGTH,
    "errors own": ERROR,
    "tests LL-OWN": LEG,
}

WORDS = "a test of the library; words that are no test are written in small letters"

FAULTS = [
    ("combinations own", '"cancer"', '"cancers"', 'group "cancers" is not a group of safety questions'),
    ("combinations own", '"past-cancer"', '"cancer"', 'question "cancer" is not a safety question'),
    ("combinations own", '"OST"', '"OSTEO"', 'precaution "OSTEO" is not in the list'),
    ("combinations own", '"weeks"', '"days"', 'question "days" is not in the story'),
    ("combinations own", '"SLR"', '"SLRR"', 'test "SLRR" is not a test of the library'),
    (
        "combinations own",
        '"SLR"] }',
        '"SLR"], not_new = { denied = "grows", question = "weeks", over = 1, least = "4" } }',
        'question "grows" is not a safety question',
    ),
    (
        "combinations own",
        '"SLR"] }',
        '"SLR"], not_new = { denied = "rash", question = "days", over = 1, least = "4" } }',
        'question "days" is not in the story',
    ),
    (
        "combinations own",
        "level =",
        'unless = "none"\nlevel =',
        '`unless` "none" is not among what alerts together',
    ),
    ("tests POP", '["derived"]', '["L999"]', 'source "L999" is not in the list of sources'),
    ("tests POP", '"HAML"', '"HAMLET"', f'antagonist "HAMLET" is not {WORDS}'),
    ("tests POP", 'id = "HAMM"', 'id = "HAMMER"', f'substitution "HAMMER" is not {WORDS}'),
    (
        "tests POP",
        '[{ id = "HAMM", text = "Hamstrings." }]',
        '[{ id = "leans", text = "a" }, { id = "leans", text = "b" }]',
        'substitution "leans" stands twice',
    ),
    (
        "tests POP",
        'primary_roots = ["L5"]',
        'primary_roots = ["S2"]',
        'primary root "S2" is not among the roots',
    ),
    ("tests POP", "minor_roots = []", 'minor_roots = ["L4"]', 'minor root "L4" stands among the roots'),
    (
        "tests POP",
        "[[tests]]",
        '[[tests]]\ncriteria = { "6" = "super" }',
        'criterion "6" is not on the ladder of grades',
    ),
    ("tests STS", '"QUAD"', '"QUADS"', 'muscle "QUADS" is not a test of the library'),
    (
        "tests STS",
        "conventions = [",
        'conventions = [{ id = "own", name = "Twin", least = { "4" = 1 } }, ',
        'convention "own" stands twice',
    ),
    ("errors own", '"TA"', '"TAA"', 'measure "TAA" is not a scale, a test or a question of the story'),
    ("errors own", "sem = 2", "sem = 2\nkappa = 0.5", "needs a `sem` or a `kappa`"),
    ("tests L-OWN", '"degrees"', '"result"', "`short` needs a measure in degrees or millimetres"),
    (
        "tests L-OWN",
        'measure = "degrees"',
        'measure = "millimetres"\nmost = 90',
        "`most` needs a measure in degrees",
    ),
    ("tests LL-OWN", '"millimetres"', '"result"', "`error` needs a measure in millimetres"),
    ("scales own", '"5"', '"4+"', 'lacks the grade "5", which one key records'),
    ("scales own", '"3"', '"5-"', "the grades do not stand worst first"),
    ("scales own", '"3"', '"2"', 'grade "2" stands twice'),
    ("safety own", '"OST"', '"OSS"', '"own-sign": precaution "OSS" is not in the list'),
    (
        "safety own",
        '"own-sign"',
        '"saddle-numbness"',
        'question "saddle-numbness" stands also in cauda-equina',
    ),
    ("safety own", '"sign"', '"factor"', "has factors only: it could never alert"),
    (
        "safety own",
        'action = "Act."',
        'action = "Act."\nmeanwhile = "Rest."',
        "`meanwhile` needs a precaution, whose `until` ends it",
    ),
    (
        "safety own",
        'action = "Act."',
        'action = "Act."\nno_tests = true\nprecaution = "SPI"',
        "`no_tests` needs what holds `meanwhile`",
    ),
    (
        "safety own",
        'level = "urgent"',
        'level = "urgent"\nlasting = true',
        '"own-sign": `lasting` is for factors: a sign counts at the visit at which it is found',
    ),
    (
        "safety own",
        'level = "urgent"',
        'level = "urgent"\nover_age = 60\nonly_if = { sex = "male" }',
        '"own-sign": the record answers it; `only_if` is for what is asked',
    ),
    (
        "safety own",
        'level = "urgent"',
        'level = "urgent"\nonly_if = {}',
        '"own-sign": `only_if` must name a sex or an age',
    ),
    (
        "safety own",
        'level = "urgent"',
        'level = "urgent"\nonly_if = { over_age = 60, under_age = 60 }',
        '"own-sign": `only_if`: nobody is over 60 and under 60',
    ),
    ("story stairs", '"BAL"', '"BAD"', 'precaution "BAD" is not in the list'),
    ("story stairs", 'equals = "hard"', 'equals = "steep"', '"steep" is not an answer of "stairs"'),
    ("story stairs", 'equals = "hard"', "equals = true", '"stairs" is not answered with yes or no'),
    ("story stairs", 'easy = "easy"', 'esay = "easy"', 'label "esay" is not one of the choices'),
    ("story stairs", '["easy", "hard"]', '["easy", "hard", "easy"]', 'choice "easy" stands twice'),
    (
        "story stairs",
        'answer = "choice"',
        'answer = "yes-no"',
        "`choices` belong to the answers `choice` and `words`, which need them",
    ),
    ("story stairs", "[[story]]", "[[story]]\nchange = 2", "`change` and `more` belong together"),
    ("stretches X1", "DVT", "DVD", 'precaution "DVD" is not in the list'),
    (
        "stretches X1",
        'test = "TA"',
        'test = "TAA"',
        'answers the test "TAA", which is not in the library',
    ),
    (
        "stretches X1",
        'rule = "weakness", test = "TA"',
        "story = { stares = true }",
        'answers "stares", which is not a question of the story',
    ),
    (
        "stretches X1",
        'rule = "weakness", test = "TA"',
        'story = { extension = "better" }',
        '"better" is not an answer of "extension"',
    ),
    (
        "stretches X1",
        'rule = "weakness", test = "TA"',
        "story = { extension = 2 }",
        '"extension" is not answered with a number',
    ),
    (
        "stretches X1",
        "gates = []",
        'gates = [{ code = "A", story = "stares" }]',
        'gate "stares" is not a question of the story',
    ),
    (
        "stretches X1",
        "gates = []",
        'gates = [{ code = "A", story = "flexion", not_equals = "worse" }]',
        '"worse" is not an answer of "flexion"',
    ),
    (
        "stretches X1",
        "gates = []",
        'gates = [{ code = "A", test = "SLRR" }]',
        'gate "SLRR" is not a test of the library',
    ),
    (
        "stretches X1",
        "gates = []",
        'gates = [{ code = "A", alert = "luck" }]',
        'gate "luck" is not a group of safety questions',
    ),
    (
        "stretches X1",
        "gates = []",
        'gates = [{ code = "A", pattern = "luck" }]',
        'gate "luck" is not a pattern',
    ),
    ("stretches X1", 'weak = "It', 'week = "It', 'text.en.why lacks "weak"'),
    ("stretches X1", "[stretches.text.en]", "[stretches.text.de]", "has no English text"),
    (
        "stretches X1",
        "gates = []",
        'gates = [{ code = "S", test = "SLR", above = "3" }]',
        'gate "SLR" has no grade to be above',
    ),
    (
        "stretches X1",
        "gates = []",
        'gates = [{ code = "S", test = "SLR", over = 3 }]',
        'gate "SLR" has no count to be over',
    ),
    (
        "stretches X1",
        "gates = []",
        'gates = [{ code = "S", story = "injury", over = 3 }]',
        'gate "injury" has no number to be over',
    ),
    (
        "stretches X1",
        "gates = []",
        'gates = [{ code = "S", story = "weeks", over = 3, where = { stares = true } }]',
        'gate `where` "stares" is not a question of the story',
    ),
    (
        "stretches X1",
        "gates = []",
        'gates = [{ code = "S", story = "weeks", over = 3, where = { injury = "often" } }]',
        '"often" is not an answer of "injury"',
    ),
    ("stretches X1", 'DVT = "X"', 'DVT = "form"', 'text.en.ticked lacks the other form for "DVT"'),
    (
        "stretches X1",
        "[stretches.text.en]",
        '[stretches.text.en]\ninstead.DVT = ["Sit."]',
        'text.en.instead: "DVT" is not a precaution that asks for another form',
    ),
    (
        "stretches X1",
        'rule = "weakness", test = "TA"',
        'precaution = "DVX"',
        'answers the precaution "DVX", which is not in the list',
    ),
    (
        "stretches X1",
        "gates = []",
        "default = true",
        "is a default and must carry no gate, and no precaution but those that a tick allows",
    ),
    (
        "stretches X1",
        'kind = "stretch"',
        'default = true\nkind = "walking"',
        "is always on the sheet and must carry no precaution but for another form",
    ),
]


def test_the_sound_items_have_no_fault(load_own: LoadOwn) -> None:
    assert load_own(mine="".join(SOUND.values())).problems == ()


@pytest.mark.parametrize(("item", "old", "new", "says"), FAULTS)
def test_what_does_not_fit_is_said_with_file_and_item(
    item: str, old: str, new: str, says: str, load_own: LoadOwn
) -> None:
    assert old in SOUND[item]
    library = load_own(mine=SOUND[item].replace(old, new, 1))
    assert f"own/mine.toml: {item}: {says}" in map(str, library.problems)


EXAM_FAULTS = [
    ('"TA", "SLR"', '"TA", "SLRR"', 'test "SLRR" is not a test of the library'),
    ('"TA", "SLR"', '"TA", "TA"', 'test "TA" stands twice'),
    ('"LL-TRUE"', '"TA"', 'leg-length method "TA" is not a leg-length test of the library'),
    ("[[exams]]", '[[exams]]\nscale = "MRC-9"', 'scale "MRC-9" is not a scale of the library'),
]


@pytest.mark.parametrize(("old", "new", "says"), EXAM_FAULTS)
def test_an_exam_that_cannot_be_walked_is_left_out(old: str, new: str, says: str, load_own: LoadOwn) -> None:
    library = load_own(mine=EXAM.replace(old, new, 1))
    assert [str(one) for one in library.problems] == [f"own/mine.toml: exams own: {says}"]
    assert "own" not in library.protocol.exams


def test_the_shipped_exam_stays_where_an_own_one_cannot_be_walked(load_own: LoadOwn) -> None:
    library = load_own(mine=EXAM.replace('"own"', '"sciatica-quick"').replace('"SLR"', '"SLRR"'))
    assert "own/mine.toml" in str(library.problems[0])
    assert library.protocol.exams["sciatica-quick"].name == "Sciatica, quick screen"
    assert library.origins["exams:sciatica-quick"] == "protocols/exams/sciatica-quick.toml"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("DVT", "DVX", 'precaution "DVX" is not in the list'),
        (
            "gates = []",
            'gates = [{ code = "SLR", test = "SLRR" }]',
            'gate "SLRR" is not a test of the library',
        ),
        ("gates = []", 'gates = [{ code = "X", story = "x" }]', 'gate "x" is not a question of the story'),
        (
            "gates = []",
            'gates = [{ code = "X", alert = "x" }]',
            'gate "x" is not a group of safety questions',
        ),
    ],
)
def test_a_stretch_that_is_held_back_by_what_does_not_exist_is_left_out(
    old: str, new: str, says: str, load_own: LoadOwn
) -> None:
    library = load_own(mine=STRETCH.replace(old, new, 1))
    (problem,) = map(str, library.problems)
    assert problem.startswith(f"own/mine.toml: stretches X1: {says}")
    assert "X1" not in library.protocol.stretches
    replaced = load_own(mine=STRETCH.replace("X1", "E17").replace(old, new, 1))
    assert replaced.origins["stretches:E17"] == "protocols/stretches/E17-calf-at-the-wall.toml"
    assert replaced.protocol.stretches["E17"].name != "Own stretch"


def test_the_rules_name_what_exists(load_own: LoadOwn) -> None:
    library = load_own(
        mine=f"""
        [[rules]]
        id = "irritability"
        precaution = "IRK"
        raises = ["SLR"]
        under_degrees = 30
        leg_pain_over = 7
        leg_pain = "nprs_log"
        night_pain = "night_pain"
        story = {{ extension = "worse", flexing = true }}
        {END}
        [[rules]]
        id = "weakness"
        possible = "4+"
        present = "four"
        marked = "3"
        {END}
        [[rules]]
        id = "motor-alarm"
        muscles = ["TA"]
        level = "3"
        fall = 2
        pained_level = "2"
        pained_fall = 4
        counts = {{ HEEL-RAISE = 1 }}
        both_sides = "4"
        questions = "caudal"
        {END}
        [[rules]]
        id = "given-before"
        done = "sheet_done"
        change = "grok"
        worse_from = -2.5
        {END}
        [[rules]]
        id = "at-home"
        fewer_days = 2
        least_days = 2
        proposals = [{{ propose = "fewer", over = {{ flares = 1 }} }}]
        {END}
        [[rules]]
        id = "better-but-weaker"
        scores = ["nprs_lag"]
        {END}
        [[rules]]
        id = "goal-reached"
        goals = [["goal_1", "goal_1_now", "goal_1_want"]]
        {END}
        """
    )
    assert [str(one) for one in library.problems] == [
        'own/mine.toml: rules[1] (weakness).present: "four" is not a word that may stand here; '
        "write 0, 1, 1+, 2-, 2, 2+, 3-, 3, 3+, 4-, 4, 4+, 5- or 5",
        'own/mine.toml: rules motor-alarm: group "caudal" is not a group of safety questions',
        'own/mine.toml: rules irritability: precaution "IRK" is not in the list',
        'own/mine.toml: rules irritability: question "nprs_log" is not in the story',
        'own/mine.toml: rules irritability: question "flexing" is not in the story',
        'own/mine.toml: rules irritability: "worse" is not an answer of "extension"',
        'own/mine.toml: rules given-before: question "grok" is not in the story',
        'own/mine.toml: rules at-home: question "flares" is not in the story',
        'own/mine.toml: rules better-but-weaker: question "nprs_lag" is not in the story',
        'own/mine.toml: rules goal-reached: question "goal_1_want" is not in the story',
    ]
    for left_out in ("rules:weakness", "rules:motor-alarm"):
        assert library.origins[left_out] == "protocols/rules/rules.toml"


@pytest.mark.parametrize(
    ("text", "meant"), [("GMAX", True), ("L-PKE", True), ("leans-back", False), ("QL2", True)]
)
def test_a_word_in_capitals_is_a_test(text: str, meant: bool) -> None:
    assert names_a_test(text) is meant


def test_a_precaution_that_is_not_asked_has_nothing_to_fold(load_own: LoadOwn) -> None:
    own = (
        '[[precautions]]\nid = "OWN"\nname = "Own"\nask = "Own?"\nasked = false\nlasting = true\n'
        'sources = ["derived"]\nevidence = "derived"\n'
    )
    says = "own/mine.toml: precautions OWN: is not asked: `only_if` and `lasting` are for what is asked"
    assert says in map(str, load_own(mine=own).problems)


def test_a_precaution_spares_and_ends_by_what_exists(load_own: LoadOwn) -> None:
    own = (
        '[[precautions]]\nid = "OWN"\nname = "Own"\nask = "Own?"\nspares = ["E99"]\nuntil = "scanned"\n'
        f"doubt_days = 7\n{END}"
    )
    assert [str(one) for one in load_own(mine=own).problems] == [
        "own/mine.toml: precautions OWN: a no takes nothing back that ends with `until`: no `doubt_days`",
        'own/mine.toml: precautions OWN: spared "E99" is not a stretch of the library',
        'own/mine.toml: precautions OWN: `until` "scanned" is not in the story',
    ]


def test_two_roots_name_patterns_of_the_library_and_no_tests(load_own: LoadOwn) -> None:
    own = f'[[patterns]]\nid = "own"\nname = "Own"\nkind = "root"\nroots = ["L5", "S3"]\nweak = ["TA"]\n{END}'
    assert [str(one) for one in load_own(mine=own).problems] == [
        'own/mine.toml: patterns own: root "S3" is not a pattern',
        "own/mine.toml: patterns own: names roots, so it may name no tests of its own",
    ]
    assert load_own(mine=own.replace("S3", "S1").replace('weak = ["TA"]\n', "")).problems == ()


def test_where_a_root_is_felt_is_a_place_of_the_story(load_own: LoadOwn) -> None:
    own = f'[[patterns]]\nid = "own"\nname = "Own"\nkind = "root"\nweak = ["TA"]\nfelt = ["knee"]\n{END}'
    assert [str(one) for one in load_own(mine=own).problems] == [
        'own/mine.toml: patterns own: place "knee" is not where the story tells that it is felt',
    ]
    assert load_own(mine=own.replace("knee", "foot")).problems == ()


def test_what_names_a_touch_names_a_test_of_touch(load_own: LoadOwn) -> None:
    own = f"""
        [[patterns]]
        id = "own"
        name = "Own"
        kind = "nerve"
        weak = ["TA"]
        numb = ["TOUCH-L5", "TA"]
        key = ["EHL"]
        {END}
        [[combinations]]
        id = "own"
        group = "cauda-equina"
        level = "routine"
        says = "Own."
        needs = [{{ numb = ["SLR"], altered = ["TA"] }}]
        {END}
        [[rules]]
        id = "screen"
        weak = "4"
        muscles = ["TAA"]
        signs = ["SLRR"]
        answers = ["saddle"]
        story = {{ pain_here = ["foot"] }}
        {END}
        """
    assert [str(one) for one in load_own(mine=own).problems] == [
        'own/mine.toml: combinations own: touch "SLR" is not a test of touch',
        'own/mine.toml: combinations own: touch "TA" is not a test of touch',
        'own/mine.toml: patterns own: test "TA" stands twice',
        'own/mine.toml: patterns own: touch "TA" is not a test of touch',
        'own/mine.toml: patterns own: key muscle "EHL" is not one that it expects weak',
        'own/mine.toml: rules screen: test "TAA" is not a test of the library',
        'own/mine.toml: rules screen: test "SLRR" is not a test of the library',
        'own/mine.toml: rules screen: question "saddle" is not a safety question',
        'own/mine.toml: rules screen: question "pain_here" is not in the story',
    ]
