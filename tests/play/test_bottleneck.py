"""What was handed in comes heaviest first, and no weight is that of fewer than five people."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from casework.play.bottleneck import Bottleneck, Weighed, Weight, weigh

ROWS = tuple(Bottleneck(name, "s", f"text {name}", "") for name in "abc")


def given_by(bottleneck: str, *weights: int) -> list[Weight]:
    return [Weight(bottleneck, f"p{place}", 1, weight) for place, weight in enumerate(weights)]


def test_the_heaviest_comes_first_and_what_few_weighed_comes_last_as_handed_in() -> None:
    weights = [*given_by("c", 3, 3, 3, 3, 2), *given_by("b", 1, 1, 1, 1, 2), *given_by("a", 3, 3, 3, 3)]

    found = weigh(ROWS, weights)

    assert [(each.bottleneck.id, each.mean) for each in found] == [
        ("c", Fraction(14, 5)),
        ("b", Fraction(6, 5)),
        ("a", None),
    ]


def test_what_was_merged_stands_under_what_it_was_merged_into() -> None:
    merged = Bottleneck("d", "s", "text d", "", into="a")

    assert weigh((*ROWS, merged), ()) == (
        Weighed(ROWS[0], (merged,), None),
        Weighed(ROWS[1], (), None),
        Weighed(ROWS[2], (), None),
    )


@given(
    st.lists(
        st.builds(Weight, st.sampled_from("abc"), st.sampled_from("pqrstu"), st.integers(1, 3), st.integers(0, 3)),
        max_size=30,
    ),
    st.data(),
)
def test_any_order_and_repetition_gives_the_same_weights(weights: list[Weight], data: st.DataObject) -> None:
    assert weigh(ROWS, data.draw(st.permutations([*weights, *weights]))) == weigh(ROWS, weights)
