"""``communique fmt``: what it rewrites, what it reports, and that it never leaves half of a file."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique_tools.cli import communique
from communique_tools.commands import fmt

MESSY = "event_type='vote'\nevent_id='{}' # a remark\n"
TIDY = 'event_id = "{}"\nevent_type = "vote"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one record that is tidy and one that is not."""
    scope = tmp_path / "dataset" / "records" / "scope"
    scope.mkdir(parents=True)
    (scope / "tidy.toml").write_bytes(TIDY.format("tidy").encode())
    (scope / "messy.toml").write_bytes(MESSY.format("messy").encode())
    monkeypatch.chdir(tmp_path)
    return scope


def run(*arguments: str) -> Result:
    return CliRunner().invoke(communique, ["fmt", *arguments])


def test_only_files_that_change_are_rewritten_and_named(folder: Path) -> None:
    before = (folder / "tidy.toml").stat()
    result = run()
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"rewrote {Path('dataset/records/scope/messy.toml')}\n"
    assert (folder / "messy.toml").read_text() == TIDY.format("messy")
    after = (folder / "tidy.toml").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert run().stderr == ""


def test_check_prints_a_diff_and_the_mending_command_and_changes_nothing(folder: Path) -> None:
    result = run("--check")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[2:] == [
        "@@ -1,2 +1,2 @@",
        "-event_type='vote'",
        "-event_id='messy' # a remark",
        '+event_id = "messy"',
        '+event_type = "vote"',
    ]
    assert result.stderr == "1 of 2 files differ from their one layout; to mend: communique fmt\n"
    assert (folder / "messy.toml").read_text() == MESSY.format("messy")


def test_the_mending_command_names_the_files_that_were_asked_for(folder: Path) -> None:
    asked = folder / "messy.toml"
    assert run("--check", str(asked)).stderr.endswith(f"to mend: communique fmt {asked}\n")
    assert run("--check", str(folder / "tidy.toml")).exit_code == 0


def test_line_ends_of_another_system_and_a_missing_last_one_are_mended(folder: Path) -> None:
    for content in (TIDY.format("tidy").replace("\n", "\r\n"), TIDY.format("tidy").rstrip()):
        (folder / "tidy.toml").write_bytes(content.encode())
        checked = run("--check", str(folder / "tidy.toml"))
        assert checked.exit_code == 1
        assert checked.stdout
        run()
        assert (folder / "tidy.toml").read_bytes() == TIDY.format("tidy").encode()


def test_nothing_is_written_when_one_record_cannot_be_read(folder: Path) -> None:
    (folder / "broken.toml").write_text("event_id = 'broken'\ntitel = 'x'\n")
    result = run()
    assert result.exit_code == 2
    assert "broken.toml:2  unknown key 'titel'; did you mean 'title'?" in result.stderr
    assert (folder / "messy.toml").read_text() == MESSY.format("messy")


def test_a_path_that_is_not_there_cannot_be_formatted(folder: Path) -> None:
    result = run(str(folder / "absent.toml"))
    assert result.exit_code == 2
    assert "absent.toml: no such file or folder" in result.stderr


def test_an_abort_leaves_the_old_file_and_no_half_of_a_new_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    result = run()
    assert result.exit_code == 2
    assert "messy.toml: cannot be written: No space left on device" in result.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["messy.toml", "tidy.toml"]
    assert (folder / "messy.toml").read_text() == MESSY.format("messy")


def test_a_link_stays_a_link_and_a_file_keeps_its_mode(folder: Path) -> None:
    target = folder.parent / "messy.toml"
    (folder / "messy.toml").rename(target)
    target.chmod(0o640)
    (folder / "messy.toml").symlink_to(target)
    fmt.replace(folder / "messy.toml", "new")
    assert (folder / "messy.toml").is_symlink()
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640


SOURCED = f"""\
event_id = "sourced"

[steps]
occurred = {{ date = "2024-05-27", spans = ["z spokesperson"] }}

[participants]
li-ming = {{ role = "guest", party = "chn", office = "minister", spans = ["z"] }}

[spans]
z = {{ source = "mofa-2024", words = 9, sha256 = "1a2b{"0" * 60}" }}
"""
TABLES = {
    "actors": "actor_id,actor_kind,name,parent_id,publisher_kind,start_edtf,end_edtf\n"
    "li-ming,person,Li Ming,,,,\nchn,state,China,,,,\n",
    "offices": "office_id,title,body_id,level\nminister,Minister,chn,minister\n",
    "tenures": "tenure_id,person_id,office_id,start_edtf,end_edtf,tenure_kind\na,li-ming,minister,2020,,substantive\n",
    "sources": "source_id,url,publisher_id,published_edtf,lang,source_kind,credits_id,origin_id,retrieved_on,extent\n"
    "mofa-2024,,chn,2024-05-28,en,press_conference,,mofa-2024,2026-11-24,whole\n",
}


@pytest.fixture
def tables(folder: Path) -> Path:
    """The flat tables of the checkout."""
    dataset = folder.parents[1]
    for name, text in TABLES.items():
        (dataset / f"{name}.csv").write_text(text)
    (folder / "messy.toml").unlink()
    return dataset


def test_a_record_is_left_with_what_the_flat_tables_do_not_tell(folder: Path, tables: Path) -> None:
    (folder / "sourced.toml").write_text(SOURCED)
    assert run(str(folder)).exit_code == 0
    lines = (folder / "sourced.toml").read_text().splitlines()
    assert lines[3] == 'occurred = { date = "2024-05-27", spans = ["mofa-1a2b"] }'
    assert lines[6] == 'li-ming = { role = "guest", spans = ["mofa-1a2b"] }'
    assert lines[9].startswith("mofa-1a2b = ")
    (tables / "tenures.csv").write_text(TABLES["tenures"].replace("2020", "2025"))
    (folder / "sourced.toml").write_text(SOURCED)
    run(str(folder))
    assert 'role = "guest", office = "minister", spans' in (folder / "sourced.toml").read_text()


def test_a_flat_table_is_sorted_by_its_key(tables: Path) -> None:
    result = run()
    assert result.stderr == f"rewrote {Path('dataset/actors.csv')}\n"
    assert [line.split(",")[0] for line in (tables / "actors.csv").read_text().splitlines()] == [
        "actor_id", "chn", "li-ming",
    ]  # fmt: skip
    assert run("--check").exit_code == 0


def test_a_flat_table_may_be_named(tables: Path) -> None:
    result = run("--check", str(tables / "actors.csv"))
    assert result.exit_code == 1
    assert result.stderr.startswith("1 of 1 files differ from their one layout; to mend: communique fmt ")


def test_what_would_be_lost_is_refused_and_nothing_is_written(folder: Path) -> None:
    (folder / "idle.toml").write_text('event_id = "idle"\n[spans]\na = { source = "b", words = 9, sha256 = "c" }\n')
    result = run()
    assert result.exit_code == 2
    assert "idle.toml:3  span 'a' supports no row; cite it or drop it" in result.stderr
    assert (folder / "messy.toml").read_text() == MESSY.format("messy")


def test_a_damaged_flat_table_is_told_before_anything_is_written(folder: Path, tables: Path) -> None:
    (tables / "offices.csv").write_text("office_id,titel\n")
    (folder / "sourced.toml").write_text(SOURCED)
    result = run(str(folder))
    assert result.exit_code == 2
    assert "offices.csv:1  unknown column 'titel'; did you mean 'title'?" in result.stderr
    assert (folder / "sourced.toml").read_text() == SOURCED
