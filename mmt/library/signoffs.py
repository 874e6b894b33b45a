"""The clinic's file of sign-offs: read, written, and what of the content is in use by it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec.structs import replace

from mmt.files import read_regular, write_private
from mmt.model.base import Value
from mmt.model.exam_tests import ExamPlan
from mmt.model.protocol import Protocol
from mmt.model.signoff import ReviewItem, SignOff, SignOffs, Standing
from mmt.model.template import Template
from mmt.toml.decode import convert
from mmt.toml.file import MAX_BYTES, parse_toml
from mmt.toml.problems import MOST, Problem, first_of

from .to_sign import of_papers, protocol_items

_HEAD = """\
# What this clinic's clinicians decided about the content of mmt. `mmt review` writes this file.
# Each decision holds for the text and the digest beside it: an item that is changed is to be looked at again.
"""

CLOSED = "as long as that is not mended only what is signed off is offered and printed for patients"
"""What follows from a fault: what could not be read may be something that was set aside."""


class Decisions(Value, frozen=True, kw_only=True):
    """What the file holds: the decisions by item, and whether only what is signed off is printed.

    `data` is the file as it was read or written.
    """

    made: dict[str, SignOff] = {}
    only_signed: bool = False
    problems: tuple[Problem, ...] = ()
    data: bytes = b""

    def standing(self, items: Iterable[ReviewItem]) -> dict[str, Standing]:
        """How these items stand; without those that nothing was decided about."""
        held = {one.id: one.standing(self.made.get(one.id)) for one in items}
        return {name: one for name, one in held.items() if one is not None}


NONE = Decisions()
"""Nothing was decided yet."""


def read_signoffs(path: Path, known: Decisions = NONE) -> Decisions:
    """The decisions of a file; none where there is no file. Every fault is named, and the rest holds.

    A file that holds what is `known` is not read again: that takes a fifth of a second for a whole review.
    """
    name = path.name
    try:
        data = read_regular(path, MAX_BYTES)
    except FileNotFoundError:
        return NONE
    except OSError as error:
        says = f"cannot be read ({error.strerror}); {CLOSED}"
        return Decisions(only_signed=True, problems=(Problem(file=name, place="", says=says),))
    return known if known.data and data == known.data else parsed(data, name)


def parsed(data: bytes, name: str) -> Decisions:
    """The decisions that the text of a file holds."""
    tables, faults = parse_toml(data, name)
    faults = list(faults)
    rows, only = tables.pop("reviews", []), tables.pop("print_only_signed", False)
    if not isinstance(rows, list):
        faults.append(Problem(file=name, place="reviews", says="must be written as [[reviews]]"))
        rows = []
    if not isinstance(only, bool):
        faults.append(Problem(file=name, place="print_only_signed", says="must be true or false"))
    for strange in tables:
        says = "is not known here; the file holds reviews and print_only_signed"
        faults.append(Problem(file=name, place=strange, says=says))
    made: dict[str, SignOff] = {}
    for index, row in enumerate(rows):
        if len(faults) > MOST:
            break
        value, wrong = convert(row, SignOff, name, f"reviews[{index}]")
        if value is not None and value.item in made:
            says = f'"{value.item}" stands here twice; leave only the decision that holds'
            wrong = [Problem(file=name, place=f"reviews[{index}]", says=says)]
        faults += wrong
        if value is not None and not wrong:
            made[value.item] = value
    if faults:
        faults.append(Problem(file=name, place="", says=CLOSED))
    return Decisions(
        made=made, only_signed=only is True or bool(faults), problems=tuple(first_of(faults)), data=data
    )


def write_signoffs(path: Path, decisions: Decisions) -> Decisions:
    """Put the decisions in their file, whole or not at all; the same as they are kept now.

    Raises OSError where it cannot be written.
    """
    data = written(decisions).encode()
    write_private(path, data)
    return replace(decisions, data=data)


def written(decisions: Decisions) -> str:
    """The decisions as TOML that people read."""
    parts = [f"{_HEAD}\nprint_only_signed = {'true' if decisions.only_signed else 'false'}\n"]
    for one in decisions.made.values():
        rows = [
            *(f"{name} = {_text(told)}" for name in ("item", "decision") if (told := getattr(one, name))),
            *(f"{name} = {_text(told)}" for name in ("name", "licence") if (told := getattr(one, name))),
            f"date = {one.date.isoformat()}",
            *([f"note = {_text(one.note)}"] if one.note else []),
            f"digest = {_text(one.digest)}",
            "text = [",
            *(f"  {_text(line)}," for line in one.text),
            "]",
        ]
        parts.append("\n".join(("[[reviews]]", *rows)) + "\n")
    return "\n".join(parts)


def _text(text: str) -> str:
    """A string as TOML writes it: JSON's way, but for a sign that TOML wants spelt out."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def in_use(protocol: Protocol, decisions: Decisions) -> Protocol:
    """The protocol without what was set aside, and with how its items stand.

    A test that was set aside leaves the exams, yet what was recorded of it stays readable. Where only what is
    signed off is printed, a stretch that is not leaves with those that were set aside.
    """
    if not decisions.made and not decisions.only_signed:
        return protocol
    standing = _held(decisions, protocol_items(protocol))
    signoffs = SignOffs(standing=standing, only_signed=decisions.only_signed)

    def away(name: str) -> bool:
        return signoffs.unused(name) or (
            signoffs.only_signed and name.startswith("stretches:") and not signoffs.signed(name)
        )

    stretches = {name: one for name, one in protocol.stretches.items() if not away(f"stretches:{name}")}
    for name, one in stretches.items():
        text = {language: told for language, told in one.text.items() if not away(_spoken(name, language))}
        if len(text) != len(one.text):
            stretches[name] = replace(one, text=text)
    patterns = {
        name: one
        for name, one in protocol.patterns.items()
        if not any(away(f"patterns:{part}") for part in (name, *one.roots))
    }
    return replace(
        protocol,
        stretches=stretches,
        patterns=patterns,
        exams=_exams(protocol, signoffs),
        story={name: one for name, one in protocol.story.items() if not away(f"story:{name}")},
        signoffs=signoffs,
    )


