"""The little language of codes, as rows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.scenario.codes import ActsOn, Once, Performs, Unreadable, read_code, tidy
from casework.scenario.model import AtLeast, Done, Effect, Measure, Seen

ROWS = [
    ("gesprek", Performs("gesprek")),
    ("advies-veilig-thuis", Performs("advies-veilig-thuis")),
    ("signaal oude-wond", ActsOn("oude-wond")),
    ("signal old-wound", ActsOn("old-wound")),
    ("vertrouwen +1", Effect(Measure.TRUST, 1)),
    ("trust -5", Effect(Measure.TRUST, -5)),
    ("veiligheid -2", Effect(Measure.SAFETY, -2)),
    ("autonomy +3", Effect(Measure.AUTONOMY, 3)),
    ("dagen 7", Effect(Measure.DAYS, 7)),
    ("days 21", Effect(Measure.DAYS, 21)),
    ("als gezien oude-wond", Seen("oude-wond")),
    ("if not seen old-wound", Seen("old-wound", wanted=False)),
    ("als gedaan wegen", Done("wegen")),
    ("als niet gedaan wegen", Done("wegen", wanted=False)),
    ("als vertrouwen >= 2", AtLeast(Measure.TRUST, 2)),
    ("if not trust >= -1", AtLeast(Measure.TRUST, -1, wanted=False)),
    ("als dagen >= 14", AtLeast(Measure.DAYS, 14)),
    ("eenmalig", Once()),
    ("once", Once()),
    ("Als  Vertrouwen>=2", AtLeast(Measure.TRUST, 2)),
    ("vertrouwen ≥ 2", Unreadable("unknown-code", "vertrouwen ≥ 2", "als vertrouwen >= 2")),
    ("als vertrouwen ≥ 2", AtLeast(Measure.TRUST, 2)),
    ("vertrouwen–1", Effect(Measure.TRUST, -1)),
    ("vertrouwen + 1", Effect(Measure.TRUST, 1)),
    ("vertrouwen 1", Unreadable("bad-number", "vertrouwen 1", "vertrouwen +1")),
    ("veiligheid +6", Unreadable("bad-number", "veiligheid +6", "veiligheid +5")),
    ("dagen -1", Unreadable("bad-number", "dagen -1", "dagen 7")),
    ("vertrouwen +٣", Unreadable("bad-number", "vertrouwen +٣", "vertrouwen +1")),
    ("als vertrouwen < 2", Unreadable("unknown-code", "als vertrouwen < 2")),
    ("als gezein x", Unreadable("unknown-code", "als gezein x", "als gezien x")),
    ("vertrouwen", Unreadable("unknown-code", "vertrouwen")),
    ("kans 1/3", Unreadable("unknown-code", "kans 1/3")),
    ("", Unreadable("unknown-code", "")),
    ("__import__('os')", Unreadable("unknown-code", "__import__('os')")),
]


@pytest.mark.parametrize(("text", "meaning"), ROWS)
def test_codes(text: str, meaning: object) -> None:
    assert read_code(text) == meaning


@given(st.text())
@settings(deadline=None)
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.text())
@settings(deadline=None)
def test_any_code_means_something_or_says_why_not(text: str) -> None:
    assert read_code(text) is not None
