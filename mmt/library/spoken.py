"""The languages that patients can be given papers in, and where one of them is spoken by half."""

from collections.abc import Iterator, Mapping
from itertools import chain

from mmt.model.protocol import Protocol
from mmt.model.template import Symptom, Template
from mmt.reports.documents import documents
from mmt.toml.problems import Problem

from .faults import Fault, problems_of
from .load import Library


def spoken(protocol: Protocol, templates: Mapping[str, Template]) -> tuple[str, ...]:
    """The languages that a whole sheet can be printed in, English first."""
    papers = _for_patients(templates).values()
    return tuple(
        language
        for language in _told(protocol, templates)
        if all(one.language(language) == language for one in papers)
        and all(language in one.text for one in protocol.stretches.values())
    )


def paper_problems(library: Library, templates: Mapping[str, Template]) -> Iterator[Problem]:
    """What papers would lack that protocols and templates name or tell only together."""
    whole = library.whole
    faults = chain(_untold(whole, templates), _symptom_faults(whole, _symptoms(templates)))
    return problems_of(faults, library.origins, "templates")


def _untold(protocol: Protocol, templates: Mapping[str, Template]) -> Iterator[Fault]:
    """What a patient would miss in a language that other words are told in."""
    for language in _told(protocol, templates):
        for name, symptom in _symptoms(templates).items():
            if language not in symptom.text:
                yield f"symptoms:{name}", f'has no text in "{language}": papers are printed in English'
        for name, template in _for_patients(templates).items():
            if language not in template.wording:
                yield name, f'has no wording in "{language}"'
        for stretch in protocol.stretches.values():
            if language not in stretch.text:
                says = f'has no text in "{language}": a sheet with it is printed in English'
                yield f"stretches:{stretch.id}", says
        for figures in protocol.figures.values():
            for number, drawing in enumerate(figures.drawings, start=1):
                if language not in drawing.caption:
                    yield f"figures:{figures.id}", f'drawing {number} has no caption in "{language}"'


def _symptom_faults(protocol: Protocol, symptoms: Mapping[str, Symptom]) -> Iterator[Fault]:
    """The item that names what does not exist or must not wait for a call, and how."""
    for key, one in symptoms.items():
        for source in one.sources:
            if source not in protocol.sources:
                yield f"symptoms:{key}", f'source "{source}" is not in the list of sources'
    stops = {f"stretches:{one.id}": one.stops for one in protocol.stretches.values()}
    stops |= {f"precautions:{one.id}": one.stops for one in protocol.precautions.values()}
    for key, name in ((key, name) for key, names in stops.items() for name in names):
        if name not in symptoms:
            yield key, f'stops at "{name}", which is not a symptom'
        elif (action := symptoms[name].action) != "stop":
            yield key, f'stops at "{name}", whose action is "{action}"'


def _told(protocol: Protocol, templates: Mapping[str, Template]) -> dict[str, None]:
    """Every language that a stretch or a paper for patients speaks, English first."""
    stretches = (language for one in protocol.stretches.values() for language in one.text)
    papers = (language for one in _for_patients(templates).values() for language in one.wording)
    return dict.fromkeys(("en", *stretches, *papers))


def _for_patients(templates: Mapping[str, Template]) -> dict[str, Template]:
    """The templates of what patients read."""
    return {name: one for name, one in templates.items() if documents()[name].for_patients}


def _symptoms(templates: Mapping[str, Template]) -> Mapping[str, Symptom]:
    """The table of symptoms, which all templates hold."""
    return next((one.symptoms for one in templates.values()), {})
