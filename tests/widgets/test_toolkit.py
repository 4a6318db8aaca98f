"""The toolkit: what is asked comes back whole, in every language; what is broken is told and never in the way."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import tongues
from tests.cases import SCENARIOS

from casework import library
from casework.cards import deck
from casework.cards.deck import Setting
from casework.conformance.routing import consent, routes
from casework.conformance.situation import Age, Circumstance, Danger, Relation, Situation
from casework.widgets import labels
from casework.widgets.asked import CITIZEN, GENERAL, READERS, Asked, Part, heard
from casework.widgets.finder import finder
from casework.widgets.kit import Kit, open_kit
from casework.widgets.module import joined, sheets
from casework.widgets.toolkit import Toolkit, look
from casework.words import words

REGION = """
[[regions]]
id = "zuidoost"
names = { nl = "Zuidoost", en = "South-east" }
reporting = "veilig-thuis"
replaces = ["minor"]
when = { ages = ["under-12", "12-15", "16-17"] }
to = { nl = "Bel het meldpunt.", en = "Ring the reporting point." }
source = ["S21"]
read = 2024-03-01
"""
DUTCH = words("nl")
ANSWERS = list(product(Age, Relation, Danger))


@pytest.fixture(scope="module")
def kit() -> Kit:
    return open_kit(SCENARIOS, SCENARIOS)


@pytest.fixture
def page(kit: Kit) -> Toolkit:
    return Toolkit(kit)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder of cases with one region."""
    (tmp_path / "regions.toml").write_text(REGION, encoding="utf-8")
    return tmp_path


def ask(page: Toolkit, **message: Any) -> dict[str, Any]:
    """Send a message as the browser does and return what the page then shows."""
    page._handle_custom_msg({"kind": "ask", **message}, [])
    return dict(page.view)


def cards(view: dict[str, Any]) -> list[str]:
    return [card["id"] for group in view["shown"]["groups"] for card in group["cards"]]


def texts(value: object) -> Iterator[str]:
    """Yield every text in a view that someone reads; keys and codes are none."""
    hidden = {
        "lang",
        "dir",
        "value",
        "ask",
        "name",
        "id",
        "kind",
        "part",
        "remembered",
        "tel",
        "number",
        "words",
        "languages",
    }
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in hidden:
                yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


# ---- cards


def test_the_first_view_is_small_and_says_how_many_cards_there_are(page: Toolkit) -> None:
    shown = page.view["shown"]

    assert shown["groups"] == []
    assert shown["begin"][-1]["label"] == f"Alle kaarten ({len(deck.signals())})"
    assert len(str(page.view)) < 4000


@pytest.mark.parametrize("row", range(len(Setting) + 1))
def test_each_way_to_begin_shows_cards(kit: Kit, row: int) -> None:
    page = Toolkit(kit)
    view = ask(page, **page.view["shown"]["begin"][row]["ask"])

    assert cards(view)
    assert view["shown"]["begin"] == []
    assert view["shown"]["summary"] == f"Kaarten: {len(cards(view))}"


def test_the_rule_for_all_signals_stands_beside_every_list_of_them(page: Toolkit) -> None:
    for message in ({}, {"setting": "school"}, {"words": "nergens te vinden"}, {"has_all": True}):
        rule = ask(page, **message)["shown"]["rule"]
        assert rule["text"] == deck.rule().text.nl
        assert "(S44)" in rule["source"]


def test_a_card_without_a_source_says_so_and_each_other_names_its_sources(page: Toolkit) -> None:
    for part in ("signals", "talks"):
        for group in ask(page, part=part, has_all=True)["shown"]["groups"]:
            for card in group["cards"]:
                assert card["practice"] or card["source"]


def test_while_someone_searches_each_part_says_what_it_has(page: Toolkit) -> None:
    view = ask(page, words="tolk")

    counts = {part["value"]: part["count"] for part in view["parts"]}
    assert counts["talks"] == len(cards(ask(page, part="talks")))
    assert counts["signals"] == len(cards(ask(page, part="signals")))
    assert counts["now"] is None


