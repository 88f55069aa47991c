"""The tables of what happens: events, the steps of their lives, who took part, what was said, what came of it."""

from communique.tables.base import (
    ROW,
    Boolean,
    Day,
    Integer,
    Series,
    Table,
    day,
    derived_term,
    edtf,
    foreign_key,
    key,
    row_key,
    term,
    term_key,
    text,
    value,
)


class Events(Table):
    """One row per diplomatic event, planned or real. When and where it was stands in its steps."""

    event_id: Series[str] = key("The event's permanent name.")
    event_type: Series[str] = term("event_type", "The type of the plan as first made public.")
    title: Series[str] = text("What the event is, neutral in time, in our own words.", nullable=False, longest=140)
    series_id: Series[str] = foreign_key("series", "The series of which it is an instance.", nullable=True)
    note: Series[str] = text("What a reader should know beside the columns.")
    status: Series[str] = derived_term("status", "The standing after the last step.")
    date_edtf: Series[str] = edtf("The date of the last step.", nullable=True, derived=True)
    start_on: Series[Day] = day("Earliest day that date_edtf allows.", derived=True)
    end_on: Series[Day] = day("Latest day that date_edtf allows.", derived=True)
    date_precision: Series[str] = derived_term("date_precision", "How precise date_edtf is.")
    place_id: Series[str] = foreign_key("places", "The place of the last step.", nullable=True, derived=True)
    mode: Series[str] = derived_term("mode", "The mode of the last step.")
    level: Series[str] = derived_term("level", "The level of the lowest head of delegation there, or expected.")
    n_sources: Series[Integer] = value("Sources cited by its rows.", unit="sources", derived=True)
    n_origins: Series[Integer] = value("Independent origins of those sources.", unit="origins", derived=True)
    first_public_on: Series[Day] = day("The day on which its first step was public.", derived=True)
    is_backfilled: Series[Boolean] = value("First evidenced over a year after it was.", derived=True)
    confidence: Series[str] = derived_term("confidence", "How well its last step is evidenced.")


class StatusSteps(Table):
    """The life of an event: one row for each change of its status."""

    step_id: Series[str] = row_key("The step's permanent name.")
    event_id: Series[str] = foreign_key("events", "The event whose status changed.")
    status: Series[str] = term("status", "What became true at this step.")
    date_edtf: Series[str] = edtf("When it became true, local day of the place.")
    start_on: Series[Day] = day("Earliest day that date_edtf allows; null when open.", derived=True)
    end_on: Series[Day] = day("Latest day that date_edtf allows; null when open.", derived=True)
    planned_edtf: Series[str] = edtf("The date planned as of this step.", nullable=True)
    planned_start_on: Series[Day] = day("Earliest day that planned_edtf allows; null when open.", derived=True)
    planned_end_on: Series[Day] = day("Latest day that planned_edtf allows; null when open.", derived=True)
    planned_note: Series[str] = term("planned_note", "Why no date is planned.", nullable=True)
    place_id: Series[str] = foreign_key("places", "Where it took place, or is to.", nullable=True)
    mode: Series[str] = term("mode", "Whether people met in person, by video and so on.", nullable=True)
    by_id: Series[str] = foreign_key("actors", "Who took this step.", nullable=True)
    reason: Series[str] = term("reason", "The cause of this step, when it is no event of the dataset.", nullable=True)
    because_event_id: Series[str] = foreign_key("events", "The event that caused this step.", nullable=True)
    dispute_note: Series[str] = text("Why sources disagree on this step, and how it was settled.")
    public_on: Series[Day] = day("The day from which it was known in public.", derived=True)


class Participants(Table):
    """Who took part, in which role, for whom and in which office."""

    participant_id: Series[str] = row_key("The participation's permanent name.")
    event_id: Series[str] = foreign_key("events", "The event.")
    person_id: Series[str] = foreign_key("actors", "The person, where a source names one.", nullable=True)
    party_id: Series[str] = foreign_key("actors", "For whom: a state, body, grouping or organisation.", nullable=True)
    office_id: Series[str] = foreign_key(
        "offices", "The office held then, in which the person took part.", nullable=True
    )
    role: Series[str] = term("role", "The part played.")
    attendance: Series[str] = term("attendance", "How, when it is not plain attendance.", nullable=True)
    vote: Series[str] = term("vote", "The vote cast.", nullable=True)
    is_veto: Series[Boolean] = value("Whether the vote was a veto.")
    public_on: Series[Day] = day("The day from which it was known in public.", derived=True)


class Statements(Table):
    """What was said, in our own words: one row per remark."""

    statement_id: Series[str] = row_key("The remark's permanent name.")
    event_id: Series[str] = foreign_key("events", "The event with which the remark lives.")
    act: Series[str] = term("act", "What was done by saying it.")
    certainty: Series[str] = term("certainty", "How sure the speaker was.", nullable=True)
    said_edtf: Series[str] = edtf("When it was said; null means on the day of the event's last step.", nullable=True)
    about_edtf: Series[str] = edtf("The time of which it speaks.", nullable=True)
    setting: Series[str] = term("setting", "Where it was said.", nullable=True)
    voice: Series[str] = text(
        "The voice, shared by all remarks of one speaker in an event.", nullable=False, longest=80
    )
    description: Series[str] = text("How a nameless voice is described.", longest=200)
    anonymity_reason: Series[str] = term("anonymity_reason", "Why a voice is nameless.", nullable=True)
    about_event_id: Series[str] = foreign_key("events", "The event it is about; null: its own.", nullable=True)
    about_statement_id: Series[str] = foreign_key("statements", "The remark it is about.", nullable=True)
    gist: Series[str] = text("What was said, in our own words.", nullable=False, longest=300)
    attribution: Series[str] = derived_term("attribution", "The best attribution among its evidence.")
    public_on: Series[Day] = day("The day from which it was known in public.", derived=True)


class StatementActors(Table):
    """Who spoke, for whom, about whom, to whom and through whom."""

    statement_id: Series[str] = key("The remark.", pattern=ROW, length=200, target="statements")
    actor_id: Series[str] = key("The actor.", target="actors")
    speech_role: Series[str] = term_key("speech_role", "The actor's part in the remark.")


class Relations(Table):
    """What led to what: a typed, directed link between two events."""

    relation_id: Series[str] = row_key("The relation's permanent name.")
    from_event_id: Series[str] = foreign_key("events", "The event that bears the relation.")
    relation: Series[str] = term("relation", "How the first event stands to the second.")
    to_event_id: Series[str] = foreign_key("events", "The event to which it relates.")
    basis: Series[str] = term("basis", "Whether a source states it or the coder inferred it.")
    note: Series[str] = text("Why an inferred relation is inferred.")


class Outcomes(Table):
    """What came of an event, planned or actual."""

    outcome_id: Series[str] = row_key("The outcome's permanent name.")
    event_id: Series[str] = foreign_key("events", "The event.")
    outcome_kind: Series[str] = term("outcome_kind", "What sort of outcome.")
    standing: Series[str] = term("standing", "Planned or actual.")
    title: Series[str] = text("The outcome in our own words.", nullable=False, longest=200)
    quantity_low: Series[float] = value("The lower bound of the quantity.", unit="see unit")
    quantity_high: Series[float] = value("The upper bound of the quantity.", unit="see unit")
    unit: Series[str] = term("unit", "What is counted.", nullable=True)
    adopted_on: Series[Day] = day("The day on which it was adopted.")


class EventTopics(Table):
    """The coder's classification of an event by subject."""

    event_id: Series[str] = key("The event.", target="events")
    topic: Series[str] = term_key("topic", "The subject.")
