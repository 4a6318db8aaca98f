"""What changed between two versions of a case, in words for people or as JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from casework.conformance.model import Protocol, Rule, Severity
from casework.play.changes import Changes, RuleChange, Step, after, before, changes
from casework.play.edits import Edit, aligned
from casework.play.walk import Roads
from casework.scenario.diagnostics import Both
from casework.scenario.keywords import ENDINGS
from casework.scenario.model import ChoiceId, Scenario
from casework.verdicts import version
from casework.words import number

PARTS = {
    "case-title": Both("titel", "title"),
    "introduction": Both("inleiding", "introduction"),
    "language": Both("taal", "language"),
    "protocol": Both("protocol", "protocol"),
    "role": Both("rol", "role"),
    "minutes": Both("duur", "duration"),
    "content": Both("inhoud", "content"),
    "sources": Both("bronnen", "sources"),
    "person": Both("persoon", "person"),
    "feedback": Both("terugkoppeling", "feedback"),
    "start": Both("de scène waarin het begint", "the scene in which it starts"),
    "title": Both("titel", "title"),
    "story": Both("verhaal", "story"),
    "place": Both("plaats", "place"),
    "picture": Both("beeld", "picture"),
    "note": Both("notitie voor de begeleider", "note for the facilitator"),
    "facts": Both("woorden bij signalen", "words of signals"),
    "signals": Both("signalen", "signals"),
    "ending": Both("einde", "ending"),
    "text": Both("tekst", "text"),
    "consequence": Both("gevolg", "consequence"),
    "target": Both("link", "link"),
    "activities": Both("activiteiten", "activities"),
    "acts-on": Both("signaal waarop u handelt", "signal that is acted on"),
    "effects": Both("wat het verandert", "what it changes"),
    "conditions": Both("voorwaarden", "conditions"),
    "once": Both("eenmalig", "once"),
}
SAME = Both("Er is niets veranderd.", "Nothing changed.")
COUNTS = Both("{before} eerst, {after} nu.", "{before} before, {after} now.")
WORDS_ONLY = Both(
    "Alleen woorden zijn veranderd: elke weg is er nog en komt hetzelfde uit.",
    "Only words changed: every road is still there and comes out the same.",
)
NO_EFFECT = Both("Elke weg is er nog en komt hetzelfde uit.", "Every road is still there and comes out the same.")
VANISHED = (
    Both("{roads} is er niet meer.", "{roads} is no longer there."),
    Both("{roads} zijn er niet meer.", "{roads} are no longer there."),
)
APPEARED = (
    Both("{roads} is nieuw.", "{roads} is new."),
    Both("{roads} zijn nieuw.", "{roads} are new."),
)
ENDED = (
    Both("{roads} eindigt anders: {old} -> {new}.", "{roads} ends differently: {old} -> {new}."),
    Both("{roads} eindigen anders: {old} -> {new}.", "{roads} end differently: {old} -> {new}."),
)
BROKEN = (
    Both("{roads} hield zich er eerst aan, en nu niet meer.", "{roads} kept it before, and no longer does."),
    Both("{roads} hielden zich er eerst aan, en nu niet meer.", "{roads} kept it before, and no longer do."),
)
MENDED = (
    Both("{roads} hield zich er eerst niet aan, en nu wel.", "{roads} did not keep it before, and now does."),
    Both("{roads} hielden zich er eerst niet aan, en nu wel.", "{roads} did not keep it before, and now do."),
)
RULE = Both(
    'Regel "{title}" ({severity}, {id}): niet gehouden op {before} eerst, op {after} nu.',
    'Rule "{title}" ({severity}, {id}): not kept on {before} before, on {after} now.',
)
SEVERITIES = {Severity.NORM: Both("norm", "norm"), Severity.ADVICE: Both("advies", "advice")}
RULES_ADDED = Both("Nieuwe regels: {names}.", "New rules: {names}.")
RULES_REMOVED = Both("Regels die weg zijn: {names}.", "Rules that are gone: {names}.")
RULES_CHANGED = Both("Regels die veranderd zijn: {names}.", "Rules that changed: {names}.")
EXAMPLE = Both("    Kortste voorbeeld:", "    Shortest example:")
EDITED = Both("Wat er anders staat:", "What reads differently:")
NEW, OLD = Both("nieuw", "new"), Both("weg", "gone")
CELL, CHOICE = Both("cel {cell}, {title}", "cell {cell}, {title}"), Both(', keuze "{text}"', ', choice "{text}"')
FIRST_CELL = Both("eerste cel", "first cell")
ROAD, ROADS = Both("{count} weg", "{count} road"), Both("{count} wegen", "{count} roads")
COUNTLESS = Both("ontelbaar veel wegen", "roads without number")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions, and the name by which it was asked for."""

    name: str
    scenario: Scenario
    protocol: Protocol


def shown(old: Side, new: Side, language: str, form: str) -> str:
    """Return what changed from the old version to the new one, and for whom."""
    found = changes(old.scenario, new.scenario, old.protocol, new.protocol)
    if form == "json":
        return json.dumps(_as_json(old, new, found), ensure_ascii=False, indent=1)
    return "\n".join(_Teller(old, new, language).lines(found))


