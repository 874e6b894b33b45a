"""Makes the pictures of the documentation with the program itself: `uv run python docs/pictures.py`.

`docs/exam.svg` is the README's; `docs/screens.md` shows those of all walks, with the keys that led to each.
Day and hour are always the same ones, so that a second run makes the same bytes.
"""

import asyncio
import contextlib
import datetime
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from msgspec.structs import replace
from textual.pilot import Pilot
from textual.widgets import Input
from walks import README, WALKS, Shot, Walk

from mmt.clinic import Clinic
from mmt.clinic.demo import make_demo
from mmt.model.sign_in import NewKeys, SignIn
from mmt.paths import Places
from mmt.printer import Printers
from mmt.tui.app import MmtApp
from mmt.tui.opener import ClinicOpener

DOCS = Path(__file__).parent
TODAY = datetime.date(2026, 3, 2)
NOW = datetime.datetime(2026, 3, 2, 9, 30, tzinfo=datetime.UTC)
CLOCK = {"today": lambda: TODAY, "now": lambda: NOW}
WORDS, CODE = "green-kettle-song", "04HM-ASW9-NF6Y-Y093-8NKR-KAYD-XXY3"
"""Made up: the code opens nothing."""

PRINTERS = Printers(("front-desk", "upstairs"), usual="front-desk")
"""Those of the pictures, whatever this computer has."""

FOLDER = "my-clinic"
NAMED = {"enter", "escape", "tab", "up", "down", "left", "right", "space", "backspace", "ctrl+p"}
SAID = {"escape": "Esc", "ctrl+p": "Ctrl+P"}
FAULTY = """[[exams]]
id = "our-own"
name = "Our own exam"
about = "Two muscles."
tests = ["HF", "QUADS"]
sources = ["derived"]
evidence = "derived"
"""


class Opener(ClinicOpener):
    """Opens the clinic that a walk begins with, on a day and in colours of its own."""

    def __init__(self, walk: Walk) -> None:
        self.places = Places(Path(FOLDER))
        self.walk = walk

    def who_may(self) -> tuple[str, ...]:
        """Who signs in, where this walk begins so."""
        if self.walk.start != "passphrases":
            return ()
        clinic = make_demo(self.places.root, **CLOCK)
        clinic.change_settings(replace(clinic.settings, theme=self.walk.theme, reduced_motion=True))
        clinic.keys().turn_on(clinic.practitioners[0], NewKeys(passphrase=WORDS, code=CODE))
        clinic.keys().add(clinic.practitioners[1], WORDS, WORDS)
        clinic.close()
        return super().who_may()

    def new_code(self) -> str:
        """The same one each time."""
        return CODE

    def open(self, sign_in: SignIn | None = None) -> Clinic | None:
        """The demo's clinic, sound or with what is wrong in this walk; None before one is set up."""
        places, start, clock = self.places, self.walk.start, CLOCK
        if start == "no clinic":
            return None
        if sign_in:
            return Clinic.open(places, sign_in, **clock)
        clinic = make_demo(places.root, **clock)
        clinic.change_settings(replace(clinic.settings, theme=self.walk.theme, reduced_motion=True))
        (stick := Path("stick")).mkdir()
        clinic.backups().make(stick)
        clinic.close()
        if start == "faulty file":
            places.protocols.mkdir()
            (places.protocols / "our-own.toml").write_text(FAULTY, "utf-8")
        elif start == "no key":
            places.key.unlink()
        return Clinic.open(places, **clock)


def pressed(keys: str) -> Iterator[str]:
    """The keys one by one: names of keys stand alone, every other word is typed."""
    for word in keys.split():
        yield from [word] if word in NAMED or _function_key(word) else word


def _function_key(word: str) -> bool:
    return word.startswith("f") and word[1:].isdecimal()


def said(keys: str) -> str:
    """The keys as they stand on a keyboard, for the reader."""
    words = (word if word not in NAMED and not _function_key(word) else _name(word) for word in keys.split())
    return " ".join(f"`{word}`" for word in words)


def _name(key: str) -> str:
    return SAID.get(key, key.title())


async def settled(pilot: Pilot[None]) -> None:
    """Wait until nothing is read or drawn any more."""
    for _ in range(3):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    for field in pilot.app.screen.query(Input):
        field.cursor_blink = False
    await pilot.pause()


async def take(walk: Walk, folder: Path) -> None:
    """Walk, and keep a picture of each stop in `folder`, which names the class of its screen at the end."""
    app = MmtApp(Opener(walk))
    app.APART_S = 0  # a walk presses faster than a hand
    async with app.run_test(size=walk.size) as pilot:
        await settled(pilot)
        for shot in walk.shots:
            for key in pressed(shot.keys):
                await pilot.press(key)
                await pilot.pause()
            if shot.do:
                shot.do(app)
            await settled(pilot)
            picture = re.sub(r"terminal-\d+-", "", app.export_screenshot(title="mmt", simplify=True))
            shows = f"<!-- {type(app.screen).__name__} -->\n"
            (folder / f"{shot.name}.svg").write_text(picture + shows, "utf-8")


def make(walks: tuple[Walk, ...], folder: Path) -> None:
    """Take the pictures of these walks, each walk on a clinic of its own that is removed again."""
    folder = folder.resolve()
    for walk in walks:
        with contextlib.ExitStack() as here:
            here.enter_context(contextlib.chdir(here.enter_context(tempfile.TemporaryDirectory())))
            here.enter_context(patch("mmt.tui.dialogs.settings.printers", lambda: PRINTERS))
            here.enter_context(patch("mmt.storage.store.account", lambda: "reception"))
            asyncio.run(take(walk, folder))


def sheet() -> str:
    """The page that shows all pictures."""
    parts = [HEAD]
    title = ""
    for walk in WALKS:
        if walk.title != title:
            parts.append(f"## {walk.title}\n")
            title = walk.title
        parts += [_entry(shot, walk) for shot in walk.shots]
    return "\n".join(parts)


HEAD = """# The screens

Every screen in the states that matter, on the demo's made-up patients. This page and its pictures are made by
the program itself: `just pictures`. Beside each sentence stand the keys pressed since the picture before.
A new walk begins on the first screen. What is no key is typed. Where it is not said, a screen has 80 columns
and 24 rows.
"""


def _entry(shot: Shot, walk: Walk) -> str:
    across, down = walk.size
    room = "" if walk.size == (80, 24) else f" Screen of {across} columns and {down} rows."
    colours = "" if walk.theme == "dark" else f" Colours: {walk.theme}."
    keys = f" Keys: {said(shot.keys)}" if shot.keys else ""
    return f"### {shot.name}\n\n{shot.seen}{room}{colours}{keys}\n\n![{shot.name}](screens/{shot.name}.svg)\n"


def main() -> None:
    """Make all pictures and the page that shows them."""
    with tempfile.TemporaryDirectory() as made:
        make(WALKS, Path(made))
        shutil.rmtree(DOCS / "screens", ignore_errors=True)
        shutil.copytree(made, DOCS / "screens")
    (DOCS / "screens.md").write_text(sheet(), "utf-8")
    make((README,), DOCS)


if __name__ == "__main__":
    main()
