"""Whole visits in the real program that are killed: FOLDER, SEED, MANY, EACH.

MANY are killed at random. One each is killed in every EACH-th state that a visit goes through (none by 0), as
it is told as kept and before anything is shown of it.

FOLDER holds the demo's `clinic`; where the seed is odd it asks for a passphrase from here on. Each visit is a
process of its own, forked so that what it needs is imported once, at a terminal of its own and on records of
its own. It writes down what it is told is kept, at once; what is found after the kill is compared with that.
A first line of JSON tells what a visit that is left alone goes through, then each kill what was found.
"""

import datetime
import gc
import importlib
import itertools
import os
import pkgutil
import random
import re
import shutil
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from terminal import Terminal
from textual.events import Event

import mmt.clinic
import mmt.reports
import mmt.tui
from mmt.clinic import Clinic, OpenVisit, content
from mmt.clinic.demo import PRACTITIONERS
from mmt.clinic.verifying import verify
from mmt.model.base import Value
from mmt.model.sign_in import NewKeys, SignIn
from mmt.model.visit import Visit
from mmt.paths import Places
from mmt.storage import connect, disclosures
from mmt.storage.slots import cost
from mmt.tui.app import MmtApp, run_clinic

ENTER, END, F8, PASTED = "\r", "\x1b[F", "\x1b[19~", "\x1b[200~{}\x1b[201~"
WHO, NOTE, LATER = "follow", "walks well", "in a week"
DR = SignIn(who=PRACTITIONERS[0], passphrase="slow green kettle song")
CODE = "0000-0000-0000-0000-0000-0000-0000"
CHEAP = cost.Cost(passes=1, memory=32, lanes=4)

KEYS = {
    "list": (*WHO, ENTER, "n", ENTER),
    "safety": (*"00x0-", F8),
    "story": (*"00-3", ENTER, "2", F8),
    # a fall that was a slip, a substitution, no time for one, a range that is limited, one taken back
    "exam": (*"4/550055", *"25", ENTER, *"38", ENTER, *"0.20", *"96", *"4+.4", *"5555", *"/94", *"/x5", F8),
    "leg-length": (*"902", ENTER, *"889", ENTER, *"903", ENTER, *"890", ENTER, "/", *"904", ENTER, F8),
    "findings": (END, *"1101", F8),
    "prescription": (*"3.12", ENTER, ENTER),
    "sign": ("n", *NOTE, ENTER, ENTER),
    "signed": (ENTER, "1"),
}
"""The keys of a visit, by the step in which they are typed."""

APART_S = 0.02
"""Seconds that two keys are apart at most: some wait for the key before, some find the program at rest."""

LONG_S = 60
"""Seconds after which a visit that has not ended has gone astray."""

ASKED, PAPERS = "AT EVERY VISIT", "A digit makes a paper"
"""What is waited for where keys would come long before their screen: when a visit is begun, and when it is
signed."""

MADE = "is made. Enter opens it"
LAST = re.compile(r"Last +(?P<name>.+?) (?P<side>RIGHT|LEFT) +(?P<value>\S+) +saved")
SIGNED = re.compile(r"\d{4}-\d\d-\d\d signed")
BEFORE = 2
"""So many visits the patient had before."""
NOWHERE = Places(Path("nowhere"))
NEVER = datetime.datetime.min.replace(tzinfo=datetime.UTC)
KEY = b"\n"
"""The line that tells of a key."""


class Kept(Value, frozen=True, kw_only=True):
    """What is compared: the visit with where its walk stands, and which papers of it were given out; but for
    its number, its day, the times in it, and the digest that is made of them too."""

    visit: Visit | None = None
    papers: tuple[str, ...] = ()

    @classmethod
    def of(cls, visit: Visit, papers: Iterable[str]) -> "Kept":
        signature = visit.signature and replace(visit.signature, at=NEVER, digest="")
        decisions = {name: replace(one, at=NEVER) for name, one in visit.decisions.items()}
        same = replace(visit, id=0, date=NEVER.date(), signature=signature, decisions=decisions)
        return cls(visit=same, papers=tuple(papers))

    @property
    def step(self) -> str:
        """Where in the walk it is."""
        if self.visit is None:
            return "list"
        return "signed" if self.visit.signed else self.visit.place.partition(":")[0] or "safety"


class Alone(Value, frozen=True, kw_only=True):
    """A visit that nobody disturbed: the states it was told are kept, how many of them after each key, and
    how many seconds it took."""

    states: tuple[Kept, ...]
    after: tuple[int, ...]
    seconds: float


class Kill(Value, frozen=True, kw_only=True):
    """A kill in this step. Of the states one was told last as kept, one was kept, and one is what all that
    was typed leads to; whether a grade was kept and not yet shown, and all that is not as it should be."""

    step: str
    told: int
    kept: int
    typed: int
    unshown: bool
    wrong: tuple[str, ...]


