"""``communique new event``: a record to fill in, which never takes the place of another."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique_tools import records
from communique_tools.canonical import canonical
from communique_tools.cli import communique
from communique_tools.expansion import expand
from communique_tools.record_keys import COLUMNS_OF, EVENT, SECTIONS, SPAN
from communique_tools.skeleton import skeleton

TITLE = 'Senior officials\' "meeting"'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "dataset" / "records").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "dataset" / "records"


def run(event_id: str, *arguments: str, event_type: str = "meeting.senior_officials", title: str = TITLE) -> Result:
    given = ["new", "event", event_id, "--type", event_type, "--title", title, *arguments]
    return CliRunner().invoke(communique, given)


def test_the_record_lies_in_the_folder_of_its_scope_and_can_be_read(folder: Path) -> None:
    result = run("cjk-som-2026")
    path = folder / "china-japan-korea" / "cjk-som-2026.toml"
    assert result.exit_code == 0
    assert Path(result.stdout.strip()).resolve() == path
    record = records.read(path)
    assert record.data["event_type"] == "meeting.senior_officials"
    assert record.data["title"] == TITLE
    assert len(expand(record)["events"]) == 1


def test_the_scope_may_be_another(folder: Path) -> None:
    assert run("usa-vnm-visit", "--scope", "usa-asean").exit_code == 0
    assert (folder / "usa-asean" / "usa-vnm-visit.toml").is_file()


def test_a_record_is_never_overwritten_not_even_from_another_scope(folder: Path) -> None:
    run("cjk-som-2026")
    path = folder / "china-japan-korea" / "cjk-som-2026.toml"
    path.write_text("kept")
    for arguments in ([], ["--scope", "other"]):
        result = run("cjk-som-2026", *arguments)
        assert result.exit_code == 2
        assert "cjk-som-2026.toml: exists already" in result.stderr
    assert path.read_text() == "kept"
    assert list(folder.rglob("*.toml")) == [path]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"event_id": "../x"}, "EVENT_ID: '../x' does not match"),
        ({"event_id": "x" * 81}, "EVENT_ID: 81 characters; expected 0 to 80"),
        ({"event_type": "meeting.senior"}, "--type: 'meeting.senior' is no term of event_type; did you mean"),
        ({"event_type": "zzz"}, "expected one of meeting.summit"),
        ({"title": ""}, "--title: 0 characters; expected 1 to 140"),
        ({"title": "x" * 141}, "--title: 141 characters; expected 1 to 140"),
    ],
)
def test_what_the_schema_refuses_is_refused_before_anything_is_written(
    folder: Path, arguments: dict[str, str], message: str
) -> None:
    given = {"event_id": "a-b", **arguments}
    result = run(given.pop("event_id"), **given)
    assert result.exit_code == 2
    assert message in result.stderr
    assert list(folder.iterdir()) == []


def test_a_scope_is_a_plain_name(folder: Path) -> None:
    assert "--scope: '../x' does not match" in run("a-b", "--scope", "../x").stderr
    assert list(folder.iterdir()) == []


def test_every_field_has_its_comment() -> None:
    lines = skeleton("a-b", "vote", "A vote").splitlines()
    keys = {*EVENT[:6], *SPAN, *(key for columns in COLUMNS_OF.values() for key in columns)}
    assert [key for key in keys if not any(line.startswith(f"# {key}: ") for line in lines)] == []
    headers = " ".join(line for line in lines if line.lstrip("# ").startswith("["))
    assert [section for section in SECTIONS if f"[{section}" not in headers] == []
    assert max(map(len, lines)) <= 110


def test_the_examples_can_be_taken_as_they_are() -> None:
    lines = skeleton("a-b", "vote", "A vote").splitlines()
    taken = [line.removeprefix("# ") if " = " in line or line.startswith("# [") else line for line in lines]
    record = records.parse("\n".join(taken), Path("a-b.toml"))
    rows = expand(record)
    assert all(
        len(rows[table]) == 1 for table in ("status_steps", "participants", "relations", "outcomes", "statements")
    )


def test_the_comments_go_when_the_record_is_formatted() -> None:
    record = records.parse(skeleton("a-b", "vote", "A vote"), Path("a-b.toml"))
    assert "#" not in canonical(record)
