"""The codebook says of every table, column, term and rule what it means, as text and as a page that all can read."""

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from communique.rules import CATALOGUE
from communique.schemas import table_schema, table_schemas
from communique.vocabulary import all_terms
from communique_tools.release.codebook import codebook
from communique_tools.release.codebook_page import page
from communique_tools.release.description import Observed, observed
from communique_tools.release.edition import Edition

VOID = {"meta", "link", "br", "hr", "img"}
Attributes = dict[str, str | None]


class Reader(HTMLParser):
    """Reads a page: its elements in order, and whether each that was opened was closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, Attributes]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[Attributes]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def text(released: Path) -> str:
    return (released / "codebook.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def html(released: Path) -> str:
    return (released / "codebook.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def read(html: str) -> Reader:
    return Reader(html)


def test_it_names_every_table_column_and_term(text: str) -> None:
    for name, schema in table_schemas().items():
        assert f"### {name}\n" in text
        assert all(f"| `{column.name}` |" in text for column in schema.columns)
    assert all(f"| `{term.term}` |" in text for term in all_terms())
    assert all(f"| `{code}` | {rule.severity} |" in text for code, rule in CATALOGUE.items())
    assert "\n## Decision rules\n" in text


def test_it_names_the_views(text: str) -> None:
    assert re.findall(r"^### (\w+)$", text.partition("## Views")[2].partition("## Vocabularies")[0], re.MULTILINE) == [
        "events_flat",
        "event_parties",
        "plans",
    ]


def test_it_counts_rows_nulls_and_uses(text: str) -> None:
    assert "| `planned_edtf` | string, EDTF | The date planned as of this step. | 50.0\u00a0% | 1 |" in text
    assert re.search(r"^\| `rumoured` .* \| 0 \|$", text, re.MULTILINE)
    assert re.search(r"^\| `scheduled` .* \| 1 \|$", text, re.MULTILINE)
    assert re.search(r"^\| `date_edtf` .* \| never \| 2 \|", text, re.MULTILINE)


def test_what_was_observed_of_nothing_is_nothing() -> None:
    column = table_schema("spans").column("words")
    assert observed(column, []) == Observed(0, None, 0)
    assert observed(column, [{"words": 9}, {"words": None}, {"words": 12}]) == Observed(1, 0.3333, 2, 9, 12)


@pytest.mark.parametrize(
    ("definition", "cell"),
    [
        ("a | b", r"a \| b"),
        ("<event_id>/<slug>", r"\<event_id>/\<slug>"),
        ("`<event_id>` and *more*", r"`<event_id>` and \*more\*"),
        ("two\nlines", "two lines"),
    ],
)
def test_no_text_breaks_a_cell(edition: Edition, monkeypatch: pytest.MonkeyPatch, definition: str, cell: str) -> None:
    term = all_terms()[0]._replace(definition=definition)
    monkeypatch.setattr("communique_tools.release.codebook.all_terms", lambda: (term,))
    assert f"| {cell} |" in codebook(edition)


def test_the_page_is_whole_and_needs_nothing_beside_it(html: str, read: Reader) -> None:
    assert html.startswith("<!DOCTYPE html>")
    assert read.open == []
    outside = [a for _, a in read.elements if any((a.get(name) or "").startswith("http") for name in ("src", "href"))]
    assert outside == []
    assert read.all("script") == read.all("link") == read.all("img") == []


def test_the_page_says_its_language_and_title(html: str, read: Reader) -> None:
    assert read.all("html") == [{"lang": "en"}]
    assert "<title>Codebook of communique 2026.11.0</title>" in html


def test_the_headings_descend_one_level_at_a_time(read: Reader) -> None:
    levels = [int(tag[1]) for tag, _ in read.elements if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(lower - upper <= 1 for upper, lower in pairwise(levels))


def test_every_link_leads_somewhere_and_every_anchor_is_one_place(read: Reader) -> None:
    anchors = Counter(attributes["id"] for _, attributes in read.elements if "id" in attributes)
    assert [name for name, count in anchors.items() if count > 1] == []
    targets = {(attributes["href"] or "").removeprefix("#") for attributes in read.all("a")}
    assert targets <= anchors.keys()
    assert {"tables-events", "views-plans", "vocabularies-status", "rules", "decision-rules"} <= targets


def test_columns_terms_and_rules_can_be_linked_to(read: Reader) -> None:
    rows = {attributes.get("id") for attributes in read.all("tr")}
    assert {"tables-events.title", "vocabularies-status.lapsed", "rules.s201"} <= rows


def test_the_tables_have_headers_of_rows_and_columns_and_a_name(read: Reader) -> None:
    anchors = {attributes.get("id") for _, attributes in read.elements}
    tables = read.all("table")
    assert len(tables) > 26
    assert all(table["aria-labelledby"] in anchors for table in tables)
    assert {cell.get("scope") for cell in read.all("th")} == {"row", "col"}
    rows = len(read.all("tr")) - len(tables)
    assert sum(cell["scope"] == "row" for cell in read.all("th")) == rows


def test_markup_in_a_text_is_shown_not_obeyed() -> None:
    read = Reader(page("# Title\n\n<script>alert(1)</script>\n\n| a |\n| --- |\n| <b onload=x>y</b> |\n"))
    assert read.all("script") == read.all("b") == []
