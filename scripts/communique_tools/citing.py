"""Citing words for a row of a record, which is made where it is not there yet.

A row is named as it stands in the record::

    steps.scheduled              participants.park-jin         outcomes.fund
    voices.minister.hope         relations.follows_up.cjk-som-2023

Where a participant has several rows, ``participants.park-jin.2`` is the second, and ``participants.park-jin.+``
one more: first expected, then there.
"""

import copy
from typing import Any

from communique.columns import nearest
from communique.schemas import table_schema
from communique_tools.record_keys import COLUMNS_OF, SPEECH_ROLES, TABLE_OF, VOICE
from communique_tools.skeleton import misfit

Data = dict[str, Any]

_PARTS = {"steps": (2,), "participants": (2, 3), "outcomes": (2,), "voices": (3,), "relations": (3,)}
_EXAMPLES = "steps.scheduled, participants.park-jin, voices.minister.hope, relations.follows_up.cjk-som-2023"
_FLAGS = {"true": True, "false": False}


class CitingError(ValueError):
    """A row that cannot be cited or made as asked."""


def cite(data: Data, row: str, span: Data, typed: dict[str, str], attribution: str | None = None) -> Data:
    """The data of a record in which a row also cites a span; a row that is not there is made of what was typed.

    The attribution is that of these words for this row, where the kind of the page does not tell it.

    Raises:
        CitingError: when the name is that of no row, or the typed keys or values are none of such a row.
    """
    cited = copy.deepcopy(data)
    section, names = _parts(row)
    values = _values(section, typed)
    found = _find(cited, section, names)
    if found is not None and values:
        raise CitingError(f"{row} is there already; only a row that is made takes values, so change it by hand")
    if found is None:
        found = _make(cited, section, names, values)
    name = _span_name(cited.setdefault("spans", {}), span)
    spans = found.setdefault("spans", [])
    if not any(str(item).partition(" ")[0] == name for item in spans):
        spans.append(f"{name} {attribution}" if attribution else name)
    return cited


def _parts(row: str) -> tuple[str, list[str]]:
    section, *names = row.split(".")
    if len(names) + 1 not in _PARTS.get(section, ()) or not all(names):
        raise CitingError(f"{row!r} names no row; expected something like {_EXAMPLES}")
    return section, names


def _values(section: str, typed: dict[str, str]) -> Data:
    """The typed values, each of the type of its column."""
    section = "remarks" if section == "voices" else section
    columns, table = COLUMNS_OF[section], table_schema(TABLE_OF[section])
    lists = SPEECH_ROLES if section == "remarks" else ()
    others = VOICE if section == "remarks" else ()
    values: Data = {}
    for key, value in typed.items():
        if key in lists:
            values[key] = value.split(",")
            continue
        if key not in columns and key not in others:
            raise CitingError(
                f"{key}: unknown key" + (nearest(key, columns) or f"; expected one of {', '.join(columns)}")
            )
        column = table.column(columns[key]) if key in columns else None
        if column is not None and column.type == "string" and (problem := misfit(table.name, column.name, value)):
            raise CitingError(f"{key}: {problem}")
        values[key] = _value(key, value, column.type if column else "string")
    return values


def _value(key: str, value: str, of_type: str) -> Any:
    if of_type == "bool":
        if value not in _FLAGS:
            raise CitingError(f"{key}: {value!r}, expected true or false")
        return _FLAGS[value]
    if of_type == "double":
        try:
            return float(value)
        except ValueError as error:
            raise CitingError(f"{key}: {value!r}, expected a number") from error
    return value


def _find(data: Data, section: str, names: list[str]) -> Data | None:
    rows = data.get(section, {})
    if section == "voices":
        found: Data | None = rows.get(names[0], {}).get("remarks", {}).get(names[1])
        return found
    if section == "relations":
        return next((item for item in rows.get(names[0], []) if item.get("to") == names[1]), None)
    row = rows.get(names[0])
    if section != "participants" or row is None or names[1:] == ["+"]:
        return row if len(names) == 1 else None
    several: list[Data] = row if isinstance(row, list) else [row]
    if len(names) == 1 and len(several) > 1:
        raise CitingError(f"{names[0]} has {len(several)} rows; add .1 to .{len(several)} for one of them, or .+")
    number = names[1] if len(names) > 1 else "1"
    if not number.isdecimal() or not 0 < int(number) <= len(several):
        raise CitingError(f"{names[0]}.{number}: expected .1 to .{len(several)}, or .+ for one more")
    return several[int(number) - 1]


def _make(data: Data, section: str, names: list[str], values: Data) -> Data:
    """A new row at its place in the record."""
    rows = data.setdefault(section, {})
    if section == "relations":
        made = {"to": names[1], **values}
        rows.setdefault(names[0], []).append(made)
        return made
    if not values:
        raise CitingError(
            f"{section}.{'.'.join(names)} is not there; to make it, --set its values, such as a date or role"
        )
    if section == "voices":
        voice = rows.get(names[0])
        if voice is None:  # who speaks belongs to the voice, not to its first remark
            spoken = {key: values.pop(key) for key in VOICE if key in values}
            voice = rows[names[0]] = {**spoken, "remarks": {}}
        voice.setdefault("remarks", {})[names[1]] = values
        return values
    if names[1:] == ["+"] and names[0] in rows:
        several = rows[names[0]] if isinstance(rows[names[0]], list) else [rows[names[0]]]
        rows[names[0]] = [*several, values]
    else:
        rows[names[0]] = values
    return values


def _span_name(spans: Data, span: Data) -> str:
    """The name under which a record holds a span; a new one where it does not, which formatting makes speak."""
    for name, held in spans.items():
        if (held.get("source"), held.get("sha256")) == (span["source"], span["sha256"]):
            return str(name)
    name = f"cited-{span['sha256'][:12]}"
    spans[name] = span
    return name
