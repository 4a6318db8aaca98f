"""A case on paper: numbered paragraphs to play when the network fails, and all that an expert must read to approve it.

Three parts: the story for who plays; for the facilitator and the expert each scene in the notebook's own order, with
its signals, what each choice does in the profession's terms, the notes and the sources; and the points that are open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.conformance.protocol import Protocol
from casework.export.page import render
from casework.play.paragraphs import Book, book
from casework.review import Point
from casework.scenario.model import AtLeast, Choice, Condition, Done, Ending, Measure, Paragraph, Scenario, Scene, Seen
from casework.words import Words, mark, words

MEASURES = {
    Measure.TRUST: mark("Trust"),
    Measure.SAFETY: mark("Safety"),
    Measure.AUTONOMY: mark("Own choice"),
    Measure.DAYS: mark("Days"),
}
ENDINGS = {
    Ending.GOOD: mark("Ending: good"),
    Ending.DEFENSIBLE: mark("Ending: defensible"),
    Ending.REPAIRED: mark("Ending: repaired"),
    Ending.HARM: mark("Ending: harm"),
}
SENTENCES = {
    "fiction": mark("This story and the people in it are fiction."),
    "how": mark("How to play on paper"),
    "how_text": mark(
        "Begin at number 1. Choose what you do, and turn to the number behind it. Where ‘only if’ stands behind a "
        "choice, look at your notes first."
    ),
    "how_notes": mark("Keep on paper: the numbers that you read, what you noticed, and the three scales below."),
    "stop": mark("You may stop at any time. Does the story upset you? Talk about it with someone you trust."),
    "about": mark("This story is about"),
    "role": mark("Your role"),
    "strip": mark("Your notes"),
    "scale": mark("from minus 5 to plus 5, begin at 0"),
    "what": mark("What do you do?"),
    "again": mark("After an ending: look back together with the second part."),
    "second": mark("For the facilitator and the expert"),
    "second_text": mark("Every scene in the order of the notebook. Do not hand this part to who still has to play."),
    "signals": mark("Signals"),
    "choices": mark("Choices"),
    "note": mark("Note for the facilitator"),
    "does": mark("does"),
    "sources": mark("Sources of this case and of its rules"),
    "rules": mark("Rules by which this case is judged"),
    "open": mark("Open points for an expert"),
    "open_text": mark("What is not settled, as far as this case touches it. Please write your answer beside it."),
    "open_none": mark("This case touches no open point that we know of."),
    "approve": mark("Read by, on, for which version"),
    "norm": mark("norm"),
    "advice": mark("advice"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the paper needs besides the case: the titles and addresses of sources, the pictures, and the open points."""

    titles: Mapping[str, str]
    addresses: Mapping[str, str]
    pictures: Mapping[str, str]
    points: tuple[Point, ...]


def paper(scenario: Scenario, protocol: Protocol, shown: Shown) -> str:
    """Return a case as one HTML page that prints well and loads nothing."""
    say = words(scenario.language)
    numbered = book(scenario)
    writer = _Writer(scenario, protocol, say, numbered)
    return render(
        "paper.html.j2",
        words={key: say(sentence) for key, sentence in SENTENCES.items()},
        scenario=scenario,
        protocol=protocol,
        introduction=[_text(part) for part in scenario.introduction],
        paragraphs=[writer.paragraph(each.scene, each.choice, each.number) for each in numbered.paragraphs],
        scenes=[writer.scene(scene) for scene in scenario.scenes],
        measures=[say(MEASURES[measure]) for measure in (Measure.TRUST, Measure.SAFETY, Measure.AUTONOMY)],
        pictures=shown.pictures,
        rules=[writer.rule(rule_id) for rule_id in (rule.id for rule in protocol.rules)],
        sources=[
            {"id": source, "title": shown.titles.get(source, source), "address": shown.addresses.get(source, "")}
            for source in cited(scenario, protocol)
        ],
        points=[{"id": point.id, "text": point.question.in_(scenario.language)} for point in shown.points],
    )


