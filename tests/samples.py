"""A small case for tests: three scenes and two endings, with a condition, a choice on offer once, and a signal.

 door ── listen ──> kitchen ── call (if seen wound) ──> good
   │ ^                 └────── leave ─────────────────> harm
wait (once)
"""

from dataclasses import replace

from casework.scenario.model import (
    Choice,
    Effect,
    Ending,
    Measure,
    Run,
    Scenario,
    Scene,
    Seen,
    Sentence,
    Signal,
)

WAIT, LISTEN, CALL, LEAVE = "door/door", "door/kitchen", "kitchen/good", "kitchen/harm"
DOOR_SENTENCE, WOUND_SENTENCE, END_SENTENCE = "door:000001", "kitchen:000001", "good:000001"


def sentence(sentence_id: str, text: str, *signals: str) -> Sentence:
    """Return a plain sentence that carries these signals."""
    return Sentence(sentence_id, (Run(text),), signals)


SAMPLE = Scenario(
    name="sample",
    version="000000000001",
    language="nl",
    title="Aan de deur",
    introduction=((sentence("intro:000001", "Dit verhaal is verzonnen."),),),
    protocol="meldcode",
    role="wijkverpleegkundige",
    minutes=5,
    content="geweld",
    sources=("S6",),
    person="Sam",
    scenes=(
        Scene(
            id="door",
            title="De deur",
            story=((sentence(DOOR_SENTENCE, "De deur staat open."),),),
            choices=(
                Choice(WAIT, "U wacht", "door", (), once=True, effects=(Effect(Measure.DAYS, 1),)),
                Choice(LISTEN, "U luistert", "kitchen", (), activities=("talk",), effects=(Effect(Measure.TRUST, 1),)),
            ),
        ),
        Scene(
            id="kitchen",
            title="De keuken",
            story=((sentence(WOUND_SENTENCE, "Sam houdt een arm tegen het lichaam.", "wound"),),),
            signals=(Signal("wound", "Sam heeft een wond"),),
            choices=(
                Choice(CALL, "U belt", "good", (), acts_on=("wound",), conditions=(Seen("wound"),)),
                Choice(LEAVE, "U gaat weg", "harm", (), effects=(Effect(Measure.SAFETY, -2),)),
            ),
        ),
        Scene(
            id="good",
            title="Hulp",
            story=((sentence(END_SENTENCE, "Er komt hulp."),),),
            ending=Ending.GOOD,
        ),
        Scene(id="harm", title="Te laat", story=(), ending=Ending.HARM),
    ),
)


def edited(scenario: Scenario, *, version: str, without: str = "") -> Scenario:
    """Return the scenario as its author left it after an edit: another version, one choice less."""
    scenes = tuple(
        replace(scene, choices=tuple(choice for choice in scene.choices if choice.id != without))
        for scene in scenario.scenes
    )
    return replace(scenario, version=version, scenes=scenes)
