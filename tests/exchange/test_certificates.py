"""A clinic that a server knows by its certificate: what does not fit is a sentence, and nothing is lost."""

import os
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from certificates import certificate, context
from click.testing import CliRunner
from loopback import served
from to_send import add, sign
from urllib3.exceptions import SSLError

from mmt import tls
from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.model.errors import ClinicError
from mmt.model.sending import Server
from mmt.wire import LostError, Wire

pytestmark = pytest.mark.usefixtures("content_once")
VERSIONS = (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3)
CUT = "was reached, but the connection was cut before the whole answer was there; "


def run(clinic: Clinic, *words: str) -> tuple[int, str]:
    """What a command says; it ends with a sentence in any case."""
    done = CliRunner().invoke(commands, words, env={**os.environ, "MMT_HOME": str(clinic.places.root)})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def expired(folder: Path) -> None:
    certificate(folder, "clinic", "authority", days=-1)


def strange(folder: Path) -> None:
    certificate(folder, "clinic")


def gone(folder: Path) -> None:
    (folder / "clinic.pem").unlink()


def of_another_key(folder: Path) -> None:
    (folder / "clinic.key").write_bytes((folder / "server.key").read_bytes())


@pytest.mark.parametrize("version", VERSIONS, ids=lambda one: one.name)
@pytest.mark.parametrize(
    ("spoils", "says"),
    [
        (expired, ("does not take this clinic's certificate: it ran out on 20",
                   f"{CUT}this clinic's certificate ran out on 20")),
        (strange, ("does not take this clinic's certificate: who vouches for it is not known there.",
                   f"{CUT}does it take this clinic's certificate?")),
        (gone, ("clinic.pem cannot be used (No such file or directory). Name a file",)),
        (of_another_key, ("cannot be used (the key that was named with it is another one's). Name a file",)),
    ],
)  # fmt: skip
def test_a_certificate_that_does_not_fit_any_more_refuses_no_visit(
    spoils: Callable[[Path], None],
    says: tuple[str, ...],
    version: ssl.TLSVersion,
    oak: Clinic,
    tmp_path: Path,
) -> None:
    """Whether a server's word about it arrives before the end of the connection is a matter of luck."""
    authority, _ = certificate(tmp_path, "authority")
    pem, key = certificate(tmp_path, "clinic", "authority")
    speaks = context(tmp_path, asks_for_one=True)
    speaks.minimum_version = speaks.maximum_version = version
    sign(oak, add(oak))
    with served(speaks) as server:
        names = ("--certificate", str(pem), "--key", str(key), "--authority", str(authority))
        code, said = run(oak, "send", "--setup", server.base, *names)
        assert (code, "It is Loopback" in said) == (0, True), said
        good = pem.read_bytes(), key.read_bytes()
        spoils(tmp_path)
        code, said = run(oak, "send")
        assert code == 1
        assert any(one in said for one in says), said
        assert "SSL" not in said
        assert "Encounter" not in str([*server.held])
        for file, held in zip((pem, key), good, strict=True):
            file.write_bytes(held)
        assert run(oak, "send")[1].endswith("1 sent, 0 refused, 0 waiting.\n")
        assert len(server.of("Encounter")) == 1


@pytest.mark.parametrize("version", VERSIONS, ids=lambda one: one.name)
def test_a_server_that_asks_for_a_certificate_says_so_when_it_is_set_up(
    version: ssl.TLSVersion, oak: Clinic, tmp_path: Path
) -> None:
    authority, _ = certificate(tmp_path, "authority")
    speaks = context(tmp_path, asks_for_one=True)
    speaks.minimum_version = speaks.maximum_version = version
    with served(speaks) as server:
        code, said = run(oak, "send", "--setup", server.base, "--authority", str(authority))
    assert code == 1
    assert "for a certificate of this clinic" in said
    assert "Nothing was set up." in said
    assert oak.sending().server is None


@pytest.mark.parametrize(
    ("days", "knows", "says"),
    [
        (-1, True, "cannot be trusted: certificate has expired; is this computer's clock right?"),
        (1, False, "cannot be trusted: unable to get local issuer certificate. Nothing was set up."),
    ],
)
def test_a_server_that_cannot_be_trusted_is_told_as_that(
    days: int, knows: bool, says: str, oak: Clinic, tmp_path: Path
) -> None:
    authority, _ = certificate(tmp_path, "authority")
    with served(context(tmp_path, days=days)) as server:
        chosen = Server(base=server.base, authority=str(authority) if knows else "")
        with pytest.raises(ClinicError) as raised:
            oak.sending().choose(chosen)
        assert says in str(raised.value)
        assert server.asked == []


def test_what_speaks_no_tls_is_told_as_that() -> None:
    with served() as server:
        wire = Wire(Server(base=server.base.replace("http:", "https:")), "")
        with pytest.raises(LostError, match="does not come to terms with mmt about encryption"):
            wire.ask("GET", "metadata")
        wire.close()


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        ("TLSV13_ALERT_CERTIFICATE_REQUIRED", "asks for a certificate of this clinic: mmt send --setup"),
        ("SSLV3_ALERT_CERTIFICATE_REVOKED", "does not take this clinic's certificate: it was revoked"),
        (
            "TLSV1_ALERT_UNKNOWN_CA",
            "does not take this clinic's certificate: who vouches for it is not known",
        ),
        ("SSLV3_ALERT_CERTIFICATE_EXPIRED", "does not take this clinic's certificate: it ran out"),
        ("WRONG_VERSION_NUMBER", "does not come to terms with mmt about encryption (wrong version number); "),
    ],
)
def test_what_a_server_says_of_a_certificate_is_told_in_words(reason: str, says: str) -> None:
    fault = ssl.SSLError(1, f"[SSL: {reason}]")
    fault.reason = reason
    server = Server(base="https://fhir.example.org", certificate="/nowhere/one.pem")
    assert tls.why(SSLError(fault), server).startswith(says)
