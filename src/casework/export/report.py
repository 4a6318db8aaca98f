"""What a session leaves: the road that was taken, the votes with their shift, rules, open questions, bottlenecks.

One page that loads nothing and prints well. It is made from minutes, in which no cell is a person, and adds no count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from babel.dates import format_date

from casework import items
from casework.conformance.protocol import Protocol, Rule
from casework.export.page import render
from casework.export.paper import ENDINGS
from casework.gains import Gains, gains
from casework.play.bottleneck import HEAVIEST, Weighed
from casework.play.debrief import Judged, Stop
from casework.play.disclosure import Cell, Cover, Trend
from casework.play.feedback import Mark
from casework.play.showing import Held, Line, Minutes
from casework.play.survey import Learned
from casework.scenario.model import ChoiceId, Scenario, SceneId
from casework.words import Words, mark, words

MARKS = {Mark.BROKEN: mark("Not followed"), Mark.MEND: mark("Mended"), Mark.KEPT: mark("Followed")}
TRENDS = {
    Trend.MORE: mark("more than at first"),
    Trend.LESS: mark("fewer than at first"),
    Trend.SAME: mark("about as many as at first"),
}
SENTENCES = {
    "report": mark("Report of a session"),
    "fiction": mark("This story and the people in it are fiction."),
    "date": mark("Date"),
    "role": mark("Role"),
    "joined": mark("Phones that took part"),
    "privacy": mark(
        "Nobody gave a name. A group of fewer than five people is never shown as a number here, and where one could "
        "work such a number out, another is left out too."
    ),
    "road": mark("The road that the room took"),
    "road_none": mark("The room stayed in the first scene."),
    "left_out": mark("Left out that day"),
    "detours": mark("Also looked at: the road of the smaller group"),
    "votes": mark("How the room voted"),
    "votes_none": mark("No vote was shown."),
    "few_voted": mark("Fewer than five people voted. Nothing of this vote is shown."),
    "option": mark("Option"),
    "count": mark("Votes"),
    "shift": mark("After talking"),
    "followed": mark("followed by the room"),
    "alone": mark("At one’s own pace"),
    "ended": mark("Came to"),
    "people": mark("People"),
    "under_way": mark("were under way"),
    "learned": mark("What people knew and how sure they felt, before and after"),
    "item": mark("Question"),
    "statement": mark("Statement"),
    "rules": mark("Rules that were discussed"),
    "rules_none": mark("No rule was at stake on this road."),
    "road_mark": mark("On this road"),
    "source": mark("Source"),
    "since": mark("since"),
    "norm": mark("norm"),
    "advice": mark("advice"),
    "questions": mark("Questions that stay open"),
    "questions_none": mark("On this road no rule stayed open. Ask each other: what would have made this hard for us?"),
    "bottlenecks": mark("What stands in our way in practice"),
    "bottlenecks_none": mark("Nothing was handed in."),
    "would_help": mark("What would help"),
    "weight": mark("Weight"),
    "not_weighed": mark("not weighed by five people or more"),
    "same": mark("Handed in as well"),
    "next": mark("Next steps"),
    "next_text": mark("Agree here on what you take up. Write down a function, not a name, if others will read this."),
    "what": mark("What"),
    "who": mark("Who takes it up"),
    "when": mark("When"),
    "sources": mark("Sources of these rules"),
    "care": mark("Did the story upset you? Talk about it with someone you trust."),
}
NOT_AT_STAKE = mark("not put to the test")
EMPTY_STEPS = 3


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a report needs besides the case: the day, the minutes, what was handed in, and the titles of sources.

    `alone` are the endings to which people came who played at their own pace, with how many are `under_way`. `learned`
    is there where knowledge and confidence were asked.
    """

    day: date
    minutes: Minutes
    bottlenecks: tuple[Weighed, ...]
    titles: Mapping[str, str]
    left_out: tuple[SceneId, ...] = ()
    alone: tuple[tuple[SceneId, Cell], ...] = ()
    under_way: Cell | None = None
    learned: Learned | None = None


