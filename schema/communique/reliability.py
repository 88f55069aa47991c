"""How far coders agreed, field by field, from what each of them recorded before the codings were reconciled.

>>> import communique
>>> from communique.reliability import reliability
>>> reliability(communique.load())  # doctest: +SKIP

Rounds are never pooled: a definition that was mended between two rounds makes them two measurements. A coding that is
not there is missing, and alpha leaves it out; one that is there without a value says that the coder found none, which
is a value of its own (for ``parties``, the empty set).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pandas as pd

from communique import dates
from communique.alpha import INTERVAL_SCALE, NOMINAL, ORDINAL, SET, Scale, agreement
from communique.dataset import Dataset
from communique.frames import Row, to_rows
from communique.schemas import table_schema
from communique.vocabulary import rank, terms

REPLICATES = 2000
SEED = 2011
UNITISING = "unitising"
"""The field that says whether a coder found the unit at all; see :mod:`communique.unitising`."""

AUDIT = "audit_"
"""What the fields begin with that judge a record instead of coding it anew; see :mod:`communique.audit`."""

Coded = dict[str, dict[str, Row]]
"""The codings of one field in one round, by unit and coder."""
Reading = Callable[[str | None], Any]
"""A coded text as a value of a scale; None where it has no place on it."""

_COLUMNS = {
    "coding_round": "int64",
    "field": "str",
    "scale": "str",
    "n_units": "int64",
    "n_coders": "int64",
    "n_codings": "int64",
    "n_blind": "int64",
    "agreement": "float64",
    "alpha": "float64",
    "low": "float64",
    "high": "float64",
}


def _plain(coded: str | None) -> str:
    return coded or ""  # no coding is an empty text, so that this can stand for "none"


def _members(coded: str | None) -> tuple[str, ...]:
    return tuple(sorted(set(re.split(r"[\s,;]+", coded or "")) - {""}))


def _level(coded: str | None) -> int | None:
    return rank("level", coded) if coded in terms("level") else None


def _midpoint(coded: str | None) -> float | None:
    """The day in the middle of what a date allows, counted from the first day of year 1."""
    try:
        start, end = dates.bounds(coded)
    except dates.DateError:
        return None
    return (start.toordinal() + end.toordinal()) / 2 if start and end else None


def _scales(field: str) -> list[tuple[Scale, Reading]]:
    """How the values of a field compare. On a scale of distances not all have a place: there is a nominal row too."""
    if field == "parties":
        return [(SET, _members)]
    if field == "level":
        return [(NOMINAL, _plain), (ORDINAL, _level)]
    if field == "date" or field.endswith("_edtf"):
        return [(NOMINAL, _plain), (INTERVAL_SCALE, _midpoint)]
    return [(NOMINAL, _plain)]


def coded_fields(codings: Iterable[Row], coding_round: int | None) -> Iterator[tuple[int, str, Coded]]:
    """Each round and field with its codings; units in the order of their ids, so that the order of rows is none."""
    grouped: dict[tuple[int, str], Coded] = defaultdict(lambda: defaultdict(dict))
    for row in codings:
        if coding_round in {None, row["coding_round"]}:
            grouped[row["coding_round"], row["field"]][row["unit_id"]][row["coder"]] = row
    for (number, field), coded in sorted(grouped.items(), key=lambda item: item[0]):
        yield number, field, dict(sorted(coded.items()))


def _measured(field: str, coded: Coded, replicates: int, seed: int) -> Iterator[Row]:
    for scale, read in _scales(field):
        placed = [[row for row in unit.values() if read(row["coded"]) is not None] for unit in coded.values()]
        used = [row for unit in placed if len(unit) > 1 for row in unit]
        values = [[read(row["coded"]) for row in unit] for unit in placed]
        yield {
            "field": field,
            "scale": scale.name,
            "n_coders": len({row["coder"] for row in used}),
            "n_blind": sum(bool(row["is_blind"]) for row in used),
            **agreement(values, scale, replicates=replicates, seed=seed)._asdict(),
        }


def frame(rows: list[Row], columns: dict[str, str]) -> pd.DataFrame:
    """Rows as a frame with these columns and types, also when there is none."""
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in columns.items()})


def reliability_of(
    codings: Iterable[Row], *, coding_round: int | None = None, replicates: int = REPLICATES, seed: int = SEED
) -> pd.DataFrame:
    """The same as :func:`reliability`, from the rows of ``codings``."""
    rows = [
        {"coding_round": number, **measured}
        for number, field, coded in coded_fields(codings, coding_round)
        if field != UNITISING and not field.startswith(AUDIT)
        for measured in _measured(field, coded, replicates, seed)
    ]
    return frame(rows, _COLUMNS)


def reliability(
    dataset: Dataset, *, coding_round: int | None = None, replicates: int = REPLICATES, seed: int = SEED
) -> pd.DataFrame:
    """Agreement and Krippendorff's alpha of every field, one row per round, field and scale.

    Columns: ``coding_round``, ``field``, ``scale``; ``n_units`` coded by at least two, by ``n_coders``, in
    ``n_codings`` codings of which ``n_blind`` were blind; ``agreement`` (share of pairs of coders with the same value,
    averaged over units); ``alpha`` with ``low`` and ``high``, its 95 % percentile interval from ``replicates`` draws
    of units. NaN is what is not defined: alpha where all values are the same, the interval of a single unit.

    Scales: ``parties`` (ids separated by spaces) by the Jaccard distance of sets, ``level`` nominal and ordinal in the
    order of its vocabulary, ``date`` and fields in ``_edtf`` nominal and interval (days between the midpoints of what
    the dates allow), all others nominal. What has no place on an ordinal or interval scale (none, an open date, a text
    that is no term or date) is left out there and counts in the nominal row. See :mod:`communique.alpha`.

    The same codings, replicates and seed give the same table, in whatever order the rows stand.
    """
    rows = to_rows(dataset.codings, table_schema("codings"))
    return reliability_of(rows, coding_round=coding_round, replicates=replicates, seed=seed)
