"""``communique sample``: sheets for coders and auditors, drawn by a seed; a blind one tells nothing of the records."""

import csv
import io

import pytest
from click.testing import CliRunner, Result

from communique_tools.cli import communique

SEED = ("--size", "4", "--seed", "20261124")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(communique, ["sample", *arguments])


def rows(*arguments: str) -> list[dict[str, str]]:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_a_blind_sheet_is_empty_and_the_recorded_one_is_of_the_same_units() -> None:
    blind = rows("events", *SEED)
    recorded = rows("events", *SEED, "--recorded", "--coder", "first")
    assert {row["coded"] for row in blind} == {""}
    assert {row["is_blind"] for row in blind} == {"true"}
    assert {row["is_blind"] for row in recorded} == {"false"}
    assert [(row["unit_id"], row["field"]) for row in blind] == [(row["unit_id"], row["field"]) for row in recorded]
    assert all(row["coded"] for row in recorded if row["field"] in {"event_type", "status", "date_edtf"})


def test_a_scope_limits_the_draw() -> None:
    drawn = rows("statements", *SEED, "--scope", "china-japan-korea", "--round", "2")
    assert {row["field"] for row in drawn} == {"act", "certainty", "attribution"}
    assert {row["coding_round"] for row in drawn} == {"2"}


def test_a_status_limits_the_draw() -> None:
    drawn = rows("events", *SEED, "--status", "lapsed", "--status", "cancelled", "--recorded")
    assert {row["coded"] for row in drawn if row["field"] == "status"} <= {"lapsed", "cancelled"}


def test_an_audit_asks_for_verdicts_on_events_and_words() -> None:
    assert {row["field"] for row in rows("events", *SEED, "--for", "audit")} >= {"audit_happened", "audit_day"}
    assert {row["field"] for row in rows("spans", *SEED, "--for", "audit")} == {"audit_words"}


@pytest.mark.parametrize("unit", ["events", "statements"])
def test_the_pages_to_read_tell_no_value_of_the_record(unit: str) -> None:
    result = run(unit, *SEED, "--pages")
    assert result.exit_code == 0
    assert result.stdout.count("## ") == 4
    assert "http" in result.stdout
    told = {row["coded"] for row in rows(unit, *SEED, "--recorded") if row["field"] in {"event_type", "level", "act"}}
    assert not any(f" {value} " in result.stdout for value in told if value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("events", "--size", "100000", "--seed", "1"), "100000 units are to be drawn and only"),
        (("spans", *SEED), "spans are not drawn for coding; expected events or statements"),
        (
            ("events", *SEED, "--scope", "atlantis"),
            "--scope atlantis: no such folder in dataset/records; there are china",
        ),
        (("events", *SEED, "--status", "canceled"), "--status canceled: no such term; did you mean 'cancelled'?"),
        (("events", *SEED, "--for", "audit", "--recorded"), "--recorded has no meaning for an audit"),
        (("spans", *SEED, "--for", "audit", "--scope", "china-japan-korea"), "--scope has no meaning for spans"),
    ],
)
def test_what_cannot_be_drawn_is_one_line(arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