def report(scenario: Scenario, protocol: Protocol, gathered: Gathered) -> str:
    """Return the report of a session as one HTML page, in the language of the case."""
    say = words(scenario.language)
    writer = _Writer(scenario, protocol, say, gathered.minutes)
    return render(
        "report.html.j2",
        words={key: say(sentence) for key, sentence in SENTENCES.items()},
        scenario=scenario,
        protocol=protocol,
        day=format_date(gathered.day, "long", locale=scenario.language),
        joined=writer.cell(gathered.minutes.joined),
        left_out=writer.titles(gathered.left_out),
        path=[writer.stop(stop) for stop in gathered.minutes.path],
        ending=writer.ending(),
        detours=[[writer.stop(stop) for stop in road] for road in gathered.minutes.detours],
        held=[writer.vote(each) for each in gathered.minutes.held],
        alone=[{"title": scenario.scene(scene).title, "count": writer.cell(cell)} for scene, cell in gathered.alone],
        under_way=writer.cell(gathered.under_way) if gathered.under_way else "",
        learned=writer.gains(gathered.learned) if gathered.learned else None,
        rules=[writer.rule(rule) for rule in gathered.minutes.discussed],
        questions=list(writer.questions()),
        bottlenecks=[writer.bottleneck(each) for each in gathered.bottlenecks],
        steps=[*writer.steps(gathered.bottlenecks), *[""] * EMPTY_STEPS],
        sources=[{"id": source, "title": gathered.titles.get(source, source)} for source in writer.sources()],
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """Says what happened in the words of a report."""

    scenario: Scenario
    protocol: Protocol
    say: Words
    minutes: Minutes

    def stop(self, stop: Stop) -> dict[str, Any]:
        """Return one decision of a road."""
        return {"scene": stop.scene.title, "choice": stop.choice.text}

    def ending(self) -> dict[str, str] | None:
        """Return how the story ended, where it did."""
        here = self.scenario.scene(self.minutes.attempt.scene)
        return {"title": here.title, "kind": self.say(ENDINGS[here.ending])} if here.ending else None

    def titles(self, scenes: Iterable[SceneId]) -> str:
        """Return the titles of scenes as one line; those that an author took out since are not named."""
        out = frozenset(scenes)
        return ", ".join(scene.title for scene in self.scenario.scenes if scene.id in out)

    def vote(self, held: Held) -> dict[str, Any]:
        """Return the votes about one question."""
        return {
            "scene": self.scenario.scene(held.scene).title,
            "is_twice": held.rounds > 1,
            "lines": [self._line(line, held.followed) for line in held.lines],
        }

    def cell(self, cell: Cell) -> str:
        """Return a count as it may be read."""
        if cell.cover is Cover.FEW:
            return self.say("fewer than 5")
        return self.say("not shown") if cell.cover is Cover.HIDDEN else str(cell.count)

    def gains(self, learned: Learned) -> Gains:
        """Return what the room learned."""
        return gains(items.survey(), learned, self.say)

    def rule(self, rule: Rule) -> dict[str, Any]:
        """Return one rule, and how it stood at the end of the road."""
        marks = {judged.rule.id: self._mark(judged) for judged in self.minutes.rules}
        language = self.scenario.language
        return {
            "title": rule.title.in_(language),
            "why": rule.why.in_(language),
            "severity": rule.severity.value,
            "since": rule.since.year,
            "source": ", ".join(rule.source),
            "mark": marks.get(rule.id, self.say(NOT_AT_STAKE)),
        }

    def sources(self) -> Iterable[str]:
        """Return the ids of the sources of the rules that were discussed, each once."""
        return dict.fromkeys(source for rule in self.minutes.discussed for source in rule.source)

    def questions(self) -> Iterable[str]:
        """Return the questions of the rules that stayed open, each once."""
        asked = (text for rule in self.minutes.open_rules for text in rule.questions.in_(self.scenario.language))
        return dict.fromkeys(asked)

    def bottleneck(self, weighed: Weighed) -> dict[str, Any]:
        """Return what stands in the way, what would help, and how heavy the room found it."""
        return {
            "text": weighed.bottleneck.text,
            "help": weighed.bottleneck.help,
            "merged": [each.text for each in weighed.merged],
            "weight": "" if weighed.mean is None else self._weight(weighed.mean),
        }

    def steps(self, bottlenecks: Iterable[Weighed]) -> Iterable[str]:
        """Return what would help, each once, the heaviest first."""
        helped = (one.help for each in bottlenecks for one in (each.bottleneck, *each.merged))
        return dict.fromkeys(text for text in helped if text)

    def _line(self, line: Line, followed: ChoiceId | None) -> dict[str, Any]:
        choice = next(choice for choice in self.scenario.choices if choice.id == line.choice)
        return {
            "text": choice.text,
            "count": self.cell(line.cell),
            "shift": self.say(TRENDS[line.trend]) if line.trend else "",
            "is_followed": line.choice == followed,
        }

    def _mark(self, judged: Judged) -> str:
        return self.say(MARKS[judged.mark])

    def _weight(self, mean: Fraction) -> str:
        tenths = int(mean * 10)
        comma = "." if self.scenario.language == "en" else ","
        return self.say("{weight} of {most}", weight=f"{tenths // 10}{comma}{tenths % 10}", most=HEAVIEST)
