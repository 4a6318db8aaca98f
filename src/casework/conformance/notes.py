"""What is no mistake in a protocol, but worth its author's look."""

from collections.abc import Container, Iterable, Iterator

from casework.conformance import complaints as say
from casework.conformance.complaints import Complaint, said
from casework.conformance.model import Protocol, Text
from casework.conformance.table import KINDS


def notes(protocol: Protocol, parent: Protocol | None, sources: Container[str]) -> tuple[Complaint, ...]:
    """Return notes on what this protocol says itself, not on what it takes over from its parent.

    `sources` are the ids that a trainee can read a title of.
    """
    old_rules, old_routes = (parent.rules, parent.routes) if parent else ((), ())
    rules = [rule for rule in protocol.rules if rule not in old_rules]
    routes = [route for route in protocol.routes if route not in old_routes]
    return (
        *(_note("rules", rule.id, "title", say.NO_TITLE) for rule in rules if rule.title == rule.why),
        *_unlisted("rules", ((rule.id, rule.source) for rule in rules), sources),
        *_unlisted("routes", ((route.id, route.source) for route in routes), sources),
    )


def _unlisted(kind: str, found: Iterable[tuple[str, tuple[str, ...]]], sources: Container[str]) -> Iterator[Complaint]:
    for of, named in found:
        for source in named:
            if source not in sources:
                yield _note(kind, of, "source", say.UNLISTED_SOURCE, source=source)


def _note(kind: str, of: str, key: str, sentence: Text, **gaps: object) -> Complaint:
    place = said(Text("{kind} '{of}'", "{kind} '{of}'"), kind=KINDS[kind], of=of)
    return Complaint(place, key, said(sentence, **gaps))
