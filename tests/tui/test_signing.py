"""Signing in on the screen: set-up, sign-in, the recovery code, the lock, and who may open the records."""

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import Program, program
from textual.widgets import Input

from mmt.clinic import Clinic
from mmt.clinic.backups.manifest import checked
from mmt.library.signoffs import read_signoffs
from mmt.model.people import Letterhead, Patient
from mmt.model.sign_in import NewKeys, SignIn
from mmt.paths import Places
from mmt.storage.keys.opening import unlock
from mmt.storage.slots import cost
from mmt.tui.dialogs.settings import NOBODY_SIGNS_IN, WHO_SIGNS_IN

CHEAP = cost.Cost(passes=1, memory=32, lanes=4)
DR, BEN = "Dr Example", "Ben Second"
WORDS, OTHER_WORDS, NEW_WORDS = "slow green kettle song", "seven loud paper boats", "nine old river stones"
CODE = "0000-0000-0000-0000-0000-0000-0000"


@pytest.fixture(autouse=True, scope="module")
def _cheap() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cost, "STANDARD", CHEAP)
        yield


@pytest.fixture(scope="module")
def shut(_cheap: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a clinic with two practitioners who sign in and a patient, to be copied."""
    folder = tmp_path_factory.mktemp("shut") / "clinic"
    keys = NewKeys(passphrase=WORDS, code=CODE)
    clinic = Clinic.create(Places(folder), Letterhead(name="Example Clinic"), DR, keys)
    clinic.keys().add(BEN, OTHER_WORDS, WORDS)
    clinic.add_patient(Patient(name="Ann Example", birth_date=datetime.date(1980, 5, 17)))
    clinic.close()
    return folder


@pytest.fixture
def folder(shut: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shut, tmp_path / "clinic"))


async def typed(run: Program, field: str, text: str) -> None:
    """Put a text into a field, and press Enter."""
    line = run.app.screen.query_one(f"#{field}", Input)
    line.focus()
    line.value = text
    await run.press("enter")
    await run.pilot.pause()


async def signed_in(run: Program, digit: str = "1", words: str = WORDS) -> None:
    await run.until("sign-in")
    await run.press(digit)
    await typed(run, "passphrase", words)
    await run.until("patients")


async def to_exam(run: Program) -> None:
    """A first visit of Ann at its exam."""
    await run.press("enter")
    await run.until("patient")
    await run.press("n")
    await run.until("new-visit")
    await run.press("enter")
    await run.until("safety")
    run.app.walk.go_to("exam")
    await run.until("exam")


def flat(run: Program) -> str:
    return " ".join(run.text.replace("│", " ").split())


async def test_a_set_up_asks_for_a_passphrase_and_for_the_code_that_was_written_down(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic", demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("setup")
        await typed(run, "field-name", "Example Clinic")
        await typed(run, "field-practitioner", DR)
        await run.until("passphrase")
        await typed(run, "first", "Example Clinic")
        await typed(run, "again", "Example Clinic")
        assert "The name of a person or of the clinic alone is guessed first" in flat(run)
        await typed(run, "first", WORDS)
        await typed(run, "again", OTHER_WORDS)
        assert "The two lines were not the same. Type both again." in run.text
        await typed(run, "first", WORDS)
        assert WORDS not in run.text
        await typed(run, "again", WORDS)
        await run.until("recovery-code")
        code = next(word for word in run.text.split() if word.count("-") == 6)
        assert not (tmp_path / "clinic").exists(), "nothing is set up before the code was typed back"
        await typed(run, "typed", "0000")
        assert "A recovery code has 7 groups of 4 signs" in flat(run)
        await typed(run, "typed", code.lower().replace("-", " "))
        await run.until("patients")
        assert app.clinic
        assert app.clinic.signed_in == DR
    clinic = Clinic.open(Places(tmp_path / "clinic"), SignIn(who=DR, passphrase=WORDS))
    clinic.close()


async def test_a_set_up_without_a_passphrase_takes_a_typed_yes(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic", demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("setup")
        await typed(run, "field-practitioner", DR)
        await run.until("passphrase")
        await run.press("f3")
        await run.until("ask-text")
        assert "reads all records. Do without all the same?" in flat(run)
        await typed(run, "text", "no")
        await run.until("passphrase")
        await run.press("f3")
        await run.until("ask-text")
        await typed(run, "text", "yes")
        await run.until("patients")
    Clinic.open(Places(tmp_path / "clinic")).close()


async def test_who_signs_in_by_digit_and_passphrase_is_who_examines_and_signs(folder: Path) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("sign-in")
        assert "Ann Example" not in run.text
        await run.press("f9", "ctrl+p")
        assert app.screen.name == "sign-in"
        await run.press("2")
        await typed(run, "passphrase", WORDS)
        assert f"This passphrase does not open the records as {BEN}" in flat(run)
        await typed(run, "passphrase", OTHER_WORDS)
        await run.until("told")
        assert "a passphrase was tried in vain 1 time" in flat(run)
        rows = [row.strip("│ ") for row in run.rows]
        assert rows[rows.index("Since you signed in last") + 1] == "", "each sentence stands apart"
        await run.press("escape")
        await run.until("patients")
        await to_exam(run)
        assert run.desk.visit.examiner == BEN
        await run.press("4")
        app.walk.go_to("sign")
        await run.until("sign")
        await run.press("enter", "enter")
        await run.until("sign-passphrase")
        await typed(run, "was", WORDS)
        assert f"This passphrase does not open the records as {BEN}" in flat(run)
        assert not run.desk.visit.signed
        await typed(run, "was", OTHER_WORDS)
        await run.until("papers")
        assert run.desk.visit.signature
        assert run.desk.visit.signature.by == BEN


async def test_the_content_is_signed_off_by_who_is_signed_in_with_a_number_typed_once(
    folder: Path,
) -> None:
    app = program(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await signed_in(run, "2", OTHER_WORDS)
        await run.press("f6")
        await run.until("signer")
        assert f"{BEN} signs, as who is signed in." in flat(run)
        await run.press("enter")
        assert "Type the licence number" in flat(run)
        await typed(run, "field-licence", "4711")
        await run.until("reviewing")
        await run.press(*"1" * 6, "escape")
        await run.until("patients")
        await run.press("f6")
        await run.until("reviewing")
        assert f"{BEN} signs" in flat(run)
    found = read_signoffs(folder / "reviews.toml").made.values()
    assert {(one.name, one.licence) for one in found} == {(BEN, "4711")}


async def test_a_forgotten_passphrase_is_made_anew_by_the_code(folder: Path) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("sign-in")
        await run.press("2", "f3")
        await run.until("passphrase")
        assert f"A new passphrase for {BEN}" in run.text
        await typed(run, "was", "0000")
        await typed(run, "first", NEW_WORDS)
        await typed(run, "again", NEW_WORDS)
        assert "A recovery code has 7 groups" in flat(run)
        app.screen.query_one("#was", Input).value = CODE.lower()
        await typed(run, "first", NEW_WORDS)
        await typed(run, "again", NEW_WORDS)
        await run.until("patients")
        assert app.clinic
        assert app.clinic.signed_in == BEN
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("sign-in")
        await run.press("1")
        await typed(run, "passphrase", WORDS)
        await run.until("told")
        assert f"{BEN} opened the records with the recovery code" in flat(run)


async def test_the_lock_covers_all_takes_no_grade_and_gives_the_very_place_back(folder: Path) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await signed_in(run)
        await to_exam(run)
        await run.press("4")
        before, place = run.rows, app.screen
        app.entry.lock()
        await run.until("lock")
        assert not any(word in run.text for word in ("Ann", "Example Clinic", "MRC"))
        await run.press("5")
        assert "The key 5 was not taken: nothing is recorded while mmt is locked" in flat(run)
        await run.press("f9", "ctrl+p", "f8")
        assert app.screen.name == "lock"
        await run.press("enter", *"ab")
        assert "••" in run.text
        await typed(run, "passphrase", OTHER_WORDS)
        assert "does not open the records as Dr Example" in flat(run)
        await typed(run, "passphrase", WORDS)
        await run.until("told")
        await run.press("escape")
        await run.until("exam")
        assert app.screen is place
        assert run.rows == before
        await run.press("5")
        assert [one.grade for one in run.desk.visit.observations] == ["4", "5"]


async def test_a_paste_on_the_lock_goes_nowhere(folder: Path) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await signed_in(run)
        app.entry.lock()
        await run.until("lock")
        from textual import events

        app.post_message(events.Paste("secret words"))
        await run.pilot.pause()
        assert "What was pasted was not taken" in flat(run)
        assert app.screen.query_one(Input).value == ""


async def test_a_key_lets_the_whole_wait_begin_anew(folder: Path) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await signed_in(run)
        first = app.entry._idle  # noqa: SLF001  (nothing that a person sees tells it)
        await run.press("down")
        assert app.entry._idle is first, "not with each key of a burst"  # noqa: SLF001
        app.entry._armed -= 200  # noqa: SLF001
        await run.press("down")
        assert app.entry._idle is not first  # noqa: SLF001


async def test_without_a_key_for_the_minutes_that_were_chosen_it_locks_by_itself(folder: Path) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        waits: list[float] = []
        usual = app.set_interval
        app.set_interval = lambda seconds, *how, **more: waits.append(seconds) or usual(seconds, *how, **more)  # type: ignore[method-assign,assignment,func-returns-value]
        await signed_in(run)
        assert 300 in waits
        await run.press("f9")
        await run.until("settings")
        for said, seconds in (
            ("10 minutes", 600),
            ("15 minutes", 900),
            ("30 minutes", 1800),
            ("60 minutes", 3600),
        ):
            await run.press("l")
            assert f"Lock: after {said} without a key." in flat(run)
            assert waits[-1] == seconds
        await run.press("l")
        assert "Lock: never by itself." in flat(run)
        assert app.entry._idle is None  # noqa: SLF001  (nothing that a person sees tells it)
        await run.press("l")
        assert waits[-1] == 60
        app.entry._idle._callback()  # type: ignore[union-attr,misc]  # noqa: SLF001
        await run.until("lock")


async def test_a_backup_that_is_due_is_made_before_the_keys_go(folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await signed_in(run)
        assert app.by_itself.backups
        app.by_itself.backups.choose(str(stick))
        app.entry.lock()
        await run.until("lock")
        await app.workers.wait_for_complete()
        made = next(stick.glob("[!.]*"))
    secrets = unlock(folder / "clinic.db", folder / "clinic.key", DR, WORDS).secrets
    assert checked(made, secrets)


async def test_another_person_signs_in_from_the_lock(folder: Path) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await signed_in(run)
        await to_exam(run)
        await run.press("4")
        app.entry.lock()
        await run.until("lock")
        await run.press("f3")
        await signed_in(run, "2", OTHER_WORDS)
        assert app.clinic
        assert app.clinic.signed_in == BEN
        await run.press("enter")
        await run.until("patient")
        await run.press("n")
        await run.until("exam")
        await run.press("5")
        assert f"{DR} examines in this draft, and {BEN} is signed in" in flat(run)


async def test_passphrases_are_given_changed_and_taken_away_by_keys(folder: Path) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await signed_in(run)
        await run.press("f9")
        await run.until("settings")
        await run.press("w")
        await run.until("who-opens")
        assert run.marked() == [f"{DR}                        signed in now             │"] or DR in run.text
        await run.press("a")
        await run.until("passphrase")
        await typed(run, "name", "Cleo Third")
        await typed(run, "was", WORDS)
        await typed(run, "first", NEW_WORDS)
        await typed(run, "again", NEW_WORDS)
        await run.until("who-opens")
        assert "Cleo Third" in run.text
        await run.press("c")
        await run.until("passphrase")
        await typed(run, "was", WORDS)
        await typed(run, "first", "eight tall iron gates")
        await typed(run, "again", "eight tall iron gates")
        await run.until("who-opens")
        assert "Your passphrase is changed." in run.text
        await run.press("down", "x")
        await run.until("ask-text")
        await typed(run, "text", "yes")
        await run.until("passphrase")
        await typed(run, "was", "eight tall iron gates")
        await run.until("who-opens")
        assert f"{BEN} opens the records no more. Make a backup now" in flat(run)
        await run.press("r")
        await run.until("passphrase")
        await typed(run, "was", WORDS)
        assert "does not open the records as" in flat(run)
        await typed(run, "was", "eight tall iron gates")
        await run.until("recovery-code")
        code = next(word for word in run.text.split() if word.count("-") == 6)
        await typed(run, "typed", code)
        await run.until("who-opens")
        assert "The new code counts; the old one is void." in run.text
        await run.press("o")
        await run.until("ask-text")
        await typed(run, "text", "yes")
        await run.until("passphrase")
        await typed(run, "was", "eight tall iron gates")
        await run.until("who-opens")
        assert "The records open without a passphrase now." in run.text
    Clinic.open(Places(folder)).close()


async def turned_on(run: Program) -> None:
    """From the settings on, until passphrases are asked for."""
    await run.press("w")
    await run.until("who-opens")
    await run.press("o")
    await run.until("passphrase")
    await typed(run, "first", WORDS)
    await typed(run, "again", WORDS)
    await run.until("recovery-code")
    code = next(word for word in run.text.split() if word.count("-") == 6)
    await typed(run, "typed", code)
    await run.until("who-opens")


def behind(run: Program) -> str:
    """What the settings say of passphrases, behind another screen."""
    (row,) = (row for row in run.rows if "W     Passphrases" in row)
    return row.partition("Passphrases")[2].strip(" │").partition(":")[0]


async def test_passphrases_are_turned_on_for_records_that_opened_without(tmp_path: Path) -> None:
    Clinic.create(Places(tmp_path / "clinic"), Letterhead(name="Example Clinic"), DR).close()
    app = program(tmp_path / "clinic", demo=False)
    async with app.run_test(size=(120, 50)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("f9")
        await run.until("settings")
        assert "none: whoever has this computer reads" in flat(run)
        await run.press("w")
        await run.until("who-opens")
        await run.press("a")
        assert "Nobody signs in here yet: O asks for passphrases" in flat(run)
        await run.press("escape")
        await run.until("settings")
        await turned_on(run)
        assert f"{DR} is signed in. A gives the others their passphrases." in flat(run)
        assert behind(run) == WHO_SIGNS_IN, "the settings behind say so as well"
        await run.press("o")
        await run.until("ask-text")
        await typed(run, "text", "yes")
        await run.until("passphrase")
        await typed(run, "was", WORDS)
        await run.until("who-opens")
        assert behind(run) == NOBODY_SIGNS_IN.partition(":")[0]
        await run.press("escape")
        await run.until("settings")
        await turned_on(run)
        app.entry.lock()
        await run.until("lock")
    app = program(tmp_path / "clinic", demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("sign-in")
        await typed(run, "passphrase", WORDS)
        await run.until("patients")


async def test_a_damaged_key_file_is_told_at_the_start(folder: Path) -> None:
    key = folder / "clinic.key"
    key.write_bytes(key.read_bytes()[:-60])
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        for _ in range(500):
            await pilot.pause(0.01)
            if "Ctrl+Q leaves." in run.text:
                break
        assert "is damaged, or was changed by something else than mmt" in flat(run)
        assert app.screen.name == "start"
