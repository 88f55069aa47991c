"""The voices of a record, from the rows of one event's statements."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from communique.vocabulary import rank
from communique_tools.collapse.citations import Citations, Data
from communique_tools.collapse.sections import slug_of, typed_values
from communique_tools.record_keys import REMARK, SPEECH_ROLES
from communique_tools.records import Row

Speech = Mapping[str, Mapping[str, list[str]]]
"""Who speaks, is spoken of and so on, by statement and role."""

SHARED = ("speaker", "description", "affiliation", "anonymity_reason", "relayer", "said", "setting")
"""The keys that a voice holds when all of its remarks agree on them."""


def voices(rows: list[Row], citations: Citations, speech: Speech) -> Data:
    """Who spoke, by name, each with its remarks."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["voice"], row["statement_id"])):
        groups[row["voice"]].append(row)
    return {voice: _voice(remarks, citations, speech) for voice, remarks in groups.items()}


def _voice(rows: list[Row], citations: Citations, speech: Speech) -> Data:
    """A voice: what all of its remarks share, and each remark with the rest."""
    given = Counter(item["attribution"] for row in rows for item in citations.whole("statements", row["statement_id"]))
    attribution = min(given, key=lambda term: (-given[term], rank("attribution", term)), default=None)
    typed = {slug_of(row["statement_id"]): _remark(row, speech[row["statement_id"]]) for row in rows}
    first = next(iter(typed.values()))
    shared = {
        key: first[key] for key in SHARED if key in first and all(r.get(key) == first[key] for r in typed.values())
    }
    remarks = {
        slug: {
            **{key: value for key, value in remark.items() if key not in shared},
            **citations.cited("statements", row["statement_id"], attribution),
        }
        for row, (slug, remark) in zip(rows, typed.items(), strict=True)
    }
    named = {"attribution": attribution} if attribution else {}
    return {**shared, **named, "remarks": remarks}


def _remark(row: Row, speech: Mapping[str, list[str]]) -> Data:
    """A remark with everything that a voice might hold for it."""
    typed = typed_values(row, {**REMARK, "description": "description", "anonymity_reason": "anonymity_reason"})
    event_id, _, slug = typed.get("about_statement", "").partition("/")
    if event_id == row["event_id"]:
        typed["about_statement"] = slug
    return {**typed, **{role: sorted(speech[role]) for role in SPEECH_ROLES if role in speech}}