@dataclass(frozen=True, slots=True)
class _Teller:
    """Puts changes in words."""

    old: Side
    new: Side
    language: str

    def lines(self, found: Changes) -> Iterator[str]:
        """Yield all that is to be told, the gravest first."""
        yield f"{self.old.name} -> {self.new.name}"
        if not found:
            yield self._say(SAME)
            return
        yield self._say(COUNTS, before=self._count(found.before), after=self._count(found.after))
        if not found.has_effect:
            yield self._say(WORDS_ONLY if found.edits.is_wording and not found.rule_edits else NO_EFFECT)
        yield from self._roads(found.vanished, VANISHED)
        yield from self._roads(found.appeared, APPEARED)
        for each in found.endings:
            yield from self._roads(each.roads, ENDED, old=self._ending(each.old), new=self._ending(each.new))
        for rule in sorted(found.rules, key=lambda each: not (each.broken or each.mended)):
            yield from self._rule(rule)
        yield from self._rule_edits(found)
        yield from self._edits(found)

    def _say(self, sentence: Both, **gaps: object) -> str:
        return sentence.in_(self.language).format(**gaps)

    def _count(self, count: int | None) -> str:
        if count is None:
            return self._say(COUNTLESS)
        return self._say(ROAD if count == 1 else ROADS, count=number(count, self.language))

    def _ending(self, ending: str) -> str:
        return next(keyword.in_(self.language) for keyword in ENDINGS if keyword.id == ending)

    def _roads(self, roads: Roads[Step], sentences: tuple[Both, Both], **gaps: str) -> Iterator[str]:
        if roads.shortest is not None:
            count = self._count(roads.count)
            sentence = self._say(sentences[roads.count != 1], roads=count, **gaps)
            # "Countless roads" opens a line here, and stands inside one elsewhere.
            yield sentence[:1].upper() + sentence[1:]
            yield self._say(EXAMPLE)
            yield from (f"      {at}. {self._step(step)}" for at, step in enumerate(roads.shortest, 1))

    def _step(self, step: Step) -> str:
        was, now = step
        if now is None:
            return f"{self._text(self.old, was)} ({self._say(OLD)})"
        return self._text(self.new, now) + (f" ({self._say(NEW)})" if was is None else "")

    def _text(self, side: Side, choice: ChoiceId | None) -> str:
        return next((each.text for each in side.scenario.choices if each.id == choice), "")

    def _rule(self, found: RuleChange) -> Iterator[str]:
        counts = {"before": self._count(found.before), "after": self._count(found.after)}
        rule = found.rule
        named = {
            "title": rule.title.in_(self.language),
            "severity": self._say(SEVERITIES[rule.severity]),
            "id": rule.id,
        }
        yield self._say(RULE, **named, **counts)
        yield from self._roads(found.broken, BROKEN)
        yield from self._roads(found.mended, MENDED)

    def _rule_edits(self, found: Changes) -> Iterator[str]:
        rules = found.rule_edits
        pairs = ((RULES_ADDED, rules.added), (RULES_REMOVED, rules.removed), (RULES_CHANGED, rules.changed))
        yield from (self._say(sentence, names=", ".join(names)) for sentence, names in pairs if names)

    def _edits(self, found: Changes) -> Iterator[str]:
        if found.edits:
            yield self._say(EDITED)
        if found.edits.cover:
            yield f"  {self._say(FIRST_CELL)}: {self._parts(found.edits.cover)}"
        for edits, what in ((found.edits.removed, self._say(OLD)), (found.edits.added, self._say(NEW))):
            yield from (f"  {self._place(edit)}: {what}" for edit in edits)
        for edit in found.edits.changed:
            yield f"  {self._place(edit)}: {self._parts(edit.parts)}{self._moved(edit)}"

    def _place(self, edit: Edit) -> str:
        choice = self._say(CHOICE, text=edit.text) if edit.choice else ""
        return self._say(CELL, cell=edit.cell, title=f'"{edit.title}"') + choice

    def _moved(self, edit: Edit) -> str:
        if edit.choice is None or "target" not in edit.parts:
            return ""
        was = aligned(self.old.scenario, self.new.scenario)[edit.choice]
        led, leads = (_leads(*each) for each in ((self.old.scenario, was), (self.new.scenario, edit.choice)))
        return f' ("{led}" -> "{leads}")'

    def _parts(self, parts: tuple[str, ...]) -> str:
        return ", ".join(self._say(PARTS[part]) for part in parts)


def _leads(scenario: Scenario, choice: ChoiceId) -> str:
    return next(scenario.scene(each.target).title for each in scenario.choices if each.id == choice)


def _as_json(old: Side, new: Side, found: Changes) -> dict[str, Any]:
    return {
        "old": _named(old),
        "new": _named(new),
        "has_effect": found.has_effect,
        "is_wording": found.edits.is_wording,
        "roads": {
            "before": found.before,
            "after": found.after,
            "common": _counted(found.common),
            "vanished": _counted(found.vanished),
            "appeared": _counted(found.appeared),
        },
        "endings": [{"old": each.old, "new": each.new, **_counted(each.roads)} for each in found.endings],
        "rules": [_ruled(each.rule, each) for each in found.rules],
        "rule_edits": asdict(found.rule_edits),
        "edits": asdict(found.edits),
    }


def _named(side: Side) -> dict[str, str]:
    protocol = {"protocol": side.protocol.id, "protocol_version": version(side.protocol)}
    return {"name": side.name, "version": side.scenario.version, **protocol}


def _counted(roads: Roads[Step]) -> dict[str, Any]:
    steps = roads.shortest
    example = None if steps is None else {"old": before(steps), "new": after(steps)}
    return {"count": roads.count, "shortest": example}


def _ruled(rule: Rule, found: RuleChange) -> dict[str, Any]:
    counts = {"before": found.before, "after": found.after}
    turned = {"broken": _counted(found.broken), "mended": _counted(found.mended)}
    return {"id": rule.id, "severity": rule.severity, **counts, **turned}
