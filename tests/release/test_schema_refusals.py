"""A column or table goes, is renamed or retyped only with a breaking schema version and a release of notice."""

from dataclasses import replace

import pyarrow
import pytest

from communique_tools.release import notices
from communique_tools.release.refusals import Candidate, refusals


def published(candidate: Candidate, table: str, columns: dict[str, pyarrow.DataType], notice: str = "") -> Candidate:
    """The candidate, after a release whose table had these columns beside its own, or in their place."""
    assert candidate.previous is not None
    tables = candidate.previous.tables
    found = tables.get(table, pyarrow.table({}))
    metadata = {"notice": notice} if notice else None
    for name, kind in columns.items():
        found = found.drop_columns([name]) if name in found.column_names else found
        found = found.append_column(pyarrow.field(name, kind, metadata=metadata), pyarrow.nulls(len(found), kind))
    return replace(candidate, previous=replace(candidate.previous, tables={**tables, table: found}))


GONE = {"height": pyarrow.int64()}
RETYPED = {"wikidata_id": pyarrow.int64()}
NO_VERSION = "but the schemas are still 0.1.0; expected a major version"
NO_NOTICE = "but 2026.11.0 gave no notice; expected one in NOTICES a release ahead"


@pytest.mark.parametrize(
    ("columns", "fate"),
    [(GONE, "column places.height is gone"), (RETYPED, "column places.wikidata_id was int64, is string")],
)
def test_a_column_gone_or_retyped_needs_a_major_version_and_a_release_of_notice(
    candidate: Candidate, columns: dict[str, pyarrow.DataType], fate: str
) -> None:
    silent, told = published(candidate, "places", columns), published(candidate, "places", columns, "Use lat.")
    assert refusals(silent) == (f"{fate}, {NO_VERSION}", f"{fate}, {NO_NOTICE}")
    assert refusals(told) == (f"{fate}, {NO_VERSION}",)
    assert refusals(replace(silent, schema_version="1.0.0")) == (f"{fate}, {NO_NOTICE}",)
    assert refusals(replace(told, schema_version="1.0.0")) == ()


@pytest.mark.parametrize(
    ("old", "new", "may"),
    [
        ("0.1.0", "0.1.1", False),
        ("0.1.0", "0.2.0", True),
        ("0.9.0", "1.0.0", True),
        ("1.0.0", "1.9.0", False),
        ("1.9.0", "2.0.0", True),
        ("2.0.0", "1.0.0", False),
    ],
)
def test_only_a_breaking_version_may_break(candidate: Candidate, old: str, new: str, may: bool) -> None:
    told = published(candidate, "places", GONE, "Use lat.")
    assert told.previous is not None
    told = replace(told, schema_version=new, previous=replace(told.previous, schema_version=old))
    assert (refusals(told) == ()) is may


def test_a_renamed_column_is_one_that_is_gone(candidate: Candidate) -> None:
    assert candidate.previous is not None
    tables = candidate.previous.tables
    renamed = tables["places"].rename_columns({"naming_note": "name_note"})
    older = replace(candidate, previous=replace(candidate.previous, tables={**tables, "places": renamed}))
    assert refusals(older) == (
        f"column places.name_note is gone, {NO_VERSION}",
        f"column places.name_note is gone, {NO_NOTICE}",
    )


def test_a_table_gone_needs_the_same(candidate: Candidate) -> None:
    assert candidate.previous is not None
    for notice, reasons in {"": 2, "Nobody has moods.": 1}.items():
        metadata = {"notice": notice} if notice else None
        moods = pyarrow.table({"mood_id": ["a"]}).replace_schema_metadata(metadata)
        tables = {**candidate.previous.tables, "moods": moods}
        found = refusals(replace(candidate, previous=replace(candidate.previous, tables=tables)))
        assert len(found) == reasons
        assert found[0] == f"table moods is gone, {NO_VERSION}"


def test_a_new_column_may_come_at_any_time(candidate: Candidate) -> None:
    assert candidate.previous is not None
    tables = candidate.previous.tables
    older = {**tables, "places": tables["places"].drop_columns(["naming_note"])}
    assert refusals(replace(candidate, previous=replace(candidate.previous, tables=older))) == ()


@pytest.mark.parametrize("name", ["places.height", "moods"])
def test_a_notice_for_what_is_not_there_refuses(
    candidate: Candidate, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setitem(notices.NOTICES, name, "Use lat.")
    [reason] = refusals(candidate)
    assert reason == f"notice for {name}: there is no such table or column; take it out of NOTICES"
