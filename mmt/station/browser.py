"""The way in by a browser: nginx before textual-serve, each station known by certificate or password."""

import getpass
import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from mmt.model.errors import ClinicError

from .nginx import CONFIG, HERE, POLICY, By
from .ssh import Way, address, plain_path
from .started import ascii_name, program

NGINX, MAKES = "nginx.conf", "certificates.sh"
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,200}[a-z0-9])?")

_CERTIFICATES = """\
#!/bin/sh
# Makes what is not there yet: an authority of the rooms' own, the certificate of this computer, one for each
# station. Written by `mmt station browser`. The file of a station (.p12) asks for its passphrase when it is
# taken in there; the passphrase is printed here once.
set -eu
umask 077
cd {folder}
ec="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
if [ ! -e authority.key ]; then
    openssl req -x509 $ec -days 3650 -keyout authority.key -out authority.crt -subj "/CN=mmt rooms" \\
        -addext keyUsage=critical,keyCertSign,cRLSign 2>/dev/null
fi
if [ ! -e host.key ]; then
    openssl req $ec -keyout host.key -out host.csr -subj "/CN={host}" 2>/dev/null
    printf 'subjectAltName={names}\\nextendedKeyUsage=serverAuth\\n' >host.ext
    openssl x509 -req -in host.csr -CA authority.crt -CAkey authority.key -CAcreateserial -days 800 \\
        -extfile host.ext -out host.crt 2>/dev/null
fi
"""
_STATION = """\
if [ ! -e {file} ]; then
    openssl req $ec -keyout station.key -out station.csr -subj {subject} 2>/dev/null
    printf 'extendedKeyUsage=clientAuth\\n' >station.ext
    openssl x509 -req -in station.csr -CA authority.crt -CAkey authority.key -CAcreateserial -days 800 \\
        -extfile station.ext -out station.crt 2>/dev/null
    word=$(openssl rand -hex 8)
    openssl pkcs12 -export -inkey station.key -in station.crt -out {file} -passout "pass:$word"
    rm station.key station.csr station.ext station.crt
    echo {file}: passphrase "$word"
fi
"""


def way_in(
    folder: Path,
    records: Path,
    stations: Sequence[str],
    *,
    by: By = "certificate",
    host: str = "localhost",
    listen: str = "127.0.0.1",
    port: int = 8443,
) -> Way:
    """What lets these stations in by a browser, at `https://host:port`.

    `folder` is where the files are going to lie. Nothing is written. Raises ClinicError with a sentence.
    """
    if not _HOST.fullmatch(host):
        raise ClinicError(
            f"{host!r} is no computer's name: take the one that browsers open, as mmt.practice.lan."
        )
    folder, listen = plain_path(folder), address(listen)
    names = [ascii_name(one) for one in stations]
    if twice := next((one for one in names if names.count(one) > 1), ""):
        raise ClinicError(f"{twice} stands there twice: each station has its own name.")
    url = f"https://{host}" if port == 443 else f"https://{host}:{port}"
    config = CONFIG.format(
        folder=folder,
        listen=f"[{listen}]" if ":" in listen else listen,
        port=port,
        host=host,
        url=url,
        policy="; ".join(POLICY).format(wss=url.replace("https:", "wss:")),
        known="\n".join(f'        "{one}" 1;' for one in (*names, *([""] if by == "password" else []))),
        here=HERE[by].format(folder=folder),
        user="user root;\n" if getpass.getuser() == "root" else "",
    )
    setting = {"records": str(records), "mmt": str(program()), "url": url}
    files = {
        NGINX: config,
        MAKES: _made(folder, host, listen, names if by == "certificate" else []),
        "browser.json": msgspec.json.encode(setting).decode(),
    }
    return Way(files, _by_hand(folder, names, by))


def _made(folder: Path, host: str, listen: str, stations: Sequence[str]) -> str:
    """What makes the certificates."""
    script = _CERTIFICATES.format(folder=folder, host=host, names=f"DNS:{host},IP:{listen}")
    for one in stations:
        file, subject = shlex.quote(f"{one}.p12"), shlex.quote(f"/CN={one}")
        script += _STATION.format(file=file, subject=subject)
    return script


def _by_hand(folder: Path, stations: Sequence[str], by: By) -> tuple[str, ...]:
    """The lines that a person types."""
    python = shlex.quote(sys.executable)
    lines = [f"sh {folder}/{MAKES}"]
    if by == "password":
        typed = "printf '%s:%s\\n' {name} \"$(openssl passwd -6)\" >>{folder}/passwords"
        lines += [typed.format(name=shlex.quote(one), folder=folder) for one in stations]
    return (*lines, f"{python} -m mmt.station.serve {folder}", f"/usr/sbin/nginx -c {folder}/{NGINX}")
