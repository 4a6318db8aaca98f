"""Which signals people saw and which they missed, in one case and in each setting."""

from collections.abc import Mapping, Sequence

from casework.analytics.findings import WHAT, Finding, end, few, many, spoken, table, worded
from casework.analytics.plots import Block, Line, Plot, Tone
from casework.analytics.tallies import ACTED, MISSED, NOTED, Asked, Tallies
from casework.words import Words


def signals(
    tallies: Tallies, asked: Asked, say: Words, settings: Mapping[str, Sequence[Tallies]]
) -> tuple[Finding, ...]:
    """Return what became of the signals of this case, and of those of all cases by their setting."""
    return (_own_signals(tallies, asked, say), _by_setting(settings, asked, say))


USES = (ACTED, NOTED, MISSED)


def _own_signals(tallies: Tallies, asked: Asked, say: Words) -> Finding:
    title = say("Which signals did people see, and which did they miss?")
    met = tallies.met(asked)
    texts = {signal.id: signal.text for scene in tallies.scenario.scenes for signal in scene.signals}
    return _used(
        "signals",
        title,
        say(
            "Whoever keeps a sentence or acts on it has seen the signal. Whoever does neither "
            "may have seen it all the same."
        ),
        {texts[signal]: [met.get((signal, use), 0) for use in USES] for signal in texts},
        say,
    )


def _by_setting(settings: Mapping[str, Sequence[Tallies]], asked: Asked, say: Words) -> Finding:
    counted = {}
    for name, known in settings.items():
        met = [each.met(asked) for each in known]
        counted[name] = [
            sum(count for one in met for (_, use), count in one.items() if use == wanted) for wanted in USES
        ]
    return _used(
        "settings",
        say("And in which setting?"),
        say(
            "Every setting has other cases with other signals. A setting where more is missed "
            "has not got worse professionals."
        ),
        counted,
        say,
    )


def _used(name: str, title: str, caution: str, counted: Mapping[str, Sequence[int]], say: Words) -> Finding:
    words = (say("Acted on it"), say("Kept it only"), say("Neither"))
    lines, rows = [], []
    for label, counts in counted.items():
        found = table(counts)
        if found is not None:
            ends = many([(word, end(found, at, say)) for at, word in enumerate(words)])
            lines.append(Line(label, found.pieces((Tone.FIRST, Tone.REST, Tone.SECOND)), ends))
            rows.append((label, *(worded(cell, say) for cell in found.cells)))
    if not lines:
        return few(say, name, title)
    legend = ((Tone.FIRST, words[0]), (Tone.REST, words[1]), (Tone.SECOND, words[2]))
    told = say("Of those who came to an ending and met the signal on their road.")
    plot = Plot(spoken(lines, say), (Block("", tuple(lines)),), legend=legend)
    return Finding(name, title, (told,), caution, (say(WHAT), *words), tuple(rows), plot)