def test_conversation_cards_stand_below_their_moments_in_the_order_of_a_talk(page: Toolkit) -> None:
    view = ask(page, part="talks", has_all=True)

    assert cards(view) == [card.id for card in deck.talks()]
    assert [group["title"] for group in view["shown"]["groups"]] == [text.nl for text in deck.MOMENTS.values()]


def test_the_cards_of_a_case_are_shown_until_something_else_is_chosen(page: Toolkit) -> None:
    met = ask(page, cards=["lives-at-work", "several-phones", "no-such-card"])
    later = ask(page, setting="school")

    assert sorted(cards(met)) == ["lives-at-work", "several-phones"]
    assert met["shown"]["lead"] == DUTCH(labels.MET)
    assert len(cards(later)) == sum(Setting.SCHOOL in card.settings for card in deck.signals())


def test_nothing_found_says_what_to_do(page: Toolkit) -> None:
    assert ask(page, words="qqqq")["shown"]["summary"] == DUTCH(labels.NONE)


def test_an_empty_deck_says_that_there_are_no_cards_and_the_rest_works(kit: Kit) -> None:
    page = Toolkit(replace(kit, signals=(), talks=()))

    for part in ("signals", "talks"):
        view = ask(page, part=part, words="", has_all=True)
        assert view["shown"]["lead"] == DUTCH(labels.EMPTY)
        assert cards(view) == view["shown"]["begin"] == []
    assert ask(page, part="now", age="16-17")["shown"]["routes"]


# ---- what now


@pytest.mark.parametrize("role", [GENERAL, CITIZEN, "meldcode-coa"])
def test_the_finder_gives_the_routes_of_the_protocol_in_its_order_and_no_others(kit: Kit, role: str) -> None:
    protocol = kit.protocols[GENERAL if role == CITIZEN else role]
    for age, relation, danger in ANSWERS:
        asked = Asked(role=role, age=age, relation=relation, danger=danger)
        own = frozenset({Circumstance.CITIZEN}) if role == CITIZEN else frozenset()
        wanted = routes(protocol, Situation(age, relation, danger, also=own))

        shown = finder(kit, asked, DUTCH)

        assert [(row["id"], row["title"], row["to"], row["ground"]) for row in shown["routes"]] == [
            (route.id, route.title.nl, route.to.nl, route.ground.nl) for route in wanted
        ]
        assert all("(S" in row["source"] and row["dated"] for row in shown["routes"])
        assert (shown["decides"] is None) == (role == CITIZEN or consent(protocol, age) is None)


@pytest.mark.parametrize("also", Circumstance)
@pytest.mark.parametrize("has_consent", [True, False])
def test_what_else_is_the_case_counts_too(kit: Kit, also: Circumstance, has_consent: bool) -> None:
    asked = Asked(age=Age.ADULT, relation=Relation.EMPLOYER, danger=Danger.NEAR, has_consent=has_consent)
    asked = replace(asked, also=frozenset({also}))

    shown = finder(kit, asked, DUTCH)

    assert [row["id"] for row in shown["routes"]] == [
        route.id for route in routes(kit.protocols[GENERAL], asked.situation)
    ]


def test_without_an_age_the_finder_asks_for_one_but_danger_of_this_minute_is_answered_at_once(page: Toolkit) -> None:
    unknown = ask(page, part="now")["shown"]
    adult = ask(page, age="18+")["shown"]
    danger = ask(page, age="", danger="now")["shown"]

    assert unknown["routes"] == adult["routes"] == []
    assert unknown["notes"][0] == DUTCH(labels.ASKS_AGE)
    assert adult["notes"][0] == DUTCH(labels.ASKS_RELATION)
    assert danger["routes"][0]["id"] == "danger-now"
    assert unknown["now"]["text"] == "Nu gevaar? Bel 112."


def test_a_region_takes_the_place_of_the_route_that_it_replaces(place: Path) -> None:
    page = Toolkit(open_kit(place, place), region="Zuidoost")

    shown = ask(page, part="now", age="16-17")["shown"]

    assert shown["routes"][0]["id"] == "region-zuidoost"
    assert shown["routes"][0]["dated"] == "de bron heeft geen datum; opgenomen op 1 maart 2024"
    assert next(field for field in shown["fields"] if field["name"] == "region")["value"] == "zuidoost"
    assert "minor" not in [row["id"] for row in ask(page, region="zuidoost")["shown"]["routes"]]
    assert "minor" in [row["id"] for row in ask(page, region="")["shown"]["routes"]]


