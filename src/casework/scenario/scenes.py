"""One scene, read: its signals, picture, ending and choices, and what is wrong with each alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casework.conformance.protocol import Protocol
from casework.scenario.codes import FORMS, Meaning, Performs, Unreadable, guess, is_name, read_code
from casework.scenario.diagnostics import Both, Nearest, Remark, nearest, remark
from casework.scenario.drafts import Draft
from casework.scenario.keywords import CODE_WORDS, ENDINGS, EXERCISES, ONCE, find, words
from casework.scenario.model import Done, Ending, Exercise, Picture, Signal
from casework.scenario.notation import Fact, Option
from casework.scenario.prose import Span
from casework.scenario.titles import key

PICTURES = (".svg", ".png", ".jpg", ".jpeg")
_PICTURE = re.compile(r"""^(?P<file>.*?)(?:\s+["“„'](?P<alt>.*)["”'])?$""")


@dataclass(frozen=True, slots=True)
class Code:
    """What one code of a choice means, and its line."""

    meaning: Meaning
    line: int


def codes(option: Option) -> tuple[Code, ...]:
    """Return what the codes of a choice mean."""
    return tuple(Code(read_code(span.text), span.line) for span in option.codes)


def signals(scene: Draft) -> tuple[Signal, ...]:
    """Return the signals that a scene offers, those with an id."""
    facts = scene.facts.get("signal", ())
    return tuple(Signal(fact.codes[0], fact.text) for fact in facts if _has_id(fact))


def picture(scene: Draft) -> Picture | None:
    """Return the picture of a scene, if it may be shown."""
    fact = scene.fact("picture")
    found = _PICTURE.match(fact.text) if fact else None
    if found is None or not _is_picture(found["file"]):
        return None
    return Picture(found["file"].strip(), (found["alt"] or "").strip())


def ending(scene: Draft) -> Ending | None:
    """Return how the story ends here, if it does."""
    fact = scene.fact("ending")
    keyword = find(fact.text, ENDINGS) if fact else None
    return Ending(keyword.id) if keyword else None


def exercise(scene: Draft) -> Exercise | None:
    """Return what a scene lets one practise by itself, if anything."""
    fact = scene.fact("exercise")
    keyword = find(fact.text, EXERCISES) if fact else None
    return Exercise(keyword.id) if keyword else None


def check_scene(scene: Draft, protocol: Protocol | None) -> Iterator[Remark]:
    """Yield what is wrong in a scene, whatever the other scenes say. Without a protocol, activities go unchecked."""
    if scene.title == "":
        yield remark("empty-title", scene.cell, scene.line)
    yield from _check_signals(scene)
    yield from _check_picture(scene)
    yield from _check_ending(scene)
    yield from _check_exercise(scene)
    said: set[object] = set()
    for option in scene.sheet.options:
        yield from _check_option(scene, option, protocol)
        same = (option.text, key(option.target), tuple(code.meaning for code in codes(option)))
        if same in said:
            yield remark("duplicate-choice", scene.cell, option.line, text=option.text)
        said.add(same)


def _check_signals(scene: Draft) -> Iterator[Remark]:
    carried = {span.text for span in _story_spans(scene)}
    offered: list[str] = []
    for fact in scene.facts.get("signal", ()):
        if not _has_id(fact):
            yield remark("missing-signal-id", scene.cell, fact.line, text=fact.text)
            continue
        signal = fact.codes[0]
        if signal in offered:
            yield remark("duplicate-signal", scene.cell, fact.line, signal=signal)
        elif signal not in carried:
            yield remark("signal-without-sentence", scene.cell, fact.line, signal=signal)
        offered.append(signal)
    for span in _story_spans(scene):
        if span.text not in offered:
            near = Nearest(span.text, tuple(offered))
            yield remark("unknown-signal", scene.cell, span.line, signal=span.text, near=near)


def _check_picture(scene: Draft) -> Iterator[Remark]:
    fact = scene.fact("picture")
    found = picture(scene)
    if fact is not None and fact.text and found is None:
        parts = _PICTURE.match(fact.text)
        yield remark("bad-picture", scene.cell, fact.line, text=parts["file"] if parts else fact.text)
    if fact is not None and found is not None and not found.alt:
        yield remark("missing-alt-text", scene.cell, fact.line, file=found.file)


def _check_ending(scene: Draft) -> Iterator[Remark]:
    fact = scene.fact("ending")
    if fact is None:
        return
    if fact.text and ending(scene) is None:
        near = Nearest(fact.text, words(ENDINGS))
        yield remark("unknown-ending", scene.cell, fact.line, text=fact.text, near=near)
    if scene.sheet.options:
        yield remark("ending-with-choices", scene.cell, scene.sheet.options[0].line, scene=scene.title)


def _check_exercise(scene: Draft) -> Iterator[Remark]:
    fact = scene.fact("exercise")
    if fact is not None and fact.text and exercise(scene) is None:
        near = Nearest(fact.text, words(EXERCISES))
        yield remark("unknown-exercise", scene.cell, fact.line, text=fact.text, near=near)


def _check_option(scene: Draft, option: Option, protocol: Protocol | None) -> Iterator[Remark]:
    if not option.text:
        yield remark("empty-choice", scene.cell, option.line)
    if not option.consequence:
        yield remark("missing-consequence", scene.cell, option.line, text=option.text)
    if option.behind:
        yield remark("text-behind-choice", scene.cell, option.line, text=option.behind)
    for code, span in zip(codes(option), option.codes, strict=True):
        yield from _check_code(scene.cell, code, span, protocol)


def _check_code(cell: int, code: Code, span: Span, protocol: Protocol | None) -> Iterator[Remark]:
    match code.meaning:
        case Unreadable("bad-number", text, right):
            yield remark("bad-number", cell, code.line, text=text, right=right)
        case Unreadable(slug, text, right):
            yield remark(slug, cell, code.line, text=text, near=_meant(text, right))
        case Performs(name) | Done(name) if protocol is not None and not protocol.has_activity(name):
            yield _unknown_activity(cell, code, span.text, name, protocol)


def _unknown_activity(cell: int, code: Code, text: str, name: str, protocol: Protocol) -> Remark:
    if isinstance(code.meaning, Performs):
        # A misspelt 'eenmalig' is one word too; it is nearer to its keyword than to any activity.
        meant = guess(name) or nearest(name, (*protocol.names, *words(CODE_WORDS)))
        keyword = find(meant, CODE_WORDS)
        if keyword is not None:
            right = meant if keyword is ONCE else ""
            return remark("unknown-code", cell, code.line, text=text, near=_meant(text, right))
    near = Nearest(name, _names(protocol))
    return remark("unknown-activity", cell, code.line, activity=name, protocol=protocol.id, near=near)


def _names(protocol: Protocol) -> tuple[str, ...]:
    dutch = tuple(activity.names.nl for activity in protocol.activities)
    return tuple(dict.fromkeys((*dutch, *protocol.names)))


def _meant(text: str, right: str) -> Both | Nearest:
    if right:
        return Both(f"Bedoelde u `{right}`?", f"Did you mean `{right}`?")
    return Nearest(text, FORMS)


def _story_spans(scene: Draft) -> Iterator[Span]:
    for paragraph in scene.sheet.story:
        for written in paragraph:
            yield from written.spans


def _has_id(fact: Fact) -> bool:
    return len(fact.codes) == 1 and is_name(fact.codes[0])


def _is_picture(file: str) -> bool:
    plain = file.strip().replace("\\", "/")
    is_inside = not plain.startswith("/") and ".." not in plain.split("/") and ":" not in plain
    return is_inside and plain.lower().endswith(PICTURES) and "\x00" not in plain
