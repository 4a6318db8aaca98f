"""Random evenings: acts of a facilitator, possible and impossible ones, over any small case."""

from hypothesis import strategies as st

from casework.play.attempt import offered
from casework.play.workshop import Act, Event, Workshop, allowed, begin, fold
from casework.scenario.model import Scenario

SUBJECTS = ("", "s0/0", "s1/0", "nonsense")
wild = st.builds(
    Event, st.just(0), st.sampled_from(list(Act)), st.sampled_from(SUBJECTS), st.integers(-1, 9), st.just("")
)


@st.composite
def evenings(draw: st.DrawFn, scenario: Scenario, most: int = 14) -> list[Event]:
    """Return a list of events each of which is possible where it stands."""
    events: list[Event] = []
    workshop = begin(scenario, "s")
    for number in range(1, draw(st.integers(0, most)) + 1):
        acts = [act for act in allowed(scenario, workshop) if act is not Act.END]
        if not acts:
            break
        act = draw(st.sampled_from(acts))
        events.append(draw(_events(scenario, workshop, number, act)))
        workshop = fold(scenario, "s", events)
    return events


@st.composite
def _events(draw: st.DrawFn, scenario: Scenario, workshop: Workshop, number: int, act: Act) -> Event:
    subject = ""
    if act in (Act.FOLLOW, Act.VISIT):
        subject = draw(st.sampled_from([choice.id for choice in offered(scenario, workshop.attempt)]))
    if act is Act.HANDS:
        subject = draw(st.sampled_from(workshop.here[-1].options))
    if act in (Act.TIME, Act.RESUME, Act.RETURN):
        subject = draw(st.sampled_from(["", "2026-01-05T12:05:00+00:00"]))
    return Event(number, act, subject, draw(st.integers(0, 9)))
