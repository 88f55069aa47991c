"""What a file gives: rows of a table as typed values, with the place of each."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from communique.columns import nearest
from communique.schemas import Column, TableSchema, table_schema
from communique_tools.importing.cells import value
from communique_tools.importing.sheet import Cell, Problem, Sheet


@dataclass(frozen=True)
class Given:
    """A row: its place, its table, its key, and the values that it states; an empty cell states nothing."""

    place: str
    table: str
    key: str
    values: dict[str, Any]


def given_rows(sheet: Sheet) -> tuple[list[Given], list[Problem]]:
    """The rows of a sheet, and what speaks against them; derived columns are passed over."""
    schema = table_schema(sheet.table)
    problems = _header_problems(sheet, schema)
    if problems:
        return [], problems
    rows: list[Given] = []
    first: dict[str, str] = {}
    for number, cells in sheet.rows:
        place = sheet.place(number)
        values, wrong = _values(sheet, schema, cells)
        problems += [Problem(place, message) for message in wrong]
        if wrong:
            continue
        key = schema.key_of(values)
        if key in first:
            problems.append(Problem(place, f"{key!r} stands already at {first[key]}"))
            continue
        first[key] = place
        rows.append(Given(place, sheet.table, key, values))
    return rows, problems


def derived_columns(sheet: Sheet) -> list[str]:
    """The columns of a sheet that the build fills, and an import therefore does not read."""
    return [
        column.name for column in table_schema(sheet.table).columns if column.is_derived and column.name in sheet.header
    ]


def _header_problems(sheet: Sheet, schema: TableSchema) -> list[Problem]:
    known = [column.name for column in schema.columns]
    place = sheet.place(1) if not sheet.unit else str(sheet.path)
    problems = []
    for name in dict.fromkeys(sheet.header):
        if name not in known:
            hint = nearest(name, known) or f"; expected some of {', '.join(known)}"
            problems.append(Problem(place, f"unknown column {name!r} for {sheet.table}{hint}"))
        if sheet.header.count(name) > 1:
            problems.append(Problem(place, f"column {name!r} stands twice"))
    missing = [column.name for column in _missing(schema, sheet.header)]
    if missing:
        problems.append(Problem(place, f"the key of {sheet.table} needs the columns {', '.join(missing)}"))
    return problems


def _values(sheet: Sheet, schema: TableSchema, cells: tuple[Cell, ...]) -> tuple[dict[str, Any], list[str]]:
    """The values that a row states, and what is wrong with its cells."""
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for name, cell in zip(sheet.header, cells, strict=True):
        column = schema.column(name)
        try:
            found = None if column.is_derived else value(column, cell, from_csv=sheet.path.suffix.lower() == ".csv")
        except ValueError as error:
            wrong.append(str(error))
            continue
        if found is not None:
            values[name] = found
    wrong += [f"{column.name}: is empty, but is part of the key" for column in _missing(schema, values) if not wrong]
    return values, wrong


def _missing(schema: TableSchema, names: Container[str]) -> list[Column]:
    """The columns of the key, without those in which null is a value, that are not among some names."""
    return [column for column in schema.columns if column.is_key and not column.nullable and column.name not in names]
