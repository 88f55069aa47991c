"""Every rule on its fixtures: it finds exactly the row that a fixture breaks, and nothing else finds anything.

Fixtures say what breaks the valid dataset; see ``communique_tools.rule_fixtures`` for how.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from communique.check import check, check_rows
from communique.dataset import Dataset
from communique.rules import CATALOGUE, DECLARED, RULES
from communique.rules.catalogue import rule
from communique.rules.examples import EXAMPLES, examples
from communique_tools.rule_examples import examples_text
from communique_tools.rule_fixtures import Fixture, findings, read_fixtures, read_valid

ROOT = Path(__file__).parents[2]
FIXTURES = read_fixtures(ROOT / "tests" / "fixtures" / "invalid")

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def valid() -> Rows:
    return read_valid(ROOT)


def test_the_valid_dataset_breaks_no_rule(valid: Rows) -> None:
    assert check_rows(valid).findings == ()
    assert check(Dataset.from_rows(valid)).findings == ()


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.name)
def test_the_rule_finds_exactly_the_broken_row(valid: Rows, fixture: Fixture) -> None:
    found = findings(valid, fixture)
    expected = [(fixture.code, fixture.table, key) for key in fixture.keys]
    assert sorted((finding.code, finding.table, finding.key) for finding in found) == sorted(expected)
    for finding in found:
        assert finding.severity == CATALOGUE[fixture.code].severity
        assert 5 < len(finding.message) < 200
        assert "\n" not in finding.message


def test_every_rule_has_a_fixture() -> None:
    assert {fixture.code for fixture in FIXTURES} == set(CATALOGUE)


def test_every_rule_says_what_it_demands_and_why() -> None:
    for entry in CATALOGUE.values():
        assert re.fullmatch(r"[A-Z][0-9]{3}", entry.code)
        assert re.fullmatch(r"[A-Z][^\n]+[^.]\.", entry.sentence), entry.code
        assert re.fullmatch(r"[^\n]+[.)]", entry.why), entry.code


def test_a_code_names_one_rule() -> None:
    assert DECLARED.keys() & RULES.keys() == set()
    with pytest.raises(ValueError, match="S205"):

        @rule("S205", "error")
        def another(rows: Rows) -> Any:
            """Another rule of that code.

            It would take its place.
            """


def test_a_rule_must_say_why() -> None:
    with pytest.raises(ValueError, match="says why"):

        @rule("S999", "error")
        def silent(rows: Rows) -> Any:
            """A rule without a reason."""


def test_the_examples_are_those_of_the_fixtures() -> None:
    expected = examples_text(ROOT)
    assert EXAMPLES.read_text(encoding="utf-8") == expected, "run `communique generate`"


def test_every_example_passes_and_fails() -> None:
    assert examples().keys() == CATALOGUE.keys()
    for code, example in examples().items():
        assert any(row.passes is not None for row in example.rows), code
        assert any(row.passes != row.fails for row in example.rows), code
        assert example.findings, code


def test_the_decision_rules_name_rules_that_exist() -> None:
    text = (ROOT / "dataset" / "codebook" / "decision_rules.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b[A-Z][0-9]{3}\b", text))
    assert named
    assert named <= CATALOGUE.keys()
