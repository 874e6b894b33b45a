"""What lets stations in, as it is written: each key opens mmt alone; what is no station is refused."""

import base64
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mmt.cli import commands
from mmt.model.errors import ClinicError
from mmt.station import ssh
from mmt.station.keys import public_key
from mmt.station.started import command, station_name

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIH5u2wsjXyfiG5HlHu270Aq64GuwML4Kj0+dAFyn9jab"
OTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOhncROHsXzVaUxyUivxwfj3haZF1bJkLUweway/MMcV"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="A host of rooms runs Linux or macOS.")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of mmt's account."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("MMT_HOME", str(tmp_path / "clinic"))
    return tmp_path


def key(home: Path, name: str, text: str = KEY, encoding: str = "utf-8") -> Path:
    path = home / f"{name}.pub"
    path.write_text(text, encoding)
    return path


def run(*typed: object) -> tuple[int, str]:
    done = CliRunner().invoke(commands, ["station", "ssh", *map(str, typed)])
    return done.exit_code, done.output


def test_each_key_opens_mmt_with_its_stations_name_and_nothing_else(home: Path) -> None:
    keys = key(home, "Room 1", f"{KEY} ann@laptop"), key(home, "Dr. O'Neil", OTHER)
    status, said = run(*keys, "--write", home / "rooms", "--listen", "192.168.7.10", "--port", 2022)
    assert status == 0, said
    first, second = (home / "rooms/authorized_keys").read_text().splitlines()
    assert re.fullmatch(rf'restrict,pty,command="exec .*/mmt" {re.escape(KEY)} Room 1', first)
    assert second.endswith(f"{OTHER} Dr. O'Neil")
    config = (home / "rooms/sshd_config").read_text()
    for line in (
        *("ListenAddress 192.168.7.10", "Port 2022", "AllowTcpForwarding no", "DisableForwarding yes"),
        *("PasswordAuthentication no", "PermitUserEnvironment no", "X11Forwarding no"),
    ):
        assert f"\n{line}\n" in config
    assert "Subsystem" not in config
    assert "AcceptEnv" not in config
    assert "-p 2022 -i ~/.ssh/mmt -o IdentitiesOnly=yes" in said
    assert f"ssh-keygen -q -t ed25519 -N '' -C mmt-rooms -f {home}/rooms/ssh_host_ed25519_key" in said
    assert {stat.S_IMODE(one.stat().st_mode) for one in (home / "rooms").iterdir()} == {0o600}


def test_without_a_folder_all_is_printed_and_nothing_written(home: Path) -> None:
    status, said = run(key(home, "Room 1"))
    assert status == 0
    assert "\nListenAddress 127.0.0.1\n" in said
    assert "restrict,pty,command=" in said
    assert [one.name for one in home.iterdir()] == ["Room 1.pub"]


def test_more_connections_are_taken_than_there_are_rooms_and_half_of_them_from_one(home: Path) -> None:
    raw = base64.b64decode(KEY.split()[1])
    for many, line in ((2, "32:50:64"), (20, "40:50:80")):
        made = (base64.b64encode(raw[:-1] + bytes([number])).decode() for number in range(many))
        keys = [key(home, f"Room {at}", f"ssh-ed25519 {one}") for at, one in enumerate(made)]
        config = ssh.way_in(home / "rooms", home / "clinic", keys).files["sshd_config"]
        assert f"MaxStartups {line}\nPerSourceMaxStartups {max(16, many)}\n" in config


def test_the_shell_runs_the_line_with_what_is_in_it_and_nothing_of_outside(tmp_path: Path) -> None:
    mmt = tmp_path / "it's $(touch x) mmt"
    mmt.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'import os; print(sorted(os.environ.items()))'\n")
    mmt.chmod(0o700)
    line = command("Dr. O'Neil", tmp_path / "re cords;", mmt)
    env = {
        "TERM": '"; touch x; "$(touch x)',
        "SSH_ORIGINAL_COMMAND": "sh",
        "LD_PRELOAD": "",
        "MMT_HOME": "/tmp",
    }
    said = subprocess.run(
        ["/bin/sh", "-c", line], env=env, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    found = dict(eval(said.stdout))
    assert found.keys() - {"PWD", "SHLVL", "_", "LC_CTYPE"} == {
        *("HOME", "PATH", "LANG", "MMT_HOME", "MMT_STATION", "TERM")
    }
    assert found["MMT_STATION"] == "Dr. O'Neil"
    assert found["MMT_HOME"] == str(tmp_path / "re cords;")
    assert found["TERM"] == env["TERM"]
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    "name", ["", " ", "-x", "a\nb", 'a"b', "a\\b", "$(id)", "a;b", "x" * 41, "..", "a\x1b[0m", "`id`"]
)
def test_what_is_no_name_of_a_room_is_refused(name: str) -> None:
    if name == "a\nb":
        assert station_name(name) == "a b"
        return
    with pytest.raises(ClinicError, match="cannot be the name of a station"):
        station_name(name)


@pytest.mark.parametrize(
    "name", ["Room 2", "Zimmer 3 (süd)".replace("(", "").replace(")", ""), "部屋", "2", "x" * 40]
)
def test_names_of_rooms_are_taken_as_they_are(name: str) -> None:
    assert station_name(name) == name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n", "holds a private key"),
        ("", "holds no public key"),
        (f"{KEY}\n{OTHER}\n", "holds no public key"),
        (f'command="/bin/sh" {KEY}', "holds no public key"),
        (f"{KEY[:-9]}!{KEY[-8:]}", "holds no public key"),
        (KEY.replace("ssh-ed25519", "ssh-rsa"), "holds no public key"),
        ("ssh-dss AAAAB3NzaC1kc3M=", "holds no public key"),
        ("x" * 20_000, "cannot be read"),
    ],
)
def test_what_is_no_public_key_is_refused_with_a_sentence(home: Path, text: str, says: str) -> None:
    status, said = run(key(home, "Room 1", text), "--write", home / "rooms")
    assert (status, (home / "rooms").exists()) == (1, False)
    assert says in said


def test_a_key_comes_without_what_else_its_file_says(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-8-sig"):
        assert public_key(key(tmp_path, "a", f'\r\n{KEY} x" restrict\r\n', encoding)) == KEY


def test_two_stations_have_two_names_and_two_keys(home: Path) -> None:
    (home / "b").mkdir()
    for other in (key(home, "Room 2"), key(home / "b", "Room 1", OTHER)):
        status, said = run(key(home, "Room 1"), other, "--write", home / "rooms")
        assert (status, (home / "rooms").exists()) == (1, False)
        assert "each station has its own" in said


def test_a_folder_that_others_may_write_in_is_refused(home: Path) -> None:
    (home / "open").mkdir(mode=0o777)
    (home / "open").chmod(0o777)
    status, said = run("--write", home / "open/rooms")
    assert status == 1
    assert f"other accounts may write in {home / 'open'}" in said
    assert not list((home / "open/rooms").iterdir())


@pytest.mark.parametrize(
    "typed", [("--listen", "all"), ("--listen", "0.0.0.0\nPort 1"), ("--write", "/tmp/a b")]
)
def test_what_would_say_more_in_the_configuration_is_refused(home: Path, typed: tuple[str, ...]) -> None:
    status, said = run(*typed)
    assert status == 1
    assert said.count("\n") == 1