def in_words(templates: Mapping[str, Template], decisions: Decisions) -> dict[str, Template]:
    """The templates without languages whose words were set aside, and with how their words stand."""
    standing = _held(decisions, of_papers(templates)) if decisions.made else {}
    away = SignOffs(standing=standing)
    return {
        name: replace(
            one,
            wording={
                language: told
                for language, told in one.wording.items()
                if not away.unused(_spoken(name, language))
            },
            signoffs=standing,
        )
        for name, one in templates.items()
    }


def _spoken(name: str, language: str) -> str:
    return f"translations:{name} {language}"


def _held(decisions: Decisions, items: Iterable[ReviewItem]) -> dict[str, Standing]:
    """How the items stand; what cannot be set aside, and stands so in the file, is to be changed instead."""
    items = tuple(items)
    fixed = {one.id for one in items if one.held}
    return {
        name: replace(one, decision="changed") if one.decision == "set-aside" and name in fixed else one
        for name, one in decisions.standing(items).items()
    }


def _exams(protocol: Protocol, signoffs: SignOffs) -> dict[str, ExamPlan]:
    """The exams in use, without the tests that were set aside; one that has none left is not in use."""
    kept: dict[str, ExamPlan] = {}
    for name, exam in protocol.exams.items():
        tests, lengths, screen = (
            tuple(one for one in named if not signoffs.unused(f"tests:{one}"))
            for named in (exam.tests, exam.leg_length, exam.screen)
        )
        if (tests or lengths) and not signoffs.unused(f"exams:{name}"):
            kept[name] = replace(exam, tests=tests, leg_length=lengths, screen=screen)
    return kept or protocol.exams
