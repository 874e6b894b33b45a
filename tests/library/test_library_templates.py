"""Report templates: what ships is whole, a clinic's own file overrides it, every fault is named."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from mmt.library.templates import load_templates
from mmt.model.template import Template
from mmt.paths import shipped
from mmt.reports.documents import templated

SHIPPED = shipped("reports/templates")
HAND_OUT = (SHIPPED / "hand-out.toml").read_text(encoding="utf-8").split("[wording.es]")[0]
"""The shipped hand-out in English alone."""

SPOKEN = {"en", "es", "pl"}

ENGLISH = '[wording.en]\nlocale = "en_GB"\n\n[wording.en.text]'

LoadOwn = Callable[..., tuple[Template, list[str]]]


@pytest.fixture
def load_changed(tmp_path: Path) -> LoadOwn:
    """Load the shipped templates with an own hand-out in which one text stands for another."""

    def run(old: str = "", new: str = "", *, text: str | None = None) -> tuple[Template, list[str]]:
        own = tmp_path / "templates"
        own.mkdir()
        assert text is not None or old in HAND_OUT
        (own / "mine.toml").write_text(HAND_OUT.replace(old, new, 1) if text is None else text)
        templates, problems = load_templates([SHIPPED, own])
        return templates["hand-out"], [str(one) for one in problems]

    return run


def test_what_ships_has_no_problem_and_is_all_of_the_templated() -> None:
    templates, problems = load_templates([SHIPPED])
    assert problems == []
    assert set(templates) == set(templated())
    for template in templates.values():
        assert set(template.blocks) == set(templated()[template.id].blocks)


def test_a_clinics_own_file_replaces_the_shipped_one_of_its_id(load_changed: LoadOwn) -> None:
    template, problems = load_changed('feel = "Feel"', 'feel = "You will feel"')
    assert problems == []
    assert template.wording["en"].text["feel"] == "You will feel"


def test_a_clinics_own_file_changes_only_what_it_names(load_changed: LoadOwn) -> None:
    own = """
    id = "hand-out"
    page.text = 14
    colours.accent = "#000000"
    blocks = ["title", "moves"]
    wording.en.text.feel = "You will feel"
    """
    template, problems = load_changed(text=own)
    assert problems == []
    assert (template.page.text, template.page.large_text) == (14, 17)
    assert (template.colours.accent, template.colours.go) == ("#000000", "#2E7D32")
    assert template.blocks == ("title", "moves")
    assert (template.wording["en"].text["feel"], template.wording["en"].text["avoid"]) == (
        "You will feel",
        "Take care",
    )


def test_a_clinics_own_file_may_add_a_language(load_changed: LoadOwn) -> None:
    english = HAND_OUT[HAND_OUT.index("[wording.en]") :]
    text = 'id = "hand-out"\n' + english.replace("wording.en", "wording.de").replace("en_GB", "de_AT")
    template, problems = load_changed(text=text)
    assert problems == []
    assert set(template.wording) == {*SPOKEN, "de"}


def test_a_language_needs_each_plural_form_that_it_counts_with(load_changed: LoadOwn) -> None:
    english = HAND_OUT[HAND_OUT.index("[wording.en]") :]
    text = HAND_OUT + "\n" + english.replace("wording.en", "wording.ru").replace("en_GB", "ru")
    _, problems = load_changed(text=text)
    assert {one.split("lacks the key ")[1] for one in problems if "title-" in one} == {
        '"title-few"',
        '"title-many"',
    }


def test_a_second_language_may_stand_beside_english(load_changed: LoadOwn) -> None:
    english = HAND_OUT[HAND_OUT.index("[wording.en]") :]
    template, problems = load_changed(text=HAND_OUT + "\n" + english.replace("wording.en", "wording.de"))
    assert problems == []
    assert set(template.wording) == {*SPOKEN, "de"}


def test_a_counted_sentence_may_have_the_forms_of_other_languages(load_changed: LoadOwn) -> None:
    _, problems = load_changed("title-one = ", 'title-few = "Your {count} moves"\ntitle-one = ')
    assert problems == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('feel = "Feel"', 'feeel = "Feel"', "wording.en.text.feeel: is not a key of hand-out"),
        ('feel = "Feel"', "feel = 7", "wording.en.text.feel: must be text, and not empty"),
        ('feel = "Feel"', 'feel = " "', "wording.en.text.feel: must be text, and not empty"),
        ('feel = "Feel"', 'feel = ["Feel"]', "wording.en.text.feel: must be one sentence, not a list"),
        ('feel = "Feel"', 'feel = "Feel {name}"', "{name} cannot be filled in; what may stand in braces"),
        ("Page {page} of", "Page {page!r} of", "{page} cannot be filled in"),
        ("Page {page} of", "Page {page:>999999999} of", "{page} cannot be filled in"),
        ("Page {page} of", "Page {page.real} of", "{page.real} cannot be filled in"),
        ("Page {page} of", "Page {page of", "has a single brace"),
        ('locale = "en_GB"', 'locale = "xx_YY"', 'wording.en.locale: how "xx_YY" writes dates is not known'),
        ('locale = "en_GB"', "locale = 7", 'wording.en.locale: how "7" writes dates is not known'),
        ("sitting-tips = [", "sitting-tips = []\nx = [", "sitting-tips: must hold 1 to 12 sentences, not 0"),
        ("sitting-tips = [", 'sitting-tips = "x"\ny = [', "sitting-tips: must be a list of sentences"),
        ('  "diary",\n', '  "diaries",\n', 'blocks[11]: "diaries" is not a block of hand-out'),
        ('  "note",\n', '  "title",\n', 'blocks[5]: "title" stands here twice'),
        ('id = "hand-out"', 'id = "hand-in"', "id: must be one of hand-out,"),
        ('id = "hand-out"', 'id = ["x"]', "id: must be one of hand-out,"),
        ('id = "hand-out"', "", "id: must be one of hand-out,"),
        ("text = 13", "text = 11", "patients' papers are set in 12 points or more"),
        ("text = 13", "text = 400", "page.text"),
        ("top = 13", "top = 300", "page.margins"),
        ('go = "#2E7D32"', 'go = "green"', "colours.go"),
        ('go = "#2E7D32"', 'gone = "#2E7D32"', "colours.gone: is not known here"),
        ("[page]", "[sheet]\nx = 1\n[page]", "sheet: is not known here"),
        ('id = "hand-out"', 'id = "comparison"', '"overview" is not a block of comparison'),
        ("[page]", "[page", "is not valid TOML"),
    ],
)  # fmt: skip
def test_each_fault_is_named_and_the_shipped_template_stays(
    load_changed: LoadOwn, old: str, new: str, told: str
) -> None:
    template, problems = load_changed(old, new)
    assert any(told in one for one in problems), problems
    assert all(one.startswith("templates/mine.toml: ") for one in problems)
    assert template.wording["en"].text["feel"] == "Feel"


def test_every_fault_of_a_file_is_named_at_once(load_changed: LoadOwn) -> None:
    text = (
        HAND_OUT.replace('feel = "Feel"', "feel = 7")
        .replace("{pages}", "{sheets}")
        .replace("#2E7D32", "green")
    )
    _, problems = load_changed(text=text)
    assert len(problems) == 3


def test_a_faulty_second_language_is_left_out_alone(load_changed: LoadOwn) -> None:
    template, problems = load_changed(text=HAND_OUT + '\n[wording.de.text]\nfeel = "Spüre"\n')
    assert set(template.wording) == SPOKEN
    assert any('wording.de.text: lacks the key "title-one"' in one for one in problems)


def test_what_no_file_gives_is_missing(tmp_path: Path) -> None:
    text = HAND_OUT.replace('feel = "Feel"\n', "").replace("top = 13, ", "")
    (tmp_path / "mine.toml").write_text(text)
    _, problems = load_templates([tmp_path])
    told = "\n".join(map(str, problems))
    assert 'wording.en.text: lacks the key "feel"' in told
    assert "page.margins.top: is missing" in told
    (tmp_path / "mine.toml").write_text(HAND_OUT.replace(ENGLISH, ENGLISH.replace(".en", ".es")))
    _, problems = load_templates([tmp_path])
    assert any("wording: has no English; write [wording.en.text]" in str(one) for one in problems)


def test_wording_that_is_no_table_is_a_problem(load_changed: LoadOwn) -> None:
    text = 'wording = "en"\n' + HAND_OUT[: HAND_OUT.index("[wording.en]")]
    _, problems = load_changed(text=text)
    assert any("has no English" in one for one in problems)


def test_one_id_twice_in_a_folder_is_a_problem(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(HAND_OUT)
    _, problems = load_templates([tmp_path])
    assert len(problems) == 1
    assert "is already defined in" in str(problems[0])


def test_the_examples_of_the_readme_can_be_used_as_they_stand(tmp_path: Path) -> None:
    examples = re.findall(r"```toml\n(.*?)```", (SHIPPED / "README.md").read_text(), re.DOTALL)
    assert len(examples) >= 2
    for example in examples:
        (tmp_path / "own.toml").write_text(example)
        assert load_templates([SHIPPED, tmp_path])[1] == [], example


@pytest.mark.parametrize("document", list(templated()))
def test_the_readme_explains_every_block_and_key(document: str) -> None:
    readme = (SHIPPED / "README.md").read_text()
    told = set(re.findall(r"`([a-z-]+)`", readme))
    part = readme[readme.index(f"## `{document}`") :]
    for block, keys in templated()[document].wording.items():
        assert block in told, block
        assert block == "head" or f"**`{block}`**" in part, block
        for key in keys:
            assert key in told, key


def test_the_readme_names_no_key_that_is_not_there() -> None:
    readme = (SHIPPED / "README.md").read_text()
    blocks = [one for document in templated().values() for one in document.wording.items()]
    known = {name for block, keys in blocks for name in (block, *keys)}
    for line in readme.splitlines():
        if line.startswith("| `") and line.count("|") in (3, 4) and "[" not in line:
            named = re.findall(r"`([a-z]+-[a-z-]+)`", line.split("|")[1])
            assert set(named) <= known, line
