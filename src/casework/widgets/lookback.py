"""The debrief as one JSON value: outcomes side by side, the path in five lanes, rules, signals and questions."""

from typing import Any

from casework.play.attempt import Attempt
from casework.play.debrief import Debrief, Judged, Stop, find_signal, look_back
from casework.play.feedback import Mark
from casework.scenario.model import Ending, Measure, Sentence, SignalId
from casework.widgets.verdicts import verdict
from casework.widgets.view import MEASURES, Setting, ending
from casework.words import Words, mark

PATH_WORDS = {
    Mark.BROKEN: mark("not followed"),
    Mark.MEND: mark("can still be mended"),
    Mark.KEPT: mark("mended later"),
    Mark.DONE: mark("followed"),
}
PATH_SHAPES = {Mark.BROKEN: "broken", Mark.MEND: "mend", Mark.KEPT: "mend", Mark.DONE: "kept"}
MOST_QUESTIONS = 4


def debrief(setting: Setting, attempt: Attempt) -> dict[str, Any]:
    """Return the debrief of an attempt that has ended, in the words of its scenario's language."""
    say, back = setting.say, look_back(setting.scenario, setting.protocol, attempt)
    kind = setting.scenario.scene(attempt.scene).ending or Ending.HARM
    return {
        "ending": ending(setting, kind),
        "summary": say.plural("{count} choice", "{count} choices", len(attempt.decisions)),
        "outcomes": [_outcome(say, measure, attempt) for measure in (Measure.SAFETY, Measure.TRUST, Measure.AUTONOMY)],
        "law": _law(say, back),
        "days": say.plural("{count} day went by.", "{count} days went by.", attempt.outcomes.days),
        "path": [_stop(say, stop) for stop in back.path],
        "rules": [_rule(setting, judged, back) for judged in back.rules],
        "kept": say.plural("{count} rule followed", "{count} rules followed", _count(back, Mark.KEPT)),
        "signals": _signals(setting, back),
        "questions": _questions(setting, back),
    }


def _outcome(say: Words, measure: Measure, attempt: Attempt) -> dict[str, Any]:
    value = attempt.outcomes.value(measure)
    texts = {-1: say("Worse than at the start."), 0: say("As at the start."), 1: say("Better than at the start.")}
    signed = say("Plus {value}", value=value) if value > 0 else say("Minus {value}", value=-value) if value < 0 else "0"
    return {
        "measure": measure.value,
        "label": say(MEASURES[measure]),
        "value": value,
        "text": texts[(value > 0) - (value < 0)],
        "scale": say("{value} on a scale from minus 5 to plus 5", value=signed),
    }


def _count(back: Debrief, marked: Mark) -> int:
    return sum(judged.mark is marked for judged in back.rules)


def _law(say: Words, back: Debrief) -> dict[str, Any]:
    norms = [judged.mark for judged in back.rules if judged.rule.severity == "norm"]
    kept, broken = norms.count(Mark.KEPT), len(norms) - norms.count(Mark.KEPT)
    items = (
        [{"is": "kept", "text": say.plural("{count} norm followed", "{count} norms followed", kept)}] if kept else []
    )
    if broken:
        items.append(
            {"is": "broken", "text": say.plural("{count} norm not followed", "{count} norms not followed", broken)}
        )
    return {"label": say("Law"), "items": items or [{"is": "kept", "text": say("No norm was at stake here.")}]}


def _stop(say: Words, stop: Stop) -> dict[str, Any]:
    marks = [{"step": step, "is": PATH_SHAPES[marked], "word": say(PATH_WORDS[marked])} for step, marked in stop.marks]
    return {"number": stop.number, "scene": stop.scene.title, "choice": stop.choice.text, "marks": marks}


def _rule(setting: Setting, judged: Judged, back: Debrief) -> dict[str, Any]:
    say = setting.say
    told = verdict(judged.rule, judged.mark, setting.sources, say)
    if judged.mark is Mark.MEND:
        told["word"] = say("Mended")
    elif judged.mark is Mark.BROKEN and judged.stop is None:
        # Advice that was never taken up is no offence; shown like one, it would drown what really went wrong.
        told |= {"word": say("Not done"), "is": "broken" if judged.rule.severity == "norm" else "now"}
    stop = next((stop for stop in back.path if stop.number == judged.stop), None)
    when = say("at choice {number}, {scene}", number=stop.number, scene=stop.scene.title) if stop else ""
    return {**told, "when": when}


def _signals(setting: Setting, back: Debrief) -> dict[str, Any]:
    say, ledger = setting.say, back.signals
    noted = tuple(signal for signal in ledger.noted if signal not in ledger.acted)
    return {
        "title": say.plural(
            "{count} signal was there to see", "{count} signals were there to see", len(ledger.offered)
        ),
        "acted": [_signal(setting, signal) for signal in ledger.acted],
        "noted": [_signal(setting, signal) for signal in noted],
        "missed": [_signal(setting, signal) for signal in ledger.missed],
        "harmless": [_sentence(setting, sentence) for sentence in ledger.harmless],
    }


def _signal(setting: Setting, signal_id: SignalId) -> dict[str, str]:
    signal, scene = find_signal(setting.scenario, signal_id)
    return {"text": signal.text, "scene": scene.title}


def _sentence(setting: Setting, sentence: Sentence) -> dict[str, str]:
    scene_id = sentence.id.rpartition(":")[0]
    return {"text": sentence.text, "scene": setting.scenario.scene(scene_id).title}


def _questions(setting: Setting, back: Debrief) -> list[str]:
    # The first question of each broken rule before the second of any: a room gets more subjects that way.
    language = setting.say.language
    asked = [judged.rule.questions.in_(language) for judged in back.rules if judged.mark in {Mark.BROKEN, Mark.MEND}]
    asked = asked or [judged.rule.questions.in_(language) for judged in back.rules if judged.rule.severity == "norm"]
    ordered = [questions[i] for i in range(2) for questions in asked if i < len(questions)]
    return ordered[:MOST_QUESTIONS]
