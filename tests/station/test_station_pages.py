"""What lets browsers in, as it is written, and which messages of a page are taken."""

import os
import subprocess
from pathlib import Path

import pytest
import sixteen
from aiohttp import WSMessage, WSMsgType
from click.testing import CliRunner
from ssh_rooms import MMT

from mmt.cli import commands
from mmt.model.errors import ClinicError
from mmt.station.browser import way_in
from mmt.station.serve import allowed

pytestmark = pytest.mark.skipif(os.name == "nt", reason="A host of rooms runs Linux or macOS.")


def files(tmp_path: Path, *stations: str, **more: object) -> dict[str, str]:
    return way_in(tmp_path / "pages", tmp_path / "clinic", stations, **more).files  # type: ignore[arg-type]


def test_each_station_is_known_by_its_name_and_one_address_may_open_lines(tmp_path: Path) -> None:
    config = files(tmp_path, "Room 1", "O'Neil", host="mmt.practice.lan", listen="192.168.7.10")["nginx.conf"]
    for line in (
        *("listen 192.168.7.10:8443 ssl;", "server_name mmt.practice.lan;", "ssl_verify_client on;"),
        *('"https://mmt.practice.lan:8443" 0;', '"Room 1" 1;', '"O\'Neil" 1;'),
    ):
        assert line in config
    assert "auth_basic" not in config
    assert '"" 1;' not in config, "nobody without a name is let further"


def test_unless_told_it_listens_at_this_computer_alone(tmp_path: Path) -> None:
    config = files(tmp_path)["nginx.conf"]
    listens = [line.split()[1] for line in config.splitlines() if line.strip().startswith("listen ")]
    assert listens == ["127.0.0.1:8443"] * 2


def test_each_place_behind_nginx_is_told_the_station_that_nginx_knows(tmp_path: Path) -> None:
    config = files(tmp_path, "Room 1")["nginx.conf"]
    of_lines = config.partition("location = /ws {")[2].partition("proxy_pass")[0]
    assert "proxy_set_header X-Mmt-Station $station;" in of_lines, "with one line of its own it inherits none"


def test_with_passwords_a_line_asks_for_each(tmp_path: Path) -> None:
    way = way_in(tmp_path / "pages", tmp_path, ["Room 1", "O'Neil"], by="password")
    typed = way.by_hand[2].replace("passwd -6", "passwd -6 word")
    (tmp_path / "pages").mkdir()
    subprocess.run(["sh", "-c", typed], check=True)
    assert (tmp_path / "pages/passwords").read_text().startswith("O'Neil:$6$")
    assert "ssl_verify_client" not in way.files["nginx.conf"]
    assert "Room 1" not in way.files["certificates.sh"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["--name", "a;b"], "is no computer's name"),
        (["--name", "A\nserver"], "is no computer's name"),
        (["--listen", "0.0.0.0;"], "is no address"),
        (['Room "1"'], "cannot be the name of a station"),
        (["Zürich"], "has letters that no browser's sign-in knows"),
        (["Room 1", "Room  1"], "stands there twice"),
        (["--write", "/tmp/a b"], "has a sign in its name"),
    ],
)
def test_what_would_say_more_in_the_configuration_is_refused(typed: list[str], says: str) -> None:
    done = CliRunner().invoke(commands, ["station", "browser", *typed])
    assert done.exit_code == 1
    assert says in done.output
    assert done.output.count("\n") == 1


def test_a_name_that_opens_nothing_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ClinicError):
        files(tmp_path, "$(id)")
    assert list(tmp_path.iterdir()) == []


def sent(text: str) -> bool:
    return allowed(WSMessage(WSMsgType.TEXT, text, ""))


TAKEN = (
    '["stdin", "ü4"]',
    '["resize", {"width": 80, "height": 24}]',
    '["ping", 12.5]',
    '["focus"]',
    '["blur", null]',
)
REFUSED = (
    *(
        '["resize", {"width": 501, "height": 24}]',
        '["resize", {"width": 80}]',
        '["resize", [80, 24]]',
        '["stdin"]',
    ),
    *(
        '["resize", {"width": true, "height": 24}]',
        '["stdin", {"a": 1}]',
        '["quit"]',
        "[]",
        "null",
        "",
        "[[]]",
    ),
    *(
        '["stdin", "a", "b"]',
        '["resize", {"width": -1, "height": 24}]',
        "[" * 60_000,
        f'["stdin", "{"x" * 65_536}"]',
    ),
)


def test_what_pages_send_is_taken() -> None:
    assert [one for one in TAKEN if not sent(one)] == []


def test_what_no_page_sends_is_not_taken() -> None:
    assert [one[:60] for one in REFUSED if sent(one)] == []
    assert not allowed(WSMessage(WSMsgType.BINARY, b'["focus"]', ""))


def test_mmt_ends_and_lets_its_draft_go_where_nobody_serves_its_page_any_more(tmp_path: Path) -> None:
    clinic = sixteen.made(tmp_path / "clinic")
    env = {**os.environ, "MMT_HOME": str(clinic), "MMT_STATION": "Room 1", "COLUMNS": "80", "ROWS": "24"}
    env["TEXTUAL_DRIVER"] = "textual.drivers.web_driver:WebDriver"
    with subprocess.Popen([str(MMT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env) as running:
        assert running.stdout is not None
        shown = b""
        while b"Patients" not in shown:
            shown += (more := os.read(running.stdout.fileno(), 65536))
            assert more, shown[-2000:]
        try:
            running.communicate(timeout=20)
        finally:
            running.kill()
        assert running.returncode == 129, "as where a terminal's window is closed"
