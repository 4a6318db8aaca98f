"""Another road beside one's own, as JSON values: the experienced colleague's, and the one that was not taken."""

from casework.play.attempt import Attempt, Decision, has_ended, replay
from casework.play.debrief import Stop, align, find_signal, others, walk
from casework.play.expert import expert
from casework.play.feedback import Mark
from casework.play.whatif import Contrast, Shift, WhatIf, compare, what_if
from casework.scenario.model import ChoiceId, Measure
from casework.widgets.view import STEP_LABELS, Setting, View, ending
from casework.words import Words, mark

PATH_WORDS = {
    Mark.BROKEN: mark("not followed"),
    Mark.MEND: mark("can still be mended"),
    Mark.KEPT: mark("mended later"),
    Mark.DONE: mark("followed"),
}
PATH_SHAPES = {Mark.BROKEN: "broken", Mark.MEND: "mend", Mark.KEPT: "mend", Mark.DONE: "kept"}
SHIFT_WORDS = {
    Mark.BROKEN: mark("then not followed"),
    Mark.MEND: mark("then mended"),
    Mark.KEPT: mark("then followed"),
    None: mark("then not at stake"),
}
LESS_OR_MORE = {
    Measure.TRUST: (mark("Then there is less trust."), mark("Then there is more trust.")),
    Measure.SAFETY: (mark("Then there is less safety."), mark("Then there is more safety.")),
    Measure.AUTONOMY: (mark("Then there is less own choice."), mark("Then there is more own choice.")),
}
RULE_SHAPES = {Mark.BROKEN: "broken", Mark.MEND: "mend", Mark.KEPT: "kept"}


def stop(say: Words, one: Stop) -> View:
    """Return one decision on a path, with its place, its number and how it stands in each step."""
    marks = [
        {"step": step, "label": say(STEP_LABELS[step - 1]), "is": PATH_SHAPES[marked], "word": say(PATH_WORDS[marked])}
        for step, marked in one.marks
    ]
    return {"number": one.number, "scene": one.scene.title, "choice": one.choice.text, "marks": marks}


def colleague(setting: Setting, attempt: Attempt, own: tuple[Stop, ...]) -> View | None:
    """Return the experienced colleague's road beside this one; nothing for a case in which no road keeps all norms."""
    say, scenario, road = setting.say, setting.scenario, expert(setting.scenario, setting.protocol)
    if road is None:
        return None
    there = replay(scenario, attempt.id, [Decision(number, choice) for number, choice in enumerate(road, start=1)])
    rows = align(own, walk(scenario, setting.protocol, there))
    is_same = all(mine and theirs and mine.choice.id == theirs.choice.id for mine, theirs in rows)
    return {
        "same": say("You took the same road as the experienced colleague.") if is_same else "",
        "rows": [] if is_same else [_row(say, mine, theirs) for mine, theirs in rows],
        "ends": [_end(setting, attempt), _end(setting, there)],
    }


def options(setting: Setting, attempt: Attempt, own: tuple[Stop, ...]) -> list[View]:
    """Return the decisions that could have been others, each with the other choices that were on offer."""
    rows = zip(own, others(setting.scenario, attempt), strict=True)
    return [
        {
            "number": one.number,
            "scene": one.scene.title,
            "choice": one.choice.text,
            "options": [{"id": choice.id, "text": choice.text} for choice in choices],
        }
        for one, choices in rows
        if choices
    ]


def answer(setting: Setting, attempt: Attempt, number: int, choice: ChoiceId) -> View:
    """Return what would have become of an attempt with another choice at `number`; raises `ChoiceNotOffered`."""
    say, scenario = setting.say, setting.scenario
    told = what_if(scenario, attempt, number, choice)
    differs = compare(scenario, setting.protocol, told.own, told.other)
    # Of a story that stops halfway nothing can be said but what it came by: its rules may still be kept.
    rules = differs.rules if has_ended(scenario, told.other) else ()
    grave = [shift for shift in rules if Mark.BROKEN in (shift.own, shift.other)]
    end = _ends(setting, told, differs)
    broken = [_rule(setting, shift) for shift in grave]
    return {
        "number": number,
        "choice": choice,
        "title": say("If you had chosen differently at choice {number}", number=number),
        "story": [*_course(setting, told), end],
        "ending": ending(setting, differs.endings[1]) if differs.endings[1] else None,
        "differs": [*_outcomes(setting, told, differs), *broken, *_signals(setting, told, differs)],
        "more": [_rule(setting, shift) for shift in rules if shift not in grave],
        "more_label": say.plural("{count} other rule", "{count} other rules", len(rules) - len(grave)),
        "from": number - 1,
        "button": say("Play on from choice {number}", number=number),
        "announce": end,
    }