def write_down(log: Path, last: int) -> None:
    """From here on write down each key that is handed on, and each state that is told as kept, before
    anything is shown of it. The state of this number is the `last`: with it the program is killed."""
    patch, to = pytest.MonkeyPatch(), os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    begin, became, paper = Clinic.begin, OpenVisit._became, OpenVisit.paper  # noqa: SLF001
    hand_on = MmtApp._hand_on  # noqa: SLF001
    papers: list[str] = []
    number = itertools.count(1)

    def tell(visit: Visit) -> None:
        os.write(to, msgspec.json.encode(Kept.of(visit, papers)) + b"\n")
        if next(number) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def begun(*values: Any, **named: Any) -> OpenVisit:
        desk = begin(*values, **named)
        tell(desk.visit)
        return desk

    def become(desk: OpenVisit, visit: Visit) -> None:
        tell(visit)
        became(desk, visit)

    def made(desk: OpenVisit, kind: str, *values: Any) -> Path:
        path = paper(desk, kind, *values)
        papers.append(desk.documents[kind].title)
        tell(desk.visit)
        return path

    async def handed(app: MmtApp, event: Event) -> None:
        os.write(to, KEY)
        await hand_on(app, event)

    patch.setattr(Clinic, "begin", begun)
    patch.setattr(OpenVisit, "_became", become)
    patch.setattr(OpenVisit, "paper", made)
    patch.setattr(MmtApp, "_hand_on", handed)


class Clinics:
    """Copies of one clinic, in each of which the same visit is typed. A `shut` one asks for a passphrase."""

    def __init__(self, root: Path, *, shut: bool) -> None:
        self.root, self.sign_in = root, DR if shut else None
        if shut:
            with closing(Clinic.open(Places(root / "clinic"))) as clinic:
                clinic.keys().turn_on(DR.who, NewKeys(passphrase=DR.passphrase, code=CODE))
        by_passphrase = {"signed": (PASTED.format(DR.passphrase), *KEYS["signed"])} if shut else {}
        self.keys = tuple(itertools.chain(*(KEYS | by_passphrase).values()))
        self.waits = {len(KEYS["list"]): ASKED, len(self.keys) - 1: PAPERS}

    def begun(self, name: str, last: int = 0) -> Terminal:
        """The program on records of its own, with the list of patients on its screen; see `write_down`."""
        home = shutil.copytree(self.root / "clinic", self.root / name)

        def work() -> None:
            write_down(self.root / f"{name}.told", last)
            run_clinic()

        terminal = Terminal(work, {"MMT_HOME": str(home)})
        if self.sign_in:
            terminal.wait_for("Enter opens the records")
            terminal.send(f"{self.sign_in.passphrase}{ENTER}")
        terminal.wait_for("Arrows choose")
        return terminal

    def typed(self, terminal: Terminal, chance: random.Random, until: float) -> int:
        """Type the visit until then, or until its program has ended; how many keys that were."""
        runs = True
        for number, key in enumerate(self.keys):
            if number in self.waits:
                runs = waited(terminal, self.waits[number], until)
            if not runs or monotonic() >= until:
                return number
            terminal.send(key)
            runs = terminal.read(min(chance.uniform(0, APART_S), until - monotonic()))
        waited(terminal, MADE, until)
        return len(self.keys)

    def told(self, name: str) -> tuple[list[Kept], list[int]]:
        """The states that were told as kept, the first before the visit was; how many after each key."""
        states, after = [Kept()], [0]
        for line in (self.root / f"{name}.told").read_bytes().splitlines(keepends=True):
            if line == KEY:
                after.append(len(states) - 1)
            elif line.endswith(b"\n"):  # else it was killed in the midst of telling
                states.append(msgspec.json.decode(line, type=Kept))
        return states, [*after[len(after) - len(self.keys) + 1 :], len(states) - 1]

    def alone(self, name: str, chance: random.Random) -> Alone:
        """A visit left alone to its end."""
        terminal, start = self.begun(name), monotonic()
        self.typed(terminal, chance, start + LONG_S)
        seconds = monotonic() - start
        terminal.wait_for(MADE, 0)
        terminal.kill()
        states, after = self.told(name)
        return Alone(states=tuple(states), after=tuple(after), seconds=seconds)

    def killed(self, name: str, chance: random.Random, alone: Alone, last: int = 0) -> Kill:
        """A visit that is killed at any moment of its length, or with its `last` state, and what is found."""
        terminal = self.begun(name, last)
        until = monotonic() + (LONG_S if last else chance.uniform(0, alone.seconds))
        typed = self.typed(terminal, chance, until)
        terminal.read(0 if last else until - monotonic())
        terminal.kill()
        told, wrong = self.told(name)[0], []
        if told != list(alone.states[: len(told)]):
            wrong.append(f"told otherwise than when it was left alone: {told[-1]}")
        wrong += verify(self.root / name, ask=lambda _: self.sign_in).breaks
        with closing(Clinic.open(Places(self.root / name), self.sign_in)) as clinic:
            found, more = found_in(clinic)
            wrong += more
        at = len(told) - 1
        kept = next((one for one in (at, at + 1) if alone.states[one : one + 1] == (found,)), at)
        if alone.states[kept] != found:
            wrong.append(f"told as kept: {told[-1]}; found: {found}")
        wrong += unkept(terminal.text, found, alone.states[: kept + 1])
        return Kill(
            step=found.step,
            told=at,
            kept=kept,
            typed=alone.after[typed - 1] if typed else 0,
            unshown=found.step == "exam" and not last_shown(terminal.text, found),
            wrong=tuple(wrong),
        )


