"""A part of the dataset that stands on its own: some events, and every row that they rest on.

>>> from communique import load
>>> from communique.subset import subset
>>> subset(load(), ["cjk-som-2023", "cjk-summit-2023"]).sources  # doctest: +SKIP

A relation stays where both of its events do; a reference to an event that is not there becomes null. People keep
all their tenures, actors the bodies and states above them, pages the originals that they go back to. The
vocabularies, and what was searched and which candidates were left out, stay whole.
"""

from collections.abc import Iterable

from communique.dataset import Dataset
from communique.frames import Row
from communique.publicity import CITING
from communique.schemas import table_schemas

Rows = dict[str, list[Row]]

_OWNED = {
    "status_steps": "event_id",
    "participants": "event_id",
    "statements": "event_id",
    "relations": "from_event_id",
    "outcomes": "event_id",
    "event_topics": "event_id",
}
"""The tables whose rows belong to an event, with the column that names it."""
_FOLLOWING = {"actor_names": ("actor_id",), "actor_codes": ("actor_id",), "memberships": ("member_id", "group_id")}
"""The tables that say more of actors who are there, with the columns that name them."""
_WHOLE = ("terms", "crosswalk", "coverage")


def subset(dataset: Dataset, event_ids: Iterable[str]) -> Dataset:
    """The dataset of these events alone; it passes the rules that the whole passes.

    Raises:
        KeyError: when there is no event of that id.
    """
    wanted = set(event_ids)
    missing = sorted(wanted - set(dataset.events["event_id"]))
    if missing:
        raise KeyError(missing[0])
    return Dataset.from_rows(rows_of(dataset.rows(), wanted))


def rows_of(rows: Rows, event_ids: set[str]) -> Rows:
    """The rows of these events and those that they rest on, still with the derived values of the whole dataset."""
    kept: Rows = {table: [] for table in rows}
    for table in _WHOLE:
        kept[table] = list(rows[table])
    kept["exclusions"] = [row for row in rows["exclusions"] if row["event_id"] in {None, *event_ids}]
    kept["events"] = [row for row in rows["events"] if row["event_id"] in event_ids]
    for table, column in _OWNED.items():
        kept[table] = [row for row in rows[table] if row[column] in event_ids]
    kept["relations"] = [row for row in kept["relations"] if row["to_event_id"] in event_ids]
    statements = {row["statement_id"] for row in kept["statements"]}
    kept["statement_actors"] = [row for row in rows["statement_actors"] if row["statement_id"] in statements]
    _null_absent(kept, "events", event_ids)
    _null_absent(kept, "statements", statements)
    people = {row["person_id"] for row in kept["participants"]} | {row["actor_id"] for row in kept["statement_actors"]}
    kept["tenures"] = [row for row in rows["tenures"] if row["person_id"] in people]
    _keep_evidence(kept, rows)
    _keep_referenced(kept, rows)
    actors = {row["actor_id"] for row in kept["actors"]}
    for table, columns in _FOLLOWING.items():
        kept[table] = [row for row in rows[table] if actors.issuperset(row[column] for column in columns)]
    standing = {row_id for table, key in {**CITING, "events": "event_id"}.items() for row_id in _ids(kept[table], key)}
    kept["codings"] = [row for row in rows["codings"] if row["unit_id"] in standing]
    kept["changes"] = [row for row in rows["changes"] if row["row_id"] in standing]
    kept["retired_ids"] = [row for row in rows["retired_ids"] if row["into_id"] in standing]
    return {table: [dict(row) for row in kept[table]] for table in rows}


def _ids(rows: list[Row], key: str) -> set[str]:
    return {row[key] for row in rows}


def _null_absent(kept: Rows, target: str, here: set[str]) -> None:
    """Null the references to events or statements that are not there."""
    for table in _OWNED:
        names = [column.name for column in table_schemas()[table].columns if column.foreign_key == target]
        for name in names:
            kept[table] = [{**row, name: row[name] if row[name] in here else None} for row in kept[table]]


def _keep_evidence(kept: Rows, rows: Rows) -> None:
    """The evidence of the rows that are there, its words, and their pages with the originals behind them."""
    citing = {(table, row[key]) for table, key in CITING.items() for row in kept[table]}
    kept["evidence"] = [row for row in rows["evidence"] if (row["table_name"], row["row_id"]) in citing]
    spans = {row["span_id"] for row in kept["evidence"]}
    kept["spans"] = [row for row in rows["spans"] if row["span_id"] in spans]
    origin = {row["source_id"]: row["origin_id"] for row in rows["sources"]}
    sources = {row["source_id"] for row in kept["spans"]}
    while behind := {origin[source] for source in sources} - sources:
        sources |= behind
    kept["sources"] = [row for row in rows["sources"] if row["source_id"] in sources]


def _keep_referenced(kept: Rows, rows: Rows) -> None:
    """The series, places, offices and actors that the rows name, and the actors that those name in their turn."""
    for target in ("series", "places", "offices", "actors"):
        key = table_schemas()[target].key[0]
        named = _named(kept, target)
        if target == "actors":
            named |= {actor for row in kept["coverage"] for actor in row["parties"].split()}
            parent = {row["actor_id"]: row["parent_id"] for row in rows["actors"]}
            while above := {parent[actor] for actor in named if parent.get(actor)} - named:
                named |= above
        kept[target] = [row for row in rows[target] if row[key] in named]


def _named(kept: Rows, target: str) -> set[str]:
    return {
        row[column.name]
        for table, schema in table_schemas().items()
        for column in schema.columns
        if column.foreign_key == target
        for row in kept[table]
        if row[column.name] is not None
    }