def _row(say: Words, mine: Stop | None, theirs: Stop | None) -> View:
    # What is right after a talk with a colleague may be wrong before it: the same choice may stand differently.
    is_shared = bool(mine and theirs and _read(mine) == _read(theirs))
    return {
        "own": stop(say, mine) if mine else None,
        "other": stop(say, theirs) if theirs else None,
        "shared": is_shared,
    }


def _read(one: Stop) -> tuple[object, ...]:
    return one.scene.id, one.choice.text, one.marks


def _end(setting: Setting, attempt: Attempt) -> View:
    scene = setting.scenario.scene(attempt.scene)
    return {"scene": scene.title, "ending": ending(setting, scene.ending) if scene.ending else None}


def _course(setting: Setting, told: WhatIf) -> list[str]:
    say, scenario = setting.say, setting.scenario
    if told.parts is None:
        return [say("That is the choice that you made.")]
    scene = scenario.scene(told.own.visited[told.parts - 1])
    course = [say("The stories part at choice {number}, {scene}.", number=told.parts, scene=scene.title)]
    if told.meets:
        met = scenario.scene(told.meets.scene).title
        course.append(say("They meet again at {scene}.", scene=met))
    if told.kept:
        course.append(
            say.plural("{count} later choice fits there too.", "{count} later choices fit there too.", told.kept)
        )
    return course


def _ends(setting: Setting, told: WhatIf, differs: Contrast) -> str:
    say, scenario = setting.say, setting.scenario
    own, other = (scenario.scene(scene) for scene in differs.scenes)
    if not has_ended(scenario, told.other):
        return say(
            "You then stand at {scene}. Your later choices do not exist there: what happens next is up to you.",
            scene=other.title,
        )
    if differs.is_empty:
        return say("At the end there is no difference.")
    if own.id == other.id:
        return say("The story then ends at the same place: {scene}.", scene=other.title)
    return say("The story then ends at {scene}.", scene=other.title)


def _outcomes(setting: Setting, told: WhatIf, differs: Contrast) -> list[View]:
    rows = differs.outcomes if has_ended(setting.scenario, told.other) else ()
    return [_outcome(setting.say, *row) for row in rows]


def _outcome(say: Words, measure: Measure, own: int, other: int) -> View:
    if measure is not Measure.DAYS:
        return _fact("up" if other > own else "down", say(LESS_OR_MORE[measure][other > own]))
    days = abs(other - own)
    if other > own:
        return _fact("days", say.plural("{count} day more goes by.", "{count} days more go by.", days))
    return _fact("days", say.plural("{count} day less goes by.", "{count} days less go by.", days))


def _rule(setting: Setting, shift: Shift) -> View:
    shape = RULE_SHAPES[shift.other] if shift.other else "same"
    return _fact(shape, shift.rule.title.in_(setting.say.language), setting.say(SHIFT_WORDS[shift.other]))


def _signals(setting: Setting, told: WhatIf, differs: Contrast) -> list[View]:
    say = setting.say
    gained = [_fact("eye", _signal(setting, one), say("signal that you would have met")) for one in differs.gained]
    lost = [_fact("miss", _signal(setting, one), say("signal that you would not have met")) for one in differs.lost]
    return [*gained, *lost] if has_ended(setting.scenario, told.other) else gained


def _signal(setting: Setting, signal_id: str) -> str:
    return find_signal(setting.scenario, signal_id)[0].text


def _fact(shape: str, text: str, note: str = "") -> View:
    return {"is": shape, "text": text, "note": note}
