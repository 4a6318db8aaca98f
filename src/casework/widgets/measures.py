"""A case in figures: what can be reached, what each signal and rule comes to over all roads, and how much is read."""

from collections import Counter
from typing import Any

from casework.conformance.model import Severity
from casework.frequency import frequency
from casework.play.explore import Graph, Road, cover, legs
from casework.play.prove import Proof, RuleReach
from casework.scenario.model import Ending, Paragraph, Scenario, Scene
from casework.scenario.reading import Part, band, by_part, passages, rare
from casework.scenario.reading import words as words_of
from casework.widgets.findings import told
from casework.widgets.manuscript import Manuscript
from casework.words import Words, mark, number, words

# No source: a round figure for reading on a screen in a room, so that an author can see which case is long. It is said.
PACE = 200
ENDINGS = {
    Ending.GOOD: mark("good"),
    Ending.DEFENSIBLE: mark("defensible"),
    Ending.REPAIRED: mark("repaired"),
    Ending.HARM: mark("harm"),
}
PARTS = {
    Part.FRONT: mark("First cell"),
    Part.SCENES: mark("Scenes"),
    Part.CONSEQUENCES: mark("Consequences"),
    Part.OPTIONS: mark("Choices"),
    Part.NOTES: mark("Notes for the facilitator"),
}
MOST_WORDS = 24
WEIGHTS = {Severity.NORM: mark("norm"), Severity.ADVICE: mark("advice")}


def measures(manuscript: Manuscript) -> dict[str, Any] | None:
    """Return the figures of a case; None where it cannot be played."""
    scenario, graph, proof = manuscript.case.scenario, manuscript.graph, manuscript.case.proof
    if scenario is None or graph is None:
        return None
    say = words(manuscript.language)
    return {
        "figures": _figures(say, graph, proof),
        "best": told(scenario, proof.best) if proof and proof.best else None,
        "best_label": say("A road that keeps all norms and ends well"),
        "signals": [_signal(say, graph, signal_id) for signal_id in _signals(scenario)],
        **_rules(say, proof.rules if proof else ()),
        "reading": _reading(say, graph),
        "levels": _levels(say, scenario),
        "rare": _rare(scenario),
        "pace": say("At {pace} words a minute, without the time to think and talk.", pace=PACE),
    }


def _figures(say: Words, graph: Graph, proof: Proof | None) -> list[dict[str, str]]:
    scenario = graph.scenario
    ends = Counter(scene.ending for scene in scenario.scenes if scene.ending)
    rows = [
        (say("Scenes that can be reached"), _of(say, len(graph.scenes), len(scenario.scenes))),
        (say("Choices that can be made"), _of(say, len(graph.choices), len(scenario.choices))),
        (say("Endings"), ", ".join(f"{ends[kind]} {say(ENDINGS[kind])}" for kind in Ending if ends[kind])),
    ]
    if proof:
        rows.append((say("Different roads"), counted(say, proof.roads)))
    return [{"label": label, "text": text} for label, text in rows]


def _of(say: Words, some: int, everything: int) -> str:
    return (
        say("all {count}", count=everything)
        if some == everything
        else say("{some} of {all}", some=some, all=everything)
    )


def counted(say: Words, roads: int | None) -> str:
    """Return a number of roads, in words where there is no end to them."""
    return say("without number: a road can run in a circle") if roads is None else number(roads, say.language)


def _signals(scenario: Scenario) -> tuple[str, ...]:
    return tuple(dict.fromkeys(signal.id for scene in scenario.scenes for signal in scene.signals))


def _signal(say: Words, graph: Graph, signal_id: str) -> dict[str, Any]:
    scenes = [scene for scene in graph.scenario.scenes if any(one.id == signal_id for one in scene.signals)]
    acting = [choice for choice in graph.scenario.choices if signal_id in choice.acts_on]
    taken = [choice for choice in acting if choice.id in graph.choices]
    text = next(one.text for one in scenes[0].signals if one.id == signal_id)
    return {
        "text": text,
        "scenes": ", ".join(scene.title for scene in scenes),
        "acted": say.plural("{count} choice", "{count} choices", len(taken)) if taken else say("no choice yet"),
        "is": "kept" if taken else "mend",
    }


