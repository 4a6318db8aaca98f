"""Charts as drawings: each bar as long as its number, every number beside it, nothing from elsewhere."""

import re
from dataclasses import replace
from itertools import chain, combinations
from pathlib import Path

import pytest
from tests.analytics.drawings import drawn
from tests.analytics.sight import SIGHTS, distance, linear

from casework import widgets
from casework.analytics.bars import Bar, Chart, Group, Tone
from casework.analytics.charts import PHONE, TONES, WIDE, Size, specification
from casework.analytics.svg import svg
from casework.analytics.trends import answers
from casework.figures.table import read
from casework.words import words

CHARTS = {answer.topic: answer.chart for answer in answers("nl") if answer.chart}
SHEET = (Path(widgets.__file__).parent / "static" / "charts.css").read_text("utf-8")
CARDS = ("#ffffff", "#242220")
SIZES = pytest.mark.parametrize("size", [PHONE, WIDE], ids=lambda size: size.name)
EACH = pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)


def lengths(chart: Chart) -> list[float]:
    """Return what each bar has to show: its number, or the width of its margin."""
    return [
        float((bar.high or bar.figure).value or 0) - float(bar.low.value or 0 if bar.low else 0) for bar in chart.bars
    ]


@EACH
@SIZES
def test_a_bar_is_as_long_as_its_number(chart: Chart, size: Size) -> None:
    found = drawn(chart, size).bars()
    stands = chart.has_years and size is WIDE

    pixels = [one.height if stands else one.width for one in found]
    scale = sum(pixels) / sum(lengths(chart))
    assert len(found) == len(lengths(chart))
    assert all(abs(pixel - value * scale) < 0.5 for pixel, value in zip(pixels, lengths(chart), strict=True))


@SIZES
def test_an_estimate_begins_at_its_lower_bound(size: Size) -> None:
    chart = CHARTS["estimated"]
    found = drawn(chart, size)

    counted = found.bars(Tone.COUNTED)[0]
    scale = counted.width / 1256
    assert [round(one.left / scale) for one in found.bars(Tone.ESTIMATED)] == [5000, 4000]


@EACH
@SIZES
def test_each_number_stands_beside_its_bar_and_no_other_text_is_drawn(chart: Chart, size: Size) -> None:
    expected = [
        *(group.title for group in chart.groups),
        *chain(*((bar.label, bar.start, bar.end) for bar in chart.bars)),
    ]

    assert sorted(drawn(chart, size).texts) == sorted(text for text in expected if text)


@EACH
def test_a_drawing_for_a_phone_is_no_wider_than_a_phone(chart: Chart) -> None:
    assert drawn(chart, PHONE).size[0] <= 362
    assert drawn(chart, WIDE).size[0] <= 770


def test_a_number_that_its_publisher_hides_has_words_and_no_length() -> None:
    hidden = next(each for each in read("people") if each.text == "<5" and each.is_preferred)
    shown = replace(hidden, value=read("registered")[0].value, text="993")
    chart = Chart(
        (Group("", (Bar("a", hidden, "minder dan 5", "minder dan 5"), Bar("b", shown, "993", "993"))),), "", ""
    )

    found = drawn(chart, PHONE)

    assert [one.width > 0 for one in found.bars()][-1]
    assert sum(one.width > 0 for one in found.bars()) == 1
    assert "minder dan 5" in found.texts


@EACH
@SIZES
def test_a_drawing_is_one_picture_with_words_and_loads_nothing(chart: Chart, size: Size) -> None:
    text = str(svg(specification(chart, size), chart.alt, size.name))

    assert text.startswith(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{size.name}" role="img" aria-label="Staafgrafiek, '
    )
    assert set(re.findall(r"https?://[^\"' ]+", text)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<(script|image|foreignObject|style|use)|\bid=|\bon\w+=|href", text)


def test_what_is_written_in_a_chart_cannot_leave_it() -> None:
    figure = read("registered")[0]
    bad = '"><script>alert(1)</script>'
    chart = Chart((Group(bad, (Bar(bad, figure, bad, bad),)),), bad, bad)

    text = str(svg(specification(chart, PHONE), chart.alt, "narrow"))

    assert "<script" not in text
    assert drawn(chart, PHONE).texts.count(bad) == 3


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def colours(tone: str) -> tuple[str, str]:
    light, dark = re.search(rf"--{tone}: light-dark\((#\w{{6}}), (#\w{{6}})\)", SHEET).groups()  # type: ignore[union-attr]
    return light, dark


@pytest.mark.parametrize("tone", list(Tone))
def test_a_bar_stands_out_from_its_card_in_light_and_dark(tone: Tone) -> None:
    for colour, card in zip(colours(tone), CARDS, strict=True):
        assert contrast(colour, card) >= 3


def test_tones_in_one_chart_differ_in_lightness_so_that_no_kind_of_sight_needs_their_hue() -> None:
    pairs = {frozenset(pair) for chart in CHARTS.values() for pair in combinations({bar.tone for bar in chart.bars}, 2)}

    assert pairs
    for one, other in map(tuple, pairs):
        assert all(contrast(*both) >= 1.3 for both in zip(colours(one), colours(other), strict=True))


@pytest.mark.parametrize("sight", SIGHTS)
def test_colours_beside_each_other_are_told_apart_by_every_kind_of_sight(sight: str) -> None:
    beside = [
        (Tone.COUNTED, Tone.OTHERWISE),  # two ways of counting
        (Tone.COUNTED, Tone.ESTIMATED),  # below each other
        (Tone.COUNTED, "track"),  # a share in its whole
    ]

    least = 10 if sight == "no cones" else 25
    for one, other in beside:
        assert all(distance(*both, sight) >= least for both in zip(colours(one), colours(other), strict=True)), (
            one,
            other,
        )


def test_without_green_cones_leaf_and_brick_are_one_colour_and_blue_and_orange_are_not() -> None:
    # That the measure sees what such eyes see, on colours that are known for it.
    assert distance("#6f8f3f", "#a8763f", "deuteranopia") < distance("#6f8f3f", "#a8763f", "all cones") / 2
    assert distance("#00659b", "#d07a14", "deuteranopia") > 60


@pytest.mark.parametrize("tone", list(Tone))
def test_away_from_our_page_a_bar_has_the_same_colour(tone: Tone) -> None:
    assert TONES[tone] == f"var(--{tone}, {colours(tone)[0]})"


@EACH
def test_who_cannot_see_a_chart_is_told_every_number(chart: Chart) -> None:
    assert all(f"{bar.label}: {bar.told}" in chart.alt for bar in chart.bars)
    assert words("nl")("Bar chart, {counts}. {told}.", counts=chart.counts, told="").split(".")[0] in chart.alt
