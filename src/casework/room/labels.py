"""What clusters, and what becomes of them, are called: on the screen and on paper the same."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from casework.play.bottleneck import HEAVIEST
from casework.play.disclosure import LEAST, Cover
from casework.play.network import Bundle, Meeting, News, Receiver, Status
from casework.play.stumbling import Stumble
from casework.words import Words, day, mark, number


@dataclass(frozen=True, slots=True)
class Address:
    """To whom a cluster may go: a name, what they are there for, and the sources of that."""

    name: str
    about: str
    source: tuple[str, ...]


RECEIVERS = {
    Receiver.SOM: Address(
        mark("SOM"),
        mark(
            "Strategisch Overleg Mensenhandel: organisations meet there that shelter, guide or speak up for a large "
            "part of the victims."
        ),
        ("Z5",),
    ),
    Receiver.TASKFORCE: Address(
        mark("Taskforce"),
        mark(
            "Taskforce Aanpak Mensenhandel, since 2008, chaired by the public prosecution service: it points out "
            "bottlenecks and brings solutions."
        ),
        ("Z5",),
    ),
    Receiver.ASSOCIATION: Address(
        mark("Professional association"),
        mark("It keeps the Meldcode of a profession, and can include trafficking in it."),
        ("Z1",),
    ),
    Receiver.MUNICIPALITY: Address(
        mark("Municipality"),
        mark("It makes local policy. For 2022 it was agreed that care coordination is assured."),
        ("S61", "S75"),
    ),
}
CAUTION = mark(
    "None of these is a place to report a victim. What is said here of SOM and Taskforce is from 2016: ask CoMensha "
    "whether it still works that way."
)
STATUSES = {
    Status.NEW: mark("New"),
    Status.PASSED_ON: mark("Passed on"),
    Status.ANSWERED: mark("Answered"),
    Status.SOLVED: mark("Solved"),
}
MEETINGS = {Meeting.NEXT: mark("Next meeting"), Meeting.THEME: mark("Theme day")}
WEIGHTS = (mark("Not heavy"), mark("A little"), mark("Heavy"), mark("Very heavy"))
STEPS = (mark("Signals"), mark("Consult"), mark("Talk"), mark("Weigh"), mark("Decide"))
STEP = mark("Step {number}: {label}")
PRACTICE = mark(
    "This is practice with a made-up story. It shows where a case is hard, not how often something goes wrong at work; "
    "somebody may have played more than once. Counted are playings of months that are over, and of workshops that have "
    "ended; not those of a case that was changed or is gone."
)
LONE = mark("Not weighed")


def weight(mean: Fraction, say: Words) -> str:
    """Return what rooms found on average, rounded down to one decimal: 2,3 of 3."""
    tenths = int(mean * 10)
    comma = "." if say.language == "en" else ","
    return say("{weight} of {most}", weight=f"{tenths // 10}{comma}{tenths % 10}", most=HEAVIEST)


def weighs(bundle: Bundle, say: Words) -> str:
    """Return how heavy a cluster is: as it was weighed by hand, else as the rooms found it."""
    if bundle.cluster.weight is not None:
        return say(WEIGHTS[bundle.cluster.weight])
    return say(LONE) if bundle.mean is None else weight(bundle.mean, say)


def texts(bundle: Bundle, say: Words) -> str:
    """Return how many texts a cluster has; a number under five is not said, as each may be a person."""
    if 0 < bundle.texts < LEAST:
        return say("fewer than 5")
    return number(bundle.texts, say.language)


def step(place: int, say: Words) -> str:
    """Return a step of the Meldcode by its number and its name."""
    return say(STEP, number=place, label=say(STEPS[place - 1]))


def told(news: News | None, say: Words) -> str:
    """Return what became of a cluster, to or by whom and when; that it is new where nothing did."""
    if news is None:
        return say(STATUSES[Status.NEW])
    who = f" · {say(RECEIVERS[news.receiver].name)}" if news.receiver else ""
    return f"{say(STATUSES[news.status])}{who} · {day(date.fromisoformat(news.day), say.language)}"


def stumbled(found: Stumble, say: Words) -> str:
    """Return how many did not follow a rule at once, as far as it may be shown."""
    if found.total is not None and found.broken.count is not None:
        return say(
            "{count} of {total} did not follow it at once",
            count=number(found.broken.count, say.language),
            total=number(found.total, say.language),
        )
    if found.broken.cover is Cover.FEW:
        return say("fewer than 5 did not follow it at once")
    return say("not shown: one could work out a small group")
