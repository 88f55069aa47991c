"""The truth: every file of the dataset as rows, and what two files say differently of one thing."""

import shutil
from pathlib import Path

from communique_tools.truth import read_all

VALID = Path(__file__).parents[1] / "fixtures" / "valid"


def test_words_that_two_records_cite_are_one_span_and_described_alike(tmp_path: Path) -> None:
    dataset = Path(shutil.copytree(VALID, tmp_path / "dataset"))
    record = dataset / "records" / "jpn-kor-call-2024.toml"
    other = dataset / "records" / "jpn-kor-officials-2024.toml"
    span = next(line for line in record.read_text(encoding="utf-8").splitlines() if "sha256" in line)
    name = span.partition(" ")[0]
    cited = other.read_text(encoding="utf-8").replace('spans = ["', f'spans = ["{name}", "', 1)
    other.write_text(f"{cited.rstrip()}\n{span}\n", encoding="utf-8")
    alike = read_all(dataset)
    assert alike.unreadable == ()
    assert len({row["span_id"] for row in alike.rows["spans"]}) == len(alike.rows["spans"])
    other.write_text(
        cited.rstrip() + "\n" + span.replace('locator = "', 'locator = "another ') + "\n", encoding="utf-8"
    )
    [told] = read_all(dataset).unreadable
    assert f"span {name!r}: locator 'another" in str(told)
    assert str(other) in str(told)
    assert "give both the same" in str(told)
