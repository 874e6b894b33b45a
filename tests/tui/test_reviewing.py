"""Signing off the content, walked as a clinician would: by keys, on the real program."""

import datetime
import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from program import FolderOpener, Program, program

from mmt.library.load import load
from mmt.library.signoffs import Decisions, write_signoffs
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.signoff import Signer, SignOff, SignOffs, Standing
from mmt.model.visit import History, Visit
from mmt.paths import shipped
from mmt.reasoning import review
from mmt.tui.app import MmtApp
from mmt.tui.reviewing.keys import REVIEWING
from mmt.tui.visit.basis_rows import said


def reviewing(folder: Path) -> MmtApp:
    """What `mmt review` opens."""
    app = MmtApp(FolderOpener(folder), review=True)
    app.APART_S = 0
    return app


def said_by(run: Program) -> str:
    """The words on the screen, as they read."""
    return " ".join(" ".join(run.rows).split())


async def begin(run: Program) -> None:
    """Say who signs."""
    await run.until("signer")
    await run.press("end", *"!", "enter", *"4711", "enter")
    await run.until("reviewing")


async def sign(run: Program, many: int) -> int:
    """Sign so many items off; the keys that it took."""
    keys = 0
    signed = run.app.screen._desk.tally.signed  # type: ignore[attr-defined]  # noqa: SLF001
    while run.app.screen._desk.tally.signed < signed + many:  # type: ignore[attr-defined]  # noqa: SLF001
        await run.press("1")
        keys += 1
    return keys


async def test_thirty_items_signed_one_changed_and_its_lapse_seen_first(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    app = reviewing(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await begin(run)
        assert "· Safety questions · Cauda equina" in run.rows[0]
        assert await sign(run, 29) < 60
        assert "▸safety 29/" in run.text
        await run.press("*")
        assert "Stretch · E01 Seated piriformis" in run.text
        await sign(run, 1)
        assert "E01 Seated piriformis stretch: signed off." in run.text
        await run.press("escape")
        await run.until("patients")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert re.search("Content: 30 of [0-9]+ items signed off by Dr Demo Practitioner!", said_by(run))
    own = folder / "protocols"
    own.mkdir()
    (file,) = shipped("protocols").glob("stretches/E01-*.toml")
    words = file.read_text("utf-8")
    (own / "own.toml").write_text(
        words.replace("Hug the top knee with both arms.", "Hold the knee."), "utf-8"
    )
    app = reviewing(folder)
    async with app.run_test(size=(80, 30)) as pilot:
        run = Program(app, pilot)
        await run.until("signer")
        await run.press("enter", "enter")
        await run.until("reviewing")
        assert re.match(r" ?1 of [0-9]+ · Stretch · E01 Seated piriformis stretch", run.rows[0])
        said = said_by(run)
        assert "! lapsed: it changed since it was signed off by Dr Demo Practitioner!" in said
        assert "Was Step: 4. Hug the top knee with both arms." in said
        assert "Now Step: 4. Hold the knee." in said
        await sign(run, 1)
        assert re.match(r" ?31 of [0-9]+ · ", run.rows[0])


async def test_a_change_is_asked_for_and_an_item_set_aside_with_the_reason(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    app = reviewing(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await begin(run)
        await run.press("3")
        assert "Safety content is never set aside" in run.text
        await run.press("2", *"Ask it shorter.", "enter")
        assert "Cauda equina: a change is asked for." in run.text
        await run.press("*", "3", *"Too hard.", "enter")
        assert "E01 Seated piriformis stretch: set aside." in run.text
        await run.press("/")
        assert "× set aside by Dr Demo Practitioner! (licence 4711)" in said_by(run)
        await run.press("escape")
        await run.until("patients")
        await app.workers.wait_for_complete()
        assert app.clinic is not None
        assert "E01" not in app.clinic.protocol.stretches
        await pilot.pause()
        assert "items signed off; 1 to change; 1 set aside" in said_by(run)
        await run.press("f6")
        await run.until("signer")
        assert "Dr Demo Practitioner!" in run.text
        await run.press("escape", "/", "0")
        assert "Cauda equina: taken back." in run.text


async def test_nobody_signs_without_a_name(tmp_path: Path) -> None:
    app = MmtApp(FolderOpener(tmp_path / "clinic"), review=True)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("signer")
        await run.press("escape")
        await run.until("reviewing")
        await run.press("end")
        while "reads on" in run.text:
            await run.press("pagedown")
        await run.press("1")
        await run.until("signer")
        assert not (tmp_path / "clinic" / "reviews.toml").exists()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 50)])
async def test_every_page_is_read_to_its_end_before_it_is_signed(
    size: tuple[int, int], tmp_path: Path
) -> None:
    app = reviewing(tmp_path / "clinic")
    async with app.run_test(size=size) as pilot:
        run = Program(app, pilot)
        await begin(run)
        await run.press("*")
        last = app.screen._queue.item.sources[-1].title.split()[-1]  # type: ignore[attr-defined]  # noqa: SLF001
        await run.press("1")
        while "E01 Seated" in run.rows[0]:
            seen = run.text
            await run.press("1")
        assert last in seen


def test_a_keypad_is_enough() -> None:
    keypad = set("0123456789+-*/.")
    for command in REVIEWING.commands:
        assert keypad & set(command.keys.split()) or command.id in ("line_down", "line_up"), command.id


async def test_a_stretch_on_a_drafts_sheet_that_is_set_aside_leaves_the_visit_whole(tmp_path: Path) -> None:
    """The draft opens, its steps open, and the hand-out says why it is not made."""
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"frank", "enter")
        await run.until("patient")
        await run.press("n", "enter")
        await run.until("safety")
        app.walk.go_to("prescription")
        await run.until("prescription")
        desk = run.desk
        before = desk.history.visits[-2].prescription
        assert before
        desk.prescribe(before[:1])
        name = before[0].stretch
        app.walk.go_to("findings")
        await run.until("findings")
        await run.press("escape")
        await run.until("patient")
        await run.press("escape")
        await run.until("patients")
        assert app.clinic is not None
        signing = app.clinic.sign_off()
        (item,) = [one for one in signing.items if one.id == f"stretches:{name}"]
        signing.decide(item, "set-aside", Signer(name="Dr Ann Other", licence="4711"), "Not here.")
        app.clinic.read_content_anew()
        await run.press("enter")
        await run.until("patient")
        await run.press("n")
        await run.until("findings")
        assert name not in run.desk.protocol.stretches
        app.walk.go_to("papers")
        await run.until("papers")
        await run.press("1")
        assert f"The stretch {name} is not in use" in said_by(run)
        for step in ("findings", "sign", "prescription"):
            app.walk.go_to(step)
            await run.until(step)


