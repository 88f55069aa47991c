"""Rules on the titles and ids of events (T7…)."""

import re

from communique.rules.catalogue import Failures, Row, Rows, rule
from communique.rules.facts import Day, lives, when

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_DAYS = re.compile(
    rf"\b{_MONTH}\.?[ -]\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)|\b\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH}\b"
    r"|\b\d{4}-\d{2}(?:-\d{2})?\b|\b(?:19|20)\d{6}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|\w+tieth"
    r"|\d+(?:st|nd|rd|th))"
)
_OCCASION = "(?:summit|meeting|round|talks|dialogue|consultation|session|conference)s?"
_NUMBERS = re.compile(rf"\b{_ORDINAL}[ -](?:[\w–’'-]+[ -]){{0,5}}?{_OCCASION}\b", re.IGNORECASE)
_RANKS = re.compile(r"\b(?:first|second|third) (?:vice|deputy|secretary|lady|world)\b", re.IGNORECASE)
_OUTCOMES = re.compile(
    r"\b(?:agree[ds]?|adopt(?:s|ed)|approved|breakthrough|broke[n]?|called off|cancell?ed|collapsed?|concluded|delayed"
    r"|ended|fail(?:s|ed|ure)|held|lapsed|postponed|refused|rejected|rescheduled|resumed|restored|scrapped|signed"
    r"|stalled|succe(?:eded|ssful|ss)|suspended|unsuccessful|vetoed)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?<![0-9])(?:1[89]|20)\d{2}(?![0-9])")


@rule("T701", "error")
def names_tell_no_day(rows: Rows) -> Failures:
    """The title and id of an event name no day and no number in a row of events.

    Plans move: a title with a day gives away, in the dataset as it stood before, what nobody knew then.
    """
    for row in rows["events"]:
        title = _RANKS.sub("", row["title"])
        found = _DAYS.search(title) or _NUMBERS.search(title) or _DAYS.search(row["event_id"])
        if found:
            yield "events", row["event_id"], f"{found[0]!r} names a day or a number; say what the event is"


@rule("T702", "error")
def names_tell_no_outcome(rows: Rows) -> Failures:
    """The title and id of an event tell no outcome, but for the word that is the event's type.

    They are read on every day of its life; whether it succeeds stands in its steps.
    """
    for row in rows["events"]:
        kind = row["event_type"].partition(".")[2]
        words = [match[0] for match in _OUTCOMES.finditer(f"{row['title']} {row['event_id'].replace('-', ' ')}")]
        telling = [word for word in words if word.lower() != kind]
        if telling:
            yield "events", row["event_id"], f"{telling[0]!r} tells what came of it"


def _years(step: Row) -> set[int]:
    """The years that a step tells: of its page, of its date, of what it plans."""
    told = {step["public_on"].year} if step["public_on"] else set()
    for column in ("date_edtf", "planned_edtf"):
        ends = [day.year for day in when(step[column]) if day]
        told |= set(range(min(ends), max(ends) + 1)) if ends else set()
    return told


@rule("T703", "warning")
def years_are_those_of_the_first_step(rows: Rows) -> Failures:
    """A year in the id or title of an event is one that its first step tells, or the first that was public.

    A later year would give away that the plan slipped. (An id is immutable, hence a warning.)
    """
    steps = lives(rows)
    for row in rows["events"]:
        life = steps.get(row["event_id"])
        named = {int(year) for year in _YEARS.findall(f"{row['event_id']} {row['title']}")} if life else set()
        if life and named:
            first_public = min(life, key=lambda step: step["public_on"] or Day.max)
            told = _years(life[0]) | _years(first_public)
            if named - told:
                years = ", ".join(map(str, sorted(told)))
                yield "events", row["event_id"], f"names {min(named - told)}; its first step tells {years}"
