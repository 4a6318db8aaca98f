"""Where to go: the routes of a protocol that fit a situation, with what the region does otherwise."""

from casework.conformance.model import Consent, Protocol, Route, Text
from casework.conformance.regions import Region
from casework.conformance.situation import Age, Situation

__all__ = ["ALWAYS", "READ", "SINCE", "consent", "routes"]

SINCE, READ = (
    Text("geldt sinds {day}", "holds since {day}"),
    Text("de bron heeft geen datum; opgenomen op {day}", "the source has no date; entered on {day}"),
)
# The law asks no consent for a report to Veilig Thuis, at any age.
ALWAYS = Text("Melden bij Veilig Thuis hangt hier niet van af.", "A report to Veilig Thuis does not depend on this.")


def routes(protocol: Protocol, situation: Situation, region: Region | None = None) -> tuple[Route, ...]:
    """Return the routes that fit: the first opens the way, later ones add to it.

    The region's own route stands in the place of the first that it replaces, and otherwise behind the first of all.
    """
    fitting = [route for route in protocol.routes if route.when.fits(situation)]
    if region is None or not region.route.when.fits(situation):
        return tuple(fitting)
    replaced = [place for place, route in enumerate(fitting) if route.id in region.replaces]
    place = replaced[0] if replaced else 1
    kept_before = [route for route in fitting[:place] if route.id not in region.replaces]
    kept_after = [route for route in fitting[place:] if route.id not in region.replaces]
    return (*kept_before, region.route, *kept_after)


def consent(protocol: Protocol, age: Age) -> Consent | None:
    """Return who decides at this age, or nothing where the protocol does not say."""
    return next((row for row in protocol.consent if row.age is age), None)
