"""Which keys each document needs, counted sentences in two forms at least."""

from mmt.model.wording import Key, keys, known


def test_a_counted_sentence_is_needed_in_each_form_of_its_language_and_a_plain_one_once() -> None:
    english, arabic = (
        list(keys("hand-out", ("one", "other"))),
        list(keys("hand-out", ("zero", "one", "other"))),
    )
    assert english.count("title-one") == english.count("title-other") == english.count("document") == 1
    assert "title" not in english
    assert "title-zero" not in english
    assert "title-zero" in arabic


def test_a_key_is_known_as_it_is_written() -> None:
    assert known("hand-out", "page") == Key(fills=("page", "pages"))
    assert known("hand-out", "course-lines") == Key(many=True)
    for form in ("zero", "one", "two", "few", "many", "other"):
        assert known("hand-out", f"title-{form}") == Key(fills=("count",), counted=True)


def test_a_key_of_another_document_or_form_is_not_known() -> None:
    assert known("warning-card", "diary") is None
    assert known("hand-out", "title") is None
    assert known("hand-out", "title-some") is None
    assert known("hand-out", "page-one") is None
