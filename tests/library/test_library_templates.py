"""Report templates: what ships is whole, a clinic's own file overrides it, every fault is named."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from mmt.library.templates import load_templates
from mmt.model.papers import Document
from mmt.model.template import Template
from mmt.model.wording import WORDING
from mmt.paths import shipped

SHIPPED = shipped("reports/templates")
HAND_OUT = (SHIPPED / "hand-out.toml").read_text()

ENGLISH = "[wording.en]\nreviewed = false\n\n[wording.en.text]"

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


def test_what_ships_has_no_problem_and_is_all_of_the_documents() -> None:
    templates, problems = load_templates([SHIPPED])
    assert problems == []
    assert set(templates) == set(WORDING)
    for template in templates.values():
        assert set(template.blocks) == set(WORDING[template.document]) - {"head"}


def test_a_clinics_own_file_replaces_the_shipped_one_of_its_id(load_changed: LoadOwn) -> None:
    template, problems = load_changed('feel = "Feel"', 'feel = "You will feel"')
    assert problems == []
    assert template.wording["en"].text["feel"] == "You will feel"


def test_a_second_language_may_stand_beside_english(load_changed: LoadOwn) -> None:
    english = HAND_OUT[HAND_OUT.index("[wording.en]") :]
    template, problems = load_changed(text=HAND_OUT + "\n" + english.replace("wording.en", "wording.es"))
    assert problems == []
    assert set(template.wording) == {"en", "es"}


def test_a_counted_sentence_may_have_the_forms_of_other_languages(load_changed: LoadOwn) -> None:
    _, problems = load_changed("title-one = ", 'title-few = "Your {count} moves"\ntitle-one = ')
    assert problems == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('feel = "Feel"\n', "", 'wording.en.text: lacks the key "feel"'),
        ('feel = "Feel"', 'feeel = "Feel"', "wording.en.text.feeel: is not a key of hand-out"),
        ('feel = "Feel"', "feel = 7", "wording.en.text.feel: must be text, and not empty"),
        ('feel = "Feel"', 'feel = " "', "wording.en.text.feel: must be text, and not empty"),
        ('feel = "Feel"', 'feel = ["Feel"]', "wording.en.text.feel: must be one sentence, not a list"),
        ('feel = "Feel"', 'feel = "Feel {name}"', "{name} cannot be filled in; what may stand in braces"),
        ("Page {page} of", "Page {page!r} of", "{page} cannot be filled in"),
        ("Page {page} of", "Page {page:>999999999} of", "{page} cannot be filled in"),
        ("Page {page} of", "Page {page.real} of", "{page.real} cannot be filled in"),
        ("Page {page} of", "Page {page of", "has a single brace"),
        ('"Mon", ', "", "wording.en.text.weekdays: must hold exactly 7 entries, not 6"),
        ("sitting-tips = [", "sitting-tips = []\nx = [", "sitting-tips: must hold 1 to 12 sentences, not 0"),
        ('go = ["You feel a mild pull.", "It eases within 30 minutes."]', 'go = "x"', "must be a list"),
        ('  "diary",\n', '  "diaries",\n', 'blocks[9]: "diaries" is not a block of hand-out'),
        ('  "note",\n', '  "title",\n', 'blocks[1]: "title" stands here twice'),
        ('document = "hand-out"', 'document = "hand-in"', "document: must be one of hand-out,"),
        ('document = "hand-out"', 'document = ["x"]', "document: must be one of hand-out,"),
        ("text = 12", "text = 11", "patients' papers are set in 12 points or more"),
        ("text = 12", "text = 400", "page.text"),
        ("top = 13, ", "", "page.margins"),
        ('go = "#2E7D32"', 'go = "green"', "colours.go"),
        ('go = "#2E7D32"', 'gone = "#2E7D32"', 'colours: has no field "gone"'),
        ("[page]", "[sheet]\nx = 1\n[page]", "sheet: is not known here"),
        (ENGLISH, ENGLISH.replace(".en", ".es"), "wording: has no English; write [wording.en.text]"),
        ('id = "hand-out"', 'id = "comparison"', 'a template of this id must have document "comparison"'),
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
    text = HAND_OUT.replace('feel = "Feel"\n', "").replace("{pages}", "{sheets}").replace("#2E7D32", "green")
    _, problems = load_changed(text=text)
    assert len(problems) == 3


def test_a_faulty_second_language_is_left_out_alone(load_changed: LoadOwn) -> None:
    template, problems = load_changed(text=HAND_OUT + '\n[wording.es.text]\nfeel = "Sienta"\n')
    assert set(template.wording) == {"en"}
    assert any('wording.es.text: lacks the key "title-one"' in one for one in problems)


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


@pytest.mark.parametrize("document", list(WORDING))
def test_the_readme_explains_every_block_and_key(document: Document) -> None:
    readme = (SHIPPED / "README.md").read_text()
    told = set(re.findall(r"`([a-z-]+)`", readme))
    part = readme[readme.index(f"## `{document}`") :]
    for block, keys in WORDING[document].items():
        assert block in told, block
        assert block == "head" or f"**`{block}`**" in part, block
        for key in keys:
            assert key in told, key


def test_the_readme_names_no_key_that_is_not_there() -> None:
    readme = (SHIPPED / "README.md").read_text()
    known = {name for blocks in WORDING.values() for block, keys in blocks.items() for name in (block, *keys)}
    for line in readme.splitlines():
        if line.startswith("| `") and line.count("|") in (3, 4) and "[" not in line:
            named = re.findall(r"`([a-z]+-[a-z-]+)`", line.split("|")[1])
            assert set(named) <= known, line
