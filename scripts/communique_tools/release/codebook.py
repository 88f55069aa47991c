"""``codebook.md``: the decision rules, and every table, view, column, term and rule, with what was observed.

The HTML page (:mod:`communique_tools.release.codebook_page`) is made from this text.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from communique.rules import CATALOGUE
from communique.version import __version__
from communique.vocabulary import all_terms
from communique_tools.release.codebook_page import page
from communique_tools.release.description import describe, term_uses
from communique_tools.release.edition import Edition

_INTRODUCTION = """\
# Codebook of communique {version}

Schemas {schema}. Tables, vocabularies and rules below are generated from the schemas and the rows of this release.

**Files.** `parquet/`, `csv/` and `jsonl/` hold the same tables, sorted by key; `views/` holds tables generated from
them; `communique.sqlite` holds tables and views with foreign keys and a full-text index named `search`. A value that
is missing is null, in CSV an empty cell. Dates in columns that end in `_edtf` are EDTF, those in columns that end in
`_on` are days (ISO 8601). The footer of each Parquet file holds its part of this codebook, as JSON, under the key
`codebook`.

**CSV.** Where a text begins with `=`, `+`, `-` or `@`, a spreadsheet would run it as a formula; such a cell has a
leading apostrophe here. To restore it, take one apostrophe off every text that begins with apostrophes followed by
one of these four. The other formats hold the text as it is.

**Reading the tables.** *Null* is the share of rows without a value, *distinct* the number of different values,
*observed* the least and the greatest of numbers and days. A *derived* column follows from others by rule.
"""
_BEFORE_RULES = "No release breaks a rule of the severity *error*; its notes count the warnings.\n"
_CODE_OR_MARK = re.compile(r"(`+)(?:.+?)\1|[<*]")


def _escaped(text: str) -> str:
    """A text in which nothing outside its code spans is taken for markup, and nothing for the end of a cell."""
    plain = _CODE_OR_MARK.sub(lambda found: found[0] if found[1] else f"\\{found[0]}", text)
    return plain.replace("|", "\\|").replace("\n", " ")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _grid(header: list[str], rows: Iterable[list[str]]) -> str:
    return "\n".join([_line(header), _line(["---"] * len(header)), *map(_line, rows)])


def _kind(column: dict[str, Any]) -> str:
    notes = [str(column["type"]).replace("date32", "day")]
    notes += ["key"] if column.get("is_key") else []
    notes += ["derived"] if column.get("is_derived") else []
    notes += [f"→ {column['foreign_key']}"] if "foreign_key" in column else []
    notes += [f"term of {column['vocabulary']}"] if "vocabulary" in column else []
    notes += ["EDTF"] if column.get("format") == "edtf" else []
    notes += [f"in {column['unit']}"] if "unit" in column else []
    return _escaped(", ".join(notes))


def _nulls(column: dict[str, Any]) -> str:
    share = column["observed"]["null_share"]
    if not column["nullable"]:
        return "never"
    return "–" if share is None else f"{100 * share:.1f}\u00a0%"


def _range(observed: dict[str, Any]) -> str:
    if observed["least"] is None:
        return ""
    return f"`{observed['least']}` to `{observed['greatest']}`"


def _notice(described: dict[str, Any]) -> str:
    return f" **To go:** {_escaped(described['notice'])}" if "notice" in described else ""


def _table(described: dict[str, Any]) -> str:
    rows = (
        [
            f"`{column['name']}`",
            _kind(column),
            _escaped(column["description"]) + _notice(column),
            _nulls(column),
            str(column["observed"]["distinct"]),
            _range(column["observed"]),
        ]
        for column in described["columns"]
    )
    grid = _grid(["column", "type", "meaning", "null", "distinct", "observed"], rows)
    sentence = f"{_escaped(described['description'])} {described['rows']} rows.{_notice(described)}"
    return f"### {described['table']}\n\n{sentence}\n\n{grid}\n"


def _vocabularies(edition: Edition) -> Iterator[str]:
    uses = term_uses(edition.tables.values())
    for vocabulary in dict.fromkeys(term.vocabulary for term in all_terms()):
        rows = (
            [
                f"`{term.term}`",
                *map(_escaped, (term.label, term.definition, term.when_to_use)),
                f"`{term.broader}`" if term.broader else "",
                term.since,
                str(uses[vocabulary, term.term]),
            ]
            for term in all_terms()
            if term.vocabulary == vocabulary
        )
        header = ["term", "label", "definition", "when to use", "broader", "since", "used"]
        yield f"### {vocabulary}\n\n{_grid(header, rows)}\n"


def _demoted(markdown: str) -> str:
    """A page of its own as a section of this one."""
    return "\n".join(f"#{line}" if line.startswith("#") else line for line in markdown.strip().splitlines())


def codebook(edition: Edition) -> str:
    """The whole codebook as Markdown."""
    rules = ([f"`{r.code}`", r.severity, _escaped(r.sentence), _escaped(r.why)] for r in CATALOGUE.values())
    parts = [
        _INTRODUCTION.format(version=edition.version, schema=__version__),
        *(f"{_demoted(text)}\n" for text in edition.pages),
        "## Tables\n",
        *(_table(describe(content, edition.version)) for content in edition.tables.values()),
        "## Views\n",
        "Generated from the tables, for those who want one wide table; never edited.\n",
        *(_table(describe(content, edition.version)) for content in edition.views.values()),
        "## Vocabularies\n",
        *_vocabularies(edition),
        "## Rules\n",
        _BEFORE_RULES,
        _grid(["code", "severity", "rule", "why"], rules) + "\n",
    ]
    return "\n".join(parts)


def write(edition: Edition, folder: Path) -> list[Path]:
    """The codebook as Markdown and as a page to be opened in a browser."""
    text = codebook(edition)
    texts = {"codebook.md": text, "codebook.html": page(text)}
    for name, content in texts.items():
        (folder / name).write_text(content, encoding="utf-8", newline="\n")
    return [folder / name for name in texts]
