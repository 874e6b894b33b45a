"""All that a clinician can sign off: each item of protocols and papers, with what it says and where from."""

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from mmt.model.base import Item
from mmt.model.protocol import ITEMS, Protocol
from mmt.model.signoff import GROUPS, Cited, ReviewItem
from mmt.model.stretches import Stretch
from mmt.model.template import Symptom, Template
from mmt.reports.documents import documents

from .faults import names_a_test
from .languages import own_name
from .meaning import Line, digest, lines, meaning

ALARMS = (
    *("motor-alarm", "leg-weakness", "retest", "early-look", "both-legs", "force"),
    *("upper-motor-neuron", "hamstrings", "floor", "unloaded", "foot-drop", "weak-calf", "irritability"),
    "fresh-root",
)
"""The rules that alarm or hold stretches back: they are read with the safety questions."""

_GROUPS = {
    **dict.fromkeys(("safety", "combinations", "precautions"), "safety"),
    **{"stretches": "stretches", "patterns": "rules", "errors": "rules", "story": "story"},
    **dict.fromkeys(("tests", "exams", "scales"), "tests"),
}
_KINDS = {
    "safety": "Safety questions",
    "combinations": "Answers that alert together",
    "precautions": "Precaution",
    "stretches": "Stretch",
    "patterns": "Pattern of weakness",
    "tests": "Test",
    "errors": "Error of measurement",
    "exams": "Exam",
    "scales": "Scale of grades",
    "story": "Question of the story",
}
_SAFETY_STAYS = "Safety content is never set aside: ask for what must change instead."
_RULE_STAYS = "The reasoning needs this rule: ask for what must change instead."
_SCALE_STAYS = "Records are written in this scale: ask for what must change instead."
_ANSWER_STAYS = "Rules or stretches wait for this answer: ask for what must change instead."
_ENGLISH_STAYS = "A paper needs its English words: ask for what must change instead."
_TEST_STAYS = "{rule} needs this test, and safety is never set aside: ask for what must change instead."


def items(protocol: Protocol, templates: Mapping[str, Template]) -> tuple[ReviewItem, ...]:
    """Everything to sign off, group by group, in the order in which it matters."""
    found = [*protocol_items(protocol), *of_papers(templates)]
    return tuple(sorted(found, key=lambda one: GROUPS.index(one.group)))


def protocol_items(protocol: Protocol) -> Iterator[ReviewItem]:
    """What of a protocol is to sign off."""
    yield from _of_protocol(protocol)
    yield from _rules(protocol)
    yield from _translations(protocol)


def _of_protocol(protocol: Protocol) -> Iterator[ReviewItem]:
    guarded, awaited = _guarded(protocol), _awaited(protocol)
    for collection in ITEMS:
        for item in getattr(protocol, collection).values():
            told, meant = list(lines(item)), meaning(item)
            if isinstance(item, Stretch):
                told, meant = _stretch(item, protocol)
            held = {"scales": _SCALE_STAYS, "errors": _RULE_STAYS}.get(collection, "")
            if _GROUPS[collection] == "safety":
                held = _SAFETY_STAYS
            elif collection == "tests" and item.id in guarded:
                held = _TEST_STAYS.format(rule=guarded[item.id])
            elif collection == "story" and item.id in awaited:
                held = _ANSWER_STAYS
            yield _item(
                f"{collection}:{item.id}", _GROUPS[collection], _KINDS[collection], item, protocol,
                told, meant, held,
            )  # fmt: skip


def _rules(protocol: Protocol) -> Iterator[ReviewItem]:
    for rule in protocol.rules_by_id.values():
        safe = rule.id in ALARMS
        made = _item(
            f"rules:{rule.id}", "safety" if safe else "rules", "Rule", rule, protocol,
            list(lines(rule)), meaning(rule), _SAFETY_STAYS if safe else _RULE_STAYS,
        )  # fmt: skip
        about = inspect.cleandoc(type(rule).__doc__ or "").replace("`", "")
        yield replace(made, about=" ".join(about.split()))


def _item(
    name: str, group: str, kind: str, item: Item, protocol: Protocol, told: list[Line], meant: Any, held: str
) -> ReviewItem:
    title = getattr(item, "name", "") or getattr(item, "ask", "") or item.id.replace("-", " ").capitalize()
    return ReviewItem(
        id=name,
        group=group,
        kind=kind,
        title=title if not names_a_test(item.id) or title.startswith(item.id) else f"{item.id}  {title}",
        lines=tuple(one for one in told if one[1] != title),
        sources=tuple(
            Cited(title=protocol.sources[one].title, evidence=protocol.sources[one].evidence)
            for one in item.sources
            if one in protocol.sources
        ),
        cites=item.sources,
        evidence=item.evidence,
        held=held,
        digest=digest(meant),
    )


def _stretch(item: Stretch, protocol: Protocol) -> tuple[list[Line], Any]:
    """A stretch with its English words and drawings: the other languages are items of their own."""
    english = {language: text for language, text in item.text.items() if language == "en"}
    drawings = _drawings(item.id, protocol)
    told = list(lines(item, "text"))
    for text in english.values():
        told += lines(text, apart=True)
    for number, drawing in enumerate(drawings, start=1):
        mark = digest(meaning({**drawing, "caption": ""}))[:6]
        told.append((f"Drawing {number}", f"{drawing['caption'].get('en', '')} (picture {mark})"))
    for drawing in drawings:
        drawing["caption"] = {"en": drawing["caption"].get("en", "")}
    return told, {"stretch": meaning(replace(item, text=english)), "drawings": drawings}


