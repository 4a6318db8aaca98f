"""One activity, rule, route or age out of its table. What is wrong, the table keeps; the value is then of no use."""

from collections.abc import Mapping
from datetime import date

from casework.conformance import complaints as say
from casework.conformance.complaints import nearest
from casework.conformance.model import Activity, Consent, Kind, Route, Rule, Severity, Text
from casework.conformance.rules import TEMPLATES
from casework.conformance.situation import Age, Circumstance, Danger, Relation, When
from casework.conformance.table import Table

STEPS = 5
ACTIVITY_FIELDS = ("id", "step", "kind", "names", "labels", "meaning")
RULE_FIELDS = (
    *("id", "template", "severity", "since", "source", "title", "why", "questions"),
    *("any_of", "first", "then", "unless"),
)
ROUTE_FIELDS = ("id", "title", "when", "to", "ground", "source", "since", "read")
WHEN_FIELDS = ("ages", "relations", "dangers", "also", "unless", "consent")
CONSENT_FIELDS = ("age", "sharing", "signature", "parents", "source", "since", "read")
LISTS = ("any_of", "first", "then")
SOURCE, ACTIVITY = '["S6"]', '["consult-colleague"]'
WORKED = (Kind.WORK, Kind.WAIVED)


def read_activity(table: Table) -> Activity:
    """Return an activity. What belongs to the work names its step, or says with 0 that it belongs to none."""
    table.only(ACTIVITY_FIELDS)
    kind = table.one("kind", Kind, default=Kind.WORK)
    return Activity(
        id=table.name("id"),
        step=_step(table, kind),
        kind=kind,
        names=table.names("names"),
        labels=table.text("labels"),
        meaning=table.sentence("meaning"),
    )


def _step(table: Table, kind: Kind) -> int | None:
    value = table.fields.get("step")
    if value is None:
        # A kind that does not exist is one mistake, and need not be two.
        if kind in WORKED and table.fields.get("kind", kind) == kind:
            table.complain("step", say.STEP_MISSING, highest=STEPS)
        return None
    # In TOML `true` is no number, in Python it is one.
    if type(value) is not int or not 0 <= value <= STEPS:
        table.complain("step", say.NO_STEP, value=value, highest=STEPS)
        return None
    return value or None


def read_rule(table: Table) -> Rule:
    """Return a rule; whether its activities exist is for `check_lists` to say."""
    table.only(RULE_FIELDS)
    template = table.word("template", tuple(TEMPLATES))
    return Rule(
        id=table.name("id"),
        template=template,
        severity=table.one("severity", Severity),
        since=table.day("since"),
        source=table.some("source", SOURCE),
        # An association's older file has no titles; its trainees then read the reason in their place.
        title=table.text("title") if "title" in table.fields else _quietly(table, "why"),
        why=table.text("why"),
        questions=table.questions("questions"),
        unless=table.texts("unless"),
        **_lists(table, template),
    )


def _quietly(table: Table, key: str) -> Text:
    """Return a text that is read twice without saying twice what is wrong with it."""
    return Table(table.fields).text(key)


def _lists(table: Table, template: str) -> dict[str, tuple[str, ...]]:
    if not template:
        return {key: table.texts(key) for key in LISTS}
    needed = TEMPLATES[template].lists
    for key in LISTS:
        if key in table.fields and key not in needed:
            table.complain(key, say.WRONG_LIST, template=template, needed=_joined(needed))
    return {key: table.some(key, ACTIVITY) for key in needed}


def _joined(keys: tuple[str, ...]) -> Text:
    return Text(" en ".join(keys), " and ".join(keys))


def check_lists(table: Table, rule: Rule, names: Mapping[str, str]) -> None:
    """Keep a complaint for every activity of a rule that does not exist or stands in it twice.

    `names` gives the id for every name that authors may type.
    """
    ids = set(names.values())
    for key in (*LISTS, "unless"):
        for activity in getattr(rule, key):
            if activity not in names:
                table.complain(key, say.NO_ACTIVITY, name=activity, near=nearest(activity, sorted(ids)))
            elif activity not in ids and names[activity]:
                table.complain(key, say.NAME_FOR_ID, name=activity, id=names[activity])
    for activity in dict.fromkeys(each for each in rule.mentioned if rule.mentioned.count(each) > 1):
        keys = [key for key in (*LISTS, "unless") if activity in getattr(rule, key)]
        table.complain(keys[-1], say.TWO_PARTS, name=activity)


def read_route(table: Table, *extra: str) -> Route:
    """Return a route; fields of these other names are read by someone else."""
    table.only((*ROUTE_FIELDS, *extra))
    since, read = _dated(table)
    return Route(
        id=table.name("id"),
        title=table.text("title"),
        when=read_when(table),
        to=table.text("to"),
        ground=table.text("ground"),
        source=table.some("source", SOURCE),
        since=since,
        read=read,
    )


def read_when(table: Table) -> When:
    """Return the situations that `when` names; all of them where it is left out."""
    if "when" not in table.fields:
        return When()
    inner = table.inner("when", '{ ages = ["18+"] }', say.NO_TABLE, WHEN_FIELDS)
    if inner is None:
        return When()
    return When(
        ages=inner.several("ages", Age),
        relations=inner.several("relations", Relation),
        dangers=inner.several("dangers", Danger),
        also=inner.several("also", Circumstance),
        unless=inner.several("unless", Circumstance),
        consent=inner.flag("consent"),
    )


def read_consent(table: Table) -> Consent:
    """Return who decides at one age."""
    table.only(CONSENT_FIELDS)
    since, read = _dated(table)
    return Consent(
        age=table.one("age", Age),
        sharing=table.text("sharing"),
        signature=table.text("signature"),
        parents=table.text("parents"),
        source=table.some("source", SOURCE),
        since=since,
        read=read,
    )


def _dated(table: Table) -> tuple[date | None, date | None]:
    if "since" not in table.fields and "read" not in table.fields:
        table.complain("since", say.NO_DATE)
    return table.perhaps_day("since"), table.perhaps_day("read")
