"""Which topics of trafficking a protocol covers, so that an association sees what its own text lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from casework.conformance.model import Protocol, Rule, Severity, Text

__all__ = ["TOPICS", "Cell", "Grade", "Part", "Topic", "coverage"]


class Grade(StrEnum):
    """How far a topic is covered, best first: by a norm, by advice, by an activity without a rule, not at all."""

    NORM = "norm"
    ADVICE = "advice"
    NAMED = "named"
    LACKING = "lacking"


@dataclass(frozen=True, slots=True)
class Part:
    """What a topic is recognised by: activities that a rule asks for, asks for beforehand, or holds back.

    `ahead` is for what makes sense only before something else, as consent does. Weighing is not among it: a rule that
    asks to weigh before going to the police does not ask everyone to weigh.
    """

    asked: tuple[str, ...]
    ahead: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. It is covered as far as the least covered of its parts."""

    id: str
    label: Text
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """How far a protocol covers a topic, and the rules that do it, in the protocol's order."""

    topic: Topic
    grade: Grade
    rules: tuple[str, ...]


Lists = Mapping[str, tuple[str, ...]]

CONSULT = (
    *("consult-colleague", "consult-attention-officer", "consult-behavioural-scientist"),
    *("advice-veilig-thuis", "advice-comensha", "advice-care-coordinator", "advice-fairwork", "advice-police"),
)
CONSENT = ("ask-consent",)
INTERPRETER = ("use-interpreter",)
PERIOD = ("explain-reflection-period",)

TOPICS = (
    Topic(
        "signals",
        Text("Signalen vastleggen", "Recording signals"),
        (Part(("record-facts", "gather-signals"), held=("ignore-signal",)),),
    ),
    Topic("kindcheck", Text("Kindcheck", "Child check"), (Part(("kindcheck",)),)),
    Topic("consult", Text("Overleg en advies", "Consultation and advice"), (Part(CONSULT, ahead=CONSULT),)),
    Topic("talk", Text("Gesprek", "The talk"), (Part(("talk", "waive-talk"), held=("talk",)),)),
    Topic("weigh", Text("Wegen", "Weighing"), (Part(("weigh",)),)),
    Topic(
        "decisions",
        Text("Beide besluiten: melden en hulp", "Both decisions: reporting and help"),
        (Part(("decide-report",)), Part(("decide-help",))),
    ),
    Topic(
        "registration",
        Text("Registratie bij CoMensha", "Registration with CoMensha"),
        (Part(("register-comensha",), held=("register-comensha", "register-without-consent")),),
    ),
    Topic(
        "consent",
        Text("Toestemming", "Consent"),
        (Part(CONSENT, ahead=CONSENT, held=("disclose-without-consent", "share-in-group", "blanket-consent")),),
    ),
    Topic(
        "interpreter",
        Text("Tolk", "Interpreter"),
        (Part(INTERPRETER, ahead=INTERPRETER, held=("companion-interprets",)),),
    ),
    Topic("reflection-period", Text("Bedenktijd", "Reflection period"), (Part(PERIOD, ahead=PERIOD),)),
)

# Where a template keeps each of these. The `first` of a response is none of them: it is when the rule begins to ask.
ASKED: Lists = {"existence": ("any_of",), "response": ("then",)}
AHEAD: Lists = {"precedence": ("first",)}
HELD: Lists = {"absence": ("any_of",), "precedence": ("then",), "not-coexistence": ("first", "then")}


def coverage(protocol: Protocol) -> tuple[Cell, ...]:
    """Return how far the protocol covers each topic, in the order of `TOPICS`."""
    return tuple(_cell(protocol, topic) for topic in TOPICS)


def _cell(protocol: Protocol, topic: Topic) -> Cell:
    speaking = [[rule for rule in protocol.rules if _speaks(rule, part)] for part in topic.parts]
    grades = [_grade(protocol, part, rules) for part, rules in zip(topic.parts, speaking, strict=True)]
    found = {rule.id for rules in speaking for rule in rules}
    return Cell(
        topic, max(grades, key=list(Grade).index), tuple(each.id for each in protocol.rules if each.id in found)
    )


def _grade(protocol: Protocol, part: Part, rules: list[Rule]) -> Grade:
    if rules:
        return Grade.NORM if any(rule.severity is Severity.NORM for rule in rules) else Grade.ADVICE
    named = {activity.id for activity in protocol.activities}
    return Grade.LACKING if named.isdisjoint(part.asked) else Grade.NAMED


def _speaks(rule: Rule, part: Part) -> bool:
    roles = ((ASKED, part.asked), (AHEAD, part.ahead), (HELD, part.held))
    return any(not _listed(rule, lists).isdisjoint(activities) for lists, activities in roles)


def _listed(rule: Rule, lists: Lists) -> set[str]:
    return {activity for key in lists.get(rule.template, ()) for activity in getattr(rule, key)}