def test_an_unknown_region_is_told_with_those_that_there_are_and_the_routes_stay(place: Path) -> None:
    page = Toolkit(open_kit(place, place), region="Nergens")

    shown = ask(page, part="now", age="16-17")["shown"]

    assert "Nergens" in shown["trouble"][0]
    assert "zuidoost" in shown["trouble"][0]
    assert shown["routes"][0]["id"] == "minor"


def test_without_regions_the_page_says_whom_to_ask(page: Toolkit) -> None:
    assert DUTCH(labels.NO_REGIONS) in ask(page, part="now", age="16-17")["shown"]["notes"]


def test_a_damaged_file_of_regions_or_a_protocol_is_told_and_the_rest_works(place: Path) -> None:
    (place / "regions.toml").write_text("[[regions]\n", encoding="utf-8")
    (place / "eigen.toml").write_text('id = "eigen"\nextends = "nergens"\n', encoding="utf-8")
    page = Toolkit(open_kit(place, place))

    own = ask(page, part="now", role="eigen", age="16-17")
    general = ask(page, role=GENERAL)

    assert own["notices"]
    assert own["notices"][0].startswith("op regel")
    assert own["shown"]["trouble"]
    assert general["shown"]["routes"][0]["id"] == "minor"


def test_every_protocol_that_comes_with_casework_has_a_name_in_the_list_and_an_own_one_is_added(place: Path) -> None:
    (place / "eigen.toml").write_text(f'id = "eigen"\nextends = "{GENERAL}"\n', encoding="utf-8")

    shown = finder(open_kit(place, place), Asked(), DUTCH)

    names = [option["value"] for option in shown["fields"][0]["options"]]
    assert set(library.Protocols()) <= set(labels.ROLES)
    assert names == [*labels.ROLES, "eigen"]


def test_every_age_relation_danger_and_circumstance_can_be_said() -> None:
    assert set(labels.AGES) == set(Age)
    assert set(labels.RELATIONS) == set(Relation)
    assert set(labels.DANGERS) == set(Danger)
    assert {*labels.CIRCUMSTANCES, Circumstance.CITIZEN} == set(Circumstance)


# ---- languages


def all_views(kit: Kit, language: str) -> Iterator[dict[str, Any]]:
    """Yield every kind of view in one language."""
    say = kit.languages[language]
    for part in Part:
        yield look(kit, Asked(part=part), say)
        yield look(kit, Asked(part=part, has_all=True), say)
    yield look(kit, Asked(cards=("several-phones",)), say)
    yield look(kit, Asked(words="qqqq"), say)
    for also in Circumstance:
        yield look(kit, Asked(Part.NOW, age=Age.FROM_16, also=frozenset({also})), say)
    for age, relation, danger in ANSWERS:
        yield look(kit, Asked(Part.NOW, age=age, relation=relation, danger=danger), say)


@pytest.mark.parametrize(("language", "direction"), [("pl", "ltr"), ("ar", "rtl"), ("pt-BR", "ltr")])
def test_one_file_is_a_further_language_and_no_sentence_stays_behind(
    tmp_path: Path, language: str, direction: str
) -> None:
    tongues.write(tmp_path, language, tongues.everything())
    kit = open_kit(SCENARIOS, tmp_path)

    assert kit.notices == ()
    assert list(kit.languages) == ["nl", "en", language]
    for view in all_views(kit, language):
        assert view["dir"] == direction
        assert [text for text in texts(view) if text and tongues.OPEN not in text] == []
    assert [text for text in texts(labels.captions(kit.languages[language])) if tongues.OPEN not in text] == []


def test_a_card_of_which_a_sentence_is_missing_is_english_as_a_whole_and_says_so(tmp_path: Path) -> None:
    lacking = deck.signals()[0]
    tongues.write(tmp_path, "pl", [each for each in tongues.everything() if each != lacking.also.en])
    page = Toolkit(open_kit(SCENARIOS, tmp_path), "pl")

    first, second, *_ = ask(page, has_all=True)["shown"]["groups"][0]["cards"]

    assert (first["lang"], first["text"], first["also"]) == ("en", lacking.text.en, lacking.also.en)
    assert second["lang"] == "pl"


