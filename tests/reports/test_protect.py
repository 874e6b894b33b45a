"""A protected paper opens with its passphrase and with nothing else."""

import io

import pikepdf
import pytest
from paper_samples import TEMPLATES, printed, sheet
from pdf_reading import text

from mmt.model.errors import PaperError
from mmt.reports.protect import protected

PLAIN = printed(sheet("E01:left"), TEMPLATES["hand-out"])


@pytest.mark.parametrize("passphrase", ["blue chair 7", "Łódź über alles", "1979-05-02"])
def test_only_the_passphrase_opens_the_paper(passphrase: str) -> None:
    made = protected(PLAIN, passphrase)
    for wrong in ("", passphrase[::-1], passphrase + " "):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(made), password=wrong)
    with pikepdf.open(io.BytesIO(made), password=passphrase) as opened:
        assert (opened.encryption.R, opened.encryption.bits) == (6, 256)
        again = io.BytesIO()
        opened.save(again)
    assert text(again.getvalue()) == text(PLAIN)


def test_no_word_of_the_paper_can_be_read_without_the_passphrase() -> None:
    made = protected(PLAIN, "blue chair 7")
    for told in (b"Home moves", b"Riverside", "Home moves".encode("utf-16-be")):
        assert told not in made
    assert b"/Encrypt" in made


@pytest.mark.parametrize(
    ("passphrase", "says"), [("", "8 characters"), ("1234567", "8 characters"), ("ł" * 64, "long")]
)
def test_a_passphrase_that_protects_nothing_is_refused(passphrase: str, says: str) -> None:
    with pytest.raises(PaperError, match=says):
        protected(PLAIN, passphrase)
