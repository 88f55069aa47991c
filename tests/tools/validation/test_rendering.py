"""Findings as text, JSON, annotations and SARIF."""

import json

from communique.report import Finding
from communique_tools.validation.places import Place
from communique_tools.validation.rendering import JSON_SCHEMA, as_github, as_json, as_sarif, as_text, statistics
from communique_tools.validation.targets import Located, only_new

ONE = Located(Finding("S202", "status_steps", "a/b", "100 %\nof it"), Place("records/a.toml", 7))
TWO = Located(Finding("D201", "events", "c", "slow", "warning"), Place("parquet/events.parquet"))


def test_text_is_one_line_a_finding_and_says_what_it_leaves_out() -> None:
    assert as_text([TWO], 5) == "parquet/events.parquet  D201  events c  slow"
    assert as_text([ONE], 5) == r"records/a.toml:7  S202  status_steps a/b  100 %\nof it"
    assert as_text([ONE, TWO], 1).splitlines()[-1].startswith("… and 1 more")


def test_json_has_exactly_the_keys_of_its_schema() -> None:
    report = json.loads(as_json([ONE, TWO], 1))
    assert (report["errors"], report["warnings"], len(report["findings"])) == (1, 1, 1)
    assert set(report) == set(JSON_SCHEMA["required"])
    assert set(report["findings"][0]) == set(JSON_SCHEMA["properties"]["findings"]["items"]["required"])


def test_an_annotation_escapes_what_would_end_it() -> None:
    assert as_github([ONE], 5) == ("::error file=records/a.toml,line=7,title=S202::status_steps a/b  100 %25%0Aof it")


def test_sarif_names_rule_level_file_and_line() -> None:
    run = json.loads(as_sarif([ONE, TWO], 5))["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["D201", "S202"]
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 7}


def test_statistics_count_by_rule() -> None:
    assert statistics([ONE, TWO, TWO]).splitlines()[0].split() == ["D201", "warning", "2"]


def test_only_new_findings_remain_wherever_they_stand() -> None:
    moved = Located(ONE.finding, Place("records/a.toml", 99))
    assert only_new([ONE, TWO], [moved]) == [TWO]
