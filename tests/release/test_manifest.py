"""A manifest that may have come from anywhere is read whole or refused, before anything that it names is opened."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.manifest import DamagedDataError, Manifest, is_file_name, parse_manifest, read_manifest

GOOD: dict[str, Any] = {
    "version": "2026.11.0",
    "schema_version": "0.1.0",
    "previous": None,
    "tables": {"events": {"rows": 1, "content_sha256": "a" * 64}},
    "files": {"parquet/events.parquet": {"bytes": 1, "sha256": "b" * 64}},
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(sorted(GOOD)), inner),
    max_leaves=10,
)


def file(**declared: Any) -> dict[str, Any]:
    return {**GOOD, "files": {"a": {"bytes": 1, "sha256": "b" * 64, **declared}}}


def test_a_manifest_is_read() -> None:
    manifest = parse_manifest(json.dumps(GOOD))
    assert (manifest.version, manifest.previous) == ("2026.11.0", None)
    assert manifest.files["parquet/events.parquet"].bytes == 1
    assert manifest.tables["events"].rows == 1


@pytest.mark.parametrize(
    "name",
    [
        "../a",
        "a/../b",
        "/etc/passwd",
        "a//b",
        "a\\b",
        "",
        ".",
        "..",
        "./a",
        ".hidden",
        "a/",
        "a\nb",
        "a\0b",
        "C:a",
        "x" * 201,
    ],
)
def test_a_name_that_leads_elsewhere_is_no_name(name: str) -> None:
    assert not is_file_name(name)
    with pytest.raises(ValueError, match="is no name of a file of a release"):
        parse_manifest(json.dumps({**GOOD, "files": {name: {"bytes": 1, "sha256": "b" * 64}}}))


@given(st.text())
def test_a_name_never_leads_out_of_the_folder(name: str) -> None:
    if is_file_name(name):
        assert Path("/release", name).resolve().is_relative_to("/release/")
        assert ".." not in name.split("/")


@pytest.mark.parametrize(
    "value", [-1, 1.0, True, "1", None, 2**53, 10**400, [], {}], ids=lambda value: f"{value!r:.20}"
)
def test_a_size_is_a_number_of_bytes(value: Any) -> None:
    with pytest.raises(ValueError, match="is no number of bytes or rows"):
        parse_manifest(json.dumps(file(bytes=value)))


@pytest.mark.parametrize("value", ["", "b" * 63, "B" * 64, "g" * 64, 5, None])
def test_a_hash_is_64_hex_digits(value: Any) -> None:
    with pytest.raises(ValueError, match="is no SHA-256"):
        parse_manifest(json.dumps(file(sha256=value)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not JSON",
        "[]",
        "null",
        '"text"',
        "{}",
        json.dumps({**GOOD, "tables": []}),
        json.dumps({**GOOD, "files": {"a": 1}}),
        json.dumps({**GOOD, "version": 5}),
        json.dumps({**GOOD, "previous": ["2026.10.0"]}),
        json.dumps({**GOOD, "version": "9" * 41}),
        '{"version": 1' + "0" * 5000 + "}",
        "[" * 100_000,
    ],
    ids=lambda text: text[:30] or "empty",
)
def test_what_is_no_manifest_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(DamagedDataError, match=r"manifest\.json: is no manifest") as caught:
        read_manifest(tmp_path)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


@given(JSON)
def test_whatever_json_holds_a_manifest_is_read_or_refused(content: Any) -> None:
    try:
        assert isinstance(parse_manifest(json.dumps(content)), Manifest)
    except ValueError as error:
        assert str(error)


def test_another_encoding_is_no_manifest(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps(GOOD), encoding="utf-16")
    with pytest.raises(DamagedDataError, match="is no manifest"):
        read_manifest(tmp_path)


def test_a_link_or_a_folder_is_no_manifest(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.json").write_text(json.dumps(GOOD), encoding="utf-8")
    (tmp_path / "manifest.json").symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(DamagedDataError, match="no file of its own"):
        read_manifest(tmp_path)
    (tmp_path / "manifest.json").unlink()
    (tmp_path / "manifest.json").mkdir()
    with pytest.raises(DamagedDataError, match="no file of its own"):
        read_manifest(tmp_path)


def test_a_folder_without_one_has_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None
    assert read_manifest(tmp_path / "nowhere") is None
