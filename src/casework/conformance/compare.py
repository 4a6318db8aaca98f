"""What differs between two protocols: what only one has, and what both have but word, weigh or date differently."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from casework.conformance.model import Protocol

__all__ = ["Difference", "compare"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. Without `field`, only one protocol has it, and the other side is nothing."""

    kind: str
    id: str
    field: str
    one: object
    other: object


def compare(one: Protocol, other: Protocol) -> tuple[Difference, ...]:
    """Return what differs: scope, activities, rules, routes and ages, each in the order of the first protocol."""
    return (
        *_changed("scope", "", "scope", one.scope, other.scope),
        *_kind("activity", _by_id(one.activities), _by_id(other.activities)),
        *_kind("rule", _by_id(one.rules), _by_id(other.rules)),
        *_kind("route", _by_id(one.routes), _by_id(other.routes)),
        *_kind("age", {row.age: row for row in one.consent}, {row.age: row for row in other.consent}),
    )


def _by_id(found: tuple[Any, ...]) -> dict[str, Any]:
    return {each.id: each for each in found}


def _kind(kind: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[Difference]:
    for each in {**one, **other}:
        if each in one and each in other:
            for field in fields(one[each]):
                yield from _changed(
                    kind, str(each), field.name, getattr(one[each], field.name), getattr(other[each], field.name)
                )
        else:
            yield Difference(kind, str(each), "", one.get(each), other.get(each))


def _changed(kind: str, of: str, field: str, one: object, other: object) -> Iterator[Difference]:
    if one != other:
        yield Difference(kind, of, field, one, other)
