"""A protocol file (TOML) read into a `Protocol`: either all of it is sound, or `ProtocolInvalid` says what to mend.

A file that extends another takes over its activities and rules. It may repeat a rule's id (the new text stands in the
old place), leave rules out (`without`), weaken norms (`as_advice`), and add activities and rules of its own.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from casework.conformance.model import Activity, Kind, Protocol, Questions, Rule, Severity, Text
from casework.conformance.rules import TEMPLATES
from casework.conformance.table import Table, nearest
from casework.errors import ProtocolInvalid

__all__ = ["Activity", "Kind", "Parents", "Protocol", "Questions", "Rule", "Severity", "Text", "parse"]

Parents = Mapping[str, Protocol] | Callable[[str], Protocol]

STEPS = 5
PROTOCOL_FIELDS = ("id", "extends", "scope", "without", "as_advice", "activities", "rules")
ACTIVITY_FIELDS = ("id", "step", "kind", "names", "labels", "meaning")
RULE_FIELDS = (
    *("id", "template", "severity", "since", "source", "title", "why", "questions"),
    *("any_of", "first", "then", "unless"),
)


def parse(text: str, parents: Parents, name: str = "?") -> Protocol:
    """Return the protocol that this text describes; raises `ProtocolInvalid`.

    `parents` gives the protocol that this one extends: a mapping, or a function that raises `LookupError` for an id it
    does not know. `name` is what a complaint calls the file as long as its id cannot be read.
    """
    top = _read(text, name)
    top.only(PROTOCOL_FIELDS)
    top = replace(top, protocol=top.name("id"))
    parent = _parent(top, parents)
    activities = _activities(top, parent.activities if parent else ())
    rules = _extended(top, parent, _rules(top, activities))
    ordered = sorted(rules, key=lambda rule: rule.severity is Severity.ADVICE)
    return Protocol(top.protocol, top.text("scope"), activities, tuple(ordered), parent.id if parent else "")


def _read(text: str, name: str) -> Table:
    try:
        # Editors on Windows put a mark before the first letter, which TOML does not know.
        return Table(name, "", tomllib.loads(text.removeprefix("\ufeff")))
    except tomllib.TOMLDecodeError as error:
        raise ProtocolInvalid(name, _unreadable(text, str(error))) from error


def _unreadable(text: str, complaint: str) -> str:
    found = re.search(r" \(at line (\d+), column (\d+)\)", complaint)
    line = found[1] if found else str(len(text.splitlines()))
    said = re.sub(r" \(at .*\)$", "", complaint)
    said = said[:1].lower() + said[1:]
    return f"line {line} cannot be read: {said}; look there for a quote, bracket or comma, or a date that is none"


def _parent(top: Table, parents: Parents) -> Protocol | None:
    if "extends" not in top.fields:
        for key in ("without", "as_advice"):
            if key in top.fields:
                top.complain(f"'{key}' needs a protocol to change; name it with: extends = \"meldcode\"")
        return None
    wanted = top.name("extends")
    try:
        return parents[wanted] if isinstance(parents, Mapping) else parents(wanted)
    except LookupError:
        known = tuple(parents) if isinstance(parents, Mapping) else ()
        top.complain(f"it extends '{wanted}', which does not exist{nearest(wanted, known)}")


def _activities(top: Table, inherited: tuple[Activity, ...]) -> tuple[Activity, ...]:
    found = list(inherited)
    taken = {name: each.id for each in inherited for name in _names(each)}
    for table in top.tables("activities"):
        activity = _activity(table)
        for name in _names(activity):
            if name in taken:
                table.complain(f"'{name}' is already the name of activity '{taken[name]}'")
        taken |= dict.fromkeys(_names(activity), activity.id)
        found.append(activity)
    return tuple(found)


def _names(activity: Activity) -> tuple[str, ...]:
    return tuple(dict.fromkeys((activity.id, activity.names.nl, activity.names.en)))


def _activity(table: Table) -> Activity:
    table.only(ACTIVITY_FIELDS)
    return Activity(
        id=table.name("id"),
        step=table.number("step", STEPS),
        kind=Kind(table.word("kind", tuple(Kind), default=Kind.WORK)),
        names=table.names("names"),
        labels=table.text("labels"),
        meaning=table.sentence("meaning"),
    )


def _rules(top: Table, activities: tuple[Activity, ...]) -> dict[str, Rule]:
    names = {name: each.id for each in activities for name in _names(each)}
    found: dict[str, Rule] = {}
    for table in top.tables("rules"):
        rule = _rule(table)
        if rule.id in found:
            table.complain("this id stands on two rules; give one of them another")
        _check_lists(table, rule, names)
        found[rule.id] = rule
    return found


def _rule(table: Table) -> Rule:
    table.only(RULE_FIELDS)
    rule_id, template = table.name("id"), table.word("template", tuple(TEMPLATES))
    needed = TEMPLATES[template].lists
    for key in ("any_of", "first", "then"):
        if key in table.fields and key not in needed:
            table.complain(f"'{key}' does not belong to template '{template}', which reads {' and '.join(needed)}")
    return Rule(
        id=rule_id,
        template=template,
        severity=Severity(table.word("severity", tuple(Severity))),
        since=table.day("since"),
        source=table.some("source", '["S6"]'),
        # An association's older file has no titles; its trainees then read the reason in their place.
        title=table.text("title" if "title" in table.fields else "why"),
        why=table.text("why"),
        questions=table.questions("questions"),
        unless=table.texts("unless"),
        **{key: table.some(key, '["consult-colleague"]') for key in needed},
    )


def _check_lists(table: Table, rule: Rule, names: Mapping[str, str]) -> None:
    ids = set(names.values())
    for key in ("any_of", "first", "then", "unless"):
        for activity in getattr(rule, key):
            if activity in names and activity not in ids:
                table.complain(f"'{activity}' in '{key}' is a name; rules use the id: '{names[activity]}'")
            if activity not in ids:
                table.complain(f"'{activity}' in '{key}' is no activity{nearest(activity, sorted(ids))}")
    twice = sorted({each for each in rule.mentioned if rule.mentioned.count(each) > 1})
    if twice:
        table.complain(f"'{twice[0]}' stands in it twice; an activity has one part in a rule")


def _extended(top: Table, parent: Protocol | None, own: Mapping[str, Rule]) -> Iterable[Rule]:
    if parent is None:
        return own.values()
    inherited = {rule.id: rule for rule in parent.rules}
    without, weakened = _named(top, "without", inherited, own), _named(top, "as_advice", inherited, own)
    for rule_id in weakened:
        if rule_id in without:
            top.complain(f"rule '{rule_id}' stands in 'without' and in 'as_advice'; choose one")
        inherited[rule_id] = replace(inherited[rule_id], severity=Severity.ADVICE)
    _check_sources(top, inherited, own)
    merged = {**inherited, **own}
    return [rule for rule in merged.values() if rule.id not in without]


def _named(top: Table, key: str, inherited: Mapping[str, Rule], own: Mapping[str, Rule]) -> tuple[str, ...]:
    names, parent = top.texts(key), top.fields["extends"]
    for rule_id in names:
        if rule_id not in inherited:
            top.complain(f"'{key}' names rule '{rule_id}', which '{parent}' lacks{nearest(rule_id, inherited)}")
        if rule_id in own:
            top.complain(f"rule '{rule_id}' stands in '{key}' and is written anew below; choose one")
    return names


def _check_sources(top: Table, inherited: Mapping[str, Rule], own: Mapping[str, Rule]) -> None:
    for rule in own.values():
        old = inherited.get(rule.id)
        if old is None or old.severity is Severity.NORM or rule.severity is Severity.ADVICE:
            continue
        if set(rule.source) <= set(old.source):
            top.complain(f"rule '{rule.id}' makes a norm of the parent's advice; name a source of its own for that")
