"""Words, sentences and syllables are counted as the house says, and the score finds walls of text and nothing else."""

from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import NAMES, setting

from casework.scenario.catalogue import ROWS
from casework.scenario.reading import (
    BANDS,
    FLOORS,
    Part,
    Passage,
    Reading,
    band,
    by_part,
    measure,
    passages,
    rare,
    sentences,
    syllables,
    texts,
    total,
    words,
)

OFFICIALESE = (
    "De huisarts brengt de signalen in kaart en overweegt een collegiale consultatie teneinde "
    "de veiligheidssituatie te kunnen taxeren."
)
PLAIN = (
    'U schrijft op wat u zag: drie oude littekens en één nieuwe wond. Dan belt u een collega. "Wat mis ik?" vraagt u.'
)

prose = st.text(alphabet=st.characters(codec="utf-8"), max_size=200)
plain_words = st.from_regex(r"[a-zà-ü]{1,12}", fullmatch=True).filter(str.isalpha)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("u", 1),
        ("wond", 1),
        ("nieuw", 1),
        ("eeuw", 1),
        ("eeuwen", 2),
        ("zaaien", 2),
        ("ooit", 1),
        ("koeien", 2),
        ("nieuwe", 2),
        ("blauw", 1),
        ("vrouwen", 2),
        ("huisarts", 2),
        ("ijskast", 2),
        ("bakkerij", 3),
        ("kamertje", 3),
        ("typen", 2),
        ("moeër", 2),
        ("zeeën", 2),
        ("geïnteresseerd", 5),
        ("coördinator", 5),
        ("café", 2),
        ("één", 2),
        ("zo'n", 1),
        ("'s", 1),
        ("14", 1),
        ("aandachtsfunctionaris", 7),
    ],
)
def test_syllables_are_groups_of_vowels_the_longest_first(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("I", 1),
        ("the", 1),
        ("made", 1),
        ("table", 2),
        ("people", 2),
        ("walked", 1),
        ("wanted", 2),
        ("makes", 1),
        ("houses", 2),
        ("watches", 2),
        ("morning", 2),
        ("hospital", 3),
        ("fortunate", 3),
    ],
)
def test_english_syllables_are_runs_of_vowels_less_what_is_not_heard(word: str, count: int) -> None:
    assert syllables(word, "en") == count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zo'n wond, zegt u.", ("Zo'n", "wond", "zegt", "u")),
        ("een Wmo-consulent – misschien", ("een", "Wmo-consulent", "misschien")),
        ("om 14.30 uur", ("om", "14", "30", "uur")),
        ("… – !", ()),
    ],
)
def test_words_are_runs_of_letters_or_digits(text: str, found: tuple[str, ...]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("paragraph", "count"),
    [
        ("Hij komt. Hij gaat", 2),
        ('"Kom je?" vraagt u. Hij knikt.', 3),
        ("“Kom je?” vraagt u.", 2),
        ("U zegt: dat kan.", 1),
        ("En toen… En toen ... Niets!", 3),
        ("Om 14.30 uur gaat de bel.", 1),
        ("...", 0),
        ("", 0),
    ],
)
def test_a_sentence_ends_at_a_mark_before_a_space(paragraph: str, count: int) -> None:
    assert len(sentences(paragraph)) == count


def test_a_paragraph_ends_a_sentence() -> None:
    reading = measure(["Het derde uur", "Sam wacht"])

    assert (reading.sentences, reading.words, reading.longest) == (2, 5, 3)


@pytest.mark.parametrize(("text", "score"), [(OFFICIALESE, 15), (PLAIN, 101)])
def test_the_worked_examples_of_the_formula(text: str, score: int) -> None:
    assert round(measure([text], is_raw=True).score or 0) == score


def test_the_practice_case_measures_what_its_author_measured() -> None:
    scenario = setting("milan").scenario
    reading = measure([text for scene in scenario.scenes for text in texts(scene.story)], is_raw=True)

    assert reading.syllables / reading.words == pytest.approx(1.30, abs=0.015)
    assert reading.mean == pytest.approx(7.4, abs=0.3)
    assert reading.longest == 20


