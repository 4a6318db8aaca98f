"""What an author wrote, once it is sound: a frozen `Scenario` of scenes, signals and choices."""

from dataclasses import dataclass
from enum import StrEnum

SceneId = str
ChoiceId = str
SignalId = str
ActivityId = str
SentenceId = str


class Ending(StrEnum):
    """How a story ended; an ending is declared by its author, never guessed."""

    GOOD = "good"
    DEFENSIBLE = "defensible"
    REPAIRED = "repaired"
    HARM = "harm"


class Exercise(StrEnum):
    """What a scene lets one practise by itself; nothing that is filled in there is sent."""

    REGISTRATION = "registration"


class Measure(StrEnum):
    """What an effect changes. The first three run from -5 to 5 and start at 0; days only add up."""

    TRUST = "trust"
    SAFETY = "safety"
    AUTONOMY = "autonomy"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style: plain (""), "em" or "strong". Text is text; it never becomes markup."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a scene, which a trainee may keep; `signals` are those that it carries."""

    id: SentenceId
    runs: tuple[Run, ...]
    signals: tuple[SignalId, ...] = ()

    @property
    def text(self) -> str:
        """The sentence without its styles."""
        return "".join(run.text for run in self.runs)


Paragraph = tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """A fact in a scene that a trained eye would note."""

    id: SignalId
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A still life beside the scene: a file next to the notebook, and the words that replace it."""

    file: str
    alt: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Holds once a scene that offers `signal` was visited."""

    signal: SignalId
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Done:
    """Holds once `activity` was performed."""

    activity: ActivityId
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Holds while `measure` is `value` or more."""

    measure: Measure
    value: int
    wanted: bool = True


Condition = Seen | Done | AtLeast


@dataclass(frozen=True, slots=True)
class Effect:
    """Adds `amount` to `measure`."""

    measure: Measure
    amount: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One option in a scene, with all that follows from it."""

    id: ChoiceId
    text: str
    target: SceneId
    consequence: tuple[Paragraph, ...]
    activities: tuple[ActivityId, ...] = ()
    acts_on: tuple[SignalId, ...] = ()
    effects: tuple[Effect, ...] = ()
    conditions: tuple[Condition, ...] = ()
    once: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """One cell: what the trainee reads, and what they may do. `cell` counts from 1 in the notebook."""

    id: SceneId
    title: str
    story: tuple[Paragraph, ...]
    choices: tuple[Choice, ...] = ()
    signals: tuple[Signal, ...] = ()
    place: str = ""
    picture: Picture | None = None
    note: tuple[Paragraph, ...] = ()
    ending: Ending | None = None
    exercise: Exercise | None = None
    cell: int = 0

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the story, in order."""
        return tuple(sentence for paragraph in self.story for sentence in paragraph)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole case. Play starts in the first scene; `version` is a digest of what was compiled."""

    name: str
    version: str
    language: str
    title: str
    introduction: tuple[Paragraph, ...]
    protocol: str
    role: str
    minutes: int
    content: str
    sources: tuple[str, ...]
    scenes: tuple[Scene, ...]
    person: str = ""
    feedback_afterwards: bool = False

    # Scenarios are keys of a cache; hashing every sentence would cost more than what is kept there.
    def __hash__(self) -> int:
        return hash((self.name, self.language, self.version))

    @property
    def start(self) -> Scene:
        """The scene in which play starts."""
        return self.scenes[0]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The choices of all scenes, in order."""
        return tuple(choice for scene in self.scenes for choice in scene.choices)

    def scene(self, scene_id: SceneId) -> Scene:
        """Return the scene with this id; raises `KeyError` if there is none."""
        for scene in self.scenes:
            if scene.id == scene_id:
                return scene
        raise KeyError(scene_id)
