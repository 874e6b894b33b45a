"""A document is printed in the wanted language where it has the words."""

from msgspec.structs import replace

from mmt.library.templates import load_templates
from mmt.paths import shipped

TEMPLATE = load_templates([shipped("reports/templates")])[0]["hand-out"]


def test_a_document_is_printed_in_english_where_its_language_is_missing() -> None:
    both = replace(TEMPLATE, wording={**TEMPLATE.wording, "es": TEMPLATE.wording["en"]})
    assert both.language("es") == "es"
    assert both.language("de") == "en"
    assert TEMPLATE.language("en") == "en"


def test_a_language_that_a_symptom_lacks_is_printed_in_english() -> None:
    patch = TEMPLATE.symptoms["numb-patch"]
    silent = {**TEMPLATE.symptoms, "numb-patch": replace(patch, text={"en": patch.text["en"]})}
    assert TEMPLATE.language("pl") == "pl"
    assert replace(TEMPLATE, symptoms=silent).language("pl") == "en"


def test_a_document_lists_only_the_symptoms_that_name_it() -> None:
    told = [one.text["en"] for one in TEMPLATE.listed("emergency")]
    assert "You cannot pass water, or you start to leak." in told
    assert "Your leg is cold and pale." not in told


def test_what_is_felt_in_moves_of_some_kinds_is_listed_only_with_one_of_them() -> None:
    stretch = TEMPLATE.symptoms["mild-pull"].text["en"]
    for kinds, told in ((None, True), ({"stretch", "walking"}, True), ({"walking"}, False)):
        assert (stretch in [one.text["en"] for one in TEMPLATE.listed("go", kinds)]) is told
