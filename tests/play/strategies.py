"""Random small scenarios, for properties that must hold for every case that an author could write."""

from dataclasses import replace

from hypothesis import strategies as st

from casework.scenario.model import (
    AtLeast,
    Choice,
    Done,
    Effect,
    Ending,
    Measure,
    Run,
    Scenario,
    Scene,
    Seen,
    Sentence,
    Signal,
)

ACTIVITIES = (
    "record-facts",
    "consult-colleague",
    "talk",
    "promise-secrecy",
    "correct-promise",
    "weigh",
    "decide-report",
)
SIGNALS = ("wound", "phone", "debt")
SCALES = (Measure.TRUST, Measure.SAFETY, Measure.AUTONOMY)

conditions = st.one_of(
    st.builds(Seen, st.sampled_from(SIGNALS), st.booleans()),
    st.builds(Done, st.sampled_from(ACTIVITIES), st.booleans()),
    st.builds(AtLeast, st.sampled_from(SCALES), st.integers(-5, 5), st.booleans()),
)
effects = st.one_of(
    st.builds(Effect, st.sampled_from(SCALES), st.integers(-3, 3)),
    st.builds(Effect, st.just(Measure.DAYS), st.integers(0, 9)),
)


@st.composite
def scenarios(draw: st.DrawFn, *, can_circle: bool = True) -> Scenario:
    """Return a scenario of two to five scenes and an ending; choices lead on, or anywhere where it may circle."""
    count = draw(st.integers(2, 5))
    scenes = [draw(_scenes(number, count, can_circle=can_circle)) for number in range(count)]
    end = Scene(id="end", title="End", story=(), ending=Ending.GOOD)
    return Scenario(
        name="random",
        version="0",
        language="nl",
        title="Random",
        introduction=(),
        protocol="meldcode",
        role="nurse",
        minutes=10,
        content="",
        sources=(),
        scenes=(*scenes, end),
    )


@st.composite
def roomy_scenarios(draw: st.DrawFn, *, can_circle: bool = True) -> Scenario:
    """Return such a scenario in which most choices ask for nothing: roads are longer, and more of them meet."""
    scenario = draw(scenarios(can_circle=can_circle))

    def eased(choice: Choice) -> Choice:
        return choice if draw(st.integers(0, 3)) == 3 else replace(choice, conditions=(), once=False)

    scenes = (replace(scene, choices=tuple(map(eased, scene.choices))) for scene in scenario.scenes)
    return replace(scenario, scenes=tuple(scenes))


@st.composite
def _scenes(draw: st.DrawFn, number: int, count: int, *, can_circle: bool) -> Scene:
    first = 0 if can_circle else number + 1
    targets = [*(f"s{i}" for i in range(first, count)), "end"]
    choices = [draw(_choices(number, place, targets)) for place in range(draw(st.integers(1, 3)))]
    signals = draw(st.lists(st.sampled_from(SIGNALS), max_size=2, unique=True))
    sentence = Sentence(f"s{number}:1", (Run("Text."),), tuple(signals))
    return Scene(
        id=f"s{number}",
        title=f"Scene {number}",
        story=((sentence,),),
        choices=tuple(choices),
        signals=tuple(Signal(signal, signal) for signal in signals),
    )


@st.composite
def _choices(draw: st.DrawFn, number: int, place: int, targets: list[str]) -> Choice:
    return Choice(
        id=f"s{number}/{place}",
        text=f"Choice {place}",
        target=draw(st.sampled_from(targets)),
        consequence=(),
        activities=tuple(draw(st.lists(st.sampled_from(ACTIVITIES), max_size=2))),
        effects=tuple(draw(st.lists(effects, max_size=2))),
        conditions=tuple(draw(st.lists(conditions, max_size=2))),
        once=draw(st.booleans()),
    )
