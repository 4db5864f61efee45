"""The time zones that people choose from."""

from functools import cache
from itertools import groupby
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

# The rest of the database are old names of these, and offsets without a place.
REGIONS = {
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
}


def zone_choices(chosen: str = "") -> list:
    """All zones by region, as a form's choices; with `chosen`, should it be none of them."""
    choices = [("", _("UTC, as on public pages")), *zones_by_region()]
    known = {zone for _region, zones in zones_by_region() for zone, _label in zones}
    if chosen and chosen not in known and chosen in available_timezones():
        choices.append((chosen, chosen))
    return choices


@cache
def zones_by_region() -> list[tuple[str, list[tuple[str, str]]]]:
    zones = sorted(zone for zone in available_timezones() if region_of(zone) in REGIONS)
    return [
        (region, [(zone, place_of(zone)) for zone in some])
        for region, some in groupby(zones, key=region_of)
    ]


def region_of(zone: str) -> str:
    return zone.partition("/")[0]


def place_of(zone: str) -> str:
    """`Argentina, Buenos Aires` of `America/Argentina/Buenos_Aires`."""
    return zone.partition("/")[2].replace("/", ", ").replace("_", " ")