def cited(scenario: Scenario, protocol: Protocol) -> tuple[str, ...]:
    """Return the ids of the sources that a case and its rules name, each once, those of the case first."""
    ruled = (source for rule in protocol.rules for source in rule.source)
    return tuple(dict.fromkeys((*scenario.sources, *ruled)))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Says scenes and choices in the words of paper."""

    scenario: Scenario
    protocol: Protocol
    say: Words
    book: Book

    def paragraph(self, scene: Scene, choice: Choice | None, number: int) -> dict[str, Any]:
        """Return one numbered paragraph."""
        if choice is not None:
            return {
                "number": number,
                "title": "",
                "place": "",
                "picture": None,
                "story": [_text(part) for part in choice.consequence],
                "changes": self._changes(choice),
                "onward": self.say("Turn to {number}", number=self.book.scenes[choice.target]),
                "choices": [],
                "ending": "",
            }
        return {
            "number": number,
            "title": scene.title,
            "place": scene.place,
            "picture": scene.picture,
            "story": [_text(part) for part in scene.story],
            "changes": "",
            "onward": "",
            "choices": [self._option(each) for each in scene.choices],
            "ending": self.say(ENDINGS[scene.ending]) if scene.ending else "",
        }

    def scene(self, scene: Scene) -> dict[str, Any]:
        """Return all that an expert must know of one scene."""
        return {
            "title": scene.title,
            "number": self.book.scenes[scene.id],
            "signals": [{"text": signal.text, "carriers": _carriers(scene, signal.id)} for signal in scene.signals],
            "choices": [self._judged(choice) for choice in scene.choices],
            "note": [_text(part) for part in scene.note],
            "ending": self.say(ENDINGS[scene.ending]) if scene.ending else "",
        }

    def rule(self, rule_id: str) -> dict[str, Any]:
        """Return one rule as it is told to a reader."""
        rule, language = self.protocol.rule(rule_id), self.scenario.language
        return {
            "title": rule.title.in_(language),
            "why": rule.why.in_(language),
            "severity": rule.severity.value,
            "since": rule.since.year,
            "source": ", ".join(rule.source),
        }

    def _option(self, choice: Choice) -> dict[str, Any]:
        return {
            "text": choice.text,
            "only": self._only(choice),
            "number": self.book.choices[choice.id],
        }

    def _only(self, choice: Choice) -> str:
        asked = [self._condition(condition) for condition in choice.conditions]
        if choice.once:
            asked.append(self.say("you have not done this before"))
        return self.say("only if {asked}", asked=self.say(" and ").join(asked)) if asked else ""

    def _condition(self, condition: Condition) -> str:
        match condition:
            case Seen(signal, wanted):
                return self._read(self._places(signal), is_wanted=wanted)
            case Done(activity, wanted):
                return self._read(self._doing(activity), is_wanted=wanted)
            case AtLeast(measure, value, wanted):
                label = self.say(MEASURES[measure]).lower()
                least = self.say("{label} is {value} or more", label=label, value=value)
                less = self.say("{label} is less than {value}", label=label, value=value)
                return least if wanted else less

    def _read(self, numbers: list[int], *, is_wanted: bool) -> str:
        listed = self.say(" or ").join(map(str, numbers))
        if is_wanted:
            return self.say("you have read number {numbers}", numbers=listed)
        return self.say("you have not read number {numbers}", numbers=listed)

    def _places(self, signal: str) -> list[int]:
        scenes = [scene for scene in self.scenario.scenes if signal in {each.id for each in scene.signals}]
        return sorted(self.book.scenes[scene.id] for scene in scenes)

    def _doing(self, activity: str) -> list[int]:
        return sorted(self.book.choices[choice.id] for choice in self.scenario.choices if activity in choice.activities)

    def _changes(self, choice: Choice) -> str:
        return " · ".join(
            f"{self.say(MEASURES[effect.measure])} {effect.amount:+d}".replace("-", "−") for effect in choice.effects
        )

    def _judged(self, choice: Choice) -> dict[str, Any]:
        language = self.scenario.language
        return {
            "text": choice.text,
            "number": self.book.choices[choice.id],
            "to": self.book.scenes[choice.target],
            "only": self._only(choice),
            "acts": "; ".join(self.protocol.activity(each).labels.in_(language) for each in choice.activities),
            "changes": self._changes(choice),
        }


def _carriers(scene: Scene, signal: str) -> list[str]:
    return [sentence.text for part in scene.story for sentence in part if signal in sentence.signals]


def _text(part: Paragraph) -> str:
    return " ".join(sentence.text for sentence in part)