def _rules(say: Words, reaches: tuple[RuleReach, ...]) -> dict[str, Any]:
    rows = [_rule(say, reach) for reach in reaches]
    count = sum(row["is"] == "kept" for row in rows)
    both = say.plural(
        "{count} rule can be kept and can be broken", "{count} rules can be kept and can be broken", count
    )
    return {"rules": rows, "both": both if count else ""}


def _rule(say: Words, reach: RuleReach) -> dict[str, Any]:
    shape, stands = _stands(say, reach)
    rule = reach.rule
    return {
        "title": rule.title.in_(say.language),
        "weight": say(WEIGHTS[rule.severity]),
        "is": shape,
        "stands": stands,
        "id": rule.id,
        "can_break": reach.is_broken,
    }


def _stands(say: Words, reach: RuleReach) -> tuple[str, str]:
    if not reach.is_at_stake and not reach.is_broken:
        return "todo", say("not at stake in this story")
    rows = {
        (True, True): ("kept", say("can be kept and can be broken")),
        (True, False): ("now", say("is always kept: nothing can be learned from it here")),
        (False, True): ("broken", say("can never be kept")),
        (False, False): ("todo", say("not at stake in this story")),
    }
    return rows[reach.is_kept, reach.is_broken]


def _reading(say: Words, graph: Graph) -> list[dict[str, str]]:
    lengths = sorted(_length(graph.scenario, road) for road in cover(graph))
    if not lengths:
        return []
    short, long = lengths[0], lengths[-1]
    rows = [
        (
            say("Words on a road"),
            say("{short} to {long}", short=number(short, say.language), long=number(long, say.language)),
        ),
        (say("Reading time"), _minutes(say, short, long)),
        (say("Duration on the first page"), _declared(say, graph.scenario)),
        (say("All words together"), number(_all(graph.scenario), say.language)),
    ]
    return [{"label": label, "text": text} for label, text in rows]


def _levels(say: Words, scenario: Scenario) -> list[dict[str, str]]:
    """Return how easy each part reads, by the formula of its language; no formula proves a level."""
    found = ((part, reading.score) for part, reading in by_part(passages(scenario)).items())
    return [
        {"label": say(PARTS[part]), "text": f"{band(score).in_(say.language)} ({round(score)})"}
        for part, score in found
        if score is not None
    ]


def _rare(scenario: Scenario) -> str:
    known = frequency(scenario.language)
    return ", ".join(rare(passages(scenario), known)[:MOST_WORDS]) if known else ""


def _minutes(say: Words, short: int, long: int) -> str:
    return say("{short} to {long} minutes", short=max(round(short / PACE), 1), long=max(round(long / PACE), 1))


def _declared(say: Words, scenario: Scenario) -> str:
    return say.plural("{count} minute", "{count} minutes", scenario.minutes) if scenario.minutes else say("not given")


def _length(scenario: Scenario, road: Road) -> int:
    """Return the words that a trainee reads on a road: each scene with its choices, and each consequence."""
    steps = legs(scenario, road)
    last = scenario.scene(steps[-1][1].target) if steps else scenario.start
    visited = [*(scene for scene, _ in steps), last]
    return sum(map(_in_scene, visited)) + sum(_in_prose(choice.consequence) for _, choice in steps)


def _all(scenario: Scenario) -> int:
    return sum(map(_in_scene, scenario.scenes)) + sum(_in_prose(choice.consequence) for choice in scenario.choices)


def _in_scene(scene: Scene) -> int:
    return _in_prose(scene.story) + sum(len(words_of(choice.text)) for choice in scene.choices)


def _in_prose(prose: tuple[Paragraph, ...]) -> int:
    return sum(len(words_of(sentence.text)) for paragraph in prose for sentence in paragraph)
