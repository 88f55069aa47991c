"""``codebook.md``: every table, column, term and rule, with what was observed in this release."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique.dataset import Dataset
from communique.rules import RULES
from communique.schemas import Column, TableSchema, table_schema
from communique.version import __version__
from communique.views import flat_rows, flat_schema
from communique.vocabulary import all_terms

Row = dict[str, Any]

_INTRODUCTION = """\
# Codebook of communique {version}

Schemas {schema}. Every statement below is generated from the schemas, vocabularies and rows of this release.

**Files.** `parquet/`, `csv/` and `jsonl/` hold the same tables, sorted by key; `communique.sqlite` holds them with
foreign keys and a full-text index; `views/` holds generated tables. A value that is missing is null, in CSV an empty
cell. Dates in columns that end in `_edtf` are EDTF, those in columns that end in `_on` are days (ISO 8601).

**CSV.** Where a text begins with `=`, `+`, `-` or `@`, a spreadsheet would run it as a formula; such a cell has a
leading apostrophe here. To restore it, take one apostrophe off every text that begins with apostrophes followed by
one of these four. The other formats hold the text as it is.
"""


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _grid(header: list[str], rows: list[list[str]]) -> str:
    return "\n".join([_line(header), _line(["---"] * len(header)), *map(_line, rows)])


def _kind(column: Column) -> str:
    notes = [str(column.arrow).replace("date32[day]", "day")]
    notes += ["key"] if column.is_key else []
    notes += ["derived"] if column.is_derived else []
    notes += [f"→ {column.foreign_key}"] if column.foreign_key else []
    notes += [f"term of {column.vocabulary}"] if column.vocabulary else []
    notes += ["EDTF"] if column.format == "edtf" else []
    notes += [f"in {column.unit}"] if column.unit else []
    return ", ".join(notes)


def _nulls(column: Column, rows: list[Row]) -> str:
    if not column.nullable:
        return "never"
    missing = sum(row[column.name] is None for row in rows)
    return f"{100 * missing / len(rows):.0f} %" if rows else "–"


def _table(schema: TableSchema, rows: list[Row]) -> str:
    grid = _grid(
        ["column", "type", "meaning", "null", "distinct"],
        [
            [
                f"`{column.name}`",
                _escaped(_kind(column)),
                _escaped(column.description),
                _nulls(column, rows),
                str(len({row[column.name] for row in rows} - {None})),
            ]
            for column in schema.columns
        ],
    )
    return f"### {schema.name}\n\n{schema.description} {len(rows)} rows.\n\n{grid}\n"


def _uses(rows: dict[str, list[Row]]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for name, content in rows.items():
        for column in table_schema(name).columns:
            if column.vocabulary:
                counts.update((column.vocabulary, row[column.name]) for row in content if row[column.name])
    return counts


def _vocabularies(rows: dict[str, list[Row]]) -> Iterator[str]:
    uses = _uses(rows)
    for vocabulary in dict.fromkeys(term.vocabulary for term in all_terms()):
        lines = [
            [f"`{t.term}`", _escaped(t.definition), _escaped(t.when_to_use), t.since, str(uses[vocabulary, t.term])]
            for t in all_terms()
            if t.vocabulary == vocabulary
        ]
        yield f"### {vocabulary}\n\n{_grid(['term', 'definition', 'when to use', 'since', 'used'], lines)}\n"


def _demoted(markdown: str) -> str:
    """A page of its own as a section of this one."""
    return "\n".join(f"#{line}" if line.startswith("#") else line for line in markdown.strip().splitlines())


def codebook(dataset: Dataset, version: str, decision_rules: str = "") -> str:
    """The whole codebook as Markdown."""
    rows = dataset.rows()
    rules = [[rule.code, rule.severity, _escaped(rule.sentence)] for rule in RULES.values()]
    parts = [
        _INTRODUCTION.format(version=version, schema=__version__),
        "## Tables\n",
        *(_table(table_schema(name), rows[name]) for name in dataset),
        "## Views\n",
        _table(flat_schema(), flat_rows(dataset)),
        "## Vocabularies\n",
        *_vocabularies(rows),
        "## Rules\n\nBeside these, every column is checked against its type and terms, every key is unique, and "
        "every reference points at a row.\n",
        _grid(["code", "severity", "rule"], sorted(rules)) + "\n",
        _demoted(decision_rules) + "\n" if decision_rules else "",
    ]
    return "\n".join(part for part in parts if part)


def write(dataset: Dataset, folder: Path, version: str, decision_rules: str = "") -> list[Path]:
    """The codebook, closed by the decision rules of the coders."""
    path = folder / "codebook.md"
    path.write_text(codebook(dataset, version, decision_rules), encoding="utf-8", newline="\n")
    return [path]
