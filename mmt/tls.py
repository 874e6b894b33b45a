"""How mmt and a server trust each other, and in words why they do not."""

import datetime
import ssl
from contextlib import suppress
from pathlib import Path

from cryptography.x509 import load_pem_x509_certificate

from mmt.model.errors import ClinicError
from mmt.model.sending import Server

_NO_FILE = "{path} cannot be used ({why}). Name a file in PEM form that you may read."
_OTHER_KEY = "the key that was named with it is another one's"
_NO_PASSPHRASE = "its key asks for a passphrase, and mmt sends while nobody is there to type it"

_DISTRUSTED = "cannot be trusted: {why}"
_CLOCK = "; is this computer's clock right?"
_ASKS = "asks for a certificate of this clinic: mmt send --setup names one by --certificate and --key"
_NOT_TAKEN = "does not take this clinic's certificate: {why}"
_RAN_OUT = "it ran out"
_RAN_OUT_ON = "it ran out on {day}"
_STRANGE = "who vouches for it is not known there"
_REVOKED = "it was revoked"
_ALERTS = {
    "CERTIFICATE_EXPIRED": _RAN_OUT,
    "UNKNOWN_CA": _STRANGE,
    "CERTIFICATE_REVOKED": _REVOKED,
    "BAD_CERTIFICATE": "it is none that the server knows",
    "CERTIFICATE_UNKNOWN": "it is none that the server knows",
    "UNSUPPORTED_CERTIFICATE": "it is of a kind that the server does not know",
    "ACCESS_DENIED": "it gives no right to what is there",
}
"""What a server says of a client's certificate, by the alerts of RFC 8446, 6.2."""

_NO_TERMS = "does not come to terms with mmt about encryption ({why}); {hint}"
_HINT_NONE = "does it ask for a certificate of this clinic?"
_HINT_OURS = "does it take this clinic's certificate?"
_HINT_RAN_OUT = "this clinic's certificate ran out on {day}"


def context(server: Server) -> ssl.SSLContext:
    """What a connection to a server goes by: who vouches for it, and this clinic's certificate, if one was
    chosen. Raises ClinicError with a sentence."""
    try:
        found = ssl.create_default_context(cafile=server.authority or None)
    except OSError as error:
        raise ClinicError(_NO_FILE.format(path=server.authority, why=_short(error))) from None
    if server.certificate:
        try:
            found.load_cert_chain(server.certificate, server.key or None, password=_no_password)
        except (OSError, ValueError) as error:
            raise ClinicError(_NO_FILE.format(path=server.certificate, why=_short(error))) from None
    return found


def why(error: BaseException, server: Server) -> str:
    """Why no connection came about, as it is said behind the server's name."""
    fault = _fault(error)
    if isinstance(fault, ssl.SSLCertVerificationError):
        told = fault.verify_message
        timely = "expired" not in told and "not yet valid" not in told
        return _DISTRUSTED.format(why=told) + ("" if timely else _CLOCK)
    reason = getattr(fault, "reason", None) or "no reason is told"
    alert = reason.partition("_ALERT_")[2]
    if alert == "CERTIFICATE_REQUIRED":
        return _ASKS
    if said := _ALERTS.get(alert):
        day = _ran_out(server) if said == _RAN_OUT else ""
        return _NOT_TAKEN.format(why=_RAN_OUT_ON.format(day=day) if day else said)
    return _NO_TERMS.format(why=reason.replace("_", " ").lower(), hint=hint(server))


def is_cut(error: BaseException) -> bool:
    """Whether a connection was only ended, without a word about trust."""
    return isinstance(_fault(error), ssl.SSLEOFError | ssl.SSLZeroReturnError)


def hint(server: Server) -> str:
    """What may be behind it that a server which asks for certificates hangs up before it answered anything:
    what it says of them is lost on the way as often as not."""
    if not server.certificate:
        return _HINT_NONE
    day = _ran_out(server)
    return _HINT_RAN_OUT.format(day=day) if day else _HINT_OURS


def _ran_out(server: Server) -> str:
    """The day on which this clinic's certificate ran out; empty where it did not, or cannot be read."""
    with suppress(OSError, ValueError):
        until = load_pem_x509_certificate(Path(server.certificate).read_bytes()).not_valid_after_utc
        return until.date().isoformat() if until < datetime.datetime.now(datetime.UTC) else ""
    return ""


def _fault(error: BaseException) -> BaseException:
    """The error of TLS itself within what was made of it."""
    inner = next((one for one in error.args if isinstance(one, ssl.SSLError)), None)
    return inner or error


def _no_password() -> str:
    raise ValueError(_NO_PASSPHRASE)


def _short(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        reason = error.reason or "it is none"
        return _OTHER_KEY if reason == "KEY_VALUES_MISMATCH" else reason.replace("_", " ").lower()
    return str(getattr(error, "strerror", "") or error)
