"""A folded graph has the same roads as the graph, from as few states as that takes."""

from dataclasses import replace

from hypothesis import given
from tests.play.strategies import scenarios
from tests.samples import SAMPLE

from casework.play.explore import Graph, Road, count_roads, explore
from casework.play.fold import Folded, fold
from casework.play.walk import walk
from casework.scenario.model import Choice, Ending, Scenario, Scene, Seen, Signal

LONGEST = 5
HALLS = [(f"m{number}", f"m{number + 1}") for number in range(4)]


def roads(graph: Graph | Folded, state: int, length: int = LONGEST) -> frozenset[tuple[Road, tuple[str, ...]]]:
    """Return all roads from a state up to a length, each with the scenes that it leads through."""
    here = graph.scene(state)
    found = {((), (here,))}
    for choice, target in graph.edges[state] if length else ():
        found |= {((choice, *road), (here, *scenes)) for road, scenes in roads(graph, target, length - 1)}
    return frozenset(found)


@given(scenarios())
def test_the_same_roads_lead_through_the_same_scenes(scenario: Scenario) -> None:
    graph = explore(scenario)

    folded = fold(graph)

    assert roads(folded, folded.start) == roads(graph, 0)
    assert len(folded.edges) <= len(graph.edges)


@given(scenarios(can_circle=False))
def test_no_two_states_are_left_that_have_the_same_roads(scenario: Scenario) -> None:
    folded = fold(explore(scenario))

    futures = [roads(folded, state, length=len(scenario.scenes)) for state in range(len(folded.edges))]

    assert len(set(futures)) == len(futures)


@given(scenarios(can_circle=False))
def test_roads_are_counted_alike_before_and_after(scenario: Scenario) -> None:
    graph = explore(scenario)
    folded = fold(graph)

    walked = walk(folded.start, lambda state: folded.edges[state])

    assert walked.roads(lambda state: folded.ending(state) is not None).count == count_roads(graph)


def test_what_matters_only_far_ahead_keeps_states_apart_where_roads_run_in_circles() -> None:
    links = [("fork", "seen"), ("fork", "unseen"), ("seen", "m0"), ("unseen", "m0"), *HALLS, ("m4", "fork")]
    choices = [Choice(f"{at}/{to}", to, to, ()) for at, to in links]
    choices.append(Choice("m4/end", "end", "end", (), conditions=(Seen("wound"),)))
    scenes = [
        Scene(name, name, (), tuple(choice for choice in choices if choice.id.startswith(f"{name}/")))
        for name in ("fork", "seen", "unseen", "m0", "m1", "m2", "m3", "m4")
    ]
    scenes[1] = replace(scenes[1], signals=(Signal("wound", "wound"),))
    circle = replace(SAMPLE, scenes=(*scenes, Scene("end", "End", (), ending=Ending.GOOD)))
    graph = explore(circle)

    folded = fold(graph)

    assert roads(folded, folded.start, 9) == roads(graph, 0, 9)
    assert len(folded.edges) == len(graph.edges)
