"""Looking back on an attempt: the path by step, the rules, the signals. Values only; words come later."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from casework.conformance.monitor import Truth, Verdict, judge
from casework.conformance.protocol import Protocol, Rule
from casework.play.attempt import Attempt, Trace, decide, offered, start
from casework.play.feedback import Mark, is_mended, marked, step_of
from casework.scenario.model import Choice, ChoiceId, Scenario, Scene, SceneId, Sentence, Signal, SignalId


@dataclass(frozen=True, slots=True)
class Stop:
    """One decision on the path, and how it stands in each step that it touched."""

    number: int
    scene: Scene
    choice: Choice
    marks: tuple[tuple[int, Mark], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One rule over the whole path; `stop` is the number of the decision that broke it, where one did."""

    rule: Rule
    mark: Mark
    stop: int | None


@dataclass(frozen=True, slots=True)
class Away:
    """A signal that was not on this road but one choice away: `choice`, at decision `number`, leads to its scene."""

    signal: SignalId
    number: int
    choice: ChoiceId
    scene: SceneId


@dataclass(frozen=True, slots=True)
class Ledger:
    """The signals of the visited scenes, and what the trainee did with each; `harmless` was kept but is none.

    Each offered signal was noted, acted on (or both) or missed; none that is `away` was offered.
    """

    offered: tuple[SignalId, ...]
    noted: tuple[SignalId, ...]
    acted: tuple[SignalId, ...]
    missed: tuple[SignalId, ...]
    harmless: tuple[Sentence, ...]
    away: tuple[Away, ...]


@dataclass(frozen=True, slots=True)
class Debrief:
    """All that can be said after an ending."""

    path: tuple[Stop, ...]
    rules: tuple[Judged, ...]
    signals: Ledger


def look_back(scenario: Scenario, protocol: Protocol, attempt: Attempt) -> Debrief:
    """Return the debrief of an attempt, also of one that has not ended yet."""
    path = walk(scenario, protocol, attempt)
    return Debrief(path, _judged(protocol, attempt.trace, path), ledger(scenario, attempt))


def walk(scenario: Scenario, protocol: Protocol, attempt: Attempt) -> tuple[Stop, ...]:
    """Return the decisions of an attempt in order, each with its marks."""
    marks = iter(marked(protocol, attempt.trace))
    stops = []
    for decision, scene_id in zip(attempt.decisions, attempt.visited, strict=False):
        scene = scenario.scene(scene_id)
        choice = next(choice for choice in scene.choices if choice.id == decision.choice)
        own = [next(marks) for _ in choice.activities]
        stops.append(Stop(decision.number, scene, choice, _lanes(protocol, own)))
    return tuple(stops)


def ledger(scenario: Scenario, attempt: Attempt) -> Ledger:
    """Return the signals that were offered, in the order in which they were met, and what became of each."""
    scenes = [scenario.scene(scene) for scene in dict.fromkeys(attempt.visited)]
    on_offer = tuple(dict.fromkeys(signal.id for scene in scenes for signal in scene.signals))
    kept = [sentence for scene in scenes for sentence in scene.sentences if sentence.id in attempt.kept]
    noted = frozenset(signal for sentence in kept for signal in sentence.signals)
    return Ledger(
        offered=on_offer,
        noted=tuple(signal for signal in on_offer if signal in noted),
        acted=tuple(signal for signal in on_offer if signal in attempt.acted),
        missed=tuple(signal for signal in on_offer if signal not in noted | attempt.acted),
        harmless=tuple(sentence for sentence in kept if not sentence.signals),
        away=_away(scenario, attempt, on_offer),
    )


def rules(protocol: Protocol, trace: Trace) -> tuple[Judged, ...]:
    """Return the rules that a finished trace put to the test, without the decisions at which they were broken."""
    return _judged(protocol, trace, ())


