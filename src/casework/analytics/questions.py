"""What is asked of the official figures, as a table of sentences; the numbers in the gaps come from the rows."""

from dataclasses import dataclass
from enum import StrEnum

from casework.words import mark


class Topic(StrEnum):
    """The questions, in the order of the page."""

    REGISTERED = "registered"
    ESTIMATED = "estimated"
    REPORTERS = "reporters"
    INDICATION = "indication"
    CARE = "care"
    MUNICIPALITIES = "municipalities"


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what is told of it. `caution` is the one sentence that says what may not be concluded.

    `counts` says what the numbers of its chart are, `note` explains its stars. `sources` are ids of sources that carry
    what is told beside the figures.
    """

    topic: Topic
    title: str
    told: tuple[str, ...]
    caution: str
    counts: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()


QUESTIONS = (
    Question(
        Topic.REGISTERED,
        title=mark("How many people are registered?"),
        told=(
            mark(
                "CoMensha registers people who may be victims of human trafficking. "
                "In {year} these were {number} people."
            ),
            mark(
                "From {since} people were counted in another way. That is why there is a gap in the chart. Do not "
                "compare the years on both sides of it."
            ),
        ),
        caution=mark(
            "More or fewer registrations do not mean that there were more or fewer victims: according to the National "
            "Rapporteur the number follows above all how often people report."
        ),
        counts=mark("people registered with CoMensha, by year"),
        note=mark(
            "* For 2019 and 2020 there are two official numbers. Drawn is what CoMensha counted. The National "
            "Rapporteur first counted {first} people in 2019 and {second} in 2020."
        ),
        sources=("S30",),
    ),
    Question(
        Topic.ESTIMATED,
        title=mark("And how many are there really?"),
        told=(
            mark(
                "Nobody can count all victims. Researchers estimate how many there are from the lists of "
                "organisations: how often is the same person on more than one list?"
            ),
            mark("The newest estimate is about {number} people a year, for {years}."),
            mark(
                "The orange bar shows between which numbers the researchers expect it. "
                "The line in it is their best guess."
            ),
        ),
        caution=mark(
            "An estimate is not a count, and because the margins of the two overlap you cannot conclude that there are "
            "fewer victims now."
        ),
        counts=mark("people a year: estimated, and registered in the same years"),
    ),
    Question(
        Topic.REPORTERS,
        title=mark("Who reports?"),
        told=(
            mark("Most reports to CoMensha in {year}: {first}, {most}. Next: {second}, {next}."),
            mark(
                "Police, Royal Marechaussee and labour inspectorate must report. According to CoMensha care "
                "organisations need written consent first."
            ),
            mark("For youth care and for municipalities we found no number of their own."),
        ),
        caution=mark(
            "One person can be reported by several organisations, so do not add the reports up to people, and do not "
            "conclude from them who meets most victims."
        ),
        counts=mark("share of the reports in {year}; between brackets how many"),
        sources=("S30", "S67"),
    ),
    Question(
        Topic.INDICATION,
        title=mark("What is the ‘slightest indication’, and why does it matter?"),
        told=(
            mark(
                "The ‘slightest indication’, in Dutch ‘geringste aanwijzing’, is the smallest sign that somebody may "
                "be a victim of human trafficking. Being certain is not needed."
            ),
            mark(
                "Has somebody no right to stay in the Netherlands? Then at the slightest indication police or Royal "
                "Marechaussee must offer a reflection period: three months at most. In that time the person need not "
                "leave."
            ),
            mark(
                "Whoever then files a complaint or helps in another way may get a permit for a year. It may be "
                "extended as long as the criminal case lasts."
            ),
            mark(
                "When is an indication enough? CoMensha saw much uncertainty about that in 2017, and the National "
                "Rapporteur studied it."
            ),
            mark(
                "What you can do: write down what you see and hear, and keep it apart from what you think. You cannot "
                "give a reflection period yourself, so never promise it."
            ),
        ),
        caution=mark("There is no number here: our sources do not say how often a reflection period is offered."),
        sources=("S70", "Z4", "S82"),
    ),
    Question(
        Topic.CARE,
        title=mark("Does health care see victims?"),
        told=(
            mark(
                "In a report of {year}, {share} of the doctors said that they had at some time seen a victim in their "
                "work."
            ),
            mark(
                "In one court case a victim had been to doctors {visits} times with injuries. Nobody noticed the "
                "exploitation. That is one story, not a figure about health care."
            ),
            mark("Other percentages are going round. We do not draw what we could not trace to its source."),
        ),
        caution=mark(
            "This is what people said about their whole career, and our source does not say how many were asked, so "
            "you cannot conclude how many victims doctors see or miss."
        ),
        counts=mark("of every 100 doctors, report of {year}"),
    ),
    Question(
        Topic.MUNICIPALITIES,
        title=mark("What do municipalities see?"),
        told=(
            mark(
                "According to a report of {year}, {unknown} of the municipalities had no idea whether there was human "
                "trafficking. {without} had no policy of its own."
            ),
            mark("Later it was agreed that by 2022 every municipality has a policy and care coordination."),
        ),
        caution=mark("These figures come from a report of {year}, so they say nothing about your municipality today."),
        counts=mark("of every 100 municipalities, report of {year}"),
        sources=("S61", "S75"),
    ),
)
