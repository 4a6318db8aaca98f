"""From cells to a scenario."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario.examples import SCENE, a_case

from casework import library
from casework.scenario.build import version
from casework.scenario.cells import Cell, Source
from casework.scenario.compiler import compile_scenario
from casework.scenario.model import AtLeast, Effect, Ending, Measure, Picture, Scenario, Signal

PROTOCOLS = library.Protocols()


def compiled(source: Source) -> Scenario:
    found = compile_scenario(source, PROTOCOLS)
    assert found.diagnostics == ()
    assert found.scenario is not None
    return found.scenario


def test_a_sound_case_has_no_remarks_and_all_its_parts() -> None:
    scenario = compiled(a_case(SCENE, Persoon="Sam", Bronnen="S6, S8", Terugkoppeling="achteraf"))

    assert (scenario.name, scenario.language, scenario.title) == ("sam", "nl", "De pleister")
    assert (scenario.protocol, scenario.role, scenario.minutes) == ("meldcode", "verpleegkundige", 10)
    assert (scenario.person, scenario.sources, scenario.feedback_afterwards) == ("Sam", ("S6", "S8"), True)
    assert [scene.id for scene in scenario.scenes] == ["het-kamertje", "de-gang"]
    assert scenario.scene("de-gang").ending is Ending.GOOD


def test_a_scene_is_built_whole() -> None:
    scene = compiled(a_case(SCENE)).start

    assert (scene.title, scene.place, scene.cell) == ("Het kamertje", "het kamertje", 2)
    assert scene.picture == Picture("kruk.svg", "Een lege kruk")
    assert scene.signals == (Signal("oude-wond", "een wond van dagen oud"),)
    assert [sentence.signals for sentence in scene.story[0]] == [(), ("oude-wond",)]
    assert scene.note[0][0].text == "Lees de scène voor."


def test_a_choice_names_activities_by_their_id() -> None:
    choice = compiled(a_case(SCENE)).start.choices[0]

    assert choice.activities == ("give-care",)
    assert choice.acts_on == ("oude-wond",)
    assert choice.effects == (Effect(Measure.TRUST, 1), Effect(Measure.DAYS, 2))


def test_conditions_and_once_are_kept() -> None:
    choice = compiled(a_case(SCENE)).start.choices[1]

    assert choice.conditions == (AtLeast(Measure.TRUST, 1),)
    assert choice.once


ENGLISH = """\
## The room

- **Signal:** an old wound `oude-wond`
- **Place:** the room
- **Picture:** kruk.svg "An empty stool"

Sam asks for a plaster. The wound is *old*. `oude-wond`

