"""Reckons how far rooms, clinics and a server carry: `uv run python docs/scale.py` writes `docs/scale.md`.

What was measured stands in `docs/scale.toml` (`docs/measure_scale.py`), what is assumed below, with reasons;
a Monday is gone through event by event (`docs/monday.py`). The same at each run, which takes a minute.
"""

import math
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from amounts import number, room, time_of
from monday import HOUR, OPENS, SHARES, Came, Day, Sending, came
from simulate import header

from mmt.tui.by_itself import SEND_S
from mmt.wire import READ_S

PAGE = Path(__file__).parent / "scale.md"
FIGURES = tomllib.loads((PAGE.parent / "scale.toml").read_text(encoding="utf-8"))
VISIT, ENGINE = FIGURES["visit"], FIGURES["engine"]


class Assumed(NamedTuple):
    """A number that was not measured, and why it is this one."""

    name: str
    value: float
    why: str


VISITS = Assumed("visits of a room and day", 20, "a patient each half hour for ten hours, no room empty")
ROOMS = Assumed("rooms of a clinic in a chain", 3, "a practice that outgrew one table")
DAYS = Assumed("days of work a year", 250, "five days a week, two weeks closed")
YEARS = Assumed("years that records are kept", 10, "the longest that many places ask for")
AT_NINE = Assumed("share of a day's visits that is signed from nine to ten", max(SHARES), "a Monday")
EVERY = Assumed("minutes between two looks of a clinic's sender", SEND_S / 60, "as mmt does")
PATIENCE = Assumed("seconds until a sender gives an answer up", READ_S, "as mmt does")
OUT = Assumed("minutes of the breakdown", 60, "from nine to ten, the worst hour")
SESSION = Assumed("MB of memory a room at one host", 66, "measured with sixteen sessions by ssh")
PRESSED = Assumed("keys a second that are kept at one host", 16, "a grade a second in each of sixteen rooms")
CORE = Assumed("dollars a year for a rented core", 350, "the order of public price lists: put in your own")
ROOM = Assumed("dollars a year for a GB in a managed database", 2.5, "with its copies; put in your own")
PERSON = Assumed(
    "minutes of a person to add a clinic", 20, "a token, `mmt send --setup`, one look at the answer"
)
ASSUMED = (VISITS, ROOMS, DAYS, YEARS, AT_NINE, EVERY, PATIENCE, OUT, SESSION, PRESSED, CORE, ROOM, PERSON)

REQUESTS = round(VISIT["requests"])
PACE = min(ENGINE["resources_a_second"], ENGINE["resources_a_second_at_once"])
SECONDS = VISIT["resources"] / PACE / REQUESTS
"""What a request keeps one process of the server busy for."""

NINE = OPENS + SHARES.index(max(SHARES)) * HOUR
BROKEN = (NINE, NINE + OUT.value * 60)
SHARES_BUSY = (0.1, 0.25, 0.5, 0.6, 0.75, 0.95)
"""How busy one process of the server is at nine with the crowds that are gone through."""


class Size(NamedTuple):
    """How many clinics with how many rooms each."""

    name: str
    clinics: int
    rooms: float

    @property
    def visits(self) -> float:
        """Visits of a year."""
        return self.clinics * self.rooms * VISITS.value * DAYS.value

    @property
    def at_nine(self) -> float:
        """Visits a second."""
        return self.clinics * self.rooms * VISITS.value * AT_NINE.value / HOUR


SIZES = (
    Size("one clinic of 16 rooms", 1, 16),
    Size("500 clinics", 500, ROOMS.value),
    Size("50,000 clinics", 50_000, ROOMS.value),
)


WHOLE = HOUR / (ROOMS.value * VISITS.value * AT_NINE.value * REQUESTS * SECONDS)
"""Clinics that would keep one process busy all the time at nine."""
CLINICS = tuple(round(share * WHOLE / 10) * 10 for share in SHARES_BUSY)
CROWD = CLINICS[-2]


def monday(clinics: int, *, broken: bool = True, sheds: int = 0, tries: int = 1) -> Came:
    """A Monday of so many clinics at one process."""
    day = Day(
        clinics=clinics,
        visits=round(ROOMS.value * VISITS.value),
        requests=REQUESTS,
        seconds=SECONDS,
        out=BROKEN if broken else (0.0, 0.0),
        sheds=sheds,
        sending=Sending(every=EVERY.value * 60, patience=PATIENCE.value, tries=tries),
    )
    return came(day)


