"""The third pass: a sound notebook becomes a `Scenario`, with ids that outlive a change of order."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from enum import Enum
from functools import cache
from hashlib import sha256
from typing import Any

from casework.conformance.protocol import Protocol
from casework.scenario.codes import ActsOn, Once, Performs
from casework.scenario.cover import cover
from casework.scenario.drafts import Draft
from casework.scenario.graph import headings
from casework.scenario.model import (
    AtLeast,
    Choice,
    Condition,
    Done,
    Effect,
    Paragraph,
    Run,
    Scenario,
    Scene,
    Seen,
    Sentence,
)
from casework.scenario.notation import Option
from casework.scenario.prose import Prose
from casework.scenario.scenes import codes, ending, exercise, picture, signals
from casework.scenario.titles import key


def build(name: str, case: Draft, scenes: tuple[Draft, ...], protocol: Protocol) -> Scenario:
    """Return the scenario of drafts without errors; its version is a digest of all that a trainee or rule meets."""
    said = cover(case)
    by_heading = headings(scenes)
    scenario = Scenario(
        name=name,
        version="",
        language=said.language,
        title=case.title,
        introduction=_Sentences(case.id).paragraphs(case.sheet.story),
        protocol=protocol.id,
        role=said.role,
        minutes=said.minutes,
        content=said.content,
        sources=said.sources,
        scenes=tuple(_scene(scene, by_heading, protocol) for scene in scenes),
        person=said.person,
        feedback_afterwards=said.feedback_afterwards,
    )
    return replace(scenario, version=version(scenario))


def version(scenario: Scenario) -> str:
    """Return twelve hexadecimal digits that change with everything compiled, but not with places in the file."""
    bare = replace(scenario, name="", version="")
    return _digest(json.dumps(_canonical(bare), ensure_ascii=True, sort_keys=True), 12)


class _Sentences:
    """Hands out the ids of one scene's sentences; the same sentence twice gets two."""

    def __init__(self, scene: str) -> None:
        self.scene = scene
        self.taken: set[str] = set()

    def paragraphs(self, prose: Prose) -> tuple[Paragraph, ...]:
        """Return prose as paragraphs of sentences."""
        return tuple(
            tuple(
                self._sentence(written.runs, tuple(dict.fromkeys(span.text for span in written.spans)))
                for written in paragraph
            )
            for paragraph in prose
        )

    def _sentence(self, runs: tuple[Run, ...], signals: tuple[str, ...]) -> Sentence:
        text = "".join(run.text for run in runs)
        sentence_id, count = f"{self.scene}:{_digest(text, 6)}", 1
        while sentence_id in self.taken:
            count += 1
            sentence_id = f"{self.scene}:{_digest(f'{text}#{count}', 6)}"
        self.taken.add(sentence_id)
        return Sentence(sentence_id, runs, signals)


def _scene(scene: Draft, by_heading: Mapping[str, Draft], protocol: Protocol) -> Scene:
    ids = _Sentences(scene.id)
    place = scene.fact("place")
    return Scene(
        id=scene.id,
        title=scene.title,
        story=ids.paragraphs(scene.sheet.story),
        choices=tuple(_choices(scene, by_heading, protocol, ids)),
        signals=signals(scene),
        place=place.text if place else "",
        picture=picture(scene),
        note=ids.paragraphs(scene.sheet.note),
        ending=ending(scene),
        exercise=exercise(scene),
        cell=scene.cell,
    )


def _choices(scene: Draft, by_heading: Mapping[str, Draft], protocol: Protocol, ids: _Sentences) -> Iterator[Choice]:
    bare = []
    for option in scene.sheet.options:
        to = by_heading[key(option.target.removeprefix("#"))]
        bare.append(_choice(option, to.id, protocol, ids))
    for choice, choice_id in zip(bare, _choice_ids(scene.id, bare), strict=True):
        yield replace(choice, id=choice_id)


def _choice(option: Option, to: str, protocol: Protocol, ids: _Sentences) -> Choice:
    meanings = [code.meaning for code in codes(option)]
    return Choice(
        id="",
        text=option.text,
        target=to,
        consequence=ids.paragraphs(option.consequence),
        activities=tuple(protocol.activity(each.name).id for each in meanings if isinstance(each, Performs)),
        acts_on=tuple(each.signal for each in meanings if isinstance(each, ActsOn)),
        effects=tuple(each for each in meanings if isinstance(each, Effect)),
        conditions=tuple(_condition(each, protocol) for each in meanings if isinstance(each, Seen | Done | AtLeast)),
        once=any(isinstance(each, Once) for each in meanings),
        line=option.line,
    )


def _condition(condition: Condition, protocol: Protocol) -> Condition:
    if isinstance(condition, Done):
        return replace(condition, activity=protocol.activity(condition.activity).id)
    return condition


def _choice_ids(scene: str, choices: Iterable[Choice]) -> Iterator[str]:
    """Yield an id for each choice; none holds a position, so that a new choice above changes nothing below."""
    rows = tuple(choices)
    plain = [f"{scene}/{choice.target}" for choice in rows]
    coded = [f"{plain[at]}~{_digest(_codes(choice), 4)}" for at, choice in enumerate(rows)]
    texts = [f"{plain[at]}~{_digest(_codes(choice) + choice.text, 4)}" for at, choice in enumerate(rows)]
    for at in range(len(rows)):
        if Counter(plain)[plain[at]] == 1:
            yield plain[at]
        else:
            yield coded[at] if Counter(coded)[coded[at]] == 1 else texts[at]


def _codes(choice: Choice) -> str:
    parts = (choice.activities, choice.acts_on, choice.effects, choice.conditions, choice.once)
    return json.dumps(_canonical(parts), ensure_ascii=True)


def _canonical(value: object) -> object:
    if value is None or isinstance(value, str | int):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, tuple | list):
        return [_canonical(each) for each in value]
    kind: Any = type(value)
    return [kind.__name__, *(_canonical(getattr(value, name)) for name in _names(kind))]


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """Return the fields of a dataclass that say something; a place in the file does not."""
    return tuple(each.name for each in fields(kind) if each.name not in ("line", "cell"))


def _digest(text: str, length: int) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