1. [You put on the plaster](#the-corridor) `give-care` `signal oude-wond` `trust +1` `days 2`
   > Sam is gone in a minute.
1. [You wait a little](#the-corridor) `if trust >= 1` `once`
   > Sam waits, too.

> **Facilitator:** Read the scene aloud.
"""


def test_an_english_edition_has_the_same_ids() -> None:
    dutch = compiled(a_case(SCENE))
    cells = list(a_case(ENGLISH).cells)
    cells[0] = replace(
        cells[0],
        text="# The plaster\n\n- **Language:** en\n- **Protocol:** meldcode\n- **Role:** nurse\n"
        "- **Duration:** 10 minutes\n- **Content:** a wound\n\nThis story is fiction.",
    )
    cells[2] = replace(cells[2], text="## The corridor\n\n- **Ending:** good\n\nSam walks off.")
    cells[4] = replace(cells[4], text=cells[4].text.replace("sam.ipynb", "sam.en.ipynb"))
    english = compiled(Source("sam.en.ipynb", tuple(cells)))

    assert (english.name, english.language) == ("sam", "en")
    assert [choice.id for choice in english.start.choices] == [choice.id for choice in dutch.start.choices]
    assert english.version != dutch.version


TWINS = (
    "## Het kamertje\n\nTekst.\n\n{}"
    "1. [Een](#de-gang)\n   > A.\n1. [Twee](#de-gang)\n   > B.\n1. [Drie](#de-gang) `wegen`\n   > C."
)


def test_choice_ids_hold_no_position() -> None:
    before = compiled(a_case(TWINS.format(""))).start.choices
    after = compiled(a_case(TWINS.format("1. [Nieuw](#de-gang) `gesprek`\n   > N.\n"))).start.choices

    assert len({choice.id for choice in after}) == 4
    assert [choice.id for choice in after[1:]] == [choice.id for choice in before]


def test_a_lone_choice_is_named_after_its_scenes() -> None:
    (choice,) = compiled(a_case("## Het kamertje\n\nTekst.\n\n1. [Verder](#de-gang)\n   > Ja.")).start.choices

    assert choice.id == "het-kamertje/de-gang"


def test_the_same_sentence_twice_has_two_ids() -> None:
    scene = compiled(a_case("## Het kamertje\n\nHet trilt. Het trilt.\n\n1. [Verder](#de-gang)\n   > Het trilt.")).start

    ids = [sentence.id for sentence in (*scene.story[0], *scene.choices[0].consequence[0])]
    assert len(set(ids)) == 3
    assert all(each.startswith("het-kamertje:") for each in ids)


@pytest.mark.parametrize(
    "target", ["#de-gang", "#De-Gang", "#DE GANG", "#dé-gàng!", "#degang", "<#De gang>", "#de%20gang"]
)
def test_a_link_finds_its_heading_in_any_dress(target: str) -> None:
    scene = f"## Het kamertje\n\nTekst.\n\n1. [Verder]({target})\n   > Ja."

    found = compile_scenario(a_case(scene), PROTOCOLS)

    assert found.scenario is not None
    assert found.scenario.start.choices[0].target == "de-gang"


def test_a_scene_may_be_called_by_an_emoji() -> None:
    source = a_case("## 🚚\n\nTekst.\n\n1. [Verder](#de-gang)\n   > Ja.\n1. [Nog eens](#🚚)\n   > Ja.")

    assert compiled(source).start.choices[1].target == "het-kamertje"


def test_the_version_changes_with_the_text_and_not_with_the_place() -> None:
    scenario = compiled(a_case(SCENE))
    lower = compiled(a_case("\n\n" + SCENE))

    assert len(scenario.version) == 12
    assert lower.version == scenario.version
    assert compiled(a_case(SCENE.replace("Sam is zo weer weg", "Sam is weg"))).version != scenario.version
    assert version(replace(scenario, title="Anders")) != scenario.version


def test_all_remarks_come_at_once_and_from_top_to_bottom() -> None:
    scene = "## Het kamertje\n\n- **Plaast:** hier\n\nTekst.\n\n1. [Een](#weg) `gespreck`\n1. [Twee](#de-gang)\n> B."

    found = compile_scenario(a_case(scene, Duur="lang"), PROTOCOLS)

    places = [(each.cell, each.line) for each in found.diagnostics]
    assert places == sorted(places)
    assert {each.slug for each in found.diagnostics} == {
        "bad-number",
        "unknown-fact",
        "broken-link",
        "unknown-activity",
        "missing-consequence",
        "unindented-consequence",
    }


def test_protocols_may_be_a_function_or_a_mapping() -> None:
    by_function = compile_scenario(a_case(SCENE), lambda name: {"meldcode": PROTOCOLS["meldcode"]}[name])
    unknown = compile_scenario(a_case(SCENE, Protocol="iets"), {}.__getitem__)

    assert by_function.scenario == compiled(a_case(SCENE))
    assert [each.slug for each in unknown.diagnostics] == ["unknown-protocol"]


KINDS = st.sampled_from(["markdown", "code", "raw"])
LINES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(SCENE.split("\n")),
    st.sampled_from(
        ["# X", "## Y", "- **Taal:** nl", "- **Protocol:** meldcode", "> **Begeleider:** x", "1. [a](#y) `als`"]
    ),
)
TEXTS = st.lists(LINES, max_size=12).map("\n".join)
CELLS = st.builds(Cell, st.text(max_size=8), KINDS, TEXTS, st.lists(st.text(max_size=12), max_size=2).map(tuple))


@given(st.lists(CELLS, max_size=5), st.sampled_from(["nl", "en"]))
@settings(max_examples=150, deadline=None)
def test_nothing_that_an_author_writes_raises(cells: list[Cell], language: str) -> None:
    found = compile_scenario(Source("x.ipynb", tuple(cells)), PROTOCOLS, language)

    assert isinstance(found.diagnostics, tuple)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_any_scene_in_a_sound_case_compiles_or_says_why_not(text: str) -> None:
    found = compile_scenario(a_case(f"## Het kamertje\n\n{text}"), PROTOCOLS)

    assert found.scenario is not None or found.diagnostics