class Morning(NamedTuple):
    """What was gone through: quiet and broken Mondays by the number of clinics at one process, and by other
    ways, with the name of each."""

    quiet: dict[int, Came]
    broken: dict[int, Came]
    ways: dict[str, Came]

    @property
    def carried(self) -> int:
        """The most clinics at one process that catch up within as long as the breakdown was, with little done
        for nobody."""
        fit = [
            clinics
            for clinics, one in self.broken.items()
            if one.caught_up <= OUT.value * 60 and one.wasted < 0.05
        ]
        return max(fit)


def morning() -> Morning:
    """Go through all of it."""
    return Morning(
        {clinics: monday(clinics, broken=False) for clinics in CLINICS},
        {clinics: monday(clinics) for clinics in CLINICS},
        {
            f"{CROWD:,} clinics, as mmt sends: one try, then the next look": monday(CROWD),
            f"{CROWD:,} clinics, four tries at each look": monday(CROWD, tries=4),
            f"{CROWD:,} clinics, four tries; the server refuses at once while 500 wait": monday(
                CROWD, tries=4, sheds=500
            ),
            f"{CROWD:,} clinics, one try; the server refuses at once while 500 wait": monday(
                CROWD, sheds=500
            ),
        },
    )


def sizes(carried: int) -> Iterator[str]:
    """The sizes beside each other."""
    yield from header("", *(one.name for one in SIZES))
    rows = {
        "visits a year": lambda one: number(one.visits),
        "rows a year in the clinics' own files": lambda one: number(one.visits * VISIT["rows"]),
        "bytes a year in one clinic's own file": lambda one: room(one.visits / one.clinics * VISIT["bytes"]),
        "resources a year at the server": lambda one: number(one.visits * VISIT["resources"]),
        "bytes a year at the server": lambda one: room(one.visits * ENGINE["bytes_a_visit"]),
        f"bytes there after {YEARS.value:g} years": lambda one: room(
            YEARS.value * one.visits * ENGINE["bytes_a_visit"]
        ),
        "visits a second at nine on Monday": lambda one: number(one.at_nine),
        "requests a second at nine": lambda one: number(one.at_nine * REQUESTS),
        "resources a second at nine": lambda one: number(one.at_nine * VISIT["resources"]),
        "bytes a second on the way at nine": lambda one: room(one.at_nine * VISIT["json_bytes"]),
        "processes that are busy at nine": lambda one: number(one.at_nine * REQUESTS * SECONDS),
        "processes to provide": lambda one: f"{math.ceil(one.clinics / carried):,}",
        "memory of these processes": lambda one: room(
            math.ceil(one.clinics / carried) * ENGINE["server_memory_bytes"]
        ),
    }
    for name, told in rows.items():
        yield f"| {name} | {' | '.join(told(one) for one in SIZES)} |"


def mondays(found: Morning) -> Iterator[str]:
    """By how many clinics send to one process."""
    yield from header(
        *("Clinics at one process", "Busy at nine", "Usual Monday: half / 99 of 100 there within"),
        *("After the breakdown: half / 99 of 100 there within", "Caught up after", "Longest queue"),
        *("Done for nobody", "Not there in the evening"),
    )
    for clinics, quiet in found.quiet.items():
        size = Size("", clinics, ROOMS.value)
        busy = f"{100 * size.at_nine * REQUESTS * SECONDS:.0f} %"
        yield f"| {clinics:,} | {busy} | {_within(quiet)} | {_after(found.broken[clinics])} |"


def ways(found: Morning) -> Iterator[str]:
    """By how is sent, and by what the server does."""
    yield from header(
        *("What", "Half / 99 of 100 there within", "Caught up after", "Longest queue"),
        *("Done for nobody", "Not there in the evening"),
    )
    for name, one in found.ways.items():
        yield f"| {name} | {_after(one)} |"


def _within(one: Came) -> str:
    return f"{time_of(one.within(0.5))} / {time_of(one.within(0.99))}"


def _after(one: Came) -> str:
    return (
        f"{_within(one)} | {time_of(one.caught_up)} | {one.queue:,} | {100 * one.wasted:.0f} % | {one.left:,}"
    )


