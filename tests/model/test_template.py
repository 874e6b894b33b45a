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
