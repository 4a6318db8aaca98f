"""The trainee's screen as one JSON value: all that player.js draws, with every word in place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.conformance.protocol import Protocol
from casework.play.attempt import Attempt, offered, replay
from casework.play.feedback import Mark, Remark, Step, last_step, remarks, steps
from casework.scenario.model import Choice, Ending, Measure, Paragraph, Scenario, Scene, SignalId
from casework.widgets.verdicts import MARK_WORDS, verdict
from casework.words import Words, mark, words

View = dict[str, Any]

ENDINGS = {
    Ending.GOOD: (mark("Ending: good"), mark("You saw it, shared it and acted. That made room for what comes next.")),
    Ending.DEFENSIBLE: (mark("Ending: defensible"), mark("Another good road. It had a price of its own.")),
    Ending.REPAIRED: (
        mark("Ending: repaired"),
        mark("Something went wrong. You put it right afterwards, as far as that could be done."),
    ),
    Ending.HARM: (
        mark("Ending: harm"),
        mark("It went wrong. The look back shows where it could still have gone another way."),
    ),
}
MEASURES = {
    Measure.TRUST: mark("Trust"),
    Measure.SAFETY: mark("Safety"),
    Measure.AUTONOMY: mark("Own choice"),
}
STEP_LABELS = (mark("Signals"), mark("Consult"), mark("Talk"), mark("Weigh"), mark("Decide"))
STEP_WORDS = {
    Mark.BROKEN: mark("not followed"),
    Mark.MEND: mark("can still be mended"),
    Mark.KEPT: mark("mended"),
    Mark.DONE: mark("visited"),
    Mark.TODO: mark("not yet"),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What stays the same while a trainee plays: the case, its rules, its sources and its pictures."""

    scenario: Scenario
    protocol: Protocol
    sources: Mapping[str, str]
    pictures: Mapping[str, str]

    @property
    def say(self) -> Words:
        """The interface in the language of the scenario."""
        return words(self.scenario.language)


def cover(setting: Setting) -> View:
    """Return the parts of a view that tell nothing of what lies ahead: for the page before play begins."""
    scenario = setting.scenario
    return {
        "name": scenario.name,
        "title": scenario.title,
        "role": scenario.role,
        "minutes": scenario.minutes,
        "content": scenario.content,
        "person": scenario.person,
        "introduction": [paragraph(part) for part in scenario.introduction],
        "version": scenario.version,
    }


def show(setting: Setting, attempt: Attempt, *, has_help: bool = False, notice: str = "") -> View:
    """Return the whole view of an attempt."""
    return {
        "language": setting.scenario.language,
        "attempt": attempt.id,
        "number": len(attempt.decisions),
        "notice": notice,
        "case": cover(setting),
        "scene": _scene(setting, attempt, has_help=has_help),
        "consequence": _consequence(setting, attempt) if attempt.decisions else None,
        **_steps(setting, attempt),
        "notebook": _notebook(setting, attempt),
        "help": has_help,
    }


def paragraph(part: Paragraph) -> list[View]:
    """Return a paragraph as the player draws it: sentences, each a list of runs of text with their style."""
    return [{"id": sentence.id, "runs": [[run.text, run.style] for run in sentence.runs]} for sentence in part]


def ending(setting: Setting, kind: Ending) -> View:
    """Return what an ending is called and what that means."""
    label, meaning = ENDINGS[kind]
    return {"kind": kind.value, "label": setting.say(label), "meaning": setting.say(meaning)}


def _scene(setting: Setting, attempt: Attempt, *, has_help: bool) -> View:
    scene = setting.scenario.scene(attempt.scene)
    return {
        "id": scene.id,
        "title": scene.title,
        "place": scene.place,
        "exercise": setting.say("Practice form. Nothing is sent.") if scene.exercise else "",
        "picture": _picture(setting, scene),
        "story": [paragraph(part) for part in scene.story],
        "facts": [signal.text for signal in scene.signals] if has_help else [],
        "choices": [{"id": choice.id, "text": choice.text} for choice in offered(setting.scenario, attempt)],
        "ending": ending(setting, scene.ending) if scene.ending else None,
    }


def _picture(setting: Setting, scene: Scene) -> View | None:
    if scene.picture is None or scene.picture.file not in setting.pictures:
        return None
    return {"src": setting.pictures[scene.picture.file], "alt": scene.picture.alt}


def _consequence(setting: Setting, attempt: Attempt) -> View:
    before, choice = _last(setting.scenario, attempt)
    said = () if setting.scenario.feedback_afterwards else remarks(setting.protocol, before.trace, attempt.trace)
    say = setting.say
    heading = (
        say("What happens to {person}", person=setting.scenario.person)
        if setting.scenario.person
        else say("What happens")
    )
    return {
        "number": len(attempt.decisions),
        "chosen": choice.text,
        "heading": heading,
        "story": [paragraph(part) for part in choice.consequence],
        "changes": _changes(setting, before, attempt, choice),
        "belongs": "" if setting.scenario.feedback_afterwards else _belongs(setting, choice),
        "verdicts": [verdict(remark.rule, remark.mark, setting.sources, say) for remark in said],
        "announce": _announcement(setting, said, choice),
    }