def measured() -> Iterator[str]:
    """What was measured."""
    yield from header("Measured", "Figure")
    for table in FIGURES.values():
        for name, value in table.items():
            words, unit = NAMES[name]
            if unit == "bytes":
                told = room(value)
            elif unit == "s":
                told = f"{1000 * value:.3g} ms"
            else:
                told = f"{value:,.4g}"
            yield f"| {words} | {told} |"


NAMES = {
    "visits": ("visits of the made-up clinic", ""),
    "rows": ("rows of a visit in the clinic's own file, with the acts of each key", ""),
    "bytes": ("bytes of a visit there", "bytes"),
    "acts": ("acts of a visit: each key is one", ""),
    "act_kept_s": ("keeping a key for good, on the disk", "s"),
    "made_ready_s": ("processor, to make the Bundle of a visit", "s"),
    "backup_bytes_a_second": ("a backup, checked, a second", "bytes"),
    "verified_s": ("processor, to look through a visit by the chain of acts (`mmt verify`)", "s"),
    "resources": ("resources of a visit", ""),
    "requests": ("requests of a visit, of 50 resources at most, the signature alone", ""),
    "json_bytes": ("a visit on the way", "bytes"),
    "visits_a_second_by_mmt": ("visits a second by `mmt send`", ""),
    "observations_a_second": ("Observations a second, one sender", ""),
    "resources_a_second": ("resources a second, one sender", ""),
    "resources_a_second_at_once": ("resources a second, four senders at once", ""),
    "transaction_p50_s": ("a transaction, half of them within", "s"),
    "transaction_p99_s": ("a transaction, 99 of 100 within", "s"),
    "server_cpu_s_a_visit": ("processor of the server, a visit", "s"),
    "postgres_cpu_s_a_visit": ("processor of PostgreSQL, a visit", "s"),
    "bytes_a_visit": ("bytes of a visit in PostgreSQL, with its first version in the history", "bytes"),
    "search_p50_s": ("a patient's Observations, a page of 50, half of them within", "s"),
    "server_memory_bytes": ("memory of the server", "bytes"),
}


def assumed() -> Iterator[str]:
    """What was assumed."""
    yield from header("Assumed", "Figure", "Why")
    for one in ASSUMED:
        yield f"| {one.name} | {one.value:g} | {one.why} |"


def text(found: Morning) -> str:
    """The page."""
    carried = found.carried
    alone, chain, many = SIZES
    year = alone.visits * VISIT["bytes"]
    clinic = ROOMS.value * VISITS.value * DAYS.value * ENGINE["bytes_a_visit"]
    cpu = ROOMS.value * VISITS.value * (ENGINE["server_cpu_s_a_visit"] + ENGINE["postgres_cpu_s_a_visit"])
    told = {
        "tables": "\n".join(sizes(carried)),
        "mondays": "\n".join(mondays(found)),
        "ways": "\n".join(ways(found)),
        "measured": "\n".join(measured()),
        "assumed": "\n".join(assumed()),
        "carried": f"{carried:,}",
        "resources": f"{VISIT['resources']:.0f}",
        "requests": REQUESTS,
        "out": f"{OUT.value:g}",
        "memory": room(alone.rooms * SESSION.value * 1e6),
        "file": room(year),
        "file_in_years": room(year * YEARS.value),
        "years": f"{YEARS.value:g}",
        "backup": time_of(year * YEARS.value / VISIT["backup_bytes_a_second"]),
        "verify": time_of(alone.visits * YEARS.value * VISIT["verified_s"]),
        "pressed": f"{PRESSED.value:g}",
        "kept": f"{100 * PRESSED.value * VISIT['act_kept_s']:.0f}",
        "chain_bytes": room(chain.visits * ENGINE["bytes_a_visit"]),
        "many_bytes": room(many.visits * ENGINE["bytes_a_visit"]),
        "many_processes": f"{math.ceil(many.clinics / carried):,}",
        "clinic_bytes": room(clinic),
        "clinic_cpu": f"{cpu:.1f}",
        "clinic_dollars": f"{clinic / 1e9 * ROOM.value:.0f}",
        "process_dollars": f"{2 * CORE.value / carried:.1f}",
        "person": f"{PERSON.value:g}",
    }
    return TEXT.format(**told)


TEXT = (PAGE.parent / "scale.txt").read_text(encoding="utf-8")

if __name__ == "__main__":
    PAGE.write_text(text(morning()), encoding="utf-8")
