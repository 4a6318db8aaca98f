"""What a region arranges otherwise: who takes reports of trafficking there. Settings age, so every entry is dated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.conformance import complaints as say
from casework.conformance.complaints import Complaint, said
from casework.conformance.model import Route, Text
from casework.conformance.parts import SOURCE, read_when
from casework.conformance.table import Table
from casework.conformance.toml import read
from casework.errors import ProtocolInvalid, RegionUnknown

REGION_FIELDS = ("id", "names", "reporting", "replaces", "when", "to", "source", "read")


class Reporting(StrEnum):
    """Who takes reports of trafficking in a region."""

    VEILIG_THUIS = "veilig-thuis"
    CARE_COORDINATOR = "care-coordinator"
    SAFETY_HOUSE = "safety-house"
    COMENSHA = "comensha"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Region:
    """A region's own route, dated by the day on which it was read; `replaces` names the routes it stands in for."""

    id: str
    names: Text
    reporting: Reporting
    route: Route
    replaces: tuple[str, ...] = ()

    def is_older(self, day: date) -> bool:
        """Whether this was read before that day."""
        return self.route.read is not None and self.route.read < day


def parse_regions(text: str, name: str = "regions") -> Mapping[str, Region]:
    """Return the regions that this text describes, by id; raises `ProtocolInvalid` with all that is wrong in it."""
    top = read(text, name)
    top.only(("regions",))
    found = top.keyed("regions", _region, "id", say.ID_TWICE)
    if top.complaints:
        raise ProtocolInvalid(name, *top.complaints)
    return found


def _region(table: Table) -> Region:
    table.only(REGION_FIELDS)
    region_id, names = table.name("id"), table.text("names")
    route = Route(
        id=f"region-{region_id}",
        title=said(Text("Uw regio: {name}", "Your region: {name}"), name=names),
        when=read_when(table),
        to=table.text("to"),
        ground=Text("Afspraak in uw regio.", "Agreed in your region."),
        source=table.some("source", SOURCE),
        read=table.day("read"),
    )
    return Region(region_id, names, table.one("reporting", Reporting), route, table.texts("replaces"))


def find_region(regions: Mapping[str, Region], name: str) -> Region:
    """Return the region with this id or name, in either language; raises `RegionUnknown` with the names there are."""
    wanted = name.casefold()
    for region in regions.values():
        if wanted in (region.id, region.names.nl.casefold(), region.names.en.casefold()):
            return region
    known = ", ".join(regions) or say.NO_REGIONS
    raise RegionUnknown(Complaint(say.NOTHING, "region", said(say.UNKNOWN_REGION, region=name, known=known)))


def stale(regions: Mapping[str, Region], day: date) -> tuple[Region, ...]:
    """Return the regions that were read before that day, and should be read again."""
    return tuple(region for region in regions.values() if region.is_older(day))
