"""The board of bottlenecks as one JSON value: all that network.js draws, with every word in place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from casework import library
from casework.conformance.model import Rule, Text
from casework.library import Case
from casework.play.network import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    MINUTES,
    Board,
    Bundle,
    Meeting,
    News,
    Note,
    Receiver,
    Status,
    agenda,
    has_contact,
)
from casework.play.network import STEPS as STEP_NUMBERS
from casework.play.stumbling import Stumble, is_tied, steps_of
from casework.room.labels import (
    CAUTION,
    MEETINGS,
    PRACTICE,
    RECEIVERS,
    STATUSES,
    WEIGHTS,
    step,
    stumbled,
    told,
    weighs,
    weight,
)
from casework.words import Words, day, mark

View = dict[str, Any]

GONE_CASE = mark("{case} (this case is gone)")
GONE_RULE = mark("{rule} (no protocol has this rule any more)")


@dataclass(frozen=True, slots=True)
class Ground:
    """What the board refers to: cases, their titles by name, the rules of their protocols with the steps of each."""

    cases: tuple[Case, ...] = ()
    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)
    rules: Mapping[str, tuple[Rule, tuple[int, ...]]] = field(default_factory=dict)
    sources: Mapping[str, Text] = field(default_factory=dict)

    def title(self, case: str, say: Words) -> str:
        """Return what a case is called, in this language where there is such an edition; that it is gone, if it is."""
        found = {language: title for (name, language), title in self.titles.items() if name == case}
        return found.get(say.language) or next(iter(found.values()), "") or say(GONE_CASE, case=case)

    def rule(self, rule: str, say: Words) -> str:
        """Return the title of a rule; that no protocol has it any more, if that is so."""
        return self.rules[rule][0].title.in_(say.language) if rule in self.rules else say(GONE_RULE, rule=rule)

    def source(self, ids: Iterable[str], say: Words) -> str:
        """Return sources by id and title."""
        named = {each: say.text(self.sources[each]) if each in self.sources else "" for each in ids}
        return "; ".join(f"{each} ({title})" if title else each for each, title in named.items())


def open_ground(scenarios: Path) -> Ground:
    """Return what there is in a folder of cases; one that cannot be played is left out, and so is a missing folder."""
    paths = library.notebooks(scenarios) if scenarios.is_dir() else ()
    cases = tuple(each for path in paths if (each := library.open_case(path, is_checked=True)).scenario is not None)
    protocols = {case.protocol.id: case.protocol for case in cases if case.protocol is not None}
    return Ground(
        cases=cases,
        titles={(case.scenario.name, case.scenario.language): case.scenario.title for case in cases if case.scenario},
        rules={rule.id: (rule, steps_of(each, rule)) for each in protocols.values() for rule in each.rules},
        sources={entry.id: Text(entry.nl, entry.en) for entry in library.sources().values()},
    )


def view(found: Board, hard: Sequence[Stumble], ground: Ground, say: Words) -> View:
    """Return the whole board; *hard* is where trainees stumble, as far as it has been counted."""
    return {
        "lang": say.language,
        "summary": _summary(found, say),
        "loose": [_note(note, ground, say) for note in found.loose],
        "clusters": [_cluster(bundle, ground, say) for bundle in found.bundles],
        "targets": [{"value": bundle.cluster.id, "label": bundle.cluster.title} for bundle in found.bundles],
        "ties": _ties(hard, ground, say),
        "weights": [{"value": str(place), "label": say(label)} for place, label in enumerate(WEIGHTS)],
        "meetings": [{"value": meeting.value, "label": say(label)} for meeting, label in MEETINGS.items()],
        "minutes": [{"value": str(minutes), "label": str(minutes)} for minutes in MINUTES],
        "statuses": [{"value": each.value, "label": say(STATUSES[each])} for each in Status if each is not Status.NEW],
        "receivers": [_receiver(each, ground, say) for each in Receiver],
        "caution": say(CAUTION),
        "longest": {"title": LONGEST_TITLE, "text": LONGEST_TEXT},
        "hard": [_hard(each, found, say) for each in hard],
        "practice": say(PRACTICE),
        "agenda": [_agenda(found, meeting, say) for meeting in Meeting],
    }


def _summary(found: Board, say: Words) -> str:
    """Return how much there is, in one line."""
    workshops = len({note.weighed.bottleneck.session for note in found.notes})
    parts = (
        say.plural("{count} text", "{count} texts", sum(note.count for note in found.notes)),
        say.plural("from {count} workshop", "from {count} workshops", workshops),
        say.plural("{count} cluster", "{count} clusters", len(found.bundles)),
    )
    return " · ".join(parts)


def _note(note: Note, ground: Ground, say: Words) -> View:
    bottleneck, merged = note.weighed.bottleneck, note.weighed.merged
    said = (bottleneck.text, bottleneck.help, *(one.text for one in merged), *(one.help for one in merged))
    return {
        "id": note.id,
        "text": bottleneck.text,
        "help": bottleneck.help,
        "merged": [one.text for one in merged],
        "about": f"{ground.title(note.case, say)} · {day(date.fromisoformat(note.day), say.language)}",
        "weight": "" if note.weighed.mean is None else weight(note.weighed.mean, say),
        "cluster": bottleneck.cluster,
        "has_contact": any(map(has_contact, said)),
    }


def _cluster(bundle: Bundle, ground: Ground, say: Words) -> View:
    it = bundle.cluster
    return {
        "id": it.id,
        "title": it.title,
        "question": it.question,
        "answer": it.answer,
        "weight": "" if it.weight is None else str(it.weight),
        "weighs": weighs(bundle, say),
        "rooms": "" if bundle.mean is None else weight(bundle.mean, say),
        "meeting": it.meeting or "",
        "minutes": str(it.minutes),
        "status": told(it.last, say),
        "is_solved": it.status is Status.SOLVED,
        "workshops": say.plural("from {count} workshop", "from {count} workshops", bundle.workshops),
        "notes": [_note(note, ground, say) for note in bundle.notes],
        "ties": [
            *({"what": "step", "key": str(each), "label": step(each, say)} for each in it.steps),
            *({"what": "rule", "key": each, "label": ground.rule(each, say)} for each in it.rules),
        ],
        "receivers": list(it.receivers),
        "news": [_news(each, say) for each in sorted(it.news, key=lambda each: (each.day, each.number))],
    }


def _news(news: News, say: Words) -> View:
    return {"number": str(news.number), "text": news.text, "label": told(news, say)}


def _receiver(receiver: Receiver, ground: Ground, say: Words) -> View:
    address = RECEIVERS[receiver]
    source = ground.source(address.source, say)
    return {"value": receiver.value, "label": say(address.name), "about": say(address.about), "source": source}


def _ties(hard: Sequence[Stumble], ground: Ground, say: Words) -> View:
    """Return what a cluster may hang together with: steps, the rules that are hard, and all others by their steps."""
    first = [each.rule.id for each in hard]
    rest = sorted((steps, rule) for rule, (_, steps) in ground.rules.items() if rule not in first)
    return {
        "steps": [{"value": f"step {each}", "label": step(each, say)} for each in STEP_NUMBERS],
        "hard": [{"value": f"rule {each}", "label": ground.rule(each, say)} for each in first],
        "other": [{"value": f"rule {each}", "label": ground.rule(each, say)} for _, each in rest],
    }


def _hard(stumble: Stumble, found: Board, say: Words) -> View:
    tied = (bundle.cluster for bundle in found.bundles if is_tied(bundle.cluster, stumble))
    return {
        "id": stumble.rule.id,
        "title": stumble.rule.title.in_(say.language),
        "severity": say(stumble.rule.severity.value),
        "step": ", ".join(step(each, say) for each in stumble.steps),
        "said": stumbled(stumble, say),
        "source": ", ".join(stumble.rule.source),
        "clusters": [cluster.title for cluster in tied],
    }


def _agenda(found: Board, meeting: Meeting, say: Words) -> View:
    slots = agenda(found, meeting)
    total = sum(slot.bundle.cluster.minutes for slot in slots)
    return {
        "title": say(MEETINGS[meeting]),
        "total": say.plural("{count} minute", "{count} minutes", total) if slots else "",
        "slots": [
            {
                "id": slot.bundle.cluster.id,
                "title": slot.bundle.cluster.title,
                "question": slot.bundle.cluster.question,
                "begins": slot.begins,
                "minutes": slot.bundle.cluster.minutes,
                "weighs": weighs(slot.bundle, say),
            }
            for slot in slots
        ],
    }
