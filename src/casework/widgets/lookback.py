"""The debrief as one JSON value: outcomes, the last moment, the path, the colleague, rules, signals and questions."""

from collections.abc import Iterable
from typing import Any

from casework.cards import deck
from casework.play.attempt import Attempt
from casework.play.debrief import Away, Debrief, Judged, Stop, find_signal, look_back
from casework.play.feedback import Mark
from casework.play.moment import Outlook, outlook
from casework.play.practice import seconds
from casework.scenario.model import Ending, Exercise, Measure, Sentence, SignalId
from casework.widgets import beside
from casework.widgets.verdicts import verdict
from casework.widgets.view import MEASURES, Setting, ending
from casework.words import Words

MOST_QUESTIONS = 4


def debrief(setting: Setting, attempt: Attempt) -> dict[str, Any]:
    """Return the debrief of an attempt that has ended, in the words of its scenario's language."""
    say, back = setting.say, look_back(setting.scenario, setting.protocol, attempt)
    kind = setting.scenario.scene(attempt.scene).ending or Ending.HARM
    view = outlook(setting.scenario, setting.protocol, attempt)
    return {
        "ending": ending(setting, kind),
        "summary": say.plural("{count} choice", "{count} choices", len(attempt.decisions)),
        "outcomes": [_outcome(say, measure, attempt) for measure in (Measure.SAFETY, Measure.TRUST, Measure.AUTONOMY)],
        "law": _law(say, back),
        "days": say.plural("{count} day went by.", "{count} days went by.", attempt.outcomes.days),
        "moment": _moment(say, back.path, view, is_harm=kind is Ending.HARM),
        "practice": _practice(setting, attempt),
        "path": [beside.stop(say, stop) for stop in back.path],
        "colleague": beside.colleague(setting, attempt, back.path),
        "options": beside.options(setting, attempt, back.path),
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


def _practice(setting: Setting, attempt: Attempt) -> str:
    spent = seconds(setting.scenario, attempt, Exercise.REGISTRATION)
    if spent is None:
        return ""
    minutes, rest = divmod(spent, 60)
    return setting.say("You spent {minutes} min {seconds} s on the practice form.", minutes=minutes, seconds=rest)


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


def _moment(say: Words, path: tuple[Stop, ...], view: Outlook, *, is_harm: bool) -> dict[str, Any]:
    if view.is_conforming:
        title = say("An ending without harm stayed within reach all along, and you reached it")
        return _told(title, say("You followed all norms. You may well pause at that."))
    if view.number is None:
        title = say("In this story there was no ending without harm in which all norms are followed")
        return _told(title, say("That lies in the story, not in you."))
    turn = path[view.number]
    return {
        "title": _last_moment(say, path, view.number, is_harm=is_harm),
        "text": say("What came next was choice {number}, {scene}:", number=turn.number, scene=turn.scene.title),
        "chosen": turn.choice.text,
        "after": say(
            "After that it was no longer possible. That is no reproach: this is where there is most to discover."
        ),
        "from": view.number,
        "turn": turn.number,
        "note": say("You come back at {scene}. Your earlier choices are already made.", scene=turn.scene.title),
    }


def _told(title: str, text: str) -> dict[str, Any]:
    return {"title": title, "text": text, "chosen": "", "after": "", "from": None, "turn": None, "note": ""}


def _last_moment(say: Words, path: tuple[Stop, ...], number: int, *, is_harm: bool) -> str:
    if number == 0 and is_harm:
        return say("At the beginning it could still have ended well")
    if number == 0:
        return say("At the beginning all norms could still have been followed")
    place = {"number": number, "scene": path[number - 1].scene.title}
    if is_harm:
        return say("Up to and including choice {number}, {scene}, it could still have ended well", **place)
    return say("Up to and including choice {number}, {scene}, all norms could still have been followed", **place)


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
        "away": [_away(setting, away) for away in ledger.away],
        "harmless": [_sentence(setting, sentence) for sentence in ledger.harmless],
        "cards": _cards(setting.scenario.name, ledger.offered),
    }


def _cards(case: str, signals: Iterable[SignalId]) -> list[str]:
    """Return the cards of the signals that were there to see, each once, in the order in which they were met."""
    known = deck.by_signal(deck.signals())
    return list(dict.fromkeys(card.id for signal in signals for card in known.get(f"{case}/{signal}", ())))


def _signal(setting: Setting, signal_id: SignalId) -> dict[str, str]:
    signal, scene = find_signal(setting.scenario, signal_id)
    return {"text": signal.text, "scene": scene.title}


def _away(setting: Setting, away: Away) -> dict[str, str]:
    signal, _ = find_signal(setting.scenario, away.signal)
    scene = setting.scenario.scene(away.scene).title
    where = setting.say("{scene}, by another choice at number {number}", scene=scene, number=away.number)
    return {"text": signal.text, "scene": where}


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
