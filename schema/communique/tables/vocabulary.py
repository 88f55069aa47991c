"""The tables of words: the terms themselves and their counterparts in the schemes of others."""

from communique.tables.base import Series, Table, free_key, term, term_key, text


class Terms(Table):
    """Every term of every vocabulary."""

    vocabulary: Series[str] = free_key("The vocabulary.")
    term: Series[str] = free_key("The term.")
    label: Series[str] = text("The term as a person reads it.", nullable=False)
    definition: Series[str] = text("What it means.", nullable=False)
    when_to_use: Series[str] = text("When to choose it.", nullable=False)
    broader: Series[str] = text("The term above it.")
    since: Series[str] = text("The schema version that introduced it.", nullable=False)


class Crosswalk(Table):
    """The counterpart of an event type in another scheme; ``none`` where there is none."""

    event_type: Series[str] = term_key("event_type", "The event type.")
    scheme: Series[str] = term_key("event_scheme", "The scheme and its version.")
    code: Series[str] = free_key("The code in that scheme; ``-`` where there is none.")
    match_type: Series[str] = term("match_type", "How well it fits.")
    note: Series[str] = text("What a user should know.")