def waited(terminal: Terminal, wanted: str, until: float) -> bool:
    """Wait for this on the screen, at most until then; whether the program still runs."""
    runs = True
    while runs and wanted not in terminal.text and monotonic() < until:
        runs = terminal.read(APART_S)
    return runs


def found_in(clinic: Clinic) -> tuple[Kept, list[str]]:
    """What a fresh start finds of the visit, and what is wrong with that: a draft goes on, a paper that was
    given out is whole."""
    patient = clinic.search("".join(WHO))[0].id
    visits = clinic.history(patient).visits[BEFORE:]
    if not visits:
        return Kept(), []
    visit, wrong = visits[0], ["begun twice"] * (len(visits) - 1)
    with clinic.store.reading() as db:
        found = Kept.of(visit, (one.what for one in disclosures.of_visit(db, visit.id)))
    if not visit.signed:
        desk = clinic.view(visit.id)
        desk.write(next_visit=LATER)
        if desk.elsewhere or clinic.history(patient).visits[-1] != replace(visit, next_visit=LATER):
            wrong.append(f"the draft does not go on: {desk.elsewhere}")
    made = [one.read_bytes()[-6:] for one in clinic.places.exports.glob("*")]
    if found.papers and made != [b"%%EOF\n"]:
        wrong.append("the paper is not there, or not whole")
    return found, wrong


def last_shown(text: str, kept: Kept) -> bool:
    """Whether the last value of the visit is the one that the exam shows as saved."""
    last = LAST.search(text)
    if last is None or kept.visit is None or not kept.visit.observations:
        return False
    seen, tests = kept.visit.observations[-1], content.read(NOWHERE).protocol.tests
    return (
        last["name"] in (seen.test, tests[seen.test].name)
        and last["side"] == str(seen.side).upper()
        and last["value"] == seen.shown.split()[0]
    )


def unkept(text: str, found: Kept, states: Iterable[Kept]) -> Iterator[str]:
    """What stands on the screen as kept, and neither is nor was; `states` are those that it went through."""
    if LAST.search(text) and not any(last_shown(text, one) for one in states):
        yield f"shown as saved, and was not: {text}"
    visit = found.visit
    shown = (
        (SIGNED.search(text), visit and visit.signed),
        ("The note is kept." in text, visit and visit.note == "".join(NOTE)),
        (MADE in text, found.papers),
    )
    if any(there and not kept for there, kept in shown):
        yield f"shown as done, and was not: {text}"


def main(root: Path, seed: int, many: int, each: int) -> None:
    """Do it, and tell."""
    for room in (mmt.tui, mmt.clinic, mmt.reports):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            importlib.import_module(module.name)
    gc.collect()
    gc.freeze()  # or each copy of this process looks through it all, and has to copy it for that
    chance, clinics = random.Random(seed), Clinics(root, shut=bool(seed % 2))
    alone = clinics.alone("alone", chance)
    print(msgspec.json.encode(alone).decode(), flush=True)
    lasts = range(each, len(alone.states), each) if each else ()
    for turn, last in enumerate((*[0] * many, *lasts)):
        kill = clinics.killed(str(turn), chance, alone, last)
        print(msgspec.json.encode(kill).decode(), flush=True)
        if not kill.wrong:
            shutil.rmtree(root / str(turn))
            (root / f"{turn}.told").unlink()


if __name__ == "__main__":
    MmtApp.APART_S = 0  # keys come faster than a hand is
    patch = pytest.MonkeyPatch()
    patch.setattr(cost, "STANDARD", CHEAP)
    patch.setattr(connect, "_WIPED", "cipher_memory_security = OFF")
    shipped = content.read(NOWHERE)
    patch.setattr(content, "read", lambda _: shipped)
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
