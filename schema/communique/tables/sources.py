"""The tables of evidence: pages, the fingerprints of words that stood on them, and which row they support."""

from communique.tables.base import (
    SHA256,
    Day,
    Integer,
    Series,
    Table,
    day,
    edtf,
    foreign_key,
    free_key,
    key,
    nullable_key,
    term,
    text,
    value,
)


class Sources(Table):
    """A page that was read, or one known to stand behind it. Neither its title nor its text is kept."""

    source_id: Series[str] = key("The source's permanent name.")
    url: Series[str] = text("The address.", longest=2000)
    publisher_id: Series[str] = foreign_key("actors", "Who published it.")
    published_edtf: Series[str] = edtf("When; its upper bound decides what was public.", nullable=True)
    lang: Series[str] = text("The language, as a BCP 47 tag; null for a page never seen.", longest=35)
    source_kind: Series[str] = term("source_kind", "What sort of page.")
    credits_id: Series[str] = foreign_key("actors", "Whom the page credits.", nullable=True)
    origin_id: Series[str] = foreign_key("sources", "The first in its chain; itself when original.")
    retrieved_on: Series[Day] = day("The day on which it was read.", nullable=False)
    extent: Series[str] = term("extent", "How much of it was read.")


class Spans(Table):
    """The fingerprint of a run of words on a page, by the scheme ``words-1``."""

    span_id: Series[str] = key("The span's permanent name: the source and the start of the hash.", length=120)
    source_id: Series[str] = foreign_key("sources", "The page.")
    words: Series[Integer] = value("The number of words.", nullable=False, unit="words", ge=8, le=160)
    sha256: Series[str] = value("SHA-256 of the normalised words.", nullable=False, str_matches=SHA256)
    locator: Series[str] = text("Where on the page they stand.", longest=100)


class Evidence(Table):
    """Which words support or contradict which row, and how that page attributes them."""

    table_name: Series[str] = free_key("The table of the row.")
    row_id: Series[str] = free_key("The key of the row.")
    column_name: Series[str] = nullable_key("The column; null stands for the whole row.")
    span_id: Series[str] = key("The words.", length=120, target="spans")
    stance: Series[str] = term("stance", "Whether they support or contradict.")
    attribution: Series[str] = term("attribution", "To whom this page attributes it.", nullable=True)
    contradicting: Series[str] = text("The value that the page gives instead.")
    note: Series[str] = text("What a reader should know.")
