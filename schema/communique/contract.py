"""The contract as plain data: what the Pandera models declare, in a file that needs no pandas to be read.

The models are the reference; ``contract.json`` is generated from them, and a test proves it current. Whatever
must start fast (commands, records, the compiled check) reads the file.
"""

import inspect
import json
from pathlib import Path
from typing import Any

CONTRACT = Path(__file__).with_name("contract.json")

_TYPES = {
    "string[pyarrow]": "string",
    "Int64": "int64",
    "boolean": "bool",
    "float64": "double",
    "date32[day][pyarrow]": "date32",
}
_BOUNDS = {
    "str_matches": {"pattern": "pattern"},
    "str_length": {"min_value": "min_length", "max_value": "max_length"},
    "greater_than_or_equal_to": {"min_value": "minimum"},
    "less_than_or_equal_to": {"max_value": "maximum"},
}


def _checks(declared: Any) -> dict[str, Any]:
    found = {}
    for check in declared.checks:
        if check.name == "isin":  # the terms are data: the vocabulary's name stands in the metadata
            continue
        for statistic, name in _BOUNDS[check.name].items():
            value = check.statistics[statistic]
            if value is not None:  # other languages know no `\Z`, and their `$` means the very end
                found[name] = value.replace(r"\Z", "$") if name == "pattern" else value
    return found


def _column(name: str, declared: Any) -> dict[str, Any]:
    metadata = declared.metadata or {}
    column = {
        "name": name,
        "type": _TYPES[str(declared.dtype)],
        "description": declared.description,
        "nullable": declared.nullable,
        "is_key": bool(metadata.get("primary_key")),
        "is_derived": bool(metadata.get("derived")),
        "foreign_key": metadata.get("foreign_key"),
        "vocabulary": metadata.get("vocabulary"),
        "format": metadata.get("format"),
        "unit": metadata.get("unit"),
        "since": metadata.get("since"),
        **_checks(declared),
    }
    return {key: value for key, value in column.items() if value is not None}


def contract() -> dict[str, Any]:
    """The contract, from the models: per table a description and its columns, in order.

    Raises:
        KeyError: when a model uses a type or a check that the contract has no word for.
    """
    from communique.tables import TABLES

    return {
        table: {
            "description": inspect.cleandoc(model.__doc__ or "").split("\n", maxsplit=1)[0],
            "columns": [_column(name, declared) for name, declared in model.to_schema().columns.items()],
        }
        for table, model in TABLES.items()
    }


def contract_text() -> str:
    """The text of ``contract.json``."""
    return json.dumps(contract(), ensure_ascii=False, indent=1) + "\n"
