"""Sign-offs: what there is to sign, the clinic's file of them, and what of the content is in use by it."""

import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from mmt.library.load import Library, load
from mmt.library.signoffs import CLOSED, Decisions, in_use, in_words, parsed, read_signoffs, write_signoffs
from mmt.library.templates import load_templates
from mmt.library.to_sign import items
from mmt.model.signoff import GROUPS, Decided, ReviewItem, SignOff, differences
from mmt.paths import shipped

TEMPLATES, _ = load_templates([shipped("reports/templates")])
DAY = datetime.date(2026, 12, 3)


@pytest.fixture(scope="module")
def whole() -> Library:
    return load([shipped("protocols")])


@pytest.fixture(scope="module")
def found(whole: Library) -> dict[str, ReviewItem]:
    return {one.id: one for one in items(whole.protocol, TEMPLATES)}


def decided(item: ReviewItem, decision: Decided = "signed", note: str = "") -> SignOff:
    return SignOff(
        item=item.id,
        decision=decision,
        name='Dr Ann "Other"\\',
        licence="4711",
        date=DAY,
        note=note,
        digest=item.digest,
        text=item.text,
    )


def test_everything_that_a_clinician_decides_is_to_be_signed_what_matters_first(
    whole: Library, found: dict[str, ReviewItem]
) -> None:
    protocol = whole.protocol
    for name in ("safety", "combinations", "precautions", "stretches", "patterns", "tests", "exams", "story"):
        assert {f"{name}:{one}" for one in getattr(protocol, name)} <= found.keys()
    groups = [one.group for one in found.values()]
    assert groups == sorted(groups, key=GROUPS.index)
    assert found["rules:motor-alarm"].group == "safety"
    assert "translations:E01 es" in found
    assert "papers:symptoms-emergency" in found
    assert all(one.lines for one in found.values())


def test_an_item_tells_its_numbers_words_and_sources_with_whether_they_were_read(
    found: dict[str, ReviewItem],
) -> None:
    told = found["stretches:E29"]
    assert ("Dose", "reps 10; sets 2; per day 1; days per week 3; weeks 8") in told.lines
    assert ("Step", "4. Stand up tall.") in told.lines
    assert {one.evidence for one in told.sources} <= {"checked", "textbook", "weak", "derived"}
    assert len(told.sources) == len(told.cites)


def test_the_digest_is_over_the_meaning_and_not_over_the_file(
    whole: Library, found: dict[str, ReviewItem], tmp_path: Path
) -> None:
    shipped_file = next(shipped("protocols").glob("stretches/E29-*.toml")).read_text("utf-8")
    own = tmp_path / "own.toml"
    own.write_text(f"# as it comes\n\n{shipped_file}\n\n", "utf-8")
    both = [*shipped("protocols").glob("nothing")], [shipped("protocols"), tmp_path]

    def digest() -> str:
        read = load(both[1]).protocol
        return next(one.digest for one in items(read, TEMPLATES) if one.id == "stretches:E29")

    assert digest() == found["stretches:E29"].digest
    own.write_text(shipped_file.replace("Stand up tall.", "Stand up straight."), "utf-8")
    assert digest() != found["stretches:E29"].digest


def test_changed_english_lets_its_translation_lapse_too_and_a_new_drawing_the_stretch(
    whole: Library, found: dict[str, ReviewItem]
) -> None:
    stretch = whole.protocol.stretches["E29"]
    english = replace(stretch.text["en"], feel="Work in the thighs.")
    other = replace(stretch, text={**stretch.text, "en": english})
    changed = replace(whole.protocol, stretches={**whole.protocol.stretches, "E29": other})
    now = {one.id: one.digest for one in items(changed, TEMPLATES)}
    assert {name for name, one in found.items() if one.digest != now[name]} == {
        "stretches:E29",
        "translations:E29 es",
        "translations:E29 pl",
    }
    figures = whole.protocol.figures["E29"]
    drawn = replace(figures, drawings=(replace(figures.drawings[0], shoes=True), *figures.drawings[1:]))
    redrawn = replace(whole.protocol, figures={**whole.protocol.figures, "E29": drawn})
    item = next(one for one in items(redrawn, TEMPLATES) if one.id == "stretches:E29")
    assert item.digest != found["stretches:E29"].digest
    assert any("picture" in now for _, now in differences(found["stretches:E29"].text, item.text))


def test_what_is_written_is_read_again(found: dict[str, ReviewItem], tmp_path: Path) -> None:
    some = ("safety:cauda-equina", "stretches:E01", "translations:E01 pl", "papers:hand-out")
    made = {name: decided(found[name]) for name in some}
    made["tests:GMIN"] = decided(found["tests:GMIN"], "changed", 'Two "lines"\nof words \\ and more')
    kept = write_signoffs(tmp_path / "reviews.toml", Decisions(made=made, only_signed=True))
    read = read_signoffs(tmp_path / "reviews.toml")
    assert not read.problems
    assert read.only_signed
    assert read.made.keys() == made.keys()
    assert read.made["stretches:E01"] == made["stretches:E01"]
    assert read_signoffs(tmp_path / "reviews.toml", kept) is kept
    standing = read.standing(found.values())
    assert standing["stretches:E01"].signed
    assert not standing["tests:GMIN"].signed


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[reviews", "is not valid TOML"),
        ("[[reviews]]\nitem = 3", "must be text"),
        ("reviews = 3", "must be written as [[reviews]]"),
        ("print_only_signed = 'yes'", "must be true or false"),
        ("[more]", "is not known here"),
        ("\xff", "is not UTF-8"),
    ],
)
def test_a_faulty_file_is_a_sentence_and_closes_rather_than_opens(text: str, says: str) -> None:
    read = parsed(text.encode("latin-1"), "reviews.toml")
    told = [str(one) for one in read.problems]
    assert says in told[0]
    assert CLOSED in told[-1]
    assert read.only_signed


