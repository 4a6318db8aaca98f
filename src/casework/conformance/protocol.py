"""A protocol file (TOML) read into a `Protocol`: either all of it is sound, or `ProtocolInvalid` says what to mend.

A file that extends another takes over its activities, rules, routes and ages. It may repeat the id of a rule or a route
(the new text stands in the old place), leave some out (`without`, `without_routes`), weaken norms (`as_advice`), and
add its own.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from casework.conformance import complaints as say
from casework.conformance.complaints import nearest
from casework.conformance.model import Activity, Consent, Kind, Protocol, Questions, Route, Rule, Severity, Text
from casework.conformance.parts import check_lists, read_activity, read_consent, read_route, read_rule
from casework.conformance.table import Table
from casework.conformance.toml import read
from casework.errors import ProtocolInvalid

__all__ = ["Activity", "Kind", "Parents", "Protocol", "Questions", "Rule", "Severity", "Text", "parse"]

Parents = Mapping[str, Protocol] | Callable[[str], Protocol]

PROTOCOL_FIELDS = (
    *("id", "extends", "scope", "without", "as_advice", "without_routes"),
    *("activities", "rules", "routes", "consent"),
)
NEEDS_PARENT = ("without", "as_advice", "without_routes")
# What a protocol without a parent inherits.
NOBODY = Protocol("", Text("", ""), (), ())


def parse(text: str, parents: Parents, name: str = "", known: Iterable[str] = ()) -> Protocol:
    """Return the protocol that this text describes; raises `ProtocolInvalid` with everything that is wrong in it.

    `parents` gives the protocol that this one extends: a mapping, or a function that raises `LookupError` for an id it
    does not know; beside a function, `known` are the ids that a complaint may suggest. `name` is what a complaint calls
    the file; without it, the id does.
    """
    top = read(text, name)
    top.only(PROTOCOL_FIELDS)
    protocol_id, scope = top.name("id"), top.text("scope")
    parent = _parent(top, parents, tuple(parents) if isinstance(parents, Mapping) else known)
    # A missing parent is one mistake; every activity that would have come from it is not another.
    inherited = parent or NOBODY
    activities = _activities(top, inherited.activities)
    own = _rules(top, None if parent is None else activities)
    rules = _extended(top, inherited, own)
    routes = _routes(top, inherited)
    consent = _consent(top, inherited)
    if top.complaints:
        raise ProtocolInvalid(name or protocol_id, *top.complaints)
    ordered = sorted(rules, key=lambda rule: rule.severity is Severity.ADVICE)
    return Protocol(protocol_id, scope, activities, tuple(ordered), inherited.id, routes, consent)


def _parent(top: Table, parents: Parents, known: Iterable[str]) -> Protocol | None:
    """Return the parent, `NOBODY` where none is named, nothing where it cannot be found."""
    if "extends" not in top.fields:
        for key in NEEDS_PARENT:
            if key in top.fields:
                top.complain(key, say.NOTHING_TO_CHANGE)
        return NOBODY
    wanted = top.name("extends")
    if not wanted:
        return None
    try:
        return parents[wanted] if isinstance(parents, Mapping) else parents(wanted)
    except LookupError:
        top.complain("extends", say.NO_PARENT, parent=wanted, near=nearest(wanted, known))
        return None


def _activities(top: Table, inherited: tuple[Activity, ...]) -> tuple[Activity, ...]:
    found = list(inherited)
    taken = {name: each.id for each in inherited for name in _names(each)}
    for table in top.tables("activities"):
        activity = read_activity(table)
        twice = next((name for name in _names(activity) if name in taken), None)
        if twice is not None:
            table.complain("id" if twice == activity.id else "names", say.NAME_TAKEN, name=twice, taken=taken[twice])
        taken |= dict.fromkeys(_names(activity), activity.id)
        found.append(activity)
    return tuple(found)


def _names(activity: Activity) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (activity.id, activity.names.nl, activity.names.en) if name))


def _rules(top: Table, activities: tuple[Activity, ...] | None) -> dict[str, tuple[Table, Rule]]:
    """Return the file's own rules by id, each with its table; without activities their lists go unchecked."""
    names = {name: each.id for each in activities or () for name in _names(each)}
    found: dict[str, tuple[Table, Rule]] = {}
    for table in top.tables("rules"):
        rule = read_rule(table)
        if rule.id in found:
            table.complain("id", say.ID_TWICE)
        if activities is not None:
            check_lists(table, rule, names)
        if rule.id:
            found[rule.id] = (table, rule)
    return found


def _extended(top: Table, parent: Protocol, own: Mapping[str, tuple[Table, Rule]]) -> Iterable[Rule]:
    inherited = {rule.id: rule for rule in parent.rules}
    without, weakened = (_named(top, key, parent, inherited, own) for key in ("without", "as_advice"))
    for rule_id in weakened:
        if rule_id in without:
            top.complain("as_advice", say.LEFT_AND_WEAKENED, id=rule_id)
        inherited[rule_id] = replace(inherited[rule_id], severity=Severity.ADVICE)
    for table, rule in own.values():
        if rule.id in inherited:
            _check_source(table, rule, inherited[rule.id], parent.id)
    merged = {**inherited, **{rule_id: rule for rule_id, (_, rule) in own.items()}}
    return [rule for rule in merged.values() if rule.id not in without]


def _named(top: Table, key: str, parent: Protocol, inherited: Collection[str], own: Collection[str]) -> tuple[str, ...]:
    """Return the ids under this key that the parent has, and complain of the others."""
    names = top.texts(key)
    if parent is NOBODY:
        return ()
    for each in names:
        if each not in inherited:
            top.complain(key, say.LACKED, id=each, parent=parent.id, near=nearest(each, inherited))
        if each in own:
            top.complain(key, say.CHANGED_TWICE, id=each)
    return tuple(each for each in names if each in inherited)


def _check_source(table: Table, rule: Rule, old: Rule, parent: str) -> None:
    is_raised = old.severity is Severity.ADVICE and rule.severity is Severity.NORM
    if is_raised and set(rule.source) <= set(old.source):
        table.complain("source", say.NORM_OF_ADVICE, parent=parent)


def _routes(top: Table, parent: Protocol) -> tuple[Route, ...]:
    inherited = {route.id: route for route in parent.routes}
    own = top.keyed("routes", read_route, "id", say.ID_TWICE)
    without = _named(top, "without_routes", parent, inherited, own)
    return tuple(route for route in {**inherited, **own}.values() if route.id not in without)


def _consent(top: Table, parent: Protocol) -> tuple[Consent, ...]:
    own = top.keyed("consent", read_consent, "age", say.AGE_TWICE)
    inherited: dict[str, Consent] = {row.age: row for row in parent.consent}
    return tuple({**inherited, **own}.values())