def test_searching_in_a_further_language_finds_its_own_words(tmp_path: Path) -> None:
    tongues.write(tmp_path, "pl", tongues.everything())
    page = Toolkit(open_kit(SCENARIOS, tmp_path), "pl")

    found = cards(ask(page, words="«someone"))

    assert found == [card.id for card in deck.signals() if any(t.en.startswith("Someone") for t in card.texts)]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("toolkit.qq7.po", "", "qq7"),
        ("toolkit.pl.po", 'msgid "x"\nmsgstr "unfinished\n', "toolkit.pl.po"),
        ("toolkit.pl.po", 'msgid "Signals"\nmsgstr "\xb3"\n', "toolkit.pl.po"),
        ("toolkit.pl.po", 'msgid "Cards: {count}"\nmsgstr "Kart: {ile}"\n', "Cards: {count}"),
        ("toolkit.pl.po", 'msgid "Cards: {count}"\nmsgstr "Kart: {count"\n', "Cards: {count}"),
        ("toolkit.pl.po", 'msgid "Signals"\nmsgstr "Sygnały"\n', "niet alle zinnen"),
        ("toolkit.pl.po", "", "niet alle zinnen"),
    ],
)
def test_a_language_file_that_cannot_be_used_is_told_and_dutch_and_english_work(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    (tmp_path / name).write_text(content, encoding="latin-1" if "\xb3" in content else "utf-8")

    page = Toolkit(open_kit(SCENARIOS, tmp_path))

    assert list(open_kit(SCENARIOS, tmp_path).languages) == ["nl", "en"]
    assert said in page.view["notices"][0]
    assert cards(ask(page, has_all=True))


def test_an_unknown_language_is_answered_in_english_and_told(kit: Kit) -> None:
    page = Toolkit(kit, "xx")

    assert page.view["lang"] == "en"
    assert page.view["notices"] == ["This page does not speak 'xx'. It speaks: nl, en."]
    assert page.words == labels.captions(words("en"))


def test_a_language_that_is_chosen_speaks_at_once_and_an_unknown_one_changes_nothing(page: Toolkit) -> None:
    english = ask(page, language="en")

    assert english["lang"] == "en"
    assert page.words["print_all"] == "Print these cards"
    assert ask(page, language="xx")["lang"] == "en"
    assert page.words["lines"][1]["number"] == "0800 2000"


# ---- messages


def test_what_a_tab_remembers_brings_the_same_page_back_and_says_nothing_of_a_person(kit: Kit) -> None:
    page = Toolkit(kit)
    ask(page, part="now", age="16-17", also=["suspect"])
    before = ask(page, part="signals", setting="school", form="criminal", words="geld")

    again = ask(Toolkit(kit), **before["remembered"])

    assert again == before
    assert not {"age", "relation", "danger", "has_consent", "also", "region", "role"} & before["remembered"].keys()


def test_a_word_that_is_on_no_list_is_not_heard() -> None:
    for name in READERS:
        with pytest.raises((TypeError, ValueError)):
            heard(Asked(), {name: object()})


messages = st.dictionaries(
    st.sampled_from(["kind", "language", *READERS]),
    st.sampled_from(["ask", "now", "talks", "school", "nl", "en", "18+", "eigen", "employer", GENERAL])
    | st.none()
    | st.booleans()
    | st.integers()
    | st.lists(st.sampled_from(["suspect", "several-phones", "x"]), max_size=2)
    | st.text(max_size=100),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(messages, max_size=4))
def test_no_message_breaks_the_toolkit(page: Toolkit, sent: list[dict[str, Any]]) -> None:
    for message in sent:
        page._handle_custom_msg({"kind": "ask", **message}, [])

    assert page.view["parts"]
    assert page.view["part"] in set(Part)


def test_the_module_is_one_text_and_its_sheets_need_nothing_beside_them() -> None:
    module, sheet = joined("toolkit"), sheets("casework", "toolkit")

    assert not any(line.startswith("import ") for line in module.splitlines())
    assert "@layer" not in sheet
