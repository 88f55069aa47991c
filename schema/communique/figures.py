"""What the dataset holds, counted: events by kind, standing and year, and how well they are evidenced.

>>> import communique
>>> from communique.figures import figures
>>> figures(communique.load(), by="status")  # doctest: +SKIP
"""

from collections.abc import Callable, Mapping
from typing import Literal

import pandas as pd

from communique.dataset import Dataset
from communique.frames import Row
from communique.reliability import frame
from communique.rules.facts import FORESEEABLE, family, planned

Rows = dict[str, list[Row]]
Dimension = Literal["all", "family", "event_type", "status", "year", "scope"]
DIMENSIONS: tuple[Dimension, ...] = ("all", "family", "event_type", "status", "year", "scope")

_OFFICIAL_TEXTS = frozenset({"readout", "press_conference", "joint_statement"})

_COLUMNS = {
    "value": "str",
    "n_events": "int64",
    "n_two_origins": "int64",
    "n_official": "int64",
    "n_meetings_held": "int64",
    "n_foreseen": "int64",
    "n_sought_in_vain": "int64",
    "n_statements": "int64",
}


def official_sources(rows: Rows) -> set[str]:
    """The pages of governments and the official texts that others carry, with all copies of them.

    A report that credits a government tells it in a reporter's words, and is none.
    """
    governments = {row["actor_id"] for row in rows["actors"] if row["publisher_kind"] == "government"}
    own = {
        row["source_id"]
        for row in rows["sources"]
        if row["publisher_id"] in governments
        or (row["credits_id"] in governments and row["source_kind"] in _OFFICIAL_TEXTS)
    }
    return own | {row["source_id"] for row in rows["sources"] if row["origin_id"] in own}


def _official_events(rows: Rows) -> set[str]:
    official = official_sources(rows)
    spans = {row["span_id"] for row in rows["spans"] if row["source_id"] in official}
    return {
        row["row_id"].split("/")[0]
        for row in rows["evidence"]
        if row["stance"] == "supports" and row["span_id"] in spans and row["table_name"] != "tenures"
    }


def _sorter(by: Dimension, scopes: Mapping[str, str]) -> Callable[[Row], str]:
    if by == "scope":
        return lambda event: scopes.get(event["event_id"], "-")
    if by == "family":
        return family
    if by == "year":
        return lambda event: str(event["end_on"].year) if event["end_on"] else "open"
    return lambda event: "all" if by == "all" else str(event[by])


def figures(dataset: Dataset, by: Dimension = "all", scopes: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Counts of events, one row per value of a dimension, in the order of the values.

    Columns: ``value``; ``n_events``; of them ``n_two_origins`` rest on two independent origins or more and
    ``n_official`` on a government's own text; ``n_meetings_held`` are meetings and visits that took place, of which
    ``n_foreseen`` carry a step from before and ``n_sought_in_vain`` do not though one was sought (``exclusions``);
    ``n_statements`` were made there.

    ``by`` is ``all``, ``family`` (the type up to its dot), ``event_type``, ``status``, ``year`` (in which the last step
    ended) or ``scope``, for which ``scopes`` gives the scope of each event.
    """
    return figures_of(dataset.rows(), by, scopes)


def figures_of(rows: Rows, by: Dimension = "all", scopes: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The same as :func:`figures`, from rows."""
    official = _official_events(rows)
    foreseen = planned(rows)
    sought = {row["event_id"] for row in rows["exclusions"]}
    spoken: dict[str, int] = {}
    for row in rows["statements"]:
        spoken[row["event_id"]] = spoken.get(row["event_id"], 0) + 1
    value_of = _sorter(by, scopes or {})
    groups: dict[str, list[Row]] = {}
    for event in rows["events"]:
        groups.setdefault(value_of(event), []).append(event)

    def counted(value: str, events: list[Row]) -> Row:
        ids = [event["event_id"] for event in events]
        held = [event["event_id"] for event in events if event["status"] == "occurred" and family(event) in FORESEEABLE]
        return {
            "value": value,
            "n_events": len(events),
            "n_two_origins": sum(event["n_origins"] > 1 for event in events),
            "n_official": sum(name in official for name in ids),
            "n_meetings_held": len(held),
            "n_foreseen": sum(name in foreseen for name in held),
            "n_sought_in_vain": sum(name in sought and name not in foreseen for name in held),
            "n_statements": sum(spoken.get(name, 0) for name in ids),
        }

    return frame([counted(value, events) for value, events in sorted(groups.items())], _COLUMNS)
