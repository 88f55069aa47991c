"""Rules on places (L6…)."""

from statistics import median

from communique.rules.catalogue import Failures, Rows, grouped, rule
from communique.rules.distance import kilometres

FARTHEST = 3000


@rule("L601", "error")
def coordinates_come_in_pairs(rows: Rows) -> Failures:
    """A place has both latitude and longitude, or neither.

    One of them alone is a line around the Earth.
    """
    for row in rows["places"]:
        if (row["lat"] is None) != (row["lon"] is None):
            yield "places", row["place_id"], f"lat is {row['lat']}, lon is {row['lon']}"


@rule("L602", "warning")
def coordinates_lie_in_the_country(rows: Rows) -> Failures:
    """A place lies within 3000 km of the middle of its country's places, where three or more have coordinates.

    Latitude and longitude exchanged, or a lost minus sign, move a place to another continent. (The largest countries
    do reach that far: hence a warning.)
    """
    located = [row for row in rows["places"] if row["country_id"] and row["lat"] is not None and row["lon"] is not None]
    for country, places in grouped(located, "country_id").items():
        if len(places) < 3:
            continue
        middle = {name: median(row[name] for row in places) for name in ("lat", "lon")}
        for row in places:
            apart = kilometres(row, middle)
            if apart > FARTHEST:
                yield "places", row["place_id"], f"lies {apart:.0f} km from the middle of the places of {country}"