def test_english_has_a_formula_of_its_own() -> None:
    reading = measure(["The wound is old. You wait."], "en")

    assert reading.score == pytest.approx(206.835 - 1.015 * 3 - 84.6)


@pytest.mark.parametrize("term", ["Veilig Thuis", "aandachtsfunctionaris", "Meldcode", "CoMensha", "zorgcoördinatoren"])
def test_a_term_that_stays_counts_as_two_syllables(term: str) -> None:
    reading = measure([f"U belt {term}."])

    assert reading.syllables == 4
    assert reading.words == 2 + len(words(term))
    assert measure([f"U belt {term}."], is_raw=True).syllables > 4


def test_marks_of_sources_are_not_read() -> None:
    assert measure(["Dat mag (S19, S105)."]) == measure(["Dat mag."])


@pytest.mark.parametrize(
    ("score", "name"),
    [
        (-20, "very hard"),
        (29.9, "very hard"),
        (30, "hard"),
        (45, "rather hard"),
        (60, "ordinary"),
        (70, "rather easy"),
        (80, "easy"),
        (90, "very easy"),
        (109, "very easy"),
    ],
)
def test_a_score_has_a_name(score: float, name: str) -> None:
    assert band(score).en == name


def test_nothing_that_an_author_reads_claims_a_level_of_language() -> None:
    said = [text for row in ROWS for both in (row.message, row.hint) for text in both]
    said += [text for each in BANDS for text in each.name]

    assert not [text for text in said if "B1" in text]


@pytest.mark.parametrize("name", NAMES)
def test_each_part_of_a_case_is_measured_apart_and_none_is_hard(name: str) -> None:
    found = passages(setting(name).scenario)
    parts = by_part(found)

    assert set(parts) == set(Part)
    assert parts[Part.SCENES].words > parts[Part.NOTES].words > parts[Part.FRONT].words
    assert all((reading.score or 0) >= FLOORS[part] for part, reading in parts.items())
    assert [each.title for each in found if each.is_hard] == []


def passage(text: str) -> Passage:
    return Passage(Part.SCENES, "s", "S", 2, (text,), measure([text]))


def test_a_hard_passage_is_named_only_when_it_is_long_enough_to_tell() -> None:
    assert not passage(OFFICIALESE).is_hard
    assert passage(f"{OFFICIALESE} {OFFICIALESE}").is_hard
    assert not passage(f"{PLAIN} {PLAIN}").is_hard


def test_rare_words_are_listed_without_names_and_terms_that_stay() -> None:
    zipf = {"pleister": 3.1, "gaasje": 1.8, "mensenhandel": 2.0, "sam": 1.0}
    text = "Sam vraagt om een pleister. U pakt een gaasje. Het is mensenhandel."

    assert rare([passage(text)], lambda word: zipf.get(word.casefold(), 6.0)) == ("gaasje", "pleister")


@given(prose)
def test_a_text_with_a_word_has_a_finite_score_and_one_without_has_none(text: str) -> None:
    reading = measure([text])

    assert (reading.score is None) == (reading.words == 0)
    assert reading.score is None or isfinite(reading.score)
    assert reading.sentences <= reading.words <= reading.syllables
    assert reading.longest <= reading.words


@given(prose, plain_words)
def test_one_word_more_counts_as_one_word_more(text: str, word: str) -> None:
    before, after = measure([text], is_raw=True), measure([f"{text} {word}"], is_raw=True)

    assert after.words == before.words + 1
    assert after.syllables == before.syllables + syllables(word)


@given(st.lists(prose, max_size=5))
def test_the_whole_is_the_sum_of_its_paragraphs(paragraphs: list[str]) -> None:
    assert measure(paragraphs) == total(measure([each]) for each in paragraphs)


def test_nothing_read_is_an_empty_reading() -> None:
    assert measure([]) == Reading()
    assert Reading().mean == 0
