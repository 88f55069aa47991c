"""The tables of who acts: actors, their names and codes, offices, who held them when, and membership."""

from communique.tables.base import (
    Day,
    Series,
    Table,
    day,
    edtf,
    edtf_key,
    foreign_key,
    free_key,
    key,
    term,
    term_key,
    text,
    value,
)


class Actors(Table):
    """One row per state, body, person, organisation, grouping or publisher."""

    actor_id: Series[str] = key("The actor's permanent name.")
    actor_kind: Series[str] = term("actor_kind", "What sort of actor.")
    name: Series[str] = text("The name by which the dataset calls it.", nullable=False, longest=200)
    parent_id: Series[str] = foreign_key("actors", "The actor of which it is a part.", nullable=True)
    publisher_kind: Series[str] = term("publisher_kind", "What sort of publisher.", nullable=True)
    start_edtf: Series[str] = edtf("When it came into being.", nullable=True)
    end_edtf: Series[str] = edtf("When it ceased to be.", nullable=True)


class ActorNames(Table):
    """The names of an actor, in any script, as its own state and the press write them."""

    actor_id: Series[str] = key("The actor.", target="actors")
    name: Series[str] = free_key("The name.")
    lang: Series[str] = text("The language, as a BCP 47 tag.", nullable=False, longest=35)
    script: Series[str] = text("The script, as an ISO 15924 code.", nullable=False, longest=4)
    name_kind: Series[str] = term("name_kind", "What sort of name.")


class ActorCodes(Table):
    """The code of an actor in a scheme of others; ``none`` says that the scheme has no code for it."""

    actor_id: Series[str] = key("The actor.", target="actors")
    scheme: Series[str] = term_key("code_scheme", "The scheme.")
    valid_from_on: Series[Day] = value(
        "The first day of validity; 1945-01-01 stands for a start that was not established.", nullable=False
    )
    code: Series[str] = text("The code, as text with its leading zeros.", longest=20)
    match_type: Series[str] = term("match_type", "How well the code fits the actor.")
    valid_to_on: Series[Day] = day("The last day of validity.")


class Offices(Table):
    """A post that a person may hold, with its level in the hierarchy of its state."""

    office_id: Series[str] = key("The office's permanent name.")
    title: Series[str] = text("The title in English.", nullable=False, longest=200)
    body_id: Series[str] = foreign_key("actors", "The state or body to which the office belongs.")
    level: Series[str] = term("level", "The rank.")


class Tenures(Table):
    """Who held an office from when to when."""

    tenure_id: Series[str] = key("The tenure's permanent name.", length=160)
    person_id: Series[str] = foreign_key("actors", "The holder.")
    office_id: Series[str] = foreign_key("offices", "The office.")
    start_edtf: Series[str] = edtf("When it began; [..day] where only known to have begun by a day.")
    end_edtf: Series[str] = edtf("When it ended; null where no end is known.", nullable=True)
    tenure_kind: Series[str] = term("tenure_kind", "Substantive, acting or concurrent.")


class Memberships(Table):
    """Who belongs to a grouping or organisation, and since when."""

    member_id: Series[str] = key("The member.", target="actors")
    group_id: Series[str] = key("The grouping or organisation.", target="actors")
    start_edtf: Series[str] = edtf_key("When the membership began.")
    end_edtf: Series[str] = edtf("When it ended.", nullable=True)
