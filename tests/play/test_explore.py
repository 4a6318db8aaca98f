"""Walking states says the same as walking every road, at a fraction of the cost."""

from collections.abc import Iterator

from hypothesis import given
from tests.play.strategies import scenarios

from casework.play.attempt import Attempt, Decision, decide, has_ended, offered, replay, start
from casework.play.explore import count_roads, cover, explore
from casework.scenario.model import Scenario


def roads(scenario: Scenario, attempt: Attempt) -> Iterator[Attempt]:
    """Yield every attempt in which nothing more can be chosen."""
    options = offered(scenario, attempt)
    if not options:
        yield attempt
    for choice in options:
        yield from roads(scenario, decide(scenario, attempt, choice.id))


@given(scenarios(can_circle=False))
def test_the_walk_finds_what_trying_every_road_finds(scenario: Scenario) -> None:
    finished = list(roads(scenario, start(scenario, "")))

    graph = explore(scenario)

    assert graph.choices == {decision.choice for attempt in finished for decision in attempt.decisions}
    assert graph.scenes == {scene for attempt in finished for scene in attempt.visited}


@given(scenarios(can_circle=False))
def test_roads_to_an_ending_are_counted_exactly(scenario: Scenario) -> None:
    finished = [attempt for attempt in roads(scenario, start(scenario, "")) if has_ended(scenario, attempt)]

    assert count_roads(explore(scenario)) == len(finished)


@given(scenarios())
def test_the_cover_takes_every_reachable_choice_and_each_of_its_roads_can_be_played(scenario: Scenario) -> None:
    graph = explore(scenario)

    taken = cover(graph)

    assert {choice for road in taken for choice in road} == graph.choices
    for road in taken:
        attempt = replay(scenario, "", [Decision(number, choice) for number, choice in enumerate(road, start=1)])
        assert [decision.choice for decision in attempt.decisions] == list(road)


@given(scenarios())
def test_a_road_of_the_cover_stops_at_an_ending_wherever_one_is_ahead(scenario: Scenario) -> None:
    graph = explore(scenario)
    ends = {graph.scene(end) for end in graph.ends}

    for road in cover(graph):
        last = replay(scenario, "", [Decision(number, choice) for number, choice in enumerate(road, start=1)])
        is_stuck = not explore_from(scenario, last)
        assert last.scene in ends or is_stuck


def explore_from(scenario: Scenario, attempt: Attempt) -> bool:
    """Whether an ending is reachable from an attempt, tried breadth first over whole attempts."""
    waiting, known = [attempt], set()
    for state in waiting:
        if has_ended(scenario, state):
            return True
        key = (
            state.scene,
            state.seen,
            frozenset(state.trace),
            state.taken,
            state.outcomes.trust,
            state.outcomes.safety,
            state.outcomes.autonomy,
        )
        if key not in known:
            known.add(key)
            waiting.extend(decide(scenario, state, choice.id) for choice in offered(scenario, state))
    return False


@given(scenarios())
def test_a_state_is_reached_by_its_road_and_by_none_that_is_shorter(scenario: Scenario) -> None:
    graph = explore(scenario)

    for state in range(len(graph)):
        road = graph.road(state)
        assert graph.along(road)[-1] == state
        assert len(road) == 0 or len(graph.road(graph.along(road)[-2])) == len(road) - 1


@given(scenarios())
def test_in_a_state_is_on_offer_what_is_on_offer_to_the_attempt_that_came_there(scenario: Scenario) -> None:
    graph = explore(scenario)

    for state in range(len(graph)):
        decisions = [Decision(number, choice) for number, choice in enumerate(graph.road(state), start=1)]
        attempt = replay(scenario, "", decisions)
        assert attempt.scene == graph.scene(state)
        assert tuple(choice for choice, _ in graph.edges[state]) == tuple(
            choice.id for choice in offered(scenario, attempt)
        )


@given(scenarios())
def test_circles_do_not_keep_the_walk_going_for_ever(scenario: Scenario) -> None:
    graph = explore(scenario)

    assert len(graph) == len(graph.edges)
    assert all(target < len(graph) for edges in graph.edges for _, target in edges)
