"""``codebook.html``: the codebook as one page that needs nothing beside it.

Every section, table and row has an anchor that stays the same from release to release:
``codebook.html#tables-events``, ``codebook.html#tables-events.title``, ``codebook.html#vocabularies-status.lapsed``.
"""

import re
from collections import Counter
from collections.abc import Sequence
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_CSS = Path(__file__).with_name("codebook.css")
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{css}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<nav aria-label="Contents">
{contents}</nav>
<main id="content">
{body}</main>
</body>
</html>
"""


class Heading(NamedTuple):
    """A heading: its level, its anchor and its text."""

    level: int
    name: str
    text: str


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9_]+", "-", text.lower()).strip("-")


def _unique(name: str, seen: Counter[str]) -> str:
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


def _name_headings(tokens: list[Token], seen: Counter[str]) -> list[Heading]:
    """Give every heading an anchor, below that of its section, and return them all."""
    found: list[Heading] = []
    section = ""
    for heading, inline in pairwise(tokens):
        if heading.type != "heading_open":
            continue
        level, own = int(heading.tag[1]), _slug(inline.content)
        section = own if level <= 2 else section
        name = _unique(own if level <= 2 else f"{section}-{own}", seen)
        heading.attrSet("id", name)
        found.append(Heading(level, name, inline.content))
    return found


def _mark_tables(tokens: list[Token], seen: Counter[str]) -> None:
    """Give every table the name of its heading, and headers of columns and rows, for those who hear it read."""
    here, row = "", None
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            here = str(token.attrGet("id"))
        elif token.type == "table_open":
            token.attrSet("aria-labelledby", here)
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.type == "tr_open":
            row = token
        elif token.type == "td_open" and row is not None:  # the first cell names its row
            row.attrSet("id", _unique(f"{here}.{_slug(tokens[index + 1].content)}", seen))
            token.attrSet("scope", "row")
            token.tag = next(later for later in tokens[index:] if later.type == "td_close").tag = "th"
            row = None


def _open_table(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, _: EnvType) -> str:
    name = tokens[index].attrGet("aria-labelledby")
    table = renderer.renderToken(tokens, index, options, {})
    return f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}">\n{table}'


def _close_table(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, _: EnvType) -> str:
    return f"{renderer.renderToken(tokens, index, options, {})}</div>\n"


def _link(heading: Heading) -> str:
    return f'<a href="#{heading.name}">{escape(heading.text)}</a>'


def _item(section: Heading, parts: list[Heading]) -> str:
    inner = "".join(f"<li>{_link(part)}</li>\n" for part in parts)
    return f"<li>{_link(section)}{f'<ul>{inner}</ul>' if parts else ''}</li>\n"


def _list(headings: list[Heading]) -> str:
    """The contents: a list of the sections, each with a list of what stands below it."""
    sections: list[tuple[Heading, list[Heading]]] = []
    for heading in headings:
        if heading.level == 2:
            sections.append((heading, []))
        elif heading.level == 3 and sections:
            sections[-1][1].append(heading)
    return f"<ul>\n{''.join(_item(section, parts) for section, parts in sections)}</ul>\n"


def page(markdown: str) -> str:
    """A text in Markdown, with one heading of the first level, as a whole page; HTML in it is shown, not obeyed."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("table_open", _open_table)
    parser.add_render_rule("table_close", _close_table)
    tokens, seen = parser.parse(markdown), Counter[str]()
    headings = _name_headings(tokens, seen)
    _mark_tables(tokens, seen)
    return _PAGE.format(
        title=escape(next(heading.text for heading in headings if heading.level == 1)),
        css=_CSS.read_text(encoding="utf-8"),
        contents=_list(headings),
        body=parser.renderer.render(tokens, parser.options, {}),
    )
