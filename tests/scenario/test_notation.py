"""What is read from one cell."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario.examples import SCENE

from casework.scenario.model import Run
from casework.scenario.notation import Sheet, read
from casework.scenario.prose import Prose


def text(prose: Prose) -> list[list[str]]:
    return [["".join(run.text for run in each.runs) for each in paragraph] for paragraph in prose]


def test_a_scene_has_all_its_parts() -> None:
    sheet = read(SCENE)

    assert [(each.level, each.text, each.line) for each in sheet.headings] == [(2, "Het kamertje", 1)]
    assert [(each.word, each.text, each.codes, each.line) for each in sheet.facts] == [
        ("Signaal", "een wond van dagen oud", ("oude-wond",), 3),
        ("Plaats", "het kamertje", (), 4),
        ("Beeld", 'kruk.svg "Een lege kruk"', (), 5),
    ]
    assert text(sheet.story) == [["Sam vraagt om een pleister.", "De wond is oud."]]
    assert text(sheet.note) == [["Lees de scène voor."]]
    assert sheet.oddities == ()


def test_choices_keep_their_order_codes_and_lines() -> None:
    first, second = read(SCENE).options

    assert (first.text, first.target, first.line) == ("U plakt de pleister", "#de-gang", 9)
    assert [code.text for code in first.codes] == ["zorg-geven", "signaal oude-wond", "vertrouwen +1", "dagen 2"]
    assert text(first.consequence) == [["Sam is zo weer weg."]]
    assert (second.text, second.line) == ("U wacht even", 11)


def test_a_code_belongs_to_the_sentence_before_it() -> None:
    sheet = read("## X\n\nEerst dit. `een` Dan dat `twee`. Klaar. `een` `drie`")

    (paragraph,) = sheet.story
    assert text(sheet.story) == [["Eerst dit.", "Dan dat.", "Klaar."]]
    assert [[span.text for span in each.spans] for each in paragraph] == [["een"], ["twee"], ["een", "drie"]]


def test_code_outside_a_story_stays_text() -> None:
    sheet = read("## X\n\n1. [Verder](#y)\n   > Typ `ja` nu.\n\n> **Begeleider:** Zeg `ja`.")
    cover = read("# X\n\nTyp `ja` nu.")

    assert text(sheet.options[0].consequence) == [["Typ ja nu."]]
    assert text(sheet.note) == [["Zeg ja."]]
    assert text(cover.story) == [["Typ ja nu."]]


def test_styles_are_kept_as_runs() -> None:
    (paragraph,) = read("## X\n\nHet is *heel* **erg** koud.").story

    (sentence,) = paragraph
    assert sentence.runs == (Run("Het is "), Run("heel", "em"), Run(" "), Run("erg", "strong"), Run(" koud."))


@pytest.mark.parametrize("bullet", ["- **Plaats:** de gang", "* **Plaats**: de gang", "+ __Plaats:__ de gang"])
def test_a_fact_may_be_written_in_several_ways(bullet: str) -> None:
    (fact,) = read(f"## X\n\n{bullet}").facts

    assert (fact.word, fact.text) == ("Plaats", "de gang")


def test_ordinary_lists_become_paragraphs() -> None:
    sheet = read("## X\n\n- brood\n- melk\n\n1. eerst\n2. dan")

    assert text(sheet.story) == [["brood"], ["melk"], ["eerst"], ["dan"]]
    assert sheet.facts == ()
    assert sheet.options == ()


def test_a_letter_in_a_story_is_no_consequence() -> None:
    sheet = read("## X\n\n> Beste Sam,\n\nDe brief is kort.\n\n1. [Verder](#y)\n   > Daar.")

    assert text(sheet.story) == [["Beste Sam,"], ["De brief is kort."]]


def test_a_note_under_a_choice_is_never_a_consequence() -> None:
    sheet = read("## X\n\n1. [Verder](#y)\n   > Daar.\n\n   > **Facilitator:** Vraag door.")

    assert text(sheet.options[0].consequence) == [["Daar."]]
    assert text(sheet.note) == [["Vraag door."]]


def test_words_for_the_facilitator_inside_a_consequence_are_pointed_at() -> None:
    sheet = read("## X\n\n1. [Verder](#y)\n   > Daar.\n   > **Begeleider:** Vraag door.")

    assert [(each.slug, each.line) for each in sheet.oddities] == [("unknown-note", 5)]


def test_a_person_who_speaks_in_a_consequence_is_no_note() -> None:
    sheet = read("## X\n\n1. [Verder](#y)\n   > **Milan:** Nee.")

    assert text(sheet.options[0].consequence) == [["Milan: Nee."]]
    assert sheet.oddities == ()


LIVE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<b>vet</b>",
    "<!-- weg -->",
    "&lt;b&gt;",
]


@pytest.mark.parametrize("live", LIVE)
def test_html_stays_text_in_every_place(live: str) -> None:
    sheet = read(
        f"## Kop {live}\n\n- **Plaats:** {live}\n\nTekst {live} hier\n\n1. [Keuze {live}](#y)\n   > Gevolg {live}"
    )

    shown = live.replace("&lt;", "<").replace("&gt;", ">")
    assert shown in sheet.headings[0].text
    assert shown in sheet.facts[0].text
    assert shown in text(sheet.story)[0][0]
    assert shown in sheet.options[0].text
    assert shown in text(sheet.options[0].consequence)[0][0]


def test_links_and_pictures_in_a_story_leave_their_words() -> None:
    sheet = read("## X\n\nZie [de folder](https://example.org) en ![een kruk](kruk.svg).")

    assert text(sheet.story) == [["Zie de folder en een kruk."]]
    assert [each.slug for each in sheet.oddities] == ["link-in-text", "picture-in-text"]


def test_a_dangerous_address_is_no_link() -> None:
    sheet = read("## X\n\n1. [Klik](javascript:alert(1))\n   > Niets.")

    assert sheet.options == ()


@pytest.mark.parametrize("words", ["مرحبا بالعالم", "👩‍⚕️🚚", "שלום", "Zoë Çelik", "名前"])
def test_words_of_all_scripts_stay_as_they_are(words: str) -> None:
    sheet = read(f"## {words}\n\n- **Plaats:** {words}\n\n{words}\n\n1. [{words}](<#{words}>)\n   > {words}")

    assert sheet.headings[0].text == words
    assert sheet.facts[0].text == words
    assert text(sheet.story) == [[words]]
    assert (sheet.options[0].text, sheet.options[0].target) == (words, f"#{words}")


@given(st.text())
@settings(deadline=None)
def test_any_text_is_a_sheet(anything: str) -> None:
    assert isinstance(read(anything), Sheet)


def test_a_thousand_open_stars_are_read() -> None:
    assert isinstance(read("## X\n\n" + "*a **b " * 3000), Sheet)
    assert isinstance(read("> " * 3000 + "diep"), Sheet)