def test_a_row_at_fault_leaves_the_others(found: dict[str, ReviewItem], tmp_path: Path) -> None:
    path = tmp_path / "reviews.toml"
    write_signoffs(path, Decisions(made={"stretches:E01": decided(found["stretches:E01"])}))
    with path.open("a", encoding="utf-8") as file:
        file.write('\n[[reviews]]\nitem = "stretches:E02"\ndecision = "perhaps"\n')
    read = read_signoffs(path)
    assert read.made.keys() == {"stretches:E01"}
    assert any("perhaps" in str(one) for one in read.problems)


def test_a_folder_in_the_place_of_the_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "reviews.toml").mkdir()
    read = read_signoffs(tmp_path / "reviews.toml")
    assert "cannot be read" in str(read.problems[0])
    assert read.only_signed


def aside(found: dict[str, ReviewItem], *names: str) -> Decisions:
    return Decisions(made={name: decided(found[name], "set-aside", "not here") for name in names})


def test_what_is_set_aside_is_not_used(whole: Library, found: dict[str, ReviewItem]) -> None:
    used = in_use(
        whole.protocol, aside(found, "stretches:E01", "patterns:L4", "tests:APIR", "exams:myotomes")
    )
    assert "E01" not in used.stretches
    assert not {"L4", "L3-L4", "L4-L5"} & used.patterns.keys()
    assert "APIR" in used.tests
    assert not any("APIR" in one.tests for one in used.exams.values())
    assert "myotomes" not in used.exams
    assert "APIR" not in used.offered_tests(())
    assert "APIR" in used.offered_tests(("APIR",))


def test_an_exam_without_a_test_left_goes_and_one_exam_always_stays(
    whole: Library, found: dict[str, ReviewItem]
) -> None:
    exam = replace(whole.protocol.exams["myotomes"], tests=("APIR",), leg_length=())
    other = replace(exam, id="other", tests=("HF",))
    both = replace(whole.protocol, exams={"myotomes": exam, "other": other})
    assert in_use(both, aside(found, "tests:APIR")).exams.keys() == {"other"}
    alone = replace(whole.protocol, exams={"myotomes": exam})
    assert in_use(alone, aside(found, "tests:APIR")).exams == {"myotomes": exam}


@pytest.mark.parametrize(
    "name",
    [
        *("safety:cauda-equina", "combinations:hip-fracture", "precautions:THA", "rules:motor-alarm"),
        *("tests:TA", "tests:SLR", "rules:selection", "scales:MRC-6", "story:injury", "papers:hand-out"),
    ],
)
def test_what_safety_or_the_reasoning_needs_is_never_set_aside(
    name: str, whole: Library, found: dict[str, ReviewItem]
) -> None:
    assert found[name].held.endswith("ask for what must change instead.")
    used = in_use(whole.protocol, aside(found, name))
    assert replace(used, signoffs=whole.protocol.signoffs) == whole.protocol
    if not name.startswith("papers"):
        assert used.signoffs.standing[name].decision == "changed"


def test_a_translation_set_aside_is_no_longer_spoken(whole: Library, found: dict[str, ReviewItem]) -> None:
    used = in_use(whole.protocol, aside(found, "translations:E01 es"))
    assert used.stretches["E01"].text.keys() == {"en", "pl"}
    words = in_words(TEMPLATES, aside(found, "translations:hand-out pl"))
    assert words["hand-out"].wording.keys() == {"en", "es"}


def test_only_what_is_signed_off_is_offered_where_the_clinic_says_so(
    whole: Library, found: dict[str, ReviewItem]
) -> None:
    made = {"stretches:E27": decided(found["stretches:E27"])}
    used = in_use(whole.protocol, Decisions(made=made, only_signed=True))
    assert used.stretches.keys() == {"E27"}


def test_a_set_aside_that_lapsed_stays_out_of_use(whole: Library, found: dict[str, ReviewItem]) -> None:
    old = replace(decided(found["stretches:E01"], "set-aside", "too hard"), digest="old")
    used = in_use(whole.protocol, Decisions(made={"stretches:E01": old}))
    assert "E01" not in used.stretches
    assert used.signoffs.standing["stretches:E01"].lapsed


def test_without_a_file_the_protocol_is_as_it_comes(whole: Library, tmp_path: Path) -> None:
    assert load([shipped("protocols")], tmp_path / "reviews.toml").protocol == whole.protocol
