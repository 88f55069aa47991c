"""The examples of the catalogue: for every rule the rows that it passes and what breaks them, from the fixtures.

They ship with the library as ``communique/rules/examples.json``, so that users without a checkout read them too.
``communique generate`` makes that file anew.
"""

import datetime
import json
from pathlib import Path
from typing import Any

from communique.rules.catalogue import key_of
from communique.schemas import table_schema
from communique_tools.rule_fixtures import Change, Fixture, Row, Rows, find, findings, read_fixtures, read_valid

Shown = dict[str, Any]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _shown(table: str, row: Row | None, changed: frozenset[str] = frozenset()) -> Shown | None:
    """What is shown of a row: its typed values, and those that change, null or not."""
    if row is None:
        return None
    columns = [column.name for column in table_schema(table).columns if column.name in changed or not column.is_derived]
    return {name: _plain(row.get(name)) for name in columns if row.get(name) is not None or name in changed}


def _changed(valid: Rows, change: Change) -> Shown:
    """A changed row, as it passes and as it fails; null where it is not there."""
    if change.drop_column:
        columns = [column.name for column in table_schema(change.table).columns]
        left = [name for name in columns if name != change.drop_column]
        both = {"passes": {"columns": ", ".join(columns)}, "fails": {"columns": ", ".join(left)}}
        return {"table": change.table, "key": "-", **both}
    if change.add:
        key = key_of(change.table, change.add)
        return {"table": change.table, "key": key, "passes": None, "fails": _shown(change.table, change.add)}
    before = find(valid, change.table, change.key)
    after = None if change.drop else {**before, **change.set, **dict.fromkeys(change.unset)}
    changed = frozenset((*change.set, *change.unset))
    return {
        "table": change.table,
        "key": change.key,
        "passes": _shown(change.table, before, changed),
        "fails": _shown(change.table, after, changed),
    }


def _found(valid: Rows, fixture: Fixture, shown: list[Shown]) -> list[Shown]:
    """The rows that the rule finds although they themselves are not changed."""
    seen = {(item["table"], item["key"]) for item in shown if item["passes"]}
    rows = []
    for key in fixture.keys:
        if (fixture.table, key) not in seen and any(key_of(fixture.table, row) == key for row in valid[fixture.table]):
            row = _shown(fixture.table, find(valid, fixture.table, key))
            rows.append({"table": fixture.table, "key": key, "passes": row, "fails": row})
    return rows


def example(valid: Rows, fixture: Fixture) -> Shown:
    """The rows of a fixture as they pass and as they fail, and what the check then says."""
    rows = [_changed(valid, change) for change in fixture.changes]
    found = [
        {"table": finding.table, "key": finding.key, "message": finding.message}
        for finding in findings(valid, fixture)
        if finding.code == fixture.code
    ]
    return {"rows": [*_found(valid, fixture, rows), *rows], "findings": found}


def examples_text(root: Path) -> str:
    """The text of ``examples.json``: one example of each code, from the first of its fixtures."""
    valid = read_valid(root)
    first: dict[str, Fixture] = {}
    for fixture in read_fixtures(root / "tests" / "fixtures" / "invalid"):
        first.setdefault(fixture.code, fixture)
    examples = {code: example(valid, fixture) for code, fixture in sorted(first.items())}
    return json.dumps(examples, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