async def test_where_only_what_is_signed_off_is_offered_the_step_and_the_title_say_so(tmp_path: Path) -> None:
    app = reviewing(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await begin(run)
        await run.press("5")
        assert "prints only what is signed off" in said_by(run)
        await run.press("escape")
        await run.until("patients")
        await run.press(*"frank", "enter")
        await run.until("patient")
        await run.press("n", "enter")
        await run.until("safety")
        app.walk.go_to("prescription")
        await run.until("prescription")
        assert "Only what is signed off is offered." in said_by(run)
        assert not run.desk.review.prescription.offered


def test_the_basis_of_a_test_and_of_a_finding_says_who_signed_it_off_and_when() -> None:
    protocol = load([shipped("protocols")]).protocol
    by = Standing(decision="signed", name="Dr Ann Other", licence="4711", date=datetime.date(2026, 12, 3))
    signed = replace(protocol, signoffs=SignOffs(standing={"tests:GMED": by, "rules:weakness": by}))
    told = ("Reviewed", "signed off by Dr Ann Other (licence 4711) on 3 Dec 2026")
    assert told in list(said(signed.tests["GMED"], signed))
    assert told not in list(said(signed.tests["GMIN"], signed))
    visit = Visit(
        date=datetime.date(2026, 12, 4),
        examiner="A",
        scale="MRC-8",
        observations=(Observation(test="GMED", side="left", grade="4"),),
    )
    patient = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
    (finding, *_) = review(History(patient=patient, visits=(visit,)), signed).findings
    assert finding.rule == "weakness"
    assert told in list(said(finding, signed))


async def test_where_all_is_decided_the_screen_says_so_and_leads_back(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    app = program(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        assert app.clinic is not None
        found = app.clinic.sign_off().items
        made = {
            one.id: SignOff(
                item=one.id,
                decision="signed",
                name="Dr Ann Other",
                licence="4711",
                date=datetime.date(2026, 12, 3),
                digest=one.digest,
            )
            for one in found
        }
        write_signoffs(folder / "reviews.toml", Decisions(made=made))
        await run.press("f6")
        await run.until("signer")
        await run.press("enter", "enter")
        await run.until("reviewing")
        assert f"Everything is decided. {len(found)} of {len(found)} items are signed off." in said_by(run)
        await run.press("1", "2", "3", "+", "*", "pagedown")
        assert "Everything is decided." in run.text
        await run.press("/")
        assert f"{len(found)} of {len(found)} · Translation" in run.rows[0]
        await run.press("0")
        assert "taken back" in run.text
        await run.press("/", "+")
        assert f"{len(found)} of {len(found)} · " in run.rows[0]
        await run.press("escape")
        await run.until("patients")
        await app.workers.wait_for_complete()
        assert app.clinic.protocol.all_signed


async def test_the_clinics_form_sets_what_is_printed_too(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("f4")
        await run.until("clinic-form")
        assert "Offers and prints" in run.text
        await run.press("tab", "tab", "tab", "tab", "tab", "tab", "enter", "down", "enter", "f10")
        await run.until("patients")
        assert app.clinic is not None
        assert app.clinic.only_signed
        assert not app.clinic.protocol.stretches
