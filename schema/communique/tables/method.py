"""The tables of method: what was searched, what was left out, coding reliability, changes, retired ids."""

from communique.tables.base import (
    Boolean,
    Day,
    Integer,
    Series,
    Table,
    day,
    edtf,
    foreign_key,
    free_key,
    key,
    number_key,
    term,
    text,
    value,
)


class Coverage(Table):
    """What was searched, for which years, and how complete it is."""

    scope_id: Series[str] = key("The scope's permanent name.")
    parties: Series[str] = text("Between whom, as actor ids separated by spaces.", nullable=False)
    types: Series[str] = text("Which event types, separated by spaces.", nullable=False)
    years: Series[str] = edtf("Which years, as an EDTF interval.")
    searched_on: Series[Day] = day("The day of the search.", nullable=False)
    completeness: Series[str] = term("completeness", "How complete.")
    found: Series[Integer] = value("How many events were found.", unit="events", ge=0)


class Exclusions(Table):
    """A candidate event that was left out, or the announcement of an event that was not found, and why."""

    exclusion_id: Series[str] = key("The exclusion's permanent name.")
    scope_id: Series[str] = foreign_key("coverage", "The scope in which it was considered.", nullable=True)
    event_id: Series[str] = foreign_key(
        "events",
        "The event whose announcement was sought and not found; null for a candidate.",
        nullable=True,
        since="0.2.0",
    )
    description: Series[str] = text("The candidate, or what was sought, in our own words.", nullable=False)
    reason: Series[str] = text("Why it was left out.", nullable=False)


class Codings(Table):
    """What each coder recorded for a field of a unit, before the codings were reconciled."""

    unit_id: Series[str] = free_key("What was coded.")
    coder: Series[str] = free_key("Who coded.")
    field: Series[str] = free_key("Which field.")
    coded: Series[str] = text("The value; null when the coder found none.")
    is_blind: Series[Boolean] = value("Whether coded without sight of the record.", nullable=False)
    coding_round: Series[Integer] = number_key("The round.", unit="rounds", ge=1)


class Changes(Table):
    """Why a published value was changed."""

    change_id: Series[str] = key("The change's permanent name.")
    table_name: Series[str] = text("The table.", nullable=False)
    row_id: Series[str] = text("The key of the row.", nullable=False)
    column_name: Series[str] = text("The column; null: the whole row.")
    change_kind: Series[str] = term("change_kind", "What sort of change.")
    reason: Series[str] = text("Why.", nullable=False)
    release_id: Series[str] = text("The release that brought it.", nullable=False, longest=20)


class RetiredIds(Table):
    """An id that was published and is no longer in use; append-only."""

    old_id: Series[str] = free_key("The id.")
    retired_state: Series[str] = term("retired_state", "Merged or withdrawn.")
    into_id: Series[str] = text("The successor of a merged id.")
    reason: Series[str] = text("Why.", nullable=False)
    release_id: Series[str] = text("The release that retired it.", nullable=False, longest=20)