def others(scenario: Scenario, attempt: Attempt) -> tuple[tuple[Choice, ...], ...]:
    """Return for each decision of an attempt the other choices that were on offer there."""
    here, rows = start(scenario, attempt.id), []
    for decision in attempt.decisions:
        rows.append(tuple(choice for choice in offered(scenario, here) if choice.id != decision.choice))
        here = decide(scenario, here, decision.choice)
    return tuple(rows)


def align(own: tuple[Stop, ...], other: tuple[Stop, ...]) -> tuple[tuple[Stop | None, Stop | None], ...]:
    """Return two paths side by side: stops in a scene that both came by share a row, and each stop stands in one row.

    Where the paths are apart, stops in different scenes share rows too, and the longer stretch has some to itself.
    """
    places = ([stop.scene.id for stop in own], [stop.scene.id for stop in other])
    rows: list[tuple[Stop | None, Stop | None]] = []
    for _, low, high, other_low, other_high in SequenceMatcher(None, *places, autojunk=False).get_opcodes():
        rows.extend(zip_longest(own[low:high], other[other_low:other_high]))
    return tuple(rows)


def find_signal(scenario: Scenario, signal_id: SignalId) -> tuple[Signal, Scene]:
    """Return a signal and the first scene that offers it; raises `KeyError` if none does."""
    for scene in scenario.scenes:
        for signal in scene.signals:
            if signal.id == signal_id:
                return signal, scene
    raise KeyError(signal_id)


def _away(scenario: Scenario, attempt: Attempt, on_offer: tuple[SignalId, ...]) -> tuple[Away, ...]:
    # The first place on the road from which a signal could be reached is the one that is told.
    found: dict[SignalId, Away] = {}
    for number, choices in enumerate(others(scenario, attempt), start=1):
        for choice in choices:
            for signal in scenario.scene(choice.target).signals:
                found.setdefault(signal.id, Away(signal.id, number, choice.id, choice.target))
    return tuple(away for signal, away in found.items() if signal not in on_offer)


def _lanes(protocol: Protocol, own: list[tuple[str, Mark]]) -> tuple[tuple[int, Mark], ...]:
    lanes: dict[int, Mark] = {}
    for activity, mark in own:
        step = step_of(protocol, activity)
        is_unjudged = mark is Mark.DONE and protocol.activity(activity).kind == "wrong"
        # What no rule of this protocol speaks of gets no tick: it was not good because nobody forbade it.
        if step and not is_unjudged:
            lanes[step] = min(lanes.get(step, mark), mark, key=list(Mark).index)
    return tuple(sorted(lanes.items()))


def _judged(protocol: Protocol, trace: Trace, path: tuple[Stop, ...]) -> tuple[Judged, ...]:
    told = [
        Judged(verdict.rule, _mark(protocol, trace, verdict), _stop_at(path, verdict.at))
        for verdict in judge(protocol, trace).verdicts
        if _is_telling(verdict, trace)
    ]
    return tuple(sorted(told, key=lambda judged: (list(Mark).index(judged.mark), judged.rule.severity != "norm")))


def _mark(protocol: Protocol, trace: Trace, verdict: Verdict) -> Mark:
    if verdict.truth is not Truth.VIOLATED:
        return Mark.KEPT
    return Mark.MEND if verdict.at and is_mended(protocol, trace, verdict.at) else Mark.BROKEN


def _is_telling(verdict: Verdict, trace: Trace) -> bool:
    # A rule that was never put to the test was not kept either; saying so would be praise for nothing.
    if verdict.truth is Truth.VIOLATED:
        return True
    rule, done = verdict.rule, frozenset(trace)
    match rule.template:
        case "existence":
            return bool(done & set(rule.any_of))
        case "precedence":
            return bool(done & set(rule.then)) and bool(done & set(rule.first))
        case "response":
            return bool(done & set(rule.first)) and bool(done & set(rule.then))
        case "not-coexistence":
            return bool(done & set(rule.first))
        case _:
            return True


def _stop_at(path: tuple[Stop, ...], at: int | None) -> int | None:
    if at is None:
        return None
    passed = 0
    for stop in path:
        passed += len(stop.choice.activities)
        if at <= passed:
            return stop.number
    return None
