"""How far apart two places are."""

import math

from communique.rules.catalogue import Row

_RADIUS = 6371.0


def kilometres(here: Row, there: Row) -> float:
    """The great-circle distance of two places that have coordinates, in kilometres."""
    north, south = math.radians(here["lat"]), math.radians(there["lat"])
    across = math.radians(here["lon"] - there["lon"])
    half = math.sin((north - south) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(across / 2) ** 2
    return 2 * _RADIUS * math.asin(math.sqrt(min(1.0, half)))