def _drawings(stretch: str, protocol: Protocol) -> list[dict[str, Any]]:
    figures = protocol.figures.get(stretch)
    return [meaning(one) for one in figures.drawings] if figures else []


def _translations(protocol: Protocol) -> Iterator[ReviewItem]:
    """The words of each stretch in another language, beside the English that they stand for."""
    for item in protocol.stretches.values():
        captions = [one["caption"] for one in _drawings(item.id, protocol)]
        for language in item.text:
            if language != "en":
                both = [_spoken(item, captions, one) for one in ("en", language)]
                meant = [_meant(item, captions, one) for one in ("en", language)]
                yield _translation(item.id, language, item.text[language].name, both, digest(meant))


def _spoken(item: Stretch, captions: list[dict[str, str]], language: str) -> list[Line]:
    told = list(lines(item.text[language], apart=True)) if language in item.text else []
    drawn = ((f"Drawing {at}", one.get(language, "")) for at, one in enumerate(captions, start=1))
    return [*told, *drawn]


def _meant(item: Stretch, captions: list[dict[str, str]], language: str) -> Any:
    return [meaning(item.text.get(language)), [one.get(language, "") for one in captions]]


def _translation(name: str, language: str, title: str, both: list[list[Line]], meant: str) -> ReviewItem:
    """A translation, line by line under its English. Changed English makes it another one."""
    english, told = both
    paired = [
        row
        for ours, theirs in zip(english, told, strict=False)
        for row in (ours, (f"  {language}", theirs[1]))
    ]
    return ReviewItem(
        id=f"translations:{name} {language}",
        group="translations",
        kind=f"Translation, {own_name(language)}",
        title=f"{name}  {title}" if names_a_test(name) else title,
        lines=tuple(paired if len(told) == len(english) else [*english, *told]),
        digest=meant,
    )


def of_papers(templates: Mapping[str, Template]) -> Iterator[ReviewItem]:
    """The words of the papers and of the table of symptoms, by language."""
    for name, template in templates.items():
        words = {language: _words(one.text) for language, one in template.wording.items()}
        yield from _by_language(name, documents()[name].title, words)
    symptoms: Mapping[str, Symptom] = next((one.symptoms for one in templates.values()), {})
    for action in dict.fromkeys(one.action for one in symptoms.values()):
        rows = {key: one for key, one in symptoms.items() if one.action == action}
        spoken = dict.fromkeys(language for one in rows.values() for language in one.text)
        words = {
            language: [(key, one.text.get(language, "")) for key, one in rows.items()] for language in spoken
        }
        yield from _by_language(f"symptoms-{action}", f"Symptoms: {_ACTIONS[action]}", words)


_ACTIONS = {
    "go": "go on",
    "half": "do half",
    "stop": "stop and call the clinic",
    "emergency": "to an emergency department at once",
}


def _words(text: Mapping[str, Any]) -> list[Line]:
    return [(key, one if isinstance(one, str) else " ".join(one)) for key, one in text.items()]


def _by_language(name: str, title: str, words: Mapping[str, list[Line]]) -> Iterator[ReviewItem]:
    english = words.get("en", [])
    yield ReviewItem(
        id=f"papers:{name}",
        group="papers",
        kind="Words on paper",
        title=title,
        lines=tuple(english),
        held=_ENGLISH_STAYS,
        digest=digest(english),
    )
    for language, told in words.items():
        if language != "en":
            there, ours = dict(told), dict(english)
            extra = [row for row in told if row[0] not in ours]
            theirs = [(key, there.get(key, "")) for key in ours]
            both = [[*english, *extra], [*theirs, *extra]]
            yield _translation(name, language, title, both, digest([told, english]))


def _guarded(protocol: Protocol) -> dict[str, str]:
    """The tests that safety content needs, each with the rule or the combination that names it first."""
    needing: list[Item] = list(protocol.combinations.values())
    needing += [one for one in protocol.rules_by_id.values() if one.id in ALARMS]
    found: dict[str, str] = {}
    for one in needing:
        for name in _names(meaning(one)):
            if name in protocol.tests:
                found.setdefault(name, f'"{one.id}"')
    return found


def _awaited(protocol: Protocol) -> set[str]:
    """The questions of the story whose answers something waits for."""
    rules = [meaning(one) for one in protocol.rules_by_id.values()]
    others = [meaning(one) for one in (*protocol.combinations.values(), *protocol.precautions.values())]
    stretches = [meaning((one.gates, one.answers)) for one in protocol.stretches.values()]
    named = {name for meant in (*rules, *others, *stretches) for name in _names(meant)}
    return {one.id for one in protocol.story.values() if one.implies or one.id in named}


def _names(meant: Any) -> Iterator[str]:
    """Every word in some data, keys among them."""
    if isinstance(meant, str):
        yield meant
    elif isinstance(meant, dict):
        for name, one in meant.items():
            yield name
            yield from _names(one)
    elif isinstance(meant, list):
        for one in meant:
            yield from _names(one)
