"""Which keys each document needs, counted sentences in two forms at least."""

from mmt.model.wording import COUNTED, keys, known, sentence, sentences

SHEET = {
    "head": {"page": sentence("page", "pages")},
    "title": {"title": COUNTED, "document": sentence()},
    "course": {"course-lines": sentences()},
}


def test_a_counted_sentence_is_needed_in_each_form_of_its_language_and_a_plain_one_once() -> None:
    assert list(keys(SHEET, ("one", "other"))) == [
        "page",
        "title-one",
        "title-other",
        "document",
        "course-lines",
    ]
    assert "title-zero" in keys(SHEET, ("zero", "one", "other"))


def test_a_key_is_known_as_it_is_written() -> None:
    page, lines = known(SHEET, "page"), known(SHEET, "course-lines")
    assert page is not None
    assert page.fills == ("page", "pages")
    assert lines is not None
    assert lines.many
    for form in ("zero", "one", "two", "few", "many", "other"):
        assert known(SHEET, f"title-{form}") == COUNTED


def test_a_key_of_another_document_or_form_is_not_known() -> None:
    for written in ("diary", "title", "title-some", "page-one"):
        assert known(SHEET, written) is None