def _last(scenario: Scenario, attempt: Attempt) -> tuple[Attempt, Choice]:
    before = replay(scenario, attempt.id, attempt.decisions[:-1])
    last = attempt.decisions[-1]
    choice = next(choice for choice in offered(scenario, before) if choice.id == last.choice)
    return before, choice


def _belongs(setting: Setting, choice: Choice) -> str:
    step = last_step(setting.protocol, choice.activities)
    if step is None:
        return ""
    return setting.say("This belongs to step {number}, {label}.", number=step, label=setting.say(STEP_LABELS[step - 1]))


def _changes(setting: Setting, before: Attempt, after: Attempt, choice: Choice) -> list[View]:
    say = setting.say
    rows = [
        _change(say, measure, after.outcomes.value(measure) - before.outcomes.value(measure)) for measure in MEASURES
    ]
    kept = [row for row in rows if row["direction"] != "same" or row["measure"] != Measure.AUTONOMY]
    return [*kept, *_days(say, after.outcomes.days - before.outcomes.days), *_acted(setting, choice)]


def _change(say: Words, measure: Measure, amount: int) -> View:
    sizes = {-1: say("less"), 0: say("the same"), 1: say("more")}
    word = sizes.get(amount) or (say("much more") if amount > 0 else say("much less"))
    direction = "same" if amount == 0 else "up" if amount > 0 else "down"
    return {"measure": measure.value, "label": say(MEASURES[measure]), "word": word, "direction": direction}


def _days(say: Words, days: int) -> list[View]:
    if not days:
        return []
    word = say.plural("{count} day goes by", "{count} days go by", days)
    return [{"measure": "days", "label": say("Time"), "word": word, "direction": "same"}]


def _acted(setting: Setting, choice: Choice) -> list[View]:
    texts = _signal_texts(setting.scenario)
    return [
        {
            "measure": "signal",
            "label": setting.say("You did something with"),
            "word": texts[signal],
            "direction": "note",
        }
        for signal in choice.acts_on
    ]


def _signal_texts(scenario: Scenario) -> dict[SignalId, str]:
    return {signal.id: signal.text for scene in reversed(scenario.scenes) for signal in scene.signals}


def _steps(setting: Setting, attempt: Attempt) -> View:
    if setting.scenario.feedback_afterwards:
        return {"steps": [], "steps_note": ""}
    last = _last(setting.scenario, attempt)[1].activities if attempt.decisions else ()
    standing = steps(setting.protocol, attempt.trace, last)
    return {"steps": [_step(setting.say, step) for step in standing], "steps_note": _steps_note(setting.say, standing)}


def _step(say: Words, step: Step) -> View:
    shape = "now" if step.is_current and step.mark in {Mark.DONE, Mark.KEPT, Mark.TODO} else step.mark.value
    return {
        "number": step.number,
        "label": say(STEP_LABELS[step.number - 1]),
        "is": "done" if shape == Mark.KEPT else shape,
        "word": say("now") if shape == "now" else say(STEP_WORDS[step.mark]),
        "current": step.is_current,
    }


def _steps_note(say: Words, standing: tuple[Step, ...]) -> str:
    notes = [
        *(say("You can still mend step {number}.", number=step.number) for step in standing if step.mark is Mark.MEND),
        *(
            say("Something in step {number} was not followed.", number=step.number)
            for step in standing
            if step.mark is Mark.BROKEN
        ),
    ]
    return " ".join(notes) or say("The order of the steps is a guide, not a duty.")


def _announcement(setting: Setting, said: tuple[Remark, ...], choice: Choice) -> str:
    # Focus already reads the consequence; the status says only what sight would notice elsewhere: a step that changed.
    step = last_step(setting.protocol, choice.activities)
    grave = [remark.mark for remark in said if remark.mark in {Mark.BROKEN, Mark.MEND}]
    if step is None or not grave:
        return ""
    label = setting.say(STEP_LABELS[step - 1])
    return setting.say(
        "Step {number}, {label}: {word}.", number=step, label=label, word=setting.say(MARK_WORDS[grave[0]]).lower()
    )


def _notebook(setting: Setting, attempt: Attempt) -> View:
    scenes = [setting.scenario.scene(scene) for scene in dict.fromkeys(attempt.visited)]
    kept = [
        {
            "id": sentence.id,
            "text": sentence.text,
            "scene": scene.title,
            "acted": bool(attempt.acted & set(sentence.signals)),
        }
        for scene in scenes
        for part in scene.story
        for sentence in part
        if sentence.id in attempt.kept
    ]
    return {"label": setting.say.plural("{count} sentence", "{count} sentences", len(kept)), "kept": kept}
